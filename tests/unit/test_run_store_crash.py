"""Nothing is lost: killed writers, several processes, full disks, locked and damaged files."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.store import run_rescue
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
)
from deepstudio.store.run_process import process_mark
from deepstudio.store.runs import RunStore, Status

CHECKOUT = Path(__file__).resolve().parents[2]
FAST = 0.001


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until `condition()`, which another process or thread brings about."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.005)


def python(code: str, *arguments: object, stdout: int | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], cwd=CHECKOUT, stdout=stdout, text=True)


WRITER = """
import sys, time
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]))
writer = store.writer(sys.argv[2])
step = int(sys.argv[3])
while True:
    writer.write("loss", step, time.time(), step * 0.5)
    writer.write("accuracy", step, time.time(), -step)
    print(step, time.time(), flush=True)
    step += 1
    time.sleep(0.001)
"""


@pytest.mark.parametrize("lifetime", [0.2, 0.45, 0.8])
def test_a_killed_writer_loses_less_than_a_second_and_leaves_no_gap(tmp_path: Path, lifetime: float) -> None:
    with RunStore(tmp_path / "runs.db") as store:
        run = store.create_run("killed").id
        child = python(WRITER, store.path, run, 0, stdout=subprocess.PIPE)
        assert child.stdout is not None
        until(lambda: len(store.read(run, "loss")) > 0)
        threading.Event().wait(lifetime)
        child.send_signal(signal.SIGKILL)
        said = [line.split() for line in child.stdout.read().splitlines() if line.count(" ") == 1]
        child.stdout.close()
        child.wait()
        loss, accuracy = store.read(run, "loss"), store.read(run, "accuracy")
        assert np.array_equal(loss.steps, np.arange(len(loss)))
        assert np.array_equal(loss.values, loss.steps * 0.5)
        assert abs(len(loss) - len(accuracy)) <= 1, "points handed in together are committed together"
        lost = [float(when) for step, when in said if int(step) > loss.steps[-1]]
        if lost:
            assert float(said[-1][1]) - lost[0] < 1.0
        assert store.run(run).status is Status.RUNNING
        (found,) = store.find_interrupted()
        assert found.id == run and found.status is Status.INTERRUPTED
        assert store.find_interrupted() == []

        store.truncate(run, 50)
        writer = store.writer(run)
        assert store.run(run).status is Status.RUNNING and store.run(run).ended is None
        writer.write("loss", 50, time.time(), 25.0)
        writer.close("finished")
        assert np.array_equal(store.read(run, "loss").values, np.arange(51) * 0.5)


COUNTER = """
import sys, time
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]), commit_interval=0.001)
own = store.create_run(sys.argv[3]).id
writers = [store.writer(own), store.writer(sys.argv[2], claim=False)]
for step in range(2000):
    for writer in writers:
        writer.write(sys.argv[3], step, time.time(), step)
        writer.write("shared", step, time.time(), step)
writers[1].close()
writers[0].close("finished")
store.close()
"""


def test_several_processes_write_at_once_one_run_too(tmp_path: Path) -> None:
    with RunStore(tmp_path / "runs.db", commit_interval=FAST) as store:
        shared = store.create_run("shared").id
        children = [python(COUNTER, store.path, shared, name) for name in ("one", "two", "three")]
        writer = store.writer(shared)
        for step in range(2000):
            writer.write("here", step, time.time(), step)
        assert [child.wait(120) for child in children] == [0, 0, 0]
        writer.close("finished")
        wanted = np.arange(2000)
        for name in ("one", "two", "three"):
            assert np.array_equal(store.read(store.find(name).id, name).steps, wanted)
            assert np.array_equal(store.read(shared, name).steps, wanted)
        assert np.array_equal(store.read(shared, "here").values, wanted)
        together = store.read(shared, "shared")
        assert np.array_equal(np.sort(together.steps), np.repeat(wanted, 3))
        assert {info.name: info.count for info in store.metrics(shared)}["shared"] == 6000


def test_threads_share_a_store(tmp_path: Path) -> None:
    with RunStore(tmp_path / "runs.db", commit_interval=FAST) as store:
        run = store.create_run("threads").id
        writer = store.writer(run)

        def work(number: int) -> None:
            for step in range(500):
                writer.write(f"metric{number}", step, 1.7e9, step)
                if step % 100 == 0:
                    writer.flush()
                    assert len(store.read(run, f"metric{number}")) == step + 1

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        writer.close("finished")
        assert [len(columns) for columns in store.read_all(run).values()] == [500] * 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_writes_with_connections_of_its_own(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]), commit_interval=0.001)
run = store.create_run("forked").id
writer = store.writer(run)
for step in range(100):
    writer.write("parent", step, 1.7e9, step)
child = os.fork()
name = "parent" if child else "child"
for step in range(100, 1000):
    writer.write(name, step, 1.7e9, step)
assert writer.flush(60)
if child == 0:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
writer.close("finished")
store.close()
"""
    child = python(code, tmp_path / "runs.db")
    assert child.wait(60) == 0
    with RunStore(tmp_path / "runs.db") as store:
        found = store.read_all(store.find("forked").id)
    assert np.array_equal(found["parent"].steps, np.arange(1000))
    assert np.array_equal(found["child"].steps, np.arange(100, 1000))


def test_a_program_that_forgets_to_close_loses_nothing(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]), commit_interval=5.0)
writer = store.writer(store.create_run("forgetful").id)
for step in range(5000):
    writer.write("loss", step, 1.7e9, step)
"""
    assert python(code, tmp_path / "runs.db").wait(60) == 0
    with RunStore(tmp_path / "runs.db") as store:
        run = store.find("forgetful").id
        assert len(store.read(run, "loss")) == 5000
        assert [row.status for row in store.find_interrupted()] == [Status.INTERRUPTED]


def test_a_process_id_used_again_does_not_revive_a_run(tmp_path: Path) -> None:
    with RunStore(tmp_path / "runs.db") as store:
        mine, recycled, foreign, silent = (store.create_run(name).id for name in "abcd")
        assert process_mark(os.getpid()) and not process_mark(2**22 + 1)
        store.update(recycled, process="another boot")
        store.update(foreign, host="elsewhere", pid=1, process="x")
        store.update(silent, host="elsewhere", pid=1, process="x", heartbeat=time.time() - 3600)
        assert {run.id for run in store.find_interrupted()} == {recycled, silent}
        assert store.run(mine).status is store.run(foreign).status is Status.RUNNING
        assert store.run(silent).ended == store.run(silent).heartbeat


def limit_pages(monkeypatch: pytest.MonkeyPatch, limit: dict[str, int]) -> None:
    """Let the disk be full once a store has `limit["pages"]` pages; 0: not."""
    begin = RunDatabase.writing

    def writing(self: RunDatabase):  # type: ignore[no-untyped-def]
        connection = self._connection()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {max(pages, limit['pages']) if limit['pages'] else 2**30}")
        return begin(self)

    monkeypatch.setattr(RunDatabase, "writing", writing)


def test_on_a_full_disk_points_wait_until_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = {"pages": 0}
    limit_pages(monkeypatch, limit)
    with RunStore(tmp_path / "runs.db", commit_interval=FAST) as store:
        run = store.create_run("big").id
        writer = store.writer(run)
        writer.write("loss", 0, 1.7e9, 0.0)
        assert writer.flush()
        limit["pages"] = 1
        for start in range(1, 100_001, 20_000):
            writer.write("loss", np.arange(start, start + 20_000), 1.7e9, np.random.default_rng(0).random(20_000))
        until(lambda: writer.problem is not None)
        assert isinstance(writer.problem, StoreFullError)
        assert "disk is full" in str(writer.problem)
        assert not writer.flush(0.05)
        assert len(store.read(run, "loss")) == 1
        with pytest.raises(StoreFullError):
            store.create_run("no room", config={"x": "y" * 200_000})
        limit["pages"] = 0
        assert writer.flush(30.0)
        assert writer.problem is None
        assert np.array_equal(store.read(run, "loss").steps, np.arange(100_001))
        writer.close("finished")


def test_what_cannot_be_written_at_the_end_is_rescued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = tmp_path / "data" / "runs.db"
    with RunStore(path, busy_seconds=0.05, commit_interval=FAST) as store:
        run = store.create_run("rescued", notes="kept").id
        writer = store.writer(run)
        writer.write("loss", 0, 1.7e9, 0.0)
        assert writer.flush()
        with locked(path):
            writer.write("loss", [1, 2], 1.7e9, [1.0, 2.0])
            writer.write("new", 3, 1.7e9, 3.0)
            writer.event("note", step=2, text="hello")
            writer.media("picture", 2, 1.7e9, "image", b"png", {"label": "cat"})
            until(lambda: writer.problem is not None)
            assert isinstance(writer.problem, StoreLockedError)
            with pytest.raises(StoreLockedError, match="Another program holds the runs"):
                store.update(run, star=True)
            with pytest.raises(StoreLockedError):
                writer.close("finished", timeout=0.05)
            store.close(0.05)
    (rescue,) = path.parent.glob("runs-rescue-*")
    assert rescue.suffix == ".db"

    with RunStore(path) as store:
        assert not list(path.parent.glob("runs-rescue-*"))
        row = store.run(run)
        assert (row.status, row.name, row.notes) == (Status.FINISHED, "rescued", "kept")
        assert store.read(run, "loss").values.tolist() == [0.0, 1.0, 2.0]
        assert store.read(run, "new").values.tolist() == [3.0]
        assert [(event.kind, event.text) for event in store.events(run)] == [("note", "hello")]
        (media,) = store.media(run)
        assert store.media_payload(media.id) == b"png" and media.meta == {"label": "cat"}


def test_the_temporary_folder_is_the_last_resort(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    original = run_rescue._write

    def write(target: Path, left: object) -> None:
        if target.parent != temporary:
            raise StoreReadOnlyError("The folder cannot be written.")
        original(target, left)  # type: ignore[arg-type]

    monkeypatch.setattr(run_rescue, "_write", write)
    path = tmp_path / "data" / "runs.db"
    store = RunStore(path, busy_seconds=0.02, commit_interval=FAST)
    run = store.create_run("rescued").id
    with locked(path):
        store.writer(run, claim=False).write("loss", 0, 1.7e9, 0.5)
        store.close(0.02)
    assert len(list(temporary.iterdir())) == 1
    with RunStore(tmp_path / "another" / "runs.db") as other:
        assert other.runs() == [], "another store does not take it in"
    with RunStore(path) as store:
        assert store.read(run, "loss").values.tolist() == [0.5]
        assert store.run(run).status is Status.RUNNING, "nothing was said about its end"


class locked:  # noqa: N801 - reads like a function
    """Holds a store's lock for writing, as another program might."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *error: object) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


def test_a_lock_that_goes_away_costs_nothing(tmp_path: Path) -> None:
    with RunStore(tmp_path / "runs.db", busy_seconds=0.02, commit_interval=FAST) as store:
        run = store.create_run("patient").id
        writer = store.writer(run)
        with locked(store.path):
            for step in range(1000):
                writer.write("loss", step, 1.7e9, step)
            until(lambda: isinstance(writer.problem, StoreLockedError))
            assert len(store.read(run, "loss")) == 0, "reading goes on"
        assert writer.flush(30.0) and writer.problem is None
        assert len(store.read(run, "loss")) == 1000
        writer.close("finished")


def test_a_folder_that_cannot_be_made_or_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnlyError, match="cannot be opened"):
        RunStore(tmp_path / "file" / "runs.db")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreError):
        RunStore(tmp_path / "folder.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    RunStore(folder / "runs.db").close()
    folder.chmod(0o555)
    (folder / "runs.db").chmod(0o444)
    try:
        with pytest.raises(StoreReadOnlyError), RunStore(folder / "runs.db") as store:
            store.create_run("x")
    finally:
        folder.chmod(0o755)


def test_a_store_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    with RunStore(tmp_path / "runs.db") as store:
        run = store.create_run("x", status="stopped").id
        store._database._connection().execute("PRAGMA query_only = ON")
        with pytest.raises(StoreReadOnlyError, match="may be read but not written"):
            store.update(run, star=True)
        assert store.run(run).name == "x"


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "runs.db"
    with RunStore(path) as store:
        for number in range(40):
            run = store.create_run(f"run-{number}", config={"seed": number}).id
            writer = store.writer(run)
            writer.write("loss", np.arange(3000), 1.7e9, np.random.default_rng(number).random(3000))
            writer.write("accuracy", np.arange(3000), 1.7e9, np.arange(3000.0))
            writer.event("note", step=number)
            writer.media("text", 1, 1.7e9, "text", b"words")
            writer.close("finished")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    yield path


def kept_files(path: Path) -> list[Path]:
    return list(path.parent.glob("runs.damaged-*.db"))


def test_rubbish_in_place_of_the_store_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    path.write_bytes(b"this was never a database" * 1000)
    with RunStore(path) as store:
        assert store.salvage is not None
        assert (store.salvage.runs, store.salvage.complete) == (0, False)
        store.create_run("goes on", status="stopped")
    (kept,) = kept_files(path)
    assert kept.read_bytes().startswith(b"this was never")
    with RunStore(path) as store:
        assert store.salvage is None and len(store.runs()) == 1


def test_a_damaged_first_page_is_noticed(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[100:4000] = os.urandom(3900)
    filled.write_bytes(data)
    with RunStore(filled) as store:
        assert store.salvage is not None
        store.create_run("goes on", status="stopped")
    assert len(kept_files(filled)) == 1


@pytest.mark.parametrize("seed", range(5))
def test_most_is_saved_from_a_store_with_bad_pages(filled: Path, seed: int) -> None:
    data = bytearray(filled.read_bytes())
    random = np.random.default_rng(seed)
    pages = len(data) // 8192
    # The first pages hold the list of tables and their roots; one page in fifty of the rest is spoilt.
    for page in random.choice(np.arange(30, pages), max(1, pages // 50), replace=False):
        data[page * 8192 : (page + 1) * 8192] = random.bytes(8192)
    filled.write_bytes(data)
    database, report = run_rescue_from(filled)
    database.close()
    assert len(kept_files(filled)) == 1
    assert report.runs >= 35
    assert report.points > 0.6 * 40 * 6000
    with RunStore(filled) as store:
        for run in store.runs():
            for name, columns in store.read_all(run.id).items():
                if name == "accuracy":
                    assert np.array_equal(columns.values, columns.steps), "what was saved is right"
        with store._database.reading() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def run_rescue_from(path: Path):  # type: ignore[no-untyped-def]
    from deepstudio.store.run_salvage import rebuild

    return rebuild(path, StoreDamagedError("The runs are damaged."), busy_seconds=1.0)


def test_damage_met_while_reading_is_said_and_mended_at_the_next_start(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    with sqlite3.connect(filled) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'metric'").fetchone()
    connection.close()
    data[(root - 1) * 8192 : root * 8192] = b"\xff" * 8192
    filled.write_bytes(data)
    with RunStore(filled) as store:
        run = store.runs()[0].id
        with pytest.raises(StoreDamagedError, match="damaged"):
            store.metrics(run)
    with RunStore(filled) as store:
        assert store.salvage is not None and not store.salvage.complete
        assert len(store.runs()) == 40, "the rows of the runs were well"
    assert len(kept_files(filled)) == 1


def test_a_run_whose_row_is_lost_keeps_its_curves(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    with sqlite3.connect(filled) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'run'").fetchone()
    connection.close()
    data[(root - 1) * 8192 : root * 8192] = b"\xff" * 8192
    filled.write_bytes(data)
    database, report = run_rescue_from(filled)
    database.close()
    assert (report.runs, report.points, report.complete) == (40, 40 * 6000, False)
    with RunStore(filled) as store:
        run = store.find("recovered-3")
        assert run.status is Status.INTERRUPTED
        assert np.array_equal(store.read(run.id, "accuracy").values, np.arange(3000))


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_store_that_was_removed_or_replaced_meanwhile_is_opened_anew(filled: Path) -> None:
    with RunStore(filled) as store:
        assert len(store.runs()) == 40
        for suffix in ("", "-wal", "-shm"):
            filled.with_name(filled.name + suffix).unlink(missing_ok=True)
        assert store.runs() == []
        writer = store.writer(store.create_run("new").id)
        writer.write("loss", 1, 1.7e9, 0.5)
        writer.close("finished")
        with RunStore(filled) as other:
            assert [run.name for run in other.runs()] == ["new"]
            assert other.read(writer.run_id, "loss").values.tolist() == [0.5]
