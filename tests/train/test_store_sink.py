"""Training runs in the store: every point once, statuses, resuming, and a store that makes trouble."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from deepstudio.core.errors import JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.training_messages import EventKind, RunEvent, RunOpened
from deepstudio.store.media import unpack
from deepstudio.store.runs import RunStore, Status
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.surroundings import git_state

CLOCK = ("examples_per_second", "steps_per_second")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "store" / "runs.db", busy_seconds=0.05) as opened:
        yield opened


class StopAt(SilentContext):
    def __init__(self, step: int = -1) -> None:
        super().__init__()
        self.opened: list[RunOpened] = []
        self.events: list[RunEvent] = []
        self._step = step

    def progress(self, done: int, total: int) -> None:
        self.cancelled = self.cancelled or done == self._step

    def partial(self, value: object) -> None:
        if isinstance(value, RunOpened):
            self.opened.append(value)
        elif isinstance(value, RunEvent):
            self.events.append(value)


def request(recipe: Recipe, data: Path, run: Path, store: RunStore) -> TrainRequest:
    return TrainRequest(recipe=recipe, data=data, folder=new_run(recipe, run), device="cpu", store=store, tags=("t",))


def curves(store: RunStore, run_id: str) -> dict[str, list[tuple[int, float]]]:
    """Return all points that do not depend on the clock."""
    found = store.read_all(run_id)
    return {
        name: list(zip(columns.steps.tolist(), columns.values.tolist(), strict=True))
        for name, columns in found.items()
        if name.split("/")[0] not in (*CLOCK, "system")
    }


def test_a_run_is_a_row_with_everything_that_made_it(
    recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore
) -> None:
    context = StopAt()
    finished = run_training(request(recipe, corners, tmp_path / "run", store), context)
    row = store.run(context.opened[0].run_id)
    assert (row.name, row.status, row.tags, row.kind) == ("corners", Status.FINISHED, ("t",), "deepstudio")
    assert Path(row.model) == finished.path and Path(row.folder) == tmp_path / "run"
    assert row.config["optimizer"]["lr"] == recipe.optimizer.lr and row.environment["data"] == str(corners.resolve())
    found = curves(store, row.id)
    assert [step for step, _ in found["loss"]] == [step for step, _ in found["gradient_norm"]] == list(range(16))
    lines = [json.loads(line) for line in (tmp_path / "run" / "metrics.jsonl").read_text().splitlines()]
    in_file = sorted((p["step"], p["value"]) for p in lines if p["name"] == "loss")
    assert in_file == found["loss"]
    assert [event.kind for event in store.events(row.id)] == ["started", "finished"]
    [last] = [info for info in store.media(row.id, "validation/confusion") if info.step == 15]
    arrays, meta = unpack(store.media_payload(last.id))
    assert arrays["matrix"].sum() == 12 and meta["classes"] == ["bottom", "top"]


@pytest.mark.parametrize("stop", [3, 8])
def test_a_resumed_run_has_the_curves_of_an_uninterrupted_one(
    recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore, stop: int
) -> None:
    whole, parts = StopAt(), StopAt(stop)
    run_training(request(recipe, corners, tmp_path / "whole", store), whole)
    made = request(recipe, corners, tmp_path / "parts", store)
    with pytest.raises(JobCancelled):
        run_training(made, parts)
    run_id = parts.opened[0].run_id
    assert store.run(run_id).status is Status.STOPPED
    # As after a crash: points beyond the checkpoint are there, and must go.
    stray = store.writer(run_id)
    stray.write("loss", [stop, stop + 1], 0.0, [9.0, 9.0])
    stray.close()
    again = StopAt()
    run_training(replace(made, resume=True), again)
    assert again.opened[0].run_id == run_id and again.opened[0].first_step == stop
    assert curves(store, run_id) == curves(store, whole.opened[0].run_id)
    assert store.run(run_id).status is Status.FINISHED
    assert [event.kind for event in store.events(run_id)] == ["started", "stopped", "resumed", "finished"]


def test_another_store_is_filled_from_the_run_folder(
    recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore
) -> None:
    whole, parts = StopAt(), StopAt(6)
    run_training(request(recipe, corners, tmp_path / "whole", store), whole)
    made = request(recipe, corners, tmp_path / "parts", store)
    with pytest.raises(JobCancelled):
        run_training(made, parts)
    with RunStore(tmp_path / "other.db") as other:
        run_training(replace(made, resume=True, store=other), SilentContext())
        assert curves(other, parts.opened[0].run_id) == curves(store, whole.opened[0].run_id)


def test_a_run_that_fails_says_why(recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore) -> None:
    class Breaking(StopAt):
        def progress(self, done: int, total: int) -> None:
            if done == 2:
                raise OSError(28, "No space left on device", "somewhere")

    context = Breaking()
    with pytest.raises(OSError, match="No space"):
        run_training(request(recipe, corners, tmp_path / "run", store), context)
    run_id = context.opened[0].run_id
    assert store.run(run_id).status is Status.FAILED
    assert "disk is full" in context.events[-1].text()
    assert "disk is full" in store.events(run_id)[-1].text.format(**store.events(run_id)[-1].data)


def test_a_locked_store_loses_nothing(recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore) -> None:
    """The lock comes at step 4 and goes once the run has told of it; the run is long enough for that."""
    other = sqlite3.connect(store.path, isolation_level=None)
    released: list[int] = []

    class Locking(StopAt):
        def progress(self, done: int, total: int) -> None:
            if done == 4:
                other.execute("BEGIN EXCLUSIVE")
            if other.in_transaction and any(event.kind is EventKind.STORE for event in self.events):
                other.execute("ROLLBACK")
                released.append(done)
            self.cancelled = bool(released) and done >= released[0] + 100

    context = Locking()
    long = replace(recipe, training=replace(recipe.training, epochs=10_000, checkpoint_every=10_000))
    with pytest.raises(JobCancelled):
        run_training(request(long, corners, tmp_path / "run", store), context)
    other.close()
    kinds = [event.kind for event in context.events]
    assert kinds[1] is EventKind.STORE and "holds the runs" in context.events[1].text()
    steps = [step for step, _ in curves(store, context.opened[0].run_id)["loss"]]
    assert steps == list(range(released[0] + 100))


def test_a_store_that_takes_no_row_does_not_stop_a_run(
    recipe: Recipe, corners: Path, tmp_path: Path, store: RunStore
) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    context = StopAt()
    finished = run_training(request(recipe, corners, tmp_path / "run", store), context)
    other.close()
    assert finished.path.is_file()
    assert "not kept in the list of runs" in context.events[0].text()


def test_the_state_of_the_code_is_noted(tmp_path: Path, checkout: Path) -> None:
    found = git_state(checkout)
    if found is not None:
        assert len(found["commit"]) == 40
    assert git_state(tmp_path) is None


def test_metrics_wait_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deepstudio.core.training_messages import MetricBatch, MetricColumns
    from deepstudio.train.sinks import JsonLinesSink

    sink = JsonLinesSink(tmp_path / "metrics.jsonl")
    batches = [
        MetricBatch(
            columns=(MetricColumns(name="loss", steps=np.array([k]), walls=np.array([0.0]), values=np.array([1.5])),)
        )
        for k in range(3)
    ]
    real = sink._stream

    class Full:
        room = 10

        def write(self, block: bytes) -> int:
            if self.room == 0:
                raise OSError(28, "No space left on device")
            part, self.room = block[: self.room], 0
            return real.write(part)

    sink.write(batches[0])
    sink.sync()
    sink._stream = Full()  # type: ignore[assignment]
    sink.write(batches[1])
    sink.sync()
    assert sink.waiting == 1
    sink._stream = real
    sink.write(batches[2])
    sink.close()
    lines = [json.loads(line) for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [0, 1, 2]
