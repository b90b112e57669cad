"""Takes of a word and training on them: what the window asks and what comes back. Torch-free; arrays read-only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.listen_messages import ListenControl
from deepstudio.core.words import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRequest:
    """Listen to `device` (empty: the usual one) for `wanted` good takes of a word, or until `control` says stop."""

    control: ListenControl
    device: str = ""
    wanted: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHeard:
    """Something was said: float32 mono at 16 kHz. With a `problem` it is no good take; `good` counts those so far."""

    samples: NDArray[np.float32]
    seconds: float
    level: float
    problem: Phrase | None
    good: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeResult:
    """The good takes, in order."""

    takes: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTrainRequest:
    """Train on the takes in `folder` (a folder for each word); the model is called `name` in the library."""

    folder: Path
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFigure:
    """How one word fared when its takes were left out: the share that was heard, and what was most heard instead."""

    text: str
    takes: int
    heard: float
    confused_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTrainResult:
    """What came of it. `accuracy` is of takes that were left out, `spread` half the width of its 95 % interval.

    `by_speaker`: whole speakers were left out; else takes were, and other voices will fare worse.
    `false_alarms_per_hour` is of talk without these words, None where it could not be measured.
    """

    model: str
    path: Path
    accuracy: float
    spread: float
    examples: int
    by_speaker: bool
    words: tuple[WordFigure, ...]
    false_alarms_per_hour: float | None
    threshold: float
    seconds: float
    notes: tuple[Phrase, ...] = ()
