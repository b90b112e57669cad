"""Alerts of runs that go on elsewhere, and folders that are followed again in the next session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton

from deepstudio.store.runs import RunStore
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.workspaces.runs.own_program import OwnProgramDialog
from deepstudio.ui.workspaces.runs.page import RunsPage
from deepstudio.ui.workspaces.runs.watch_job import Watched, WatchRuns, watch_runs
from tests.helpers.contexts import RecordingContext
from tests.helpers.runs_page import names, pick, texts_of

CHECKOUT = Path(__file__).resolve().parents[3]

_PROGRAM = """
import sys
from deepstudio import monitor
with monitor.run("elsewhere", store=sys.argv[1]) as run:
    sys.stdin.readline()
    for step in range(300):
        run.log({"train_loss": float("nan") if step == 200 else 1.0 / (step + 1)}, step=step)
    run.alert("Disk nearly full", "2 GB left")
"""


def _watched(store: RunStore, name: str = "r", **more: Any) -> Watched:
    run = store.create_run(name, kind="monitor")
    return Watched(run_id=run.id, name=name, **{"began_here": True, "says_itself": False, **more})


def _look(store: RunStore, watched: Watched) -> list[str]:
    told = watch_runs(WatchRuns(lambda: store, (watched,)), RecordingContext())
    return [one.sentence.format(**one.values) for one in told]


def test_a_program_that_says_nothing_is_looked_after(store: RunStore) -> None:
    watched = _watched(store)
    writer = store.writer(watched.run_id, claim=False)
    assert _look(store, watched) == []
    writer.write("train_loss", np.arange(200), 0.0, np.exp(-np.arange(200) / 20))
    writer.flush()
    assert _look(store, watched) == []
    loss = np.concatenate([[np.nan], np.linspace(0.1, 9.0, 300)])
    writer.write("train_loss", np.arange(200, 501), 0.0, loss)
    writer.flush()
    told = _look(store, watched)
    assert any("At step 201 the loss is not a number" in words for words in told)
    assert any("The loss climbs" in words for words in told)
    assert [event.kind for event in store.events(watched.run_id)] == ["alert-nan", "alert-divergence"]
    assert _look(store, watched) == []


def test_a_plateau_and_an_overfit_gap_are_seen(store: RunStore) -> None:
    flat, worse = _watched(store, "flat"), _watched(store, "worse")
    for watched, validation in ((flat, [1.0] * 8), (worse, [1.0, 0.5, 0.7, 0.8, 0.9, 1.0])):
        writer = store.writer(watched.run_id, claim=False)
        for epoch, value in enumerate(validation):
            steps = np.arange(epoch * 10, epoch * 10 + 10)
            writer.write("train/loss", steps, 0.0, np.linspace(1.0, 0.9, 10) / (epoch + 1))
            writer.write("val/loss", epoch * 10 + 9, 0.0, value)
            writer.flush()
            _look(store, watched)
    assert [event.kind for event in store.events(flat.run_id)] == ["alert-plateau"]
    assert [event.kind for event in store.events(worse.run_id)] == ["alert-overfit"]


def test_what_was_before_the_window_is_no_news(store: RunStore) -> None:
    watched = _watched(store, began_here=False)
    writer = store.writer(watched.run_id, claim=False)
    writer.write("loss", np.arange(100), 0.0, np.full(100, np.nan))
    writer.event("alert", text="{message}", data={"message": "old"})
    writer.flush()
    assert _look(store, watched) == []
    writer.event("alert", text="{message}", data={"message": "new"})
    writer.flush()
    assert _look(store, watched) == ["new"]


def test_deepstudios_own_alerts_are_passed_on_once(store: RunStore) -> None:
    watched = _watched(store, says_itself=True)
    writer = store.writer(watched.run_id, claim=False)
    for _ in range(2):
        writer.event("alert-nan", step=3, text="At step {at} it broke.", data={"at": 4})
    writer.write("loss", np.arange(100), 0.0, np.full(100, np.inf))
    writer.flush()
    assert _look(store, watched) == ["At step 4 it broke."]
    store.delete([watched.run_id])
    store.purge([watched.run_id])
    assert _look(store, watched) == []


def test_a_program_is_told_of_in_the_window_and_on_the_desktop(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = opened
    said: list[str] = []
    desktop: list[str] = []
    page.message.connect(said.append)
    monkeypatch.setattr(page.presenter.watch.notes, "show", lambda title, text: desktop.append(text))
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(store.path)], cwd=CHECKOUT, stdin=subprocess.PIPE, text=True
    )
    try:
        qtbot.waitUntil(lambda: "elsewhere" in names(page), timeout=30_000)
        child.communicate("go\n", timeout=30)
        qtbot.waitUntil(lambda: len(said) >= 3, timeout=20_000)
    finally:
        child.kill()
        child.wait(20)
    assert any("not a number" in words for words in said)
    assert any("Disk nearly full: 2 GB left" in words for words in said)
    assert any("“elsewhere” has finished." in words for words in said)
    assert desktop == said


def _events(folder: Path, name: str) -> Any:
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    (folder / name).mkdir(parents=True)
    return EventFileWriter(str(folder / name))


def _scalar(writer: Any, step: int) -> None:
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary

    summary = Summary(value=[Summary.Value(tag="loss", simple_value=float(step))])
    writer.add_event(Event(wall_time=1e9 + step, step=step, summary=summary))
    writer.flush()


def test_a_folder_is_followed_again_in_the_next_session_and_moves_no_selection(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], tmp_path: Path
) -> None:
    _, page = opened
    folders = page.presenter.folders
    writer = _events(tmp_path / "tb", "one")
    _scalar(writer, 0)
    page.open_paths([tmp_path / "tb"])
    qtbot.waitUntil(lambda: any(item.run.kind == "tensorboard" for item in page.selected()), timeout=20_000)
    (run,) = [item for item in page.model.items() if item.run.kind == "tensorboard"]
    state = page.save_state()
    assert state["folders"] == [str(tmp_path / "tb")]
    pick(page, "digits-1")
    _scalar(writer, 1)
    qtbot.waitUntil(lambda: "loss" in run.infos and run.infos["loss"].last_step == 1, timeout=20_000)
    assert [item.run.name for item in page.selected()] == ["digits-1"]

    folders.unfollow(tmp_path / "tb")
    qtbot.waitUntil(folders.idle, timeout=20_000)
    assert page.save_state()["folders"] == []
    gone = str(tmp_path / "gone")
    page.restore_state({**state, "selected": [], "folders": [*state["folders"], gone]})
    _scalar(writer, 2)
    qtbot.waitUntil(lambda: run.infos["loss"].last_step == 2, timeout=20_000)
    assert [item.run.name for item in page.selected()] == ["digits-1"]
    assert page.save_state()["folders"] == [str(tmp_path / "tb"), gone]
    writer.close()
    folders.unfollow(tmp_path / "tb")
    qtbot.waitUntil(folders.idle, timeout=20_000)


def test_many_ends_are_one_sentence(qtbot: Any, opened: tuple[MainWindow, RunsPage], store: RunStore) -> None:
    _, page = opened
    said: list[str] = []
    page.message.connect(said.append)
    runs = [store.create_run(f"sweep-{number}", kind="monitor") for number in range(6)]
    qtbot.waitUntil(lambda: "sweep-5" in names(page), timeout=20_000)
    for run in runs:
        store.update(run.id, status="stopped" if run is runs[0] else "finished")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    qtbot.waitUntil(lambda: sum(int(words.split()[0]) for words in said if words[0].isdigit()) >= 4, timeout=20_000)
    assert len(said) <= 3


def test_the_lines_for_an_own_program_are_at_hand(
    qtbot: Any, opened: tuple[MainWindow, RunsPage], qapp: QApplication
) -> None:
    _, page = opened
    assert "A program of your own…" in texts_of(page.commands.open_import_menu)
    page.commands.show_own_program()
    dialog = page.findChild(OwnProgramDialog)
    assert dialog is not None
    (copy,) = [button for button in dialog.findChildren(QToolButton) if button.accessibleName() == "Copy these lines"]
    copy.click()
    assert 'run.log({"loss": loss}, step=step)' in QGuiApplication.clipboard().text()
    compile(QGuiApplication.clipboard().text(), "snippet", "exec")
    dialog.close()
