"""Setting up a training in the true window: drop, classes, checks, networks, settings, recipes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QSpinBox

from deepstudio.train.recipe_files import load_recipe
from deepstudio.ui.window_commands import mime_of
from deepstudio.ui.workspaces.train.dialogs import TrainDialogs
from deepstudio.ui.workspaces.train.view import SETUP, TrainView
from tests.helpers.shell import clipped_texts, cut_pages, unnamed_widgets
from tests.helpers.tiny_sets import write_classes
from tests.helpers.train_window import PATIENCE_MS, make_small, open_data

pytest_plugins = ["tests.helpers.train_fixtures"]


@pytest.fixture
def ready(qtbot: Any, view: TrainView, pets: Path) -> TrainView:
    open_data(qtbot, view, pets)
    return view


def drop(window: Any, path: Path) -> None:
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    mime = mime_of([path])
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, mime, left, none))


def test_a_dropped_folder_opens_train_and_shows_its_classes(
    qtbot: Any, window: Any, view: TrainView, pets: Path
) -> None:
    window.show_workspace("models")
    drop(window, pets)
    assert window.host.current() == "train"
    qtbot.waitUntil(lambda: view.setup.view is not None, timeout=PATIENCE_MS)
    rows = view.setup_page.data.classes.rows
    qtbot.waitUntil(lambda: len(rows.pixmaps) >= 4, timeout=PATIENCE_MS)
    assert [rows.index(n, 0).data() for n in range(rows.rowCount())] == ["cat, 30", "dog, 30"]
    assert "Training" in view.setup_page.data.splits.accessibleName()
    assert view.setup_page.start.start.isEnabled()


def test_a_folder_without_classes_is_refused_with_a_way_out(qtbot: Any, view: TrainView, tmp_path: Path) -> None:
    write_classes(tmp_path / "loose", {"": 2})
    with qtbot.waitSignal(view.failed, timeout=PATIENCE_MS) as said:
        view.open_paths([tmp_path / "loose"])
    assert "class" in said.args[0].text()
    assert not view.setup_page.shows_data


def test_drawn_shapes_can_be_tried_without_any_data(qtbot: Any, view: TrainView) -> None:
    QTest.mouseClick(view.setup_page.empty.shapes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.setup.view is not None, timeout=PATIENCE_MS)
    assert {row.name for row in view.setup.view.classes} == {"circle", "square", "star", "triangle"}
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)


def test_what_the_form_says_is_what_the_recipe_is(qtbot: Any, ready: TrainView) -> None:
    form, draft = ready.setup_page.recipe.form, ready.setup.draft
    epochs = form.editor("training.epochs")
    assert isinstance(epochs, QSpinBox) and epochs.value() == draft.value("training.epochs")
    epochs.setValue(7)
    rate = form.editor("optimizer.lr")
    assert isinstance(rate, QDoubleSpinBox)
    rate.setValue(0.125)
    assert rate.text() == "0.125"
    schedule = form.editor("schedule.name")
    assert isinstance(schedule, QComboBox)
    schedule.setCurrentIndex(schedule.findData("one-cycle"))
    widths = form.editor("network.config.widths")
    widths.setText("8, 16, 16")
    widths.editingFinished.emit()
    recipe = draft.recipe
    assert (recipe.training.epochs, recipe.optimizer.lr, recipe.schedule.name) == (7, 0.125, "one-cycle")
    assert recipe.network.config["widths"] == [8, 16, 16]
    assert widths.minimumWidth() > 0 and epochs.maximum() == 100_000


def test_a_list_that_makes_no_sense_is_left_as_it_was(ready: TrainView) -> None:
    widths = ready.setup_page.recipe.form.editor("network.config.widths")
    before = widths.text()
    widths.setText("8, many")
    widths.editingFinished.emit()
    assert widths.text() == before


def test_a_changed_setting_is_reset_by_its_button_and_by_undo(qtbot: Any, ready: TrainView) -> None:
    form, draft = ready.setup_page.recipe.form, ready.setup.draft
    usual = draft.value("training.epochs")
    row = next(row for row in form.rows if row.field.path == "training.epochs")
    assert not row.reset.isVisible()
    draft.set("training.epochs", usual + 5)
    qtbot.waitUntil(row.reset.isVisible)
    QTest.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    assert draft.value("training.epochs") == usual
    QTest.mouseClick(ready.setup_page.recipe.undo, Qt.MouseButton.LeftButton)
    assert draft.value("training.epochs") == usual + 5


def test_the_search_finds_settings_in_folded_groups(qtbot: Any, ready: TrainView) -> None:
    form = ready.setup_page.recipe.form
    assert not any(row.isVisible() for group in form.groups for row in group.rows)
    QTest.keyClicks(form.search, "warm")
    shown = [row.field.path for group in form.groups for row in group.rows if row.isVisible()]
    assert "schedule.warmup" in shown and not any(row.isVisible() for row in form.rows)
    form.search.setText("no such thing")
    assert form._nothing.isVisible()
    form.search.clear()
    assert any(row.isVisible() for row in form.rows)


def test_networks_are_offered_with_a_sentence_and_change_the_settings(qtbot: Any, ready: TrainView) -> None:
    pane = ready.setup_page.recipe
    place = pane.networks.findData("article-32-64-64")
    assert place >= 0 and pane.networks.findData("torchvision/resnet18") > place
    pane.networks.setCurrentIndex(place)
    pane.networks.activated.emit(place)
    assert ready.setup.draft.recipe.network.architecture == "article-32-64-64"
    assert "first lessons" in pane._about.text()
    assert pane.form.editor("network.config.activation") is not None
    ready.setup.draft.undo()
    assert pane.networks.currentData() == "speednet"


def test_presets_and_the_name_of_the_model(qtbot: Any, ready: TrainView) -> None:
    pane, draft = ready.setup_page.recipe, ready.setup.draft
    usual = draft.value("training.epochs")
    QTest.mouseClick(pane.presets.button("quick"), Qt.MouseButton.LeftButton)
    assert draft.value("training.epochs") == max(1, round(usual / 5))
    pane.title.setText("My Best Pets")
    pane.title.editingFinished.emit()
    assert (draft.recipe.title, draft.recipe.name) == ("My Best Pets", "my-best-pets")


def test_a_recipe_is_saved_and_opened_again(
    qtbot: Any, ready: TrainView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.toml"
    monkeypatch.setattr(TrainDialogs, "ask_recipe_target", lambda parent, proposal: target)
    make_small(ready, epochs=9)
    with qtbot.waitSignal(ready.message):
        ready.commands.save_recipe()
    saved = ready.setup.draft.recipe
    assert load_recipe(target) == saved
    ready.setup.draft.reset_all()
    monkeypatch.setattr(TrainDialogs, "ask_recipe", lambda parent, folder: target)
    ready.commands.ask_recipe()
    qtbot.waitUntil(lambda: ready.setup.draft.recipe == saved)


def test_findings_are_shown_and_mended_and_the_mending_is_undone(qtbot: Any, view: TrainView, pets: Path) -> None:
    copy = pets / "cat" / "copy.png"
    copy.write_bytes((pets / "cat" / "000.png").read_bytes())
    (pets / "dog" / "broken.png").write_bytes(b"\x89PNG no picture")
    open_data(qtbot, view, pets)
    cards = view.setup_page.findings.cards
    qtbot.waitUntil(lambda: len(view.setup_page.findings.cards) >= 2)
    cards = view.setup_page.findings.cards
    card = next(card for card in cards if any("broken.png" in name for name in card.finding.items))
    assert any("copy.png" in name or "000.png" in name for other in cards for name in other.finding.items)
    with qtbot.waitSignal(view.undo_offered, timeout=PATIENCE_MS) as offered:
        QTest.mouseClick(card.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not any("broken.png" in n for c in view.checks.findings for n in c.items))
    offered.args[1]()
    qtbot.waitUntil(lambda: any("broken.png" in n for c in view.checks.findings for n in c.items), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)


def test_what_blocks_is_said_and_start_does_nothing(qtbot: Any, view: TrainView, tmp_path: Path) -> None:
    folder = write_classes(tmp_path / "one", {"cat": 8})
    (folder / "dog").mkdir()
    Image.new("RGB", (8, 8)).save(folder / "dog" / "only.png")
    open_data(qtbot, view, folder)
    from deepstudio.data.checks.finding import Finding, Severity

    view.checks.findings = [Finding(check="single-class", severity=Severity.BLOCKS, sentence="Only one class is left.")]
    view.checks.changed.emit()
    assert not view.setup_page.start.start.isEnabled()
    assert "Only one class is left" in view.setup_page.start.reason
    view.commands.start()
    assert view.session.run is None


def test_data_and_recipe_survive_a_restart(qtbot: Any, ready: TrainView, window: Any, pets: Path) -> None:
    make_small(ready, epochs=4)
    wanted, state = ready.setup.draft.recipe, ready.save_state()
    again = TrainView(ready._services)
    qtbot.addWidget(again)
    again.restore_state(state)
    qtbot.waitUntil(lambda: again.setup.view is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not ready._services.jobs.busy(), timeout=PATIENCE_MS)
    assert again.setup.view.path == pets and again.setup.draft.recipe == wanted
    again.restore_state({"data": 7, "recipe": [], "panes": "x"})


def test_another_workspace_hands_over_data_and_recipes(qtbot: Any, window: Any, view: TrainView, pets: Path) -> None:
    window.show_workspace("models")
    window.workspace("models").go_asked.emit("train", "data", pets)
    assert window.host.current() == "train" and view.page == SETUP
    qtbot.waitUntil(lambda: view.setup.view is not None, timeout=PATIENCE_MS)
    make_small(view, epochs=6)
    mapping = view.setup.draft.mapping()
    view.setup.draft.reset_all()
    view.receive("recipe", {"recipe": mapping, "data": str(pets)})
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)
    assert view.setup.draft.recipe.training.epochs == 6
    with qtbot.waitSignal(view.failed):
        view.receive("recipe", {"task": "nonsense"})


@pytest.mark.parametrize("size", [(900, 640), (1440, 900)])
def test_no_text_is_cut_and_everything_has_a_name(
    qtbot: Any, window: Any, ready: TrainView, size: tuple[int, int]
) -> None:
    def nothing_cut() -> None:
        assert clipped_texts(window) == []
        assert cut_pages(window) == []

    window.resize(*size)
    form = ready.setup_page.recipe.form
    for group in form.groups:
        group.head.setChecked(True)
    for side in ("right", "middle"):
        ready.setup_page.panes.switch.button(side).click()
        qtbot.waitUntil(nothing_cut)
    assert unnamed_widgets(window) == []
