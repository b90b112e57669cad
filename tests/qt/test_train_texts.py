"""Texts and recordings in the true window: open, read otherwise, mend, train, steer, look closer, use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deepstudio.ui.workspaces.train.data_job import SOUNDS, TEXTS
from deepstudio.ui.workspaces.train.view import LOOK, RUN, TrainView
from tests.helpers.text_sets import write_conll, write_table, write_word_folders
from tests.helpers.train_window import PATIENCE_MS, open_data, wait_state

pytest_plugins = ["tests.helpers.train_fixtures"]

_SMALL = {
    "training.epochs": 2,
    "training.patience": 0,
    "training.batch_size": 16,
    "network.config.embedding": 8,
    "network.config.units": (8,),
}


def idle(qtbot: Any, view: TrainView) -> None:
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def names_of(combo: Any) -> list[str]:
    return [combo.itemText(place) for place in range(combo.count()) if combo.itemText(place)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "lessons.csv")


def test_a_table_shows_its_columns_and_is_read_otherwise(qtbot: Any, view: TrainView, table: Path) -> None:
    open_data(qtbot, view, table)
    pane, form = view.setup_page.data, view.setup_page.data.reading
    assert view.setup.view.shows == TEXTS and view.setup.view.task == "text-classification"
    assert names_of(form.text) == ["satz", "klasse"] and form.label.currentData() == "klasse"
    assert [pane.classes.rows.index(n, 0).data() for n in range(2)] == ["bad, 30", "good, 30"]
    assert "60 texts in 2 classes" in pane._facts.text()
    form.task.setCurrentIndex(form.task.findData("translation"))
    form.task.activated.emit(form.task.currentIndex())
    qtbot.waitUntil(lambda: view.setup.view.task == "translation", timeout=PATIENCE_MS)
    idle(qtbot, view)
    assert view.setup.draft.recipe.network.architecture == "text-seq2seq"
    form.task.setCurrentIndex(form.task.findData("text-classification"))
    form.task.activated.emit(form.task.currentIndex())
    qtbot.waitUntil(lambda: view.setup.view.task == "text-classification", timeout=PATIENCE_MS)
    idle(qtbot, view)
    form.header.setChecked(False)
    qtbot.waitUntil(lambda: view.setup.view.columns == ("0", "1"), timeout=PATIENCE_MS)
    idle(qtbot, view)
    assert form.text.itemText(0) == "Column 1"


def test_a_finding_shows_its_texts_and_is_mended_with_a_way_back(qtbot: Any, view: TrainView, table: Path) -> None:
    with open(table, "a", encoding="utf-8") as file:
        file.write(";good\nwhat a fine film number 1;good\n")
    open_data(qtbot, view, table)

    def cards() -> dict[str, Any]:
        return {card.finding.check: card for card in view.setup_page.findings.cards}

    def copies() -> list[str]:
        return [label.text() for label in cards()["text-duplicates"]._texts.values()]

    qtbot.waitUntil(lambda: {"text-empty", "text-duplicates"} <= cards().keys(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: copies() == ["what a fine film number 1 · good"] * 2, timeout=PATIENCE_MS)
    idle(qtbot, view)
    with qtbot.waitSignal(view.undo_offered, timeout=PATIENCE_MS) as offered:
        click(cards()["text-empty"].buttons[0])
    idle(qtbot, view)
    assert view.setup.view.count == 61
    offered.args[1]()
    idle(qtbot, view)
    qtbot.waitUntil(lambda: view.setup.view.count == 62, timeout=PATIENCE_MS)


def test_texts_are_trained_looked_at_corrected_and_used(qtbot: Any, window: Any, view: TrainView, table: Path) -> None:
    open_data(qtbot, view, table)
    view.setup.draft.set_many(_SMALL)
    click(view.setup_page.start.start)
    qtbot.waitUntil(lambda: view.session.can_steer, timeout=PATIENCE_MS)
    assert view.page == RUN
    view.session.toggle_pause()
    view.session.toggle_pause() if view.session.run.state == "paused" else None
    qtbot.waitUntil(lambda: view.session.run.state in ("paused", "finished"), timeout=PATIENCE_MS)
    if view.session.run.state == "paused":
        view.session.take_snapshot()
        qtbot.waitUntil(lambda: window.host.current() == "text", timeout=PATIENCE_MS)
        window.show_workspace("train")
        view.session.toggle_pause()
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)
    view.show_page(LOOK)
    page, presenter = view.look_page, view.look_page.presenter
    qtbot.waitUntil(lambda: presenter.result is not None, timeout=PATIENCE_MS)
    idle(qtbot, view)
    tiles = page.samples.tiles.tiles()
    assert len(tiles) == len(presenter.result.names) > 4 and all(tile.text for tile in tiles)
    true, predicted = int(presenter.result.labels[0]), int(presenter.result.predicted[0])
    page.matrix.cell_activated.emit(true, predicted)
    assert len(page.samples.tiles.tiles()) == presenter.result.confusion[true, predicted]
    name = page.samples.tiles.tiles()[0].name
    page.samples.setCurrentIndex(page.samples.tiles.index(0, 0))
    click(page.right.exclude)
    qtbot.waitUntil(lambda: presenter.state.excluded == {name}, timeout=PATIENCE_MS)
    idle(qtbot, view)
    qtbot.waitUntil(lambda: view.setup.view.count == 59, timeout=PATIENCE_MS)
    click(page.right.undo)
    qtbot.waitUntil(lambda: not presenter.state.excluded, timeout=PATIENCE_MS)
    idle(qtbot, view)
    assert table.read_text(encoding="utf-8").count("\n") == 61
    view.use_model()
    qtbot.waitUntil(lambda: window.host.current() == "text", timeout=PATIENCE_MS)
    assert "lessons" in [entry.name for entry in view._services.library.entries()]
    idle(qtbot, view)


def test_what_a_task_lacks_is_disabled_and_says_why(qtbot: Any, view: TrainView, tmp_path: Path) -> None:
    start = view.setup_page.start
    open_data(qtbot, view, write_conll(tmp_path / "a.conll"))
    assert start.folds.isEnabled() and view.setup.view.unit == "sentence"
    prose = tmp_path / "a.txt"
    prose.write_text("It was a fine day.\n" * 40, encoding="utf-8")
    open_data(qtbot, view, prose)
    assert start.folds.isEnabled() and start.seeds.isEnabled()
    view.setup.open_recipe("own-words")
    qtbot.waitUntil(lambda: view.setup.draft.recipe.task == "word-set", timeout=PATIENCE_MS)
    assert not start.folds.isEnabled() and "one go" in start.folds.toolTip()
    with qtbot.waitSignal(view.message, timeout=PATIENCE_MS) as said:
        view.commands.ask_folds()
    assert said.args[0] == start.folds.toolTip()


def test_recordings_show_their_words_and_broken_ones_are_left_out(qtbot: Any, view: TrainView, tmp_path: Path) -> None:
    root = write_word_folders(tmp_path / "words", 12)
    (root / "left" / "broken.wav").write_bytes(b"RIFF")
    open_data(qtbot, view, root)
    assert view.setup.view.shows == SOUNDS and view.setup.view.facts["speakers"] == 2
    assert "25 recordings" in view.setup_page.data._facts.text()
    assert not view.setup_page.start.start.isEnabled() and "cannot be read" in view.setup_page.start.reason
    qtbot.waitUntil(lambda: bool(view.setup_page.findings.cards), timeout=PATIENCE_MS)
    click(view.setup_page.findings.cards[0].buttons[0])
    qtbot.waitUntil(lambda: view.setup_page.start.start.isEnabled(), timeout=PATIENCE_MS)
    idle(qtbot, view)
