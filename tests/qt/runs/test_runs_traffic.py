"""The Runs workspace in the real window: other programs, imports, exports, resuming, trouble."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from deepstudio.audio.player import Player
from deepstudio.store.run_errors import damage_mark
from deepstudio.store.runs import RunStore, Status
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.columns_popup import ColumnsPopup
from deepstudio.ui.workspaces.runs.page import RunsPage
from tests.helpers.runs_page import names, open_runs, pick, texts_of
from tests.helpers.shell import clipped_texts, cut_pages, open_window, shell_services, unnamed_widgets

CHECKOUT = Path(__file__).resolve().parents[3]


WRITER = """
import queue, sys, threading, time
from pathlib import Path
from deepstudio.store.runs import RunStore
bare = queue.Queue()
def say():
    while (moment := bare.get()) is not None:
        print(moment, flush=True)
teller = threading.Thread(target=say)
teller.start()
store = RunStore(Path(sys.argv[1]), commit_interval=0.03)
run = store.create_run("elsewhere", kind="monitor", config={"lr": 0.5})
writer = store.writer(run.id)
sys.stdin.readline()
for step in range(60):
    moment = time.time()
    writer.write("loss", step, moment, moment)
    bare.put(moment)
    time.sleep(0.02)
bare.put(None)
teller.join()
sys.stdout.close()
sys.stdin.readline()
writer.close("finished")
store.close()
"""


class Bare(QObject):
    """Hears of the same moments without a store: as many threads in a row, and nothing to do in them."""

    heard = Signal(float)

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self.ages: list[float] = []
        self.heard.connect(self._on_heard)
        self._stream = stream
        self._thread = threading.Thread(target=self._listen, name="bare")
        self._thread.start()

    def _listen(self) -> None:
        for line in self._stream:
            self.heard.emit(float(line))

    @Slot(float)
    def _on_heard(self, moment: float) -> None:
        self.ages.append(time.time() - moment)

    def join(self) -> None:
        self._thread.join(20)


def test_runs_of_other_programs_appear_and_move_within_100_ms(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore
) -> None:
    """The way through the store may take 100 ms longer than one on which nothing is done.

    That one takes under a millisecond where the processors are free, and as long as their queue where they are not.
    """
    _, page = opened
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store.path)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    bare = Bare(child.stdout)
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
        qtbot.waitUntil(lambda: len(bare.ages) == 60, timeout=20_000)
        assert np.median(ages) - np.median(bare.ages) < 0.1
        child.stdin.write("end\n")
        child.stdin.flush()
        qtbot.waitUntil(lambda: item.run.status is Status.FINISHED, timeout=20_000)
    finally:
        child.stdin.close()
        child.wait(20)
        bare.join()
        child.stdout.close()


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


def test_sounds_of_a_tensorboard_folder_are_shown_and_heard(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from torch.utils.tensorboard import SummaryWriter

    heard: list[tuple[int, int, int]] = []

    def play(player: Player, sound: np.ndarray, sample_rate: int) -> None:
        heard.append((*sound.shape, sample_rate))
        player.ended.clear()

    monkeypatch.setattr(Player, "play", play)
    times = np.arange(8000) / 8000
    writer = SummaryWriter(str(tmp_path / "tb"))
    for step in (1, 5):
        writer.add_audio("spoken", 0.5 * np.sin(2 * np.pi * 200 * step * times)[None], step, sample_rate=8000)
    writer.close()
    _, page = opened
    page.open_paths([tmp_path / "tb"])
    view, sounds = page.pane.view, page.pane.sounds
    qtbot.waitUntil(lambda: any(item.run.kind == "tensorboard" for item in page.selected()), timeout=20_000)
    qtbot.waitUntil(lambda: view.tabs.isTabVisible(view.tabs.indexOf(sounds)), timeout=20_000)
    view.show_tab("sounds")
    qtbot.waitUntil(lambda: sounds.play.isVisible() and "1.00 s, 8 kHz, mono" in sounds._words.text(), timeout=20_000)
    assert sounds.media_name == "spoken" and sounds._step.text() == "step 5, newest"
    assert sounds.wave._shape.max() == pytest.approx(0.5, abs=0.01)
    QTest.mouseClick(sounds.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: heard == [(8000, 1, 8000)] and sounds.play.text() == "Stop", timeout=20_000)
    QTest.mouseClick(sounds.wave, Qt.MouseButton.LeftButton, pos=sounds.wave._area().center().toPoint())
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard[1][0] == pytest.approx(4000, abs=100)
    view.show_tab("curves")
    qtbot.waitUntil(lambda: sounds.play.text() == "Play")


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
    nonsense = {"columns": ["nonsense", 3], "sort": ["nonsense", True], "selected": 7, "group": "nonsense"}
    other_window.workspace("runs").restore_state(nonsense)  # type: ignore[attr-defined]
    assert other.model.group == "" == other.bar.group.currentData()
    assert other.model.sort_column == "name" and names(other)
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
