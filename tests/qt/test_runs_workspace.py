"""The Runs workspace in the real window, over a real store."""

from __future__ import annotations

import math
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox

from deepstudio.store.run_errors import damage_mark
from deepstudio.store.runs import RunStore, Status
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.columns_popup import ColumnsPopup
from deepstudio.ui.workspaces.runs.deleted_dialog import DeletedDialog
from deepstudio.ui.workspaces.runs.page import RunsPage
from deepstudio.ui.workspaces.runs.table_delegate import swatch_rect
from tests.helpers.shell import clipped_texts, cut_pages, open_window, shell_services, unnamed_widgets

CHECKOUT = Path(__file__).resolve().parents[2]


def fill(store: RunStore, folder: Path) -> None:
    """Write six runs: two networks, three rates, one that diverged, one that failed."""
    for number in range(6):
        config = {
            "network": {"name": ("small", "wide")[number % 2]},
            "optimizer": {"learning_rate": (0.1, 0.03, 0.01)[number % 3]},
            "seed": number,
        }
        run = store.create_run(
            f"digits-{number}",
            config=config,
            tags=("first",) if number < 2 else ("sweep",),
            created=1.79e9 + 1000 * number,
            folder=folder / f"digits-{number}",
        )
        writer = store.writer(run.id)
        steps = np.arange(200)
        loss = np.exp(-steps / (50 + 10 * number))
        loss[100] = math.nan if number == 3 else loss[100]
        writer.write("loss", steps, run.created + steps, loss)
        writer.write("validation_accuracy", [100, 199], run.created, [0.5, 0.9 - 0.05 * number])
        writer.close("failed" if number == 5 else "finished")
        store.update(run.id, ended=run.created + 100.0 * (number + 1))


@pytest.fixture
def services(home: Path) -> Iterator[Any]:
    made = shell_services(home)
    yield made
    made.open_store().close()


@pytest.fixture
def store(services: Any, tmp_path: Path) -> RunStore:
    opened: RunStore = services.open_store()
    fill(opened, tmp_path / "runs")
    return opened


def open_runs(qtbot: Any, services: Any) -> tuple[MainWindow, RunsPage]:
    window = open_window(qtbot, services, workspace="runs")
    page: RunsPage = window.workspace("runs").page  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.presenter.store is not None, timeout=10_000)
    return window, page


@pytest.fixture
def opened(qtbot: Any, services: Any, store: RunStore) -> Iterator[tuple[MainWindow, RunsPage]]:
    window, page = open_runs(qtbot, services)
    qtbot.waitUntil(lambda: len(page.model.shown()) == 6, timeout=10_000)
    qtbot.waitUntil(lambda: all(item.infos for item in page.model.shown()), timeout=10_000)
    yield window, page
    page.stop()


def names(page: RunsPage) -> list[str]:
    return [item.run.name for item in page.model.shown()]


def pick(page: RunsPage, *wanted: str) -> None:
    page.select([item.id for item in page.model.items() if item.run.name in wanted])


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


WRITER = """
import sys, time
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]), commit_interval=0.03)
run = store.create_run("elsewhere", kind="monitor", config={"lr": 0.5})
writer = store.writer(run.id)
sys.stdin.readline()
for step in range(60):
    writer.write("loss", step, time.time(), time.time())
    time.sleep(0.02)
print("written", flush=True)
sys.stdin.readline()
writer.close("finished")
store.close()
"""


def test_runs_of_other_programs_appear_and_move_within_100_ms(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore
) -> None:
    _, page = opened
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store.path)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        qtbot.waitUntil(lambda: "elsewhere" in names(page), timeout=20_000)
        pick(page, "elsewhere")
        qtbot.waitUntil(lambda: [source.name for source in page.pane.view.sources()] == ["elsewhere"])
        (source,) = page.pane.view.sources()
        ages: list[float] = []

        def look() -> None:
            value = source.last("loss")
            if value is not None:
                ages.append(time.time() - value)

        source.changed.connect(look)
        child.stdin.write("go\n")
        child.stdin.flush()
        qtbot.waitUntil(lambda: source.series("loss") is not None and len(source.series("loss")) == 60, timeout=20_000)
        item = page.model.item(source.run_id)
        assert item is not None
        qtbot.waitUntil(lambda: "loss" in item.infos and item.infos["loss"].last_step == 59)
        assert item.run.status is Status.RUNNING
        # Two cores that other tests use as well: half of the looks must keep the promise even so.
        assert np.median(ages) < 0.1
        child.stdin.write("end\n")
        child.stdin.flush()
        qtbot.waitUntil(lambda: item.run.status is Status.FINISHED, timeout=20_000)
    finally:
        child.stdin.close()
        child.stdout.close()
        child.wait(20)


def test_a_run_whose_program_died_is_offered_for_resuming(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore, tmp_path: Path
) -> None:
    window, page = opened
    asked: list[tuple[str, str, object]] = []
    window.workspace("runs").go_asked.disconnect()
    window.workspace("runs").go_asked.connect(lambda *words: asked.append(words))
    run = store.create_run("dead", folder=tmp_path)
    other = store.create_run("dead script", kind="monitor")
    for row in (run, other):
        store.update(row.id, process="another start of the machine")
    qtbot.waitUntil(page.interrupted.isVisible, timeout=10_000)
    assert "dead" in page.interrupted.words.text() and "More such runs: 1" in page.interrupted.words.text()
    assert page.interrupted.resume.isVisible()
    page.interrupted.resume.click()
    assert asked == [("train", "resume", run.id)]
    assert "dead script" in page.interrupted.words.text()
    assert not page.interrupted.resume.isVisible(), "a script cannot be gone on with from here"
    page.interrupted.look.click()
    assert [item.run.name for item in page.selected()] == ["dead script"]
    page.interrupted.later.click()
    assert not page.interrupted.isVisible()
    pick(page, "dead")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert asked[-1] == ("train", "resume", run.id)
    page.pane.about.again.click()


def test_runs_that_another_window_found_dead_are_offered_at_the_start(
    qtbot: Any, services: Any, store: RunStore, tmp_path: Path
) -> None:
    dead = store.create_run("dead", folder=tmp_path)
    old = store.create_run("long dead", folder=tmp_path)
    store.update(dead.id, status="interrupted")
    store.update(old.id, status="interrupted", ended=1.7e9)
    _, page = open_runs(qtbot, services)
    qtbot.waitUntil(page.interrupted.isVisible)
    assert "“dead”" in page.interrupted.words.text() and "More" not in page.interrupted.words.text()
    store.delete([dead.id])
    qtbot.waitUntil(lambda: not page.interrupted.isVisible())
    page.stop()


def test_settings_can_be_copied_and_trained_again(opened: tuple[MainWindow, RunsPage], qtbot: Any) -> None:
    window, page = opened
    asked: list[tuple[str, str, object]] = []
    window.workspace("runs").go_asked.disconnect()
    window.workspace("runs").go_asked.connect(lambda *words: asked.append(words))
    pick(page, "digits-2")
    page.commands.copy_settings()
    assert '"learning_rate": 0.01' in QGuiApplication.clipboard().text()
    qtbot.waitUntil(lambda: page.pane.about.name.text() == "digits-2")
    page.pane.about.again.click()
    assert asked == [("train", "recipe", page.selected()[0].run.config)]


def test_archives_leave_and_come_back_by_drop(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened
    pick(page, "digits-3")
    target = tmp_path / "kept"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    page.commands.archive_selected()
    archive = tmp_path / "kept.dsrun"
    qtbot.waitUntil(archive.is_file)
    qtbot.waitUntil(lambda: not page._services.jobs.busy())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(archive))])
    window.show_workspace("models")
    assert window.open_mime(mime)
    qtbot.waitUntil(lambda: names(page).count("digits-3") == 2)
    qtbot.waitUntil(lambda: len(page.selected()) == 1 and page.selected()[0].run.name == "digits-3")
    assert window.host.current() == "runs"
    (tmp_path / "bad.dsrun").write_bytes(b"nothing")
    window.open_paths([tmp_path / "bad.dsrun"])
    qtbot.waitUntil(
        lambda: any(
            "archive" in child.text()
            for toast in window.toasts.shown()
            for child in toast.findChildren(type(page.count))
        )
    )


def test_a_dropped_tensorboard_folder_is_followed_while_it_grows(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path
) -> None:
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    def write(first: int, last: int) -> None:
        for step in range(first, last):
            summary = Summary(value=[Summary.Value(tag="train/loss", simple_value=1.0 / (step + 1))])
            writer.add_event(Event(wall_time=time.time(), step=step, summary=summary))
        writer.flush()

    window, page = opened
    folder = tmp_path / "tb" / "one"
    writer = EventFileWriter(str(folder))
    write(0, 50)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "tb"))])
    route = window.router.route(mime)
    assert route is not None and route.workspace.name == "runs"
    assert window.open_mime(mime)
    qtbot.waitUntil(lambda: any(item.run.kind == "tensorboard" for item in page.selected()), timeout=20_000)
    qtbot.waitUntil(
        lambda: bool(page.pane.view.sources()) and page.pane.view.sources()[0].last("train/loss") is not None
    )
    source = page.pane.view.sources()[0]
    series = source.series("train/loss")
    assert series is not None
    qtbot.waitUntil(lambda: len(series) == 50)
    write(50, 80)
    qtbot.waitUntil(lambda: len(series) == 80, timeout=20_000)
    assert not page.reading.isVisible()
    assert "Stop following tb" in texts_of(page.commands.open_more_menu)
    page.presenter.folders.unfollow(tmp_path / "tb")
    assert page.presenter.folders.folders() == []
    writer.close()


def test_reading_many_event_files_shows_progress_and_can_be_stopped(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened
    gate = threading.Event()

    def read(request: Any, context: Any) -> None:
        context.progress(3, 12)
        while not gate.wait(0.005):
            context.check()

    monkeypatch.setattr("deepstudio.ui.workspaces.runs.jobs.follow_folder", read)
    page.presenter.folders.follow(tmp_path / "huge")
    qtbot.waitUntil(page.reading.isVisible)
    qtbot.waitUntil(lambda: (page.reading.progress.value(), page.reading.progress.maximum()) == (3, 12))
    assert "huge" in page.reading.words.text()
    page.reading.stop.click()
    assert not page.reading.isVisible() and page.presenter.folders.folders() == []
    qtbot.waitUntil(page.presenter.folders.idle)


@pytest.mark.parametrize("form", ["csv", "json", "tensorboard"])
def test_runs_are_exported(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    _, page = opened
    pick(page, "digits-0", "digits-3")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "out"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path / "out"))
    page.commands.export_selected(form)
    qtbot.waitUntil(lambda: not page._services.jobs.busy(), timeout=20_000)
    if form == "tensorboard":
        assert len(list((tmp_path / "out").rglob("events.out.tfevents*"))) == 2
    else:
        assert (tmp_path / f"out.{form}").stat().st_size > 1000


def test_columns_are_chosen_in_a_searched_list(qtbot: Any, opened: tuple[MainWindow, RunsPage]) -> None:
    _, page = opened
    page.bar.columns.click()
    popup = page.findChild(ColumnsPopup)
    assert popup is not None
    qtbot.waitUntil(lambda: bool(popup.list.findItems("validation_accuracy", Qt.MatchFlag.MatchExactly)))
    popup.search.setText("learning")
    (item,) = popup.list.findItems("optimizer.learning_rate", Qt.MatchFlag.MatchExactly)
    item.setCheckState(0, Qt.CheckState.Checked)
    assert page.model.columns[-1] == "set:optimizer.learning_rate"
    assert page.model.headerData(len(page.model.columns) - 1, Qt.Orientation.Horizontal) == "learning_rate"
    item.setCheckState(0, Qt.CheckState.Unchecked)
    popup.search.setText("")
    popup.list.findItems("On disk", Qt.MatchFlag.MatchExactly)[0].setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: all(item.size for item in page.model.shown()))
    popup.defaults.click()
    assert "size" not in page.model.columns
    popup.close()


def test_the_state_survives_a_restart(qtbot: Any, services: Any, opened: tuple[MainWindow, RunsPage]) -> None:
    window, page = opened
    pick(page, "digits-2", "digits-4")
    page.set_columns(["name", "loss", "set:seed"])
    page.model.sort_by("set:seed", descending=False)
    page.set_group("status")
    page.bar.filter.setText("-digits-0")
    page.bar.apply()
    state = window.workspace("runs").save_state()
    _, other = open_runs(qtbot, services)
    other_window = other.window()
    other_window.workspace("runs").restore_state(state)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: names(other) == names(page))
    qtbot.waitUntil(lambda: {item.run.name for item in other.selected()} == {"digits-2", "digits-4"})
    assert other.model.columns == ("name", "loss", "set:seed")
    assert other.model.group == "status" == other.bar.group.currentData()
    other_window.workspace("runs").restore_state({"columns": ["nonsense", 3], "sort": "x", "selected": 7})  # type: ignore[attr-defined]
    other.stop()


def test_another_workspace_leads_to_a_run(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    window, page = opened
    page.bar.filter.setText("digits-5")
    page.bar.apply()
    window.workspace("runs").receive("run", store.find("digits-0").id)
    assert [item.run.name for item in page.selected()] == ["digits-0"]


def test_without_runs_the_page_says_how_to_get_one(qtbot: Any, services: Any) -> None:
    _, page = open_runs(qtbot, services)
    qtbot.waitUntil(page.empty.isVisible)
    assert clipped_texts(page) == []
    assert unnamed_widgets(page) == []
    services.open_store().create_run("first", kind="monitor", status="stopped")
    qtbot.waitUntil(lambda: not page.empty.isVisible())
    assert names(page) == ["first"]
    page.stop()


def test_sorting_by_the_menu(opened: tuple[MainWindow, RunsPage]) -> None:
    _, page = opened
    page.commands.sort_by("loss")
    assert names(page)[0] == "digits-5"
    page.commands.sort_by("loss")
    assert names(page)[0] == "digits-0"
    page.commands.sort_by("name")
    assert names(page)[0] == "digits-0"
    assert page.table.header().sortIndicatorSection() == page.model.columns.index("name")


def test_a_damaged_store_is_said_and_what_was_saved_is_shown(qtbot: Any, services: Any, store: RunStore) -> None:
    path = store.path
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'metric'").fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * 8192 : root * 8192] = b"\xff" * 8192
    path.write_bytes(data)
    damage_mark(path).touch()
    other = shell_services(path.parent.parent)
    _, page = open_runs(qtbot, other)
    qtbot.waitUntil(page.salvaged.isVisible)
    assert "6 runs were saved" in page.salvaged.text()
    qtbot.waitUntil(lambda: len(names(page)) == 6)
    page.stop()
    other.open_store().close()


def test_a_store_that_cannot_be_opened_is_said(qtbot: Any, home: Path) -> None:
    services = shell_services(home)
    (home / "data" / "runs.db").mkdir()
    window = open_window(qtbot, services, workspace="runs")
    qtbot.waitUntil(lambda: bool(window.toasts.shown()), timeout=10_000)
    (toast,) = window.toasts.shown()
    assert any("cannot be opened" in child.text() for child in toast.findChildren(QLabel))
    window.workspace("runs").page.stop()  # type: ignore[attr-defined]


def texts_of(open_menu: Callable[[QPoint], object]) -> list[str]:
    open_menu(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    menu.close()
    QApplication.processEvents()
    return texts


def test_the_menus_offer_what_fits(opened: tuple[MainWindow, RunsPage]) -> None:
    _, page = opened
    pick(page, "digits-5")
    assert {"Go on training", "Delete", "Archive…"} <= set(texts_of(page.commands.open_menu))
    pick(page, "digits-4", "digits-5")
    assert "Go on training" not in texts_of(page.commands.open_menu)
    assert "TensorBoard folder…" in texts_of(page.commands.open_import_menu)
    assert {"Deleted runs…", "Sort by"} <= set(texts_of(page.commands.open_more_menu))


@pytest.mark.parametrize("size", [(900, 640), (1600, 1000)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_and_every_widget_has_a_name(
    qtbot: Any, services: Any, opened: tuple[MainWindow, RunsPage], size: tuple[int, int], theme: str
) -> None:
    window, page = opened
    services.settings.change("appearance", theme=theme)
    window.resize(*size)
    for tab in ("curves", "about"):
        page.pane.view.show_tab(tab)
        QApplication.processEvents()
        own = [page.bar, page.table, page.interrupted, page.pane.about]
        assert [text for widget in own for text in clipped_texts(widget)] == []
        assert cut_pages(page.pane.about) == []
    assert [name for widget in own for name in unnamed_widgets(widget)] == []
    assert page.table.width() >= 250 and page.pane.width() >= 300


def test_a_thousand_runs_are_filtered_at_once(qtbot: Any, services: Any) -> None:
    store = services.open_store()
    with store._database.writing() as (connection, sequence):
        connection.executemany(
            "INSERT INTO run (id, name, kind, status, created, heartbeat, sequence, config) VALUES (?,?,?,?,?,?,?,?)",
            [
                (f"{number:032d}", f"run-{number}", "monitor", "stopped", 1.7e9 + number, 0.0, sequence, '{"a": 1}')
                for number in range(1000)
            ],
        )
    _, page = open_runs(qtbot, services)
    qtbot.waitUntil(lambda: len(page.model.shown()) == 1000, timeout=20_000)
    page.model.set_filter("run-1")
    times = []
    for words in ("run-77", "/9$/", "a=1", "", "run-5 -run-55"):
        began = time.perf_counter()
        page.model.set_filter(words)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05
    assert len(page.model.shown()) == len(
        [n for n in range(1000) if "run-5" in f"run-{n}" and "run-55" not in f"run-{n}"]
    )
    page.stop()
