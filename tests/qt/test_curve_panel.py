"""The curve panel shows its data, all of it, at every zoom, and what it exports is what it shows."""

from __future__ import annotations

import csv
import dataclasses
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from deepstudio.store.series import Series
from deepstudio.store.series_axis import LinearMap, XAxis
from deepstudio.store.settings import SettingsStore
from deepstudio.ui.plots import ranges
from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.plots.crosshair import CrosshairLink
from deepstudio.ui.plots.curve import Curve, Smoothing
from deepstudio.ui.plots.paint_frame import EventMark
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.ticks import clock_ticks, duration, linear_ticks, log_ticks, number
from deepstudio.ui.theme import Theme

COLOUR = "#3f5be0"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    settings = SettingsStore()
    settings.change("appearance", theme="light")
    made = Theme(settings)
    made.apply(qapp)
    return made


def _curve(
    values: Any, *, key: str = "run", label: str = "first run", steps: Any = None, colour: str = COLOUR
) -> Curve:
    values = np.asarray(values, dtype=np.float64)
    series = Series("loss")
    steps = np.arange(len(values)) if steps is None else np.asarray(steps)
    series.append(steps, 1_000.0 + steps * 0.5, values)
    return Curve(key, label, series, colour)


def _panel(qtbot: Any, theme: Theme, *curves: Curve, size: tuple[int, int] = (640, 400)) -> CurvePanel:
    panel = CurvePanel(theme, "loss")
    qtbot.addWidget(panel)
    panel.set_curves(curves)
    panel.resize(*size)
    panel.show()
    _paint(panel)
    return panel


def _paint(panel: CurvePanel) -> QImage:
    panel.canvas.refresh()
    return panel.canvas.grab().toImage()


def _near(image: QImage, x: float, y: float, colour: str, *, reach: int = 2, away: int = 90) -> bool:
    """Return whether a pixel near a place (in logical pixels) has about the colour."""
    ratio, wanted = image.devicePixelRatio(), QColor(colour)
    for right in range(-reach, reach + 1):
        for down in range(-reach, reach + 1):
            at = QPoint(round(x * ratio) + right, round(y * ratio) + down)
            if image.valid(at):
                seen = image.pixelColor(at)
                parts = zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)
                if sum(abs(one - other) for one, other in parts) < away:
                    return True
    return False


def test_the_curve_passes_through_its_data(qtbot: Any, theme: Theme) -> None:
    values = [3.0, 1.0, 2.0, 0.5, 2.5, 1.5]
    panel = _panel(qtbot, theme, _curve(values))
    image = _paint(panel)
    view = panel.figure.view
    for step, value in enumerate(values):
        assert _near(image, view.pixel_x(step), view.pixel_y(value), COLOUR)
    # Halfway between two points is the middle of the line, and far from it is nothing.
    assert _near(image, view.pixel_x(0.5), view.pixel_y(2.0), COLOUR)
    assert not _near(image, view.pixel_x(0.5), view.pixel_y(0.6), COLOUR)


@pytest.mark.parametrize("width", [1_000_000, 30_000, 900, 40])
def test_a_single_spike_and_a_single_nan_are_seen_at_every_zoom(qtbot: Any, theme: Theme, width: int) -> None:
    values = np.random.default_rng(1).random(1_000_000) * 0.1
    values[400_000], values[400_010] = 9.0, np.nan
    panel = _panel(qtbot, theme, _curve(values))
    left = max(0, 400_005 - width // 2)
    panel.figure.x_range = (left, left + width)
    image = _paint(panel)
    view = panel.figure.view
    band = panel.canvas.style_now.soft(COLOUR, 0.42).name()
    spike = view.pixel_y(8.0)
    assert any(_near(image, view.pixel_x(400_000), spike, colour) for colour in (COLOUR, band))
    danger = theme.color("danger").name()
    assert _near(image, view.pixel_x(400_010), view.bottom - 4, danger)


def test_infinities_are_marked_at_their_edges(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve([1.0, np.inf, 2.0, -np.inf, 1.0]))
    image, view, danger = _paint(panel), panel.figure.view, theme.color("danger").name()
    assert _near(image, view.pixel_x(1), view.top + 4, danger)
    assert _near(image, view.pixel_x(3), view.bottom - 4, danger)
    assert [run.kind for run in panel.figure.curves[0].series.bad_runs()] == ["inf", "inf"]


def test_outliers_left_out_are_marked_with_arrows(qtbot: Any, theme: Theme) -> None:
    values = np.random.default_rng(1).random(500)
    values[250] = 1e6
    panel = _panel(qtbot, theme, _curve(values))
    assert panel.figure.view.y1 > 1e6
    panel.set_robust(True)
    image = _paint(panel)
    view = panel.figure.view
    assert view.y1 < 3
    assert _near(image, view.pixel_x(250), view.top + 5, theme.color("warning").name())


def test_smoothing_keeps_the_raw_curve_beneath(qtbot: Any, theme: Theme) -> None:
    values = np.tile([0.0, 1.0], 30)
    panel = _panel(qtbot, theme, _curve(values))
    panel.set_smoothing(Smoothing("average", 0.95))
    image = _paint(panel)
    view = panel.figure.view
    beneath = panel.canvas.style_now.soft(COLOUR, 0.34).name()
    assert _near(image, view.pixel_x(41), view.pixel_y(0.98), beneath)
    smooth = panel.figure.curves[0].averaged(0.95).values[50]
    assert 0.3 < smooth < 0.7
    assert _near(image, view.pixel_x(50), view.pixel_y(smooth), COLOUR, away=150)


def test_a_logarithmic_axis_says_what_it_cannot_show(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve([10.0, 1.0, 0.1, 0.0, 0.01]))
    panel.set_log_y(True)
    _paint(panel)
    view = panel.figure.view
    assert 0 < view.y0 < 0.01
    middle = view.pixel_y(1.0) - view.pixel_y(10.0)
    assert view.pixel_y(0.1) - view.pixel_y(1.0) == pytest.approx(middle)
    assert panel.words().notes == ("Values of 0 and less lie below a logarithmic axis.",)


def test_a_logarithmic_x_axis_begins_at_the_first_positive_step(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(1000.0)))
    panel.set_axis(XAxis.STEP, log_x=True)
    _paint(panel)
    assert panel.figure.view.x0 == 1
    view = panel.figure.view
    assert view.pixel_x(100) - view.pixel_x(10) == pytest.approx(view.pixel_x(10) - view.pixel_x(1))


def test_new_points_are_drawn_as_a_whole_painting_would(qtbot: Any, theme: Theme) -> None:
    random = np.random.default_rng(4)
    for count in (300, 40_000):
        values = random.random(count)
        values[0], values[1] = 0.0, 1.0
        curve = _curve(values)
        panel = _panel(qtbot, theme, curve)
        panel.figure.x_range, panel.figure.y_range = (0, count * 1.2), (-0.1, 1.1)
        _paint(panel)
        for first in range(count, round(count * 1.1), count // 20):
            steps = np.arange(first, first + count // 20)
            curve.series.append(steps, 0.0, random.random(len(steps)))
            assert panel.canvas.refresh_if_changed()
            assert not panel.canvas.pending, "the new end should be drawn without painting everything"
        grown = panel.canvas.grab().toImage()
        whole = _paint(panel)
        view = panel.figure.view
        ours, theirs = _ink(grown, view), _ink(whole, view)
        assert ours[round(len(ours) * 0.87) :].any()
        # Columns at the seam may differ by a pixel of a line; what is reached must not.
        assert np.abs(ours - theirs).max() <= 0.08


def test_every_point_of_a_short_curve_is_a_dot_also_while_it_grows(qtbot: Any, theme: Theme) -> None:
    curve = _curve(np.tile([0.0, 1.0], 28))
    panel = _panel(qtbot, theme, curve)
    panel.figure.x_range, panel.figure.y_range = (0, 80), (-0.1, 1.1)
    _paint(panel)
    for step in range(56, 61):  # one more than are drawn as dots
        curve.series.append(step, 0.0, float(step % 2))
        assert panel.canvas.refresh_if_changed()
        qtbot.waitUntil(lambda: not panel.canvas.pending)
        assert panel.canvas.grab().toImage() == _paint(panel), f"{step + 1} points"


def _ink(image: QImage, view: Any) -> np.ndarray:
    """Return the height that is not ground in each column of the plot, as a share."""
    array = np.array(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).reshape(image.height(), -1, 4)
    inside = array[round(view.top) : round(view.bottom), round(view.left) : round(view.right), :3].astype(int)
    blue = (inside[..., 0] - inside[..., 2]) > 25
    reached = np.where(blue.any(axis=0), blue.argmax(axis=0), 0)
    return np.asarray(reached / len(inside))


def test_points_beyond_the_view_paint_all_again(qtbot: Any, theme: Theme) -> None:
    curve = _curve([1.0, 2.0, 3.0])
    panel = _panel(qtbot, theme, curve)
    curve.series.append(3, 0.0, 50.0)
    assert panel.canvas.refresh_if_changed() and panel.canvas.pending
    _paint(panel)
    assert panel.figure.view.y1 > 50


def test_the_wheel_zooms_around_the_mouse(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(1000.0)))
    view = panel.figure.view
    at = QPointF(view.pixel_x(250), view.top + 50)
    _wheel(panel.canvas, at, 120)
    low, high = panel.figure.x_range or (0, 0)
    assert high - low == pytest.approx((view.x1 - view.x0) / 1.2)
    assert (250 - low) / (high - low) == pytest.approx((250 - view.x0) / (view.x1 - view.x0))
    assert panel.figure.y_range is None
    _wheel(panel.canvas, QPointF(5, view.top + 50), 120)
    assert panel.figure.y_range is not None


def _wheel(canvas: CurveCanvas, at: QPointF, turned: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    canvas.wheelEvent(event)
    canvas.grab()


def test_a_page_goes_on_scrolling_over_a_panel_that_was_not_clicked(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(1000.0)))
    panel.canvas.wheel_needs_focus = True
    panel.canvas.clearFocus()
    _wheel(panel.canvas, QPointF(200, 100), 120)
    assert panel.figure.x_range is None


def test_a_box_zooms_and_a_double_click_fits(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(1000.0)))
    view = panel.figure.view
    start = QPoint(round(view.pixel_x(200)), round(view.pixel_y(800)))
    end = QPoint(round(view.pixel_x(600)), round(view.pixel_y(300)))
    qtbot.mousePress(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(panel.canvas.viewport(), end)
    qtbot.mouseRelease(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert panel.figure.x_range == pytest.approx((200, 600), abs=3)
    assert panel.figure.y_range == pytest.approx((300, 800), abs=6)
    qtbot.mouseDClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert panel.figure.x_range is None and panel.figure.y_range is None


def test_keys_zoom_pan_and_fit(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(1000.0)))
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Plus)
    panel.canvas.grab()
    low, high = panel.figure.x_range or (0, 0)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    panel.canvas.grab()
    moved = panel.figure.x_range or (0, 0)
    assert moved[0] - low == pytest.approx(0.1 * (high - low))
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Home)
    assert panel.figure.x_range is None
    qtbot.keyClick(panel.canvas, Qt.Key.Key_L)
    assert panel.figure.log_y


def test_a_zoomed_view_that_reaches_the_newest_point_follows_it(qtbot: Any, theme: Theme) -> None:
    curve = _curve(np.arange(1000.0))
    panel = _panel(qtbot, theme, curve)
    panel.figure.live = True
    for left, right, follows in ((800, 1000, True), (200, 400, False)):
        panel.canvas._look(dataclasses.replace(panel.figure.view, x0=left, x1=right), x=True, y=False)
        first = len(curve.series)
        curve.series.append(np.arange(first, first + 500), 0.0, np.zeros(500))
        _paint(panel)
        shown = panel.figure.view
        assert shown.x1 - shown.x0 == pytest.approx(200)
        assert (shown.x1 >= first + 499) is follows


def test_the_crosshair_is_shared_and_reads_every_curve(qtbot: Any, theme: Theme) -> None:
    link = CrosshairLink()
    one = _panel(qtbot, theme, _curve([1.0, 2.0, 3.0]), _curve([4.0, 5.0, 6.0], key="b", label="second"))
    other = _panel(qtbot, theme, _curve([7.0, 8.0, 9.0]))
    for panel in (one, other):
        panel.canvas.link(link)
    one.canvas.show_crosshair(1.1)
    assert [(reading.curve.label, reading.value) for reading in one.figure.read(1.1)] == [
        ("first run", 2.0),
        ("second", 5.0),
    ]
    assert other.canvas.crosshair == 1.1
    assert one.canvas.accessibleDescription() == "step 1: first run 2, second 5"
    qtbot.keyClick(one.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert one.canvas.crosshair == 2.0


def test_epochs_and_relative_time_follow_from_the_points(qtbot: Any, theme: Theme) -> None:
    curve = _curve(np.arange(101.0))
    curve.axis = LinearMap(unit=50.0)
    panel = _panel(qtbot, theme, curve)
    panel.set_axis(XAxis.EPOCH)
    _paint(panel)
    assert (panel.figure.view.x0, panel.figure.view.x1) == (0, 2)
    curve.axis = LinearMap("wall", offset=1_000.0)
    panel.set_axis(XAxis.RELATIVE)
    _paint(panel)
    assert panel.figure.view.x1 == pytest.approx(50)
    assert panel.canvas.axis_words(50) == "50 s"


def test_exported_svg_has_legend_title_and_names(qtbot: Any, theme: Theme, tmp_path: Path) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(500.0)), _curve(np.arange(400.0), key="b", label="second & last"))
    panel.set_events([EventMark(100, "rate")])
    assert panel.export_to(tmp_path / "curve.svg")
    root = ElementTree.parse(tmp_path / "curve.svg").getroot()
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    for wanted in ("loss", "first run", "second & last", "Step"):
        assert any(wanted in text for text in texts), (wanted, texts)
    assert any(element.tag.endswith("polyline") or element.tag.endswith("path") for element in root.iter())


def test_exported_pdf_and_png(qtbot: Any, theme: Theme, tmp_path: Path) -> None:
    panel = _panel(qtbot, theme, _curve(np.arange(500.0)))
    before = panel.figure.view
    assert panel.export_to(tmp_path / "curve.pdf")
    assert (tmp_path / "curve.pdf").read_bytes().startswith(b"%PDF")
    assert panel.export_to(tmp_path / "one.png", scale=1.0) and panel.export_to(tmp_path / "three.png", scale=3.0)
    one, three = QImage(str(tmp_path / "one.png")), QImage(str(tmp_path / "three.png"))
    assert abs(three.width() - 3 * one.width()) <= 3 and one.height() > panel.canvas.height()
    assert panel.figure.view == before, "exporting must not move what is on the screen"


def test_exported_csv_is_the_data_that_is_shown(qtbot: Any, theme: Theme, tmp_path: Path) -> None:
    values = np.random.default_rng(0).standard_normal(1000)
    values[50] = np.nan
    panel = _panel(qtbot, theme, _curve(values))
    panel.figure.x_range = (40, 60)
    _paint(panel)
    assert panel.export_to(tmp_path / "curve.csv")
    with (tmp_path / "curve.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["step"]) for row in rows] == list(range(40, 61))
    assert np.array_equal([float(row["value"]) for row in rows], values[40:61], equal_nan=True)
    assert float(rows[0]["wall_time"]) == 1_020.0 and rows[0]["curve"] == "first run"


def test_a_file_that_cannot_be_written_is_told(qtbot: Any, theme: Theme, tmp_path: Path) -> None:
    panel = _panel(qtbot, theme, _curve([1.0, 2.0]))
    (tmp_path / "file").write_text("")
    with qtbot.waitSignal(panel.failed) as failed:
        assert not panel.export_to(tmp_path / "file" / "curve.svg")
    assert "could not be written" in failed.args[0].text()


def test_the_theme_changes_live(qtbot: Any, theme: Theme, qapp: QApplication) -> None:
    panel = _panel(qtbot, theme, _curve([1.0, 2.0, 3.0]))
    light = _paint(panel).pixelColor(4, 4)
    settings = SettingsStore()
    settings.change("appearance", theme="dark")
    dark = Theme(settings)
    dark.apply(qapp)
    other = _panel(qtbot, dark, _curve([1.0, 2.0, 3.0]))
    assert _paint(other).pixelColor(4, 4).lightness() < light.lightness() - 100


def test_panels_say_what_they_show(qtbot: Any, theme: Theme) -> None:
    panel = _panel(qtbot, theme, _curve([1.0, 0.25, 0.5]))
    assert panel.summary() == "loss. first run: now 0.5, lowest 0.25, highest 1, 3 points"
    assert panel.accessibleName() == "loss" and panel.canvas.accessibleName() == "Curves of loss"
    assert CurvePanel(theme, "empty").summary() == "empty. No points yet."


def test_ticks_are_round_and_read_well() -> None:
    assert linear_ticks(0, 1, 5).words == ("0", "0.2", "0.4", "0.6", "0.8", "1.0")
    assert linear_ticks(-2_000, 12_000, 4).words == ("0", "5,000", "10,000")
    assert log_ticks(1e-4, 10, 8).words == ("1e−4", "0.001", "0.01", "0.1", "1", "10")
    assert len(clock_ticks(1.8e9, 1.8e9 + 3600, 6).places) in range(3, 8)
    assert [duration(value) for value in (5, 90, 3_900, 200_000)] == ["5 s", "1:30 min", "1:05 h", "2 d 7 h"]
    assert [number(value) for value in (0.31251, 12_345, 1.2e-5, float("nan"), -2)] == [
        "0.3125",
        "12,345",
        "1.2e−5",
        "NaN",
        "−2",
    ]


def test_an_axis_that_was_left_reaches_further_and_shrinks_only_when_most_of_it_is_empty():
    assert ranges.steady_y((0.0, 1.0), None, log=False) == (0.0, 1.0)
    assert ranges.steady_y((0.2, 1.0), (0.0, 1.0), log=False) == (0.0, 1.0)
    assert ranges.steady_y((0.0, 2.0), (0.0, 1.0), log=False) == pytest.approx((0.0, 2.2))
    assert ranges.steady_y((-1.0, 1.0), (0.0, 1.0), log=False) == pytest.approx((-1.2, 1.0))
    assert ranges.steady_y((0.0, 0.5), (0.0, 1.0), log=False) == (0.0, 0.5)
    assert ranges.steady_y((1.0, 1e4), (1.0, 1e2), log=True) == pytest.approx((1.0, 10**4.4))
