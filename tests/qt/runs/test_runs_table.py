"""The Runs workspace in the real window, over a real store: the table and its commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from deepstudio.store.runs import RunStore
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.deleted_dialog import DeletedDialog
from deepstudio.ui.workspaces.runs.page import RunsPage
from deepstudio.ui.workspaces.runs.table_delegate import swatch_rect
from tests.helpers.runs_page import names, pick

CHECKOUT = Path(__file__).resolve().parents[3]


def test_runs_are_listed_with_their_results(opened: tuple[MainWindow, RunsPage]) -> None:
    _, page = opened
    assert names(page) == [f"digits-{number}" for number in (5, 4, 3, 2, 1, 0)]
    model = page.model
    row = {key: model.index(5, place).data() for place, key in enumerate(model.columns)}
    assert row["name"] == "digits-0"
    assert row["status"] == "Finished"
    assert row["best_accuracy"] == "0.9"
    assert row["loss"] == "0.01869"
    assert row["duration"] == "1:40 min"
    assert row["tags"] == "first"
    assert "6 runs" in page.count.text()
    assert [item.run.name for item in page.selected()] == ["digits-5"], "the newest is shown at first"


def test_the_curves_of_all_selected_and_pinned_runs_are_drawn(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore
) -> None:
    _, page = opened
    pick(page, "digits-1", "digits-3")
    view = page.pane.view
    qtbot.waitUntil(lambda: [source.name for source in view.sources()] == ["digits-3", "digits-1"])
    qtbot.waitUntil(lambda: all(source.last("loss") is not None for source in view.sources()), timeout=10_000)
    series = view.sources()[0].series("loss")
    assert series is not None and len(series) == 200
    kept = view.sources()[0]
    store.update(store.find("digits-5").id, pinned=True)
    qtbot.waitUntil(lambda: [source.name for source in view.sources()] == ["digits-3", "digits-1", "digits-5"])
    assert view.sources()[0] is kept, "what was read is not read again"
    assert names(page)[0] == "digits-5", "pinned runs come first"
    colours = {source.colour for source in view.sources()}
    assert len(colours) == 3


def test_the_table_alone_shows_whole_names(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    _, page = opened
    name = "resnet with everything that was thought of since the spring"
    store.update(store.find("digits-5").id, name=name)
    qtbot.waitUntil(lambda: name in names(page))
    before = page.table.columnWidth(0)
    page.bar.table_alone.setChecked(True)
    needed = page.table.fontMetrics().horizontalAdvance(name)
    qtbot.waitUntil(lambda: page.table.columnWidth(0) > needed > before)
    page.bar.table_alone.setChecked(False)
    qtbot.waitUntil(lambda: page.table.columnWidth(0) == before)


def test_columns_follow_the_size_of_the_text(opened: tuple[MainWindow, RunsPage], services: Any, qtbot: Any) -> None:
    _, page = opened
    before = [page.table.columnWidth(place) for place in range(3)]
    services.settings.change("appearance", font_scale=150)
    qtbot.waitUntil(lambda: page.table.columnWidth(0) == round(1.5 * before[0]))
    assert [page.table.columnWidth(place) for place in range(3)] == [round(1.5 * width) for width in before]


def test_sorting_by_any_column_and_back(opened: tuple[MainWindow, RunsPage], qtbot: Any) -> None:
    _, page = opened
    header = page.table.header()
    place = page.model.columns.index("best_accuracy")
    middle = QPoint(header.sectionViewportPosition(place) + 10, header.height() // 2)
    pick(page, "digits-2")
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert names(page) == [f"digits-{number}" for number in (5, 4, 3, 2, 1, 0)]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert names(page) == [f"digits-{number}" for number in range(6)]
    assert [item.run.name for item in page.selected()] == ["digits-2"]
    page.set_columns([*page.model.columns, "set:optimizer.learning_rate"])
    page.model.sort_by("set:optimizer.learning_rate", descending=False)
    assert [item.settings["optimizer.learning_rate"] for item in page.model.shown()] == [0.01] * 2 + [0.03] * 2 + [
        0.1
    ] * 2


def test_the_filter_takes_words_expressions_and_comparisons(qtbot: Any, opened: tuple[MainWindow, RunsPage]) -> None:
    window, page = opened
    pick(page, "digits-0", "digits-1")
    for words, wanted in (
        ("learning_rate>=0.03 tag:sweep", ["digits-4", "digits-3"]),
        ("/-[12]$/", ["digits-2", "digits-1"]),
        ("wide -status:failed", ["digits-3", "digits-1"]),
        ("", [f"digits-{number}" for number in (5, 4, 3, 2, 1, 0)]),
    ):
        page.bar.filter.setText(words)
        qtbot.waitUntil(lambda wanted=wanted: names(page) == wanted)
    assert {item.run.name for item in page.selected()} == {"digits-0", "digits-1"}, "the selection outlives the filter"
    page.bar.filter.setText("/(/")
    qtbot.waitUntil(page.bar.problem.isVisible)
    assert "regular expression" in page.bar.problem.text()
    assert len(names(page)) == 6
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.filter.hasFocus()


def test_groups_by_a_setting(opened: tuple[MainWindow, RunsPage]) -> None:
    _, page = opened
    page.bar.group.setCurrentIndex(page.bar.group.findData("set:network.name"))
    page.bar.group.activated.emit(page.bar.group.currentIndex())
    titles = [page.model.index(place, 0).data() for place in range(page.model.rowCount())]
    assert titles == [
        "network.name: small  (3)", "digits-4", "digits-2", "digits-0",
        "network.name: wide  (3)", "digits-5", "digits-3", "digits-1",
    ]  # fmt: skip
    assert not page.model.flags(page.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    page.table.selectAll()
    assert len(page.table.selected_ids()) == 6


def test_star_pin_hide_by_keys(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    window, page = opened
    pick(page, "digits-1", "digits-2")
    for key, field in ((Qt.Key.Key_D, "star"), (Qt.Key.Key_B, "pinned"), (Qt.Key.Key_H, "hidden")):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(
            lambda field=field: {r.name for r in store.runs() if getattr(r, field)} == {"digits-1", "digits-2"}
        )
        qtbot.waitUntil(lambda field=field: all(getattr(item.run, field) for item in page.selected()))
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not any(run.hidden for run in store.runs()))


def test_a_click_on_the_colour_hides_the_curve(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore
) -> None:
    _, page = opened
    index = page.model.index(2, 0)
    before = page.table.selected_ids()
    place = swatch_rect(page.table.visualRect(index)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: store.find("digits-3").hidden)
    assert page.table.selected_ids() == before


def test_deleting_can_be_undone(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    window, page = opened
    pick(page, "digits-1", "digits-2")
    QTest.keyClick(window, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    assert [item.run.name for item in page.selected()] == ["digits-0"], "the next one down is selected"
    qtbot.waitUntil(lambda: bool(window.toasts.shown()))
    (toast,) = window.toasts.shown()
    undo = next(child for child in toast.findChildren(type(page.bar.open)) if child.text() == "Undo")
    undo.click()
    qtbot.waitUntil(lambda: len(names(page)) == 6)
    assert len(store.runs()) == 6


def test_deleted_runs_are_brought_back_or_removed_for_good(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened
    first, second = store.find("digits-1").id, store.find("digits-2").id
    store.delete([first, second])
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    dialog = DeletedDialog(store.runs(deleted=True), page)
    qtbot.addWidget(dialog)
    assert dialog.list.visualItemRect(dialog.list.item(0)).height() == dialog.list.sizeHintForRow(0)
    dialog.restore_asked.connect(page.presenter.restore)
    dialog.purge_asked.connect(page.presenter.purge)
    dialog.list.clearSelection()
    assert not dialog.restore.isEnabled()
    dialog.list.item(0).setSelected(True)
    (chosen,) = dialog.chosen()
    dialog.restore.click()
    qtbot.waitUntil(lambda: len(names(page)) == 5)
    assert store.run(chosen).deleted is None
    other = DeletedDialog(store.runs(deleted=True), page)
    qtbot.addWidget(other)
    other.purge_asked.connect(page.presenter.purge)
    monkeypatch.setattr(QMessageBox, "question", lambda *args: QMessageBox.StandardButton.Yes)
    other.purge.click()
    qtbot.waitUntil(lambda: store.runs(deleted=True) == [])
    qtbot.waitUntil(lambda: page.model.item({first, second}.difference({chosen}).pop()) is None)


def test_a_run_that_goes_on_is_not_deleted(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    window, page = opened
    run = store.create_run("alive", kind="monitor")
    qtbot.waitUntil(lambda: "alive" in names(page))
    page.select([run.id])
    page.commands.delete_selected()
    qtbot.waitUntil(lambda: bool(window.toasts.shown()))
    assert store.run(run.id).deleted is None
    store.update(run.id, status="finished")


def test_parallel_coordinates_show_what_differs(qtbot: Any, opened: tuple[MainWindow, RunsPage]) -> None:
    window, page = opened
    window.resize(1600, 1000)
    page.table.selectAll()
    page.pane.view.show_tab("parallel")
    qtbot.waitUntil(page.pane.parallel.chart.isVisible)
    axes = page.pane.parallel.axes()
    assert axes[-2:] == ["best_accuracy", "best_loss"]
    assert axes[:-2] == ["set:network.name", "set:optimizer.learning_rate", "set:seed"]
    titles = [page.pane.parallel.colour_by.itemText(place) for place in range(page.pane.parallel.colour_by.count())]
    assert titles == ["Run", "network", "learning_rate", "seed", "Best accuracy", "Best loss"]
    page.pane.parallel.activated.emit(page.model.shown()[2].id)
    assert [item.run.name for item in page.selected()] == [names(page)[2]]


def test_name_tags_and_notes_are_edited(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    _, page = opened
    pick(page, "digits-1")
    about = page.pane.about
    page.pane.view.show_tab("about")
    qtbot.waitUntil(lambda: about.name.text() == "digits-1")
    run = store.find("digits-1").id
    about.notes.setFocus()
    QTest.keyClicks(about.notes, "worth a look")
    about.tags.setFocus()
    about.tags.end(False)
    QTest.keyClicks(about.tags, ", best")
    QTest.keyClick(about.tags, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.run(run).notes == "worth a look")
    qtbot.waitUntil(lambda: store.run(run).tags == ("first", "best"))
    about.name.selectAll()
    QTest.keyClicks(about.name, "favourite")
    QTest.keyClick(about.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "favourite" in names(page))


def test_what_is_being_written_is_not_overwritten_by_the_store(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore
) -> None:
    window, page = opened
    pick(page, "digits-1")
    page.pane.view.show_tab("about")
    about = page.pane.about
    qtbot.waitUntil(lambda: about.name.text() == "digits-1")
    window.activateWindow()
    about.notes.setFocus()
    qtbot.waitUntil(about.notes.hasFocus)
    QTest.keyClicks(about.notes, "half a sen")
    store.update(store.find("digits-1").id, star=True)
    qtbot.waitUntil(lambda: page.selected()[0].run.star)
    QTest.keyClicks(about.notes, "tence")
    assert about.notes.toPlainText() == "half a sentence"
    pick(page, "digits-2")
    qtbot.waitUntil(lambda: store.find("digits-1").notes == "half a sentence")
    assert store.find("digits-2").notes == ""
