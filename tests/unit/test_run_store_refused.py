"""What the store can never take must not hold up what it can: it is mended at the door or set aside, and said."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.store import run_batch, run_rescue
from deepstudio.store.run_errors import store_error
from deepstudio.store.run_pending import PendingRun
from deepstudio.store.run_sift import is_of_the_data, set_aside_file
from deepstudio.store.runs import RunStore, RunWriter

_LONE = "naïve \udce9"  # what a name of a file in another encoding becomes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "runs.db", commit_interval=0.001) as opened:
        yield opened


def _writer(store: RunStore) -> RunWriter:
    return store.writer(store.create_run("r").id)


def test_a_clock_that_says_nothing_counts_as_now(store: RunStore) -> None:
    writer = _writer(store)
    before = time.time()
    writer.write("loss", 0, float("nan"), 1.0)
    writer.write("loss", [1, 2, 3], [before, float("inf"), float("nan")], [1.0, float("nan"), float("inf")])
    writer.event("note", wall=float("nan"))
    writer.media("m", 0, float("-inf"), "text", b"x")
    assert writer.flush()
    columns = store.read(writer.run_id, "loss")
    assert columns.steps.tolist() == [0, 1, 2, 3]
    assert (np.abs(columns.walls - before) < 60).all()
    assert all(abs(one.wall - before) < 60 for one in (*store.events(writer.run_id), *store.media(writer.run_id)))
    assert writer.problem is None and writer.set_aside == 0


def test_texts_that_utf8_cannot_hold_are_stored_with_question_marks(store: RunStore) -> None:
    run = store.create_run(_LONE, config={_LONE: _LONE}, tags=[_LONE], notes=_LONE, folder=_LONE)
    writer = store.writer(run.id)
    writer.write(_LONE, 0, 0.0, 1.0)
    writer.event("note", text=_LONE, data={_LONE: [_LONE]})
    writer.media(_LONE, 0, 0.0, "text", b"x", meta={"label": _LONE})
    writer.update(notes=_LONE)
    assert writer.flush()
    clean = "naïve ?"
    assert (run.name, run.tags, run.notes, run.config) == (clean, (clean,), clean, {clean: clean})
    assert [metric.name for metric in store.metrics(run.id)] == [clean]
    assert store.events(run.id)[0].data == {clean: [clean]}
    assert store.media(run.id)[0].meta == {"label": clean}


@pytest.mark.parametrize("step", [2**63, -(2**63) - 1, 10**30])
def test_steps_beyond_64_bits_are_refused_at_the_door(store: RunStore, step: int) -> None:
    writer = _writer(store)
    for call in (
        lambda: writer.write("loss", step, 0.0, 1.0),
        lambda: writer.write("loss", [0, step], 0.0, [1.0, 2.0]),
        lambda: writer.write("loss", np.array([float(step)]), 0.0, 1.0),
        lambda: writer.write_points([("loss", step, 0.0, 1.0)]),
        lambda: writer.event("note", step=step),
        lambda: writer.media("m", step, 0.0, "text", b""),
    ):
        with pytest.raises(ValueError, match="beyond 64 bits"):
            call()
    writer.write("loss", 2**63 - 1, 0.0, 1.0)
    assert writer.flush()
    assert store.read(writer.run_id, "loss").steps.tolist() == [2**63 - 1]


def test_what_is_refused_is_set_aside_and_everything_else_is_stored(store: RunStore) -> None:
    first, second = _writer(store), _writer(store)
    circle: dict[str, object] = {}
    circle["me"] = circle
    for step in range(50):
        first.write("loss", step, 1e9 + step, float(step))
        second.write("loss", step, 1e9 + step, float(step))
        if step == 20:
            first.event("bad", data=circle)
            first.media("huge", 1, 0.0, "text", b"x", meta={("a", "b"): 1})  # type: ignore[dict-item]
            first.event("good")
    first.update(notes="after")
    assert first.flush() and second.flush()
    for writer in (first, second):
        assert store.read(writer.run_id, "loss").values.tolist() == list(range(50))
    assert [event.kind for event in store.events(first.run_id)] == ["good", "store"]
    said = store.events(first.run_id)[-1]
    assert said.level == "warning" and said.data["count"] >= 1 and said.data["file"] == "runs.set-aside.jsonl"
    assert not store.events(second.run_id)
    assert store.run(first.run_id).notes == "after"
    assert first.set_aside == 2 and first.problem is None
    kept = [json.loads(line) for line in set_aside_file(store.path).read_text().splitlines()]
    assert [one["what"] for one in kept] == ["event", "media"]
    assert {one["run"] for one in kept} == {first.run_id}


def test_a_value_of_the_row_that_is_refused_does_not_take_the_others_with_it(store: RunStore) -> None:
    writer = _writer(store)
    writer.write("loss", 0, 0.0, 1.0)
    writer.update(star=True, pid=2**70)
    assert writer.flush()
    assert store.run(writer.run_id).star
    assert len(store.read(writer.run_id, "loss")) == 1
    assert writer.set_aside == 1


def test_a_full_disk_is_no_fault_of_the_data(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert not is_of_the_data(full) and not is_of_the_data(store_error(full, store.path))
    assert not is_of_the_data(OSError()) and not is_of_the_data(MemoryError())
    writer = _writer(store)
    writer.event("bad", data={("a",): 1})  # type: ignore[dict-item]
    writer.write("loss", 0, 0.0, 1.0)
    real, tries = run_batch.add_events, []

    def refuse(*arguments: object) -> None:
        tries.append(1)
        if len(tries) < 4:
            raise full
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run_batch, "add_events", refuse)
    assert writer.flush(20.0)
    assert writer.set_aside == 1 and len(store.read(writer.run_id, "loss")) == 1


def test_a_rescue_file_takes_the_good_pieces(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with RunStore(path) as store:
        run = store.create_run("r", status="stopped")
    pending = PendingRun()
    pending.buffer("loss").add(0, 0.0, 1.0)
    pending.changes["pid"] = 2**70
    run_rescue.save(path, {run.id: pending})
    with RunStore(path) as store:
        assert len(store.read(run.id, "loss")) == 1
