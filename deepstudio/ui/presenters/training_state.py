"""What the window knows of the run in training: frozen facts, no widgets, no torch. GUI thread."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.messages import Failure
from deepstudio.core.training_messages import EventKind, MetricBatch, RunEvent, RunOpened

if TYPE_CHECKING:
    from deepstudio.train.recipe_base import BaseRecipe

_RATE_WINDOW_S = 20.0
_MOST_EVENTS = 500


class RunState(StrEnum):
    """Where a run stands, as the window sees it."""

    WAITING = "waiting"
    """In the queue of the lane, or reading its data."""
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def active(self) -> bool:
        """Return whether the lane is still busy with it."""
        return self not in (RunState.FINISHED, RunState.STOPPED, RunState.FAILED)


class RunKind(StrEnum):
    """What was started."""

    SINGLE = "single"
    FOLDS = "folds"
    SEEDS = "seeds"
    PROCESSES = "processes"
    """A run of several processes, started by the window and followed through the store."""


@dataclass(slots=True, kw_only=True)
class RunInfo:
    """One run of this window. Only the session writes to it."""

    kind: RunKind
    recipe: BaseRecipe
    data: Path
    state: RunState = RunState.WAITING
    run_id: str = ""
    name: str = ""
    folder: str = ""
    status: str = ""
    """A marked sentence on what is happening (context "status")."""
    step: int = 0
    first_step: int = 0
    total_steps: int = 0
    steps_per_epoch: int = 0
    epochs: int = 0
    resumed: bool = False
    rate_factor: float = 1.0
    seconds: float = 0.0
    """How long it took, once it has ended."""
    figures: dict[str, float] = field(default_factory=dict)
    """The latest value of each metric."""
    events: list[RunEvent] = field(default_factory=list)
    model: Path | None = None
    """The model file, once there is one."""
    finished: Any = None
    """What the engine returned: `train.task.Finished`, or a `SeriesResult`."""
    failure: Failure | None = None
    member: int = 0
    members: int = 0
    """Of a series: which run of how many."""
    began: float = field(default_factory=time.monotonic)
    marks: list[tuple[float, int]] = field(default_factory=list)
    """Recent pairs of time and step, for the time left."""

    @property
    def active(self) -> bool:
        """Return whether it goes on."""
        return self.state.active

    @property
    def is_series(self) -> bool:
        """Return whether it is several runs, one after the other."""
        return self.kind in (RunKind.FOLDS, RunKind.SEEDS)

    @property
    def epoch(self) -> int:
        """Return the number of the epoch in progress, from 1."""
        if not self.steps_per_epoch:
            return 0
        return min(self.step // self.steps_per_epoch + 1, max(self.epochs, 1))

    def note_metrics(self, batch: MetricBatch) -> None:
        """Take the latest value of each metric, and how far training is."""
        for column in batch.columns:
            if len(column.values):
                self.figures[column.name] = float(column.values[-1])
            if column.name == "loss" and len(column.steps):
                self.note_step(int(column.steps[-1]) + 1, time.monotonic())

    def note_opening(self, opened: RunOpened) -> None:
        """The run has read its data and begins; of a series, the next one does."""
        self.run_id, self.folder = opened.run_id, opened.folder
        if self.is_series:
            self.name = opened.name
        self.first_step = self.step = opened.first_step
        self.total_steps, self.steps_per_epoch = opened.total_steps, opened.steps_per_epoch
        self.epochs, self.resumed = opened.epochs, opened.resumed
        self.forget_pace()
        if self.state is RunState.WAITING:
            self.state = RunState.RUNNING

    def note_event(self, event: RunEvent) -> None:
        """Remember an event, and what it says of the state and the rate."""
        self.events.append(event)
        del self.events[:-_MOST_EVENTS]
        factor = event.values.get("factor")
        if event.kind is EventKind.PAUSED and self.state is RunState.PAUSING:
            self.state = RunState.PAUSED
            self.forget_pace()
        elif event.kind is EventKind.CONTINUED and self.state is RunState.PAUSED:
            self.state = RunState.RUNNING
        elif event.kind is EventKind.RATE and isinstance(factor, (int, float)):
            self.rate_factor = float(factor)

    def note_step(self, step: int, now: float) -> None:
        """Remember that `step` steps were done at `now` (seconds, monotonic)."""
        self.step = step
        if self.marks and now - self.marks[-1][0] < 0.1:
            return
        self.marks.append((now, step))
        while len(self.marks) > 2 and now - self.marks[0][0] > _RATE_WINDOW_S:
            self.marks.pop(0)

    def forget_pace(self) -> None:
        """Measure the pace anew, such as after a pause."""
        self.marks.clear()

    @property
    def steps_per_second(self) -> float:
        """Return the pace of the last seconds, 0 where it is not known yet."""
        if len(self.marks) < 2:
            return 0.0
        (first, from_step), (last, to_step) = self.marks[0], self.marks[-1]
        return (to_step - from_step) / (last - first) if last > first else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Return the time left at the pace of the last seconds, None where it is not known."""
        pace = self.steps_per_second
        return (self.total_steps - self.step) / pace if pace > 0 and self.total_steps else None
