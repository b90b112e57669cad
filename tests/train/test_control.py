"""Steering a run from another thread, early stopping and alerts: exact to the step, and the same after resuming."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from deepstudio.core import openmp
from deepstudio.core.errors import JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.training_messages import EventKind, MetricBatch, MetricColumns, RunEvent
from deepstudio.models.modelfile import load_model
from deepstudio.train.alerts import Alerts, DivergedError
from deepstudio.train.control import ControlState, RunControl
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import new_run
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.task import Finished

CPU = torch.device("cpu")


class Watcher(SilentContext):
    """Does something at a step, and keeps the events and points."""

    def __init__(self, at: int = -1, act: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.events: list[RunEvent] = []
        self.points: dict[str, dict[int, float]] = {}
        self.paused = threading.Event()
        self._at = at
        self._act = act

    def progress(self, done: int, total: int) -> None:
        if done == self._at:
            self._act()

    def partial(self, value: object) -> None:
        if isinstance(value, RunEvent):
            self.events.append(value)
            if value.kind is EventKind.PAUSED:
                self.paused.set()
        if isinstance(value, MetricBatch):
            for column in value.columns:
                found = self.points.setdefault(column.name, {})
                found.update(zip(column.steps.tolist(), column.values.tolist(), strict=True))

    def kinds(self) -> list[EventKind]:
        return [event.kind for event in self.events]


def request(recipe: Recipe, data: Path, run: Path, control: RunControl | None = None) -> TrainRequest:
    return TrainRequest(recipe=recipe, data=data, folder=new_run(recipe, run), device="cpu", control=control)


@pytest.mark.skipif(sys.platform != "linux", reason="only GCC's OpenMP spins so, on Linux")
def test_a_busy_machine_changes_no_weights(
    recipe: Recipe, corners: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run_training(request(recipe, corners, tmp_path / "quiet"), SilentContext())
    looked = itertools.count()
    monkeypatch.setattr(openmp, "_LOOK_S", 0.01)
    monkeypatch.setattr(openmp, "waited_seconds", lambda: {"1": 100.0 * (next(looked) % 8)})  # now busy, now not
    told = threading.Event()

    def look() -> None:
        (watch,) = (thread for thread in threading.enumerate() if isinstance(thread, openmp.BusyWatch))
        for _ in range(10_000):
            if watch.busy:
                return told.set()
            told.wait(0.001)

    found = run_training(request(recipe, corners, tmp_path / "busy"), Watcher(3, look))
    assert told.is_set(), "the machine was found to be busy while the training ran"
    assert_equal_weights(expected, found)


def assert_equal_weights(first: Finished, second: Finished) -> None:
    before, after = (load_model(found.path, CPU).network.state_dict() for found in (first, second))
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_pause_writes_a_checkpoint_waits_and_changes_nothing(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    expected = run_training(request(recipe, corners, tmp_path / "whole"), SilentContext())
    control = RunControl()
    watcher = Watcher(6, control.pause)
    made = request(recipe, corners, tmp_path / "paused", control)
    found: list[Finished] = []
    thread = threading.Thread(target=lambda: found.append(run_training(made, watcher)))
    thread.start()
    assert watcher.paused.wait(30)
    assert torch.load(made.folder.checkpoint, weights_only=True)["step"] == 6
    assert control.state in (ControlState.PAUSING, ControlState.PAUSED)
    control.resume()
    thread.join(30)
    assert_equal_weights(expected, found[0])
    assert control.state is ControlState.RUNNING
    assert watcher.kinds() == [EventKind.STARTED, EventKind.PAUSED, EventKind.CONTINUED, EventKind.FINISHED]
    assert [event.step for event in watcher.events] == [0, 5, 5, 15]


@pytest.mark.parametrize("how", ["control", "context"])
def test_a_paused_run_can_be_stopped(recipe: Recipe, corners: Path, tmp_path: Path, how: str) -> None:
    control = RunControl()
    watcher = Watcher(3, control.pause)
    ended: list[type[BaseException]] = []

    def work() -> None:
        try:
            run_training(request(recipe, corners, tmp_path / "run", control), watcher)
        except JobCancelled as stop:
            ended.append(type(stop))

    thread = threading.Thread(target=work)
    thread.start()
    assert watcher.paused.wait(30)
    if how == "control":
        control.stop_after_step()
    else:
        watcher.cancelled = True
    thread.join(30)
    assert ended == [JobCancelled] and watcher.kinds()[-1] is EventKind.STOPPED


def test_stop_after_the_epoch_leaves_a_run_to_go_on_from(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    expected = run_training(request(recipe, corners, tmp_path / "whole"), SilentContext())
    control = RunControl()
    made = request(recipe, corners, tmp_path / "run", control)
    watcher = Watcher(5, control.stop_after_epoch)
    with pytest.raises(JobCancelled):
        run_training(made, watcher)
    assert watcher.kinds() == [EventKind.STARTED, EventKind.STOP_ASKED, EventKind.STOPPED]
    assert max(watcher.points["loss"]) == max(watcher.points["validation_loss"]) == 7
    assert_equal_weights(expected, run_training(replace(made, control=None, resume=True), SilentContext()))


def test_finish_after_the_epoch_makes_the_model(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    control = RunControl()
    watcher = Watcher(5, control.finish_after_epoch)
    finished = run_training(request(recipe, corners, tmp_path / "run", control), watcher)
    assert max(watcher.points["loss"]) == 7 and finished.card.extra["training"]["steps"] == 8


def test_another_rate_is_logged_and_survives_resuming(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    control = RunControl()
    watcher = Watcher(6, lambda: control.set_rate_factor(0.25))
    plain = Watcher()
    run_training(request(recipe, corners, tmp_path / "plain"), plain)
    changed = run_training(request(recipe, corners, tmp_path / "whole", control), watcher)
    rates, usual = watcher.points["learning_rate"], plain.points["learning_rate"]
    assert [rates[k] / usual[k] for k in range(14)] == pytest.approx([1.0] * 6 + [0.25] * 8)
    event = next(event for event in watcher.events if event.kind is EventKind.RATE)
    assert (event.step, event.values["factor"]) == (5, 0.25) and "0.25" in event.text()

    steering = RunControl()

    class Steerer(SilentContext):
        def progress(self, done: int, total: int) -> None:
            if done == 6:
                steering.set_rate_factor(0.25)
            elif done == 9:
                steering.stop_after_step()

    killed = request(recipe, corners, tmp_path / "parts", steering)
    with pytest.raises(JobCancelled):
        run_training(killed, Steerer())
    resumed = run_training(replace(killed, control=None, resume=True), SilentContext())
    assert_equal_weights(changed, resumed)


def test_a_snapshot_is_a_model_file_and_disturbs_nothing(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    expected = run_training(request(recipe, corners, tmp_path / "whole"), SilentContext())
    control, taken = RunControl(), []
    watcher = Watcher(6, lambda: taken.append(control.snapshot()))
    finished = run_training(request(recipe, corners, tmp_path / "run", control), watcher)
    assert_equal_weights(expected, finished)
    loaded = load_model(taken[0].result(0), CPU)
    assert loaded.card.labels == finished.card.labels and "Unfinished" in loaded.card.warning
    progress = loaded.card.extra["snapshot"]
    assert (progress["step"], progress["epoch"], progress["epochs"]) == (6, 1, 4)
    assert progress["validation"]["validation_accuracy"] == watcher.points["validation_accuracy"][3]
    with torch.no_grad():
        assert loaded.network(torch.zeros(1, 1, 12, 12)).shape == (1, 2)
    assert EventKind.SNAPSHOT in watcher.kinds()


def test_a_snapshot_that_cannot_be_written_is_the_askers_problem(recipe: Recipe, corners: Path, tmp_path: Path) -> None:
    control, taken = RunControl(), []
    watcher = Watcher(6, lambda: taken.append(control.snapshot()))
    made = request(recipe, corners, tmp_path / "run", control)
    made.folder.snapshot.mkdir(parents=True)
    run_training(made, watcher)
    with pytest.raises(OSError):
        taken[0].result(0)


def test_wishes_that_came_too_late_are_answered() -> None:
    control = RunControl()
    future = control.snapshot()
    control.close()
    with pytest.raises(CancelledError):
        future.result(0)
    with pytest.raises(ValueError, match="out of"):
        control.set_rate_factor(-1)


def test_a_run_that_gets_no_better_ends_early_and_makes_its_model(
    recipe: Recipe, corners: Path, tmp_path: Path
) -> None:
    still = replace(
        recipe,
        optimizer=replace(recipe.optimizer, lr=0.0),
        training=replace(recipe.training, patience=2, patience_metric="validation_loss", epochs=9, ema=0.0),
    )
    watcher = Watcher()
    run_training(request(still, corners, tmp_path / "run"), watcher)
    assert sorted(watcher.points["validation_loss"]) == [3, 7, 11]
    assert watcher.kinds() == [EventKind.STARTED, EventKind.EARLY_STOP, EventKind.FINISHED]


@pytest.mark.parametrize("choice", ["stop", "go-on"])
def test_a_loss_that_is_no_number(recipe: Recipe, corners: Path, tmp_path: Path, choice: str) -> None:
    wild = replace(
        recipe,
        optimizer=replace(recipe.optimizer, lr=100.0, momentum=0.0),
        schedule=replace(recipe.schedule, name="constant"),
        network=replace(recipe.network, config={**recipe.network.config, "batch_norm": False}),
        training=replace(recipe.training, on_nan=choice),
    )
    watcher = Watcher()
    made = request(wild, corners, tmp_path / "run")
    if choice == "stop":
        with pytest.raises(DivergedError, match="not a number"):
            run_training(made, watcher)
        assert watcher.kinds()[-2:] == [EventKind.NAN, EventKind.FAILED]
        assert not made.folder.checkpoint.exists() or torch.load(made.folder.checkpoint, weights_only=True)["step"] < 16
    else:
        with pytest.raises(Exception):  # noqa: B017 - such weights cannot become a model file
            run_training(made, watcher)
        assert sorted(watcher.points["loss"]) == list(range(16))
    assert watcher.kinds().count(EventKind.NAN) == 1


def fed(
    losses: list[float], validation: list[float] | None = None, per_epoch: int = 100
) -> list[tuple[EventKind, int]]:
    """Return the alerts for losses a step, and validation losses at the end of each epoch, state saved in between."""
    alerts, found, per_epoch = Alerts({}), [], 100

    def column(name: str, step: int, value: float) -> MetricBatch:
        arrays = (np.array([step]), np.array([0.0]), np.array([value]))
        return MetricBatch(columns=(MetricColumns(name=name, steps=arrays[0], walls=arrays[1], values=arrays[2]),))

    for step, loss in enumerate(losses):
        alerts.write(column("loss", step, loss))
        if validation is not None and step % per_epoch == per_epoch - 1:
            alerts.write(column("validation_loss", step, validation[step // per_epoch]))
        found += [(alert.kind, alert.step) for alert in alerts.take()]
        alerts = Alerts(alerts.state())
    return found


def test_alerts_follow_the_curves() -> None:
    falling = [2.0 * 0.995**step + 0.1 for step in range(1000)]
    assert fed(falling, [2.0 - 0.1 * epoch for epoch in range(10)]) == []
    climbing = falling + [0.1 + 0.01 * step for step in range(300)]
    found = fed(climbing)
    assert [kind for kind, _ in found] == [EventKind.DIVERGENCE] and 1000 < found[0][1] < 1200
    spiked = falling[:500] + [float("nan")] * 3 + falling[500:700] + [float("inf")] + falling[700:]
    assert fed(spiked) == [(EventKind.NAN, 500), (EventKind.NAN, 703)]
    assert fed(falling, [1.0] * 10) == [(EventKind.PLATEAU, 599)]
    assert fed(falling, [1.0, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]) == [(EventKind.OVERFIT, 499)]
