"""How the image workspace looks and is reached: heat maps, numbers, names for screen readers, keyboard, no cut text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.heat import COLOURS, LARGEST_SIDE, heat_image
from deepstudio.ui.widgets.picture_view import PictureView
from deepstudio.ui.widgets.timing_bar import TimePart, TimingBar
from deepstudio.ui.workspaces.image.intake import image_from_pixels, pixels_from_image
from deepstudio.ui.workspaces.image.view import ImageView
from deepstudio.ui.workspaces.image.words import percent

pytest_plugins = ["tests.helpers.image_fixtures"]


def lightness(colours: np.ndarray) -> np.ndarray:
    """Return CIE L* of sRGB colours (IEC 61966-2-1, CIE 15)."""
    share = colours.astype(float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    y = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > (6 / 29) ** 3, 116 * np.cbrt(y) - 16, y * (29 / 3) ** 3)


def test_the_colours_of_heat_grow_lighter_evenly() -> None:
    steps = np.diff(lightness(COLOURS))
    assert steps.min() > -0.05
    assert steps.max() < 3.5 * steps.mean()


def test_heat_is_clear_where_cold_and_small_whatever_it_came_as() -> None:
    image = heat_image(np.linspace(0, 1, 3000, dtype=np.float32)[None, :].repeat(2000, 0))
    assert max(image.width(), image.height()) <= LARGEST_SIDE
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(image.width() - 1, 0).alpha() > 250
    assert heat_image(np.full((4, 4), np.nan, np.float32)).pixelColor(1, 1).alpha() == 0


def test_heat_lies_over_its_region_only(qtbot) -> None:
    view = PictureView(Theme())
    qtbot.addWidget(view)
    view.resize(200, 200)
    white = QImage(100, 100, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    view.show_picture(white)
    view.set_opacity(1.0)
    view.show_heat(heat_image(np.ones((8, 8), np.float32)), QRectF(0.5, 0.0, 0.5, 1.0))
    shown = view.grab().toImage()
    assert shown.pixelColor(150, 100) == QColor(*(int(value) for value in COLOURS[255]))
    assert shown.pixelColor(50, 100).lightness() > 240


def test_pixels_and_pictures_turn_into_each_other() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (7, 5, 3)).astype(np.uint8)
    assert np.array_equal(pixels_from_image(image_from_pixels(pixels)), pixels)
    clear = QImage(3, 3, QImage.Format.Format_ARGB32)
    clear.fill(Qt.GlobalColor.transparent)
    assert (pixels_from_image(clear) == 255).all()


def test_a_percentage_never_claims_certainty() -> None:
    assert percent(0.9996).replace("\N{NO-BREAK SPACE}", " ") == "> 99.9 %"
    assert percent(0.123).replace("\N{NO-BREAK SPACE}", " ") == "12.3 %"
    assert percent(1.0).startswith("100")


def test_the_legend_of_times_wraps(qtbot) -> None:
    bar = TimingBar(Theme())
    qtbot.addWidget(bar)
    bar.show()
    bar.resize(600, 40)
    bar.show_parts([TimePart(name=name, value=2.0, text="2.0 ms") for name in ("decode", "preprocess", "network")])
    wide = bar.height()
    bar.resize(130, wide)
    assert bar.height() > wide
    assert "preprocess 2.0 ms" in bar.accessibleName()


@pytest.fixture
def themed(qapp: QApplication, services):
    services.theme.apply(qapp)
    yield services.theme
    qapp.setStyleSheet("")


@pytest.fixture
def narrow(qtbot, themed, view: ImageView, photo: Path) -> ImageView:
    """Return the view as it is in a window of 900 x 640 with an answer in it."""
    view.resize(808, 560)
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    return view


def shown_states(view: ImageView, qtbot):
    """Bring the view into every state that has widgets of its own."""
    yield "answer"
    view.models.select("objects", "chest-xray", compare=True)
    view._on_models()
    qtbot.waitUntil(lambda: len(view.single.viewing.models) == 2 and view.single.viewing.complete())
    yield "compare"
    view.models.select("objects", compare=False)
    view._on_models()
    if view.single.panes.narrow:
        view.single.panes.switch.button("right").click()
        yield "why"
        view.single.panes.switch.button("middle").click()
    view.draw()
    yield "draw"
    view.show_mode("many")
    yield "many, empty"


def test_every_widget_that_takes_the_focus_has_a_name(qtbot, narrow) -> None:
    for state in shown_states(narrow, qtbot):
        for widget in narrow.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert name_of(widget), f"{state}: {widget} ({widget.parent()}) has no name"


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    inner = widget.focusProxy() or widget
    return widget.accessibleName() or inner.accessibleName() or text


def test_no_text_is_cut_where_it_is_narrow(qtbot, narrow) -> None:
    for state in shown_states(narrow, qtbot):

        def nothing_is_cut(state: str = state) -> None:
            assert list(cut_texts(narrow)) == [], state

        qtbot.waitUntil(nothing_is_cut)


def cut_texts(view: QWidget):
    """Yield what has less room than its text asks for, or sticks out of its parent sideways."""
    for widget in view.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            if widget.height() < needed or (not widget.wordWrap() and widget.width() < widget.sizeHint().width()):
                yield f"{widget.text()!r} has {widget.size()} of {widget.sizeHint()}"
        if isinstance(widget, QAbstractButton) and widget.width() < widget.minimumSizeHint().width():
            yield f"{widget.accessibleName()!r} has {widget.width()} of {widget.minimumSizeHint().width()}"
        parent = widget.parentWidget()
        if parent.objectName() != "content" and not isinstance(parent, QScrollArea):
            area = parent.rect()
            if widget.geometry().left() < area.left() - 1 or widget.geometry().right() > area.right() + 1:
                yield f"{widget} sticks out of {parent}"


def test_the_whole_page_is_walked_by_keyboard(qtbot, narrow) -> None:
    narrow.activateWindow()
    narrow.modes.button("picture").setFocus()
    seen: set[QWidget] = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused in seen:
            break
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    column = narrow.single.answers.columns[0]
    wanted = [narrow.models.first, narrow.single.input.samples, column.bars.bars()[0], narrow.models.compare]
    assert all(widget in seen for widget in wanted)


def test_a_bar_is_asked_by_keyboard(qtbot, narrow, services) -> None:
    bars = narrow.single.answers.columns[0].bars.bars()
    bars[0].setFocus()
    QTest.keyClick(bars[0], Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: services.explainer.requests[-1].label == bars[1].value.label)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_drawn_in_both_themes(qtbot, themed, view, services, photo, theme) -> None:
    services.settings.change("appearance", theme=theme)
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    shown = view.grab().toImage()
    card = services.theme.color("surface")
    share = np.mean(
        [shown.pixelColor(x, shown.height() - 40) == card for x in range(0, shown.width(), 10)],
    )
    assert share > 0.3
