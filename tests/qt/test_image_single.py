"""One picture in the image workspace: coming in, answers, why, comparing, history; real widgets, real lanes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from deepstudio.core.errors import ModelFileError
from deepstudio.core.requests import ImageSource
from deepstudio.ui.workspaces.image import ImageWorkspace
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.samples import shipped_samples
from deepstudio.ui.workspaces.image.view import ImageView

pytest_plugins = ["tests.helpers.image_fixtures"]


def grey(level: int) -> ImageSource:
    return ImageSource(name=f"grey {level}", pixels=np.full((40, 40, 3), level, np.uint8))


def button_named(view: ImageView, start: str) -> QAbstractButton:
    return next(
        button
        for button in view.findChildren(QAbstractButton)
        if button.accessibleName().startswith(start) and button.isVisibleTo(view)
    )


def click(qtbot, widget: QWidget) -> None:
    """Click once the layout has given `widget` its place."""
    qtbot.waitUntil(lambda: widget.visibleRegion().contains(widget.rect().center()))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def headline(view: ImageView) -> str:
    return view.single.answers.columns[0].headline()


def dropped(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_dropped_file_gets_an_answer_its_time_and_its_reasons(qtbot, view, photo) -> None:
    view.open_mime(dropped(photo))
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    column = view.single.answers.columns[0]
    assert headline(view) == "cat"
    assert next(bar.value.name for bar in column.bars.bars()) == "cat"
    assert column.answer.timing.total_ms > 0
    assert "16.5" in column._time_total.text()
    assert view.single.why.question() == "Why cat?"
    assert view.single.why.seen.image.width() == 32
    assert view.single.input.picture.image.width() == 64


def test_the_workspace_takes_pictures_and_folders_but_not_sounds(tmp_path) -> None:
    space = ImageWorkspace()
    (tmp_path / "album").mkdir()
    nothing = QMimeData()
    assert space.accepts([Path("a.JPG")], nothing) > space.accepts([tmp_path / "album"], nothing) > 0
    assert space.accepts([Path("song.wav")], nothing) == 0
    assert space.accepts([], nothing) == 0
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert space.accepts([], picture) > 0
    assert "3" in space.drop_text([Path("a.png"), Path("b.png"), Path("c.png")], nothing)


def test_a_picture_is_pasted(qtbot, view) -> None:
    image = QImage(32, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    QTest.mouseClick(button_named(view, "Paste"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headline(view) == "dog")  # 255 % 10
    assert view.single.viewing.source.name == "Pasted picture"


def test_encoded_bytes_are_left_to_the_lane(qtbot, view, photo) -> None:
    mime = QMimeData()
    mime.setData("image/png", photo.read_bytes())
    view.open_mime(mime)
    qtbot.waitUntil(lambda: headline(view) == "cat")
    assert view.single.viewing.source.content == photo.read_bytes()


def test_an_empty_clipboard_is_said(qtbot, view) -> None:
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(view.message) as said:
        view.paste()
    assert "no picture" in said.args[0]


def test_files_are_opened_by_dialog(qtbot, view, photo, monkeypatch) -> None:
    monkeypatch.setattr(ImageDialogs, "ask_files", lambda parent, folder: [photo])
    view.open_files()
    qtbot.waitUntil(lambda: headline(view) == "cat")
    assert view._services.recent.paths() == (photo,)


def test_a_file_that_is_no_picture_gets_its_sentence(qtbot, view, tmp_path) -> None:
    path = tmp_path / "letter.png"
    path.write_text("Dear all,")
    view.open_paths([path])
    qtbot.waitUntil(lambda: view.single.answers.columns[0].trouble() != "")
    assert "letter.png" in view.single.answers.columns[0].trouble()
    assert view.history.entries == []


def test_a_model_that_cannot_be_loaded_gets_its_sentence(qtbot, view, services, photo) -> None:
    services.predictor.failure = ModelFileError("The model {name} is damaged.", fix="Install it again.", name="objects")
    view.open_paths([photo])
    qtbot.waitUntil(lambda: "damaged" in view.single.answers.columns[0].trouble())
    assert "Install it again." in view.single.answers.columns[0].trouble()


def test_late_answers_of_superseded_pictures_are_dropped(qtbot, view, services) -> None:
    seen = []
    view.single.pictures.answered.connect(lambda viewing, answer: seen.append(viewing.source.name))
    services.predictor.gate.clear()
    for level in (120, 121, 122, 123):
        view.ask(grey(level))
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: headline(view) == "cat")
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert seen == ["grey 123"]
    assert [entry.source.name for entry in view.history.entries] == ["grey 123"]


def test_a_slow_answer_shows_progress_and_can_be_cancelled(qtbot, view, services) -> None:
    services.predictor.gate.clear()
    view.ask(grey(120))
    assert not view.single.answers.waits_visibly
    qtbot.waitUntil(lambda: view.single.answers.waits_visibly)
    QTest.mouseClick(view.single.answers._cancel, Qt.MouseButton.LeftButton)
    assert not view.single.answers.waits_visibly
    services.predictor.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert view.single.answers.columns[0].answer is None


def test_clicking_a_bar_asks_why_for_that_label(qtbot, view, services, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    second = view.single.answers.columns[0].bars.bars()[1]
    click(qtbot, second)
    qtbot.waitUntil(lambda: services.explainer.requests[-1].label == second.value.label)
    assert view.single.why.question() == f"Why {second.value.name}?"
    assert second.isChecked()


def test_the_other_method_is_asked_and_an_earlier_answer_is_remembered(qtbot, view, services, photo) -> None:
    why = view.single.why
    view.open_paths([photo])
    qtbot.waitUntil(lambda: why.picture.has_heat)
    for method in ("integrated-gradients", "grad-cam"):
        QTest.mouseClick(why.methods.button(method), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not services.jobs.busy())
    assert [request.methods for request in services.explainer.requests] == [("grad-cam",), ("integrated-gradients",)]


def test_only_the_last_question_why_is_answered(qtbot, view, services, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    explained = []
    view.single.reasons.explained.connect(lambda request, explanation: explained.append(request.label))
    services.explainer.gate.clear()
    bars = view.single.answers.columns[0].bars.bars()
    for bar in bars[1:4]:
        click(qtbot, bar)
    services.explainer.gate.set()
    qtbot.waitUntil(lambda: not services.jobs.busy())
    assert explained == [bars[3].value.label]


def test_an_explanation_that_fails_gets_its_sentence(qtbot, view, services, photo) -> None:
    services.explainer.failure = ModelFileError("{name} has no convolution.", name="linear")
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.trouble() == "linear has no convolution.")
    assert headline(view) == "cat"


def test_another_method_asks_nothing_of_an_answer_without_that_label(qtbot, view, services, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    qtbot.waitUntil(lambda: not services.jobs.busy())
    answers = view.single.viewing.answers
    for model, answer in answers.items():
        answers[model] = replace(answer, labels=())
    asked = len(services.explainer.requests)
    view.single.why.methods.button("integrated-gradients").click()
    assert not services.jobs.busy()
    assert len(services.explainer.requests) == asked


def test_the_strength_of_the_heat_map_follows_the_slider(qtbot, view, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    why = view.single.why
    why.opacity.setValue(0)
    plain = why.picture.grab().toImage()
    why.opacity.setValue(100)
    assert why.picture.grab().toImage() != plain


def test_none_of_these_is_said_honestly(qtbot, view, services, photo) -> None:
    services.predictor.reject = True
    view.open_paths([photo])
    qtbot.waitUntil(lambda: headline(view) == "Probably none of these")
    column = view.single.answers.columns[0]
    assert "cat" in column._sureness.text()
    none = column.bars.bars()[-1]
    assert none.value.quiet and not none.isEnabled()


def test_the_warning_of_the_card_is_shown(qtbot, view, photo) -> None:
    view.models.select("chest-xray")
    view.models.chosen.emit()
    assert view.single.answers.columns[0].warning() == "Not for diagnosis."
    assert view.batch.warning() == "Not for diagnosis."


def test_two_models_answer_side_by_side(qtbot, view, services, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: headline(view) == "cat")
    QTest.mouseClick(view.models.compare, Qt.MouseButton.LeftButton)
    columns = view.single.answers.columns
    qtbot.waitUntil(lambda: columns[1].answer is not None)
    assert columns[1].isVisible()
    assert {column.model for column in columns} == {"objects", "digits"}
    assert services.predictor.requests[-1].models == ("objects", "digits")
    bar = columns[1].bars.bars()[1]
    click(qtbot, bar)
    qtbot.waitUntil(lambda: services.explainer.requests[-1].model == "digits")
    assert not any(other.isChecked() for other in columns[0].bars.bars())


def test_a_model_is_never_compared_with_itself(view) -> None:
    view.models.compare.click()
    view.models.second.setCurrentIndex(0)
    view.models.second.activated.emit(0)
    names = [choice.name for choice in view.models.selected()]
    assert len(set(names)) == 2


def test_history_returns_at_once_and_can_be_forgotten_and_brought_back(qtbot, view, services) -> None:
    for count, level in enumerate((121, 123), start=1):
        view.ask(grey(level))
        qtbot.waitUntil(lambda count=count: len(view.history.entries) == count)
    asked = len(services.predictor.requests)
    strip = view.single.input.history
    assert [strip.item(place).text() for place in range(strip.count())] == ["grey 123", "grey 121"]
    strip.picked.emit(1)
    assert headline(view) == "automobile"
    assert len(services.predictor.requests) == asked
    offers = []
    view.undo_offered.connect(lambda sentence, undo: offers.append(undo))
    view.clear_history()
    assert strip.count() == 0
    offers[0]()
    assert strip.count() == 2


def test_state_survives_and_nonsense_is_ignored(qtbot, view, services, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: len(view.history.entries) == 1)
    view.single.why.opacity.setValue(35)
    view.models.select("signs", "digits", compare=True)
    view._on_models()
    state = view.save_state()
    fresh = ImageView(services)
    qtbot.addWidget(fresh)
    fresh.restore_state(state)
    assert [choice.name for choice in fresh.models.selected()] == ["signs", "digits"]
    assert fresh.single.why.opacity.value() == 35
    qtbot.waitUntil(lambda: fresh.history.entries[0].thumbnail is not None)
    assert fresh.history.entries[0].source.path == photo
    fresh.restore_state({"model": 3, "history": "x", "panes": [1], "overlay": "much", "method": []})
    assert next(choice.name for choice in fresh.models.selected()) == "signs"


@pytest.mark.parametrize(("width", "narrow"), [(1300, False), (816, True)])
def test_three_panes_become_two_where_it_is_narrow(qtbot, view, photo, width, narrow) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    view.resize(width, 580)
    panes = view.single.panes
    qtbot.waitUntil(lambda: panes.narrow is narrow)
    assert view.single.answers.isVisible()
    assert view.single.why.isVisible() is not narrow
    if narrow:
        QTest.mouseClick(panes.switch.button("right"), Qt.MouseButton.LeftButton)
        assert view.single.why.isVisible() and not view.single.answers.isVisible()


def test_the_pictures_own_pixels_lie_under_the_heat(qtbot, view) -> None:
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, :, 0] = 200
    view.ask(ImageSource(name="red", pixels=pixels))
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    shown = view.single.input.picture
    colour = shown.grab().toImage().pixelColor(QPoint(shown.width() // 2, shown.height() // 2))
    assert (colour.red(), colour.green(), colour.blue()) == (200, 0, 0)


def test_a_low_place_shows_one_strip_at_a_time(qtbot, view, photo) -> None:
    view.open_paths([photo])
    qtbot.waitUntil(lambda: len(view.history.entries) == 1)
    strips = view.single.input.strips
    assert strips.samples.isVisible() and strips.history.isVisible()
    view.resize(816, 560)
    qtbot.waitUntil(lambda: not strips.history.isVisible())
    click(qtbot, strips.switch.button("history"))
    assert strips.history.isVisible() and not strips.samples.isVisible()


def test_a_sample_brings_its_model(qtbot, view) -> None:
    samples = shipped_samples()
    place = next(n for n, sample in enumerate(samples) if sample.model == "signs")
    strip = view.single.input.samples
    assert strip.count() == len(samples) > 0
    strip.picked.emit(place)
    qtbot.waitUntil(lambda: view.single.viewing is not None)
    assert view.models.first.currentData() == "signs"
    assert view.single.viewing.source.path == samples[place].path


@pytest.mark.parametrize("shape", [(40, 40), (90, 40), (40, 90)])
def test_every_height_finds_its_layout(qtbot, view, shape) -> None:
    """A scroll bar that comes and goes with the height that it changes would never end."""
    view.ask(ImageSource(name="shape", pixels=np.zeros((*shape, 3), np.uint8)))
    qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
    for height in range(880, 420, -7):
        view.resize(1200, height)
        view.grab()
    assert view.single.why.picture.height() >= 120
