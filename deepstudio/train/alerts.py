"""Looking at the curves while they are drawn: what a person would want to be called for. In the training thread.

All rules are free of scale, look at the points in their order alone (not at the clock), and keep their state in the
checkpoint, so that a resumed run raises the same alerts at the same steps.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.training_messages import EventKind, MetricBatch
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.sinks import Sink

_SMOOTH_STEPS = 50
_PLATEAU_EPOCHS = 5
_PLATEAU_SHARE = 0.005
_OVERFIT_EPOCHS = 3
_OVERFIT_SHARE = 1.1

SENTENCES = {
    EventKind.NAN: QT_TRANSLATE_NOOP("events", "At step {at} the loss is not a number ({value})."),
    EventKind.DIVERGENCE: QT_TRANSLATE_NOOP(
        "events", "The loss climbs: from {lowest} back to {now}. The learning rate may be too high."
    ),
    EventKind.PLATEAU: QT_TRANSLATE_NOOP("events", "For {epochs} epochs the loss on validation data has not improved."),
    EventKind.OVERFIT: QT_TRANSLATE_NOOP(
        "events", "The network overfits: for {epochs} epochs the validation loss rose while the training loss fell."
    ),
}


class DivergedError(DeepStudioError):
    """The loss is not a number any more, and the recipe says to stop then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What to tell: the kind and the values of its sentence, and at which step it was seen."""

    kind: EventKind
    step: int
    values: dict[str, object]


@dataclass(slots=True)
class _Memory:
    """What the rules remember; plain values, for the checkpoint."""

    points: int = 0
    smooth: float = 0.0
    start: float = math.inf
    lowest: float = math.inf
    climbing: bool = False
    is_bad: bool = False
    bad_step: int = -1
    """The last step whose loss was not a number; -1 if there was none."""
    epoch_sum: float = 0.0
    epoch_points: int = 0
    train_before: float = math.inf
    best_validation: float = math.inf
    stale_epochs: int = 0
    worse_epochs: int = 0
    overfits: bool = False


class Alerts(Sink):
    """Raises alerts from the points that pass; `take` hands them out."""

    def __init__(self, state: dict[str, Any]) -> None:
        known = {field.name for field in fields(_Memory)}
        self._memory = _Memory(**{name: value for name, value in state.items() if name in known})
        self._raised: list[Alert] = []

    @property
    def bad_step(self) -> int:
        """Return the last step whose loss was not a number; -1 if there was none."""
        return self._memory.bad_step

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint needs."""
        return asdict(self._memory)

    def take(self) -> list[Alert]:
        """Return the alerts raised since the last call."""
        raised, self._raised = self._raised, []
        return raised

    def write(self, batch: MetricBatch) -> None:
        """Look at the points: first those of the steps, then those of an epoch's end."""
        columns = {column.name: column for column in batch.columns}
        if "loss" in columns:
            for step, value in zip(columns["loss"].steps.tolist(), columns["loss"].values.tolist(), strict=True):
                self._loss(step, value)
        if "validation_loss" in columns:
            last = columns["validation_loss"]
            for step, value in zip(last.steps.tolist(), last.values.tolist(), strict=True):
                self._end_of_epoch(step, value)

    def _loss(self, step: int, value: float) -> None:
        memory = self._memory
        if not math.isfinite(value):
            if not memory.is_bad:
                self._raise(EventKind.NAN, step, at=step + 1, value=str(value))
            memory.is_bad, memory.bad_step = True, step
            return
        memory.is_bad = False
        memory.points += 1
        memory.epoch_sum += value
        memory.epoch_points += 1
        memory.smooth += (value - memory.smooth) / min(memory.points, _SMOOTH_STEPS)
        if memory.points == _SMOOTH_STEPS:
            memory.start = memory.smooth
        if memory.points >= _SMOOTH_STEPS:
            self._climb(step)

    def _climb(self, step: int) -> None:
        """The smoothed loss has lost half of what it had gained, or twice what it began with."""
        memory = self._memory
        memory.lowest = min(memory.lowest, memory.smooth)
        gained = memory.start - memory.lowest
        lost = memory.smooth - memory.lowest
        climbs = (lost > gained / 2 and memory.smooth > 2 * memory.lowest) or memory.smooth > 2 * memory.start
        if climbs and not memory.climbing:
            memory.climbing = True
            self._raise(EventKind.DIVERGENCE, step, lowest=f"{memory.lowest:.4g}", now=f"{memory.smooth:.4g}")
        elif lost <= gained / 4:
            memory.climbing = False

    def _end_of_epoch(self, step: int, validation: float) -> None:
        memory = self._memory
        training = memory.epoch_sum / max(memory.epoch_points, 1)
        memory.epoch_sum, memory.epoch_points = 0.0, 0
        falls = training < memory.train_before
        memory.train_before = training
        if not math.isfinite(validation):
            return
        worse = falls and validation > _OVERFIT_SHARE * memory.best_validation
        memory.worse_epochs = memory.worse_epochs + 1 if worse else 0
        if validation < memory.best_validation * (1 - _PLATEAU_SHARE):
            memory.stale_epochs, memory.overfits = 0, False
        else:
            memory.stale_epochs += 1
        memory.best_validation = min(memory.best_validation, validation)
        if memory.worse_epochs == _OVERFIT_EPOCHS and not memory.overfits:
            memory.overfits = True
            self._raise(EventKind.OVERFIT, step, epochs=_OVERFIT_EPOCHS)
        elif memory.stale_epochs == _PLATEAU_EPOCHS and not memory.overfits:
            self._raise(EventKind.PLATEAU, step, epochs=_PLATEAU_EPOCHS)

    def _raise(self, kind: EventKind, step: int, **values: object) -> None:
        self._raised.append(Alert(kind=kind, step=step, values=values))
