"""Labels of one's own: typed or shown by examples, asked with, kept over a restart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from deepstudio.core.requests import ImageSource, OwnLabel
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.own_labels import MOST_EXAMPLES, OwnLabels, typed_labels
from deepstudio.ui.workspaces.image.view import ImageView
from tests.helpers.image_services import CARDS, card

pytest_plugins = ["tests.helpers.image_fixtures"]

OWN = replace(card("image-text", "Your own labels", ("cat", "dog", "ship")), task="image-text")


@pytest.fixture
def labelled(services: Any, view: ImageView) -> ImageView:
    """Return a view in which the model for one's own labels answers."""
    services.library.cards = (*CARDS, OWN)
    view.refresh_models()
    view.use_model("image-text")
    return view


def pictures(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        Image.new("RGB", (20, 16), (len(name) * 9, 80, 120)).save(folder / name)
    return [folder / name for name in names]


def grey(level: int) -> ImageSource:
    return ImageSource(name=f"grey {level}", pixels=np.full((40, 40, 3), level, np.uint8))


def chips(view: ImageView) -> list[str]:
    return [chip.text() for chip in view.labels._chips.findChildren(QPushButton) if not chip.isHidden()]


def test_labels_between_commas_of_any_script_count_once() -> None:
    names = [label.name for label in typed_labels(" cat,  a  big dog；cat、ship,, ,")]
    assert names == ["cat", "a big dog", "ship"]
    assert typed_labels("") == ()


def test_examples_win_over_words_join_and_are_kept(tmp_path: Path) -> None:
    one, two = (ImageSource(name=path.name, path=path) for path in pictures(tmp_path, "a.png", "b.png"))
    labels = OwnLabels(typed="cat, dog").with_examples("dog", [one]).with_examples("cup", [two, grey(3)])
    assert [(label.name, len(label.examples)) for label in labels.together()] == [("cat", 0), ("dog", 1), ("cup", 2)]
    joined = labels.renamed("cup", "dog")
    assert [(label.name, len(label.examples)) for label in joined.shown] == [("dog", 3)]
    many = labels.with_examples("cup", [grey(k) for k in range(40)])
    assert len(many.shown[-1].examples) == MOST_EXAMPLES
    kept = OwnLabels.restore(labels.save())
    assert kept.typed == "cat, dog" and [label.name for label in kept.shown] == ["dog", "cup"]
    (tmp_path / "a.png").unlink()
    assert [label.name for label in OwnLabels.restore(labels.save()).shown] == ["cup"]
    for nonsense in (None, [], {"typed": 3, "shown": [["x"], ["y", "z"], [1, []]]}):
        assert OwnLabels.restore(nonsense) == OwnLabels()


def test_the_bar_is_there_only_for_a_model_that_takes_labels(labelled: ImageView) -> None:
    assert labelled.labels.isVisibleTo(labelled)
    labelled.use_model("objects")
    assert not labelled.labels.isVisibleTo(labelled)


def test_typed_labels_are_what_is_told_apart_and_explained(qtbot, services, labelled: ImageView) -> None:
    labelled.ask(grey(100))
    qtbot.waitUntil(lambda: labelled.single.why.picture.has_heat)
    assert labelled.single.answers.columns[0].answer.labels == ("cat", "dog", "ship")
    QTest.keyClicks(labelled.labels.line, "owl, mouse")
    QTest.keyClick(labelled.labels.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: labelled.single.answers.columns[0].answer.labels == ("owl", "mouse"))
    qtbot.waitUntil(lambda: services.explainer.requests[-1].own_labels == typed_labels("owl, mouse"))
    asked = len(services.predictor.requests)
    QTest.keyClick(labelled.labels.line, Qt.Key.Key_Return)
    assert len(services.predictor.requests) == asked, "the same labels are not asked again"
    labelled.labels.line.clear()
    qtbot.waitUntil(lambda: labelled.single.answers.columns[0].answer.labels == ("cat", "dog", "ship"))


def test_other_models_are_left_alone(qtbot, services, labelled: ImageView) -> None:
    labelled.use_model("objects")
    labelled.ask(grey(100))
    qtbot.waitUntil(lambda: labelled.single.viewing is not None and not labelled.single.pictures.busy)
    asked = len(services.predictor.requests)
    labelled.labels.set_labels(OwnLabels(typed="a, b"))
    assert len(services.predictor.requests) == asked


def test_dropped_pictures_become_examples(qtbot, monkeypatch, tmp_path, services, labelled: ImageView) -> None:
    proposals = []

    def answer(parent: object, proposal: str, known: list[str]) -> str:
        proposals.append(proposal)
        return proposal

    monkeypatch.setattr(ImageDialogs, "ask_label", answer)
    paths = [*pictures(tmp_path, "garden-owl_03.png"), pictures(tmp_path / "mice", "1.png", "2.png")[0].parent]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    labelled.labels.dragEnterEvent(enter)
    assert enter.isAccepted()
    labelled.labels.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: len(proposals) == 2)
    assert proposals == ["mice", "garden owl"]
    qtbot.waitUntil(lambda: chips(labelled) == ["mice · by 2 pictures", "garden owl · by one picture"])
    labelled.ask(grey(99))
    qtbot.waitUntil(lambda: labelled.single.answers.columns[0].answer is not None)
    assert labelled.single.answers.columns[0].answer.labels == ("mice", "garden owl")
    assert len(services.predictor.requests[-1].own_labels[0].examples) == 2


def test_the_shown_picture_becomes_an_example_and_comes_back(qtbot, monkeypatch, labelled: ImageView) -> None:
    assert not labelled.labels.this.isEnabled()
    labelled.ask(grey(50))
    qtbot.waitUntil(labelled.labels.this.isEnabled)
    monkeypatch.setattr(ImageDialogs, "ask_label", lambda *_: " my,  cup ")
    labelled.labels.this.click()
    assert chips(labelled) == ["my cup · by one picture"]
    undone: list[Any] = []
    labelled.undo_offered.connect(lambda sentence, undo: undone.append(undo))
    labelled.labels._remove("my cup")
    assert chips(labelled) == []
    undone[0]()
    assert chips(labelled) == ["my cup · by one picture"]
    monkeypatch.setattr(ImageDialogs, "ask_label", lambda *_: "mug")
    labelled.labels._rename("my cup")
    qtbot.waitUntil(lambda: chips(labelled) == ["mug · by one picture"])


def test_a_table_is_asked_again_with_other_labels(qtbot, tmp_path, services, labelled: ImageView) -> None:
    labelled.labels.set_labels(OwnLabels(typed="a, b"))
    labelled.open_paths(pictures(tmp_path, "1.png", "2.png", "3.png"))
    qtbot.waitUntil(lambda: labelled.batch.presenter.done == 3 and not labelled.batch.presenter.busy)
    assert services.predictor.requests[-1].own_labels == typed_labels("a, b")
    labelled.labels.set_labels(OwnLabels(typed="x, y, z"))
    qtbot.waitUntil(lambda: services.predictor.requests[-1].own_labels == typed_labels("x, y, z"))
    qtbot.waitUntil(lambda: labelled.batch.presenter.done == 3 and not labelled.batch.presenter.busy)


def test_an_answer_with_other_labels_is_not_taken_from_history(qtbot, services, labelled: ImageView) -> None:
    labelled.labels.set_labels(OwnLabels(typed="a, b"))
    labelled.ask(grey(10))
    qtbot.waitUntil(lambda: len(labelled.history.entries) == 1)
    labelled.labels.set_labels(OwnLabels(typed="c, d"))
    qtbot.waitUntil(lambda: labelled.single.answers.columns[0].answer.labels == ("c", "d"))
    entry = next(entry for entry in labelled.history.entries if entry.viewing is not None)
    stale = replace_labels(entry.viewing.own_labels)
    assert stale in (("a", "b"), ("c", "d"))
    labelled.single.show_entry(entry)
    qtbot.waitUntil(lambda: not labelled.single.pictures.busy)
    assert labelled.single.answers.columns[0].answer.labels == ("c", "d")


def replace_labels(labels: tuple[OwnLabel, ...]) -> tuple[str, ...]:
    return tuple(label.name for label in labels)


def test_labels_survive_a_restart(tmp_path, services, labelled: ImageView, qtbot) -> None:
    source = ImageSource(name="a", path=pictures(tmp_path, "a.png")[0])
    labelled.labels.set_labels(OwnLabels(typed="cat, dog").with_examples("cup", [source]))
    state = labelled.save_state()
    again = ImageView(services)
    qtbot.addWidget(again)
    again.restore_state(state)
    assert [label.name for label in again.labels.own_labels()] == ["cat", "dog", "cup"]
    assert again.single.pictures.own_labels == again.labels.own_labels()


@pytest.mark.parametrize("size", [(900, 640), (1600, 1000)])
@pytest.mark.parametrize("asked_before", [False, True])
@pytest.mark.parametrize("shown_late", [False, True])
def test_why_is_there_in_a_view_built_anew(qtbot, services, view, size, asked_before, shown_late) -> None:
    """As after a change of language: another view takes the state over, hidden behind another page or not."""
    view.resize(*size)
    if asked_before:
        view.ask(grey(60))
        qtbot.waitUntil(lambda: view.single.why.picture.has_heat)
        view.single.panes.switch.button("right").click()
    state = view.save_state()
    view.hide()
    again = ImageView(services)
    qtbot.addWidget(again)
    again.restore_state(state)
    again.resize(*size)
    if not shown_late:
        again.show()
    again.ask(grey(70))
    qtbot.waitUntil(lambda: again.single.why.picture.has_heat)
    again.show()
    again.single.panes.switch.button("right").click()
    why = again.single.why
    qtbot.waitUntil(lambda: why.picture.visibleRegion().boundingRect().height() > 100)
    drawn = why.picture.grab().toImage()
    found = {drawn.pixel(x, drawn.height() // 2) for x in range(0, drawn.width(), 3)}
    assert len(found) > 10, "the heat map is painted"
