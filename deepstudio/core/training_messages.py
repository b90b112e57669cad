"""What a training run says while it goes on, to the window, the store and the command line.

All are frozen, their arrays read-only. A step is counted from 0; `wall` is in seconds since 1970. Any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase

Payload = Mapping[str, "np.ndarray | str | tuple[str, ...]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricColumns:
    """New points of one metric, in order: steps_N int64, walls_N float64, values_N float64 (NaN and inf included)."""

    name: str
    steps: np.ndarray
    walls: np.ndarray
    values: np.ndarray

    def __post_init__(self) -> None:
        for array in (self.steps, self.walls, self.values):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricBatch:
    """The points of about 65 ms, each metric at most once."""

    columns: tuple[MetricColumns, ...]


class MediaKind(StrEnum):
    """What a `Media` holds, and the keys of its payload."""

    HISTOGRAM = "histogram"
    """counts_B int64, edges_B+1 float64 (the ends are the exact smallest and largest), non_finite int64 (a number)."""
    IMAGES = "images"
    """pixels_NHWC uint8, captions."""
    PREDICTIONS = "predictions"
    """pixels_NHWC uint8 or texts, probabilities_NK float32, labels_N int64 (-1 where unknown), classes."""
    CONFUSION = "confusion"
    """matrix_KK int64 (a row is a true class), classes."""
    ACTIVATIONS = "activations"
    """pixels_NMHW uint8: M maps of N samples, each stretched to its own range."""
    TEXT = "text"
    """text."""
    AUDIO = "audio"
    """samples_NC float32, rate int64 (a number), shape float32 (loudest of each stretch, 0..1), caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """Something else than a number, at a step. A "/" in `name` groups: `weights/conv1.weight`."""

    name: str
    step: int
    wall: float
    kind: MediaKind
    payload: Payload

    def __post_init__(self) -> None:
        for value in self.payload.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


class EventKind(StrEnum):
    """What happened to a run."""

    STARTED = "started"
    RESUMED = "resumed"
    PAUSED = "paused"
    CONTINUED = "continued"
    RATE = "rate"
    STOP_ASKED = "stop-asked"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"
    EARLY_STOP = "early-stop"
    SNAPSHOT = "snapshot"
    NOTICE = "notice"
    STORE = "store"
    NAN = "alert-nan"
    DIVERGENCE = "alert-divergence"
    PLATEAU = "alert-plateau"
    OVERFIT = "alert-overfit"


class Level(StrEnum):
    """How much an event matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """Something that happened at a step: `sentence` is a marked template (context "events") over `values`."""

    kind: EventKind
    step: int
    wall: float
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.INFO

    def text(self) -> str:
        """Return the English sentence, values filled in."""
        return str(Phrase(self.sentence, dict(self.values)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOpened:
    """The first word of a run: where it lies and how long it is. `run_id` is its row in the store ("" without one)."""

    run_id: str
    name: str
    folder: str
    first_step: int
    total_steps: int
    steps_per_epoch: int
    epochs: int
    resumed: bool


WORDS = {
    EventKind.STARTED: QT_TRANSLATE_NOOP("events", "Training began."),
    EventKind.RESUMED: QT_TRANSLATE_NOOP("events", "Training goes on from step {step}."),
    EventKind.PAUSED: QT_TRANSLATE_NOOP("events", "Paused after step {step}."),
    EventKind.CONTINUED: QT_TRANSLATE_NOOP("events", "Training goes on."),
    EventKind.RATE: QT_TRANSLATE_NOOP("events", "The learning rate is multiplied by {factor} from step {step} on."),
    EventKind.STOP_ASKED: QT_TRANSLATE_NOOP("events", "Training will stop at the end of this epoch."),
    EventKind.STOPPED: QT_TRANSLATE_NOOP("events", "Stopped after step {step}. The run can go on from there."),
    EventKind.FINISHED: QT_TRANSLATE_NOOP("events", "Finished. The model is ready."),
    EventKind.FAILED: QT_TRANSLATE_NOOP("events", "Training failed: {reason}"),
    EventKind.EARLY_STOP: QT_TRANSLATE_NOOP("events", "Training ends early: no improvement for {epochs} epochs."),
    EventKind.SNAPSHOT: QT_TRANSLATE_NOOP("events", "A snapshot of the network was taken after step {step}."),
}
"""The sentence of every kind of event that always says the same."""
