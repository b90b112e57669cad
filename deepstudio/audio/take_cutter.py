"""Cuts single words out of a stream: say a word ten times in a row, and each becomes a take. numpy alone; one thread.

A word is what is clearly louder than the room, which is measured all the while (the quietest tenth of the last
seconds). Short gaps belong to a word: the silence before the p of "up" or the t of "right".
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase

Samples = NDArray[np.float32]

LONGEST = 1.5
"""Seconds: what is longer is no word."""

_STEP = 0.02
_AROUND = 0.15
_GAP = 0.3
_SHORTEST = 0.12
_ABOVE_ROOM_DB = 12.0
_PEAK_ABOVE_ROOM_DB = 18.0
_QUIETEST_DB = -50.0
_ROOM_SECONDS = 6.0
_ROOM_AT_FIRST_DB = -60.0
_TOO_QUIET_DB = -42.0
_CLIPPED = 0.985
_CLIPPED_SAMPLES = 8

TOO_QUIET = QT_TRANSLATE_NOOP("takes", "Too quiet: come nearer to the microphone.")
TOO_LOUD = QT_TRANSLATE_NOOP("takes", "Too loud: the sound is clipped.")
TOO_LONG = QT_TRANSLATE_NOOP("takes", "Longer than a word: say it alone, with a pause after it.")
CUT_OFF = QT_TRANSLATE_NOOP("takes", "Cut off: wait a moment before and after the word.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTake:
    """A word with a little of what is around it; times in seconds since the start, loudness in dBFS."""

    samples: Samples
    start: float
    end: float
    level: float
    problem: Phrase | None = None


class TakeCutter:
    """Feed it mono float32 samples; it answers with takes. One stream; one thread at a time."""

    def __init__(self, sample_rate: int = 16_000) -> None:
        self._rate = sample_rate
        self._step = round(_STEP * sample_rate)
        self._rest: Samples = np.zeros(0, np.float32)
        self._kept: deque[Samples] = deque(maxlen=round((LONGEST + 2 * _AROUND + _GAP) / _STEP) + 8)
        self._levels: deque[float] = deque(maxlen=round(_ROOM_SECONDS / _STEP))
        self._steps = 0
        self._begun: int | None = None
        self._loud_until = 0
        self._peak = -120.0
        self._first_loud = False
        self.level = -120.0

    @property
    def speaking(self) -> bool:
        """Whether a word is being said."""
        return self._begun is not None

    def feed(self, samples: Samples) -> list[CutTake]:
        """Return the takes that these samples complete."""
        self._rest = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        found: list[CutTake] = []
        while len(self._rest) >= self._step:
            piece, self._rest = self._rest[: self._step], self._rest[self._step :]
            take = self._advance(piece)
            if take is not None:
                found.append(take)
        return found

    def finish(self) -> list[CutTake]:
        """Return the word that was still being said, if any."""
        if self._begun is None:
            return []
        cut_off = self._steps - self._loud_until < 3
        take = self._take(cut_off=cut_off)
        return [take] if take is not None else []

    def _advance(self, piece: Samples) -> CutTake | None:
        self.level = 10 * float(np.log10(np.mean(np.square(piece, dtype=np.float64)) + 1e-12))
        room = self._room()
        loud = self.level > max(room + _ABOVE_ROOM_DB, _QUIETEST_DB)
        self._kept.append(piece.copy())
        self._steps += 1
        if loud:
            if self._begun is None:
                self._begun, self._peak = self._steps - 1, -120.0
                self._first_loud = self._steps == 1
            self._loud_until = self._steps
            self._peak = max(self._peak, self.level)
        elif self._begun is None:
            self._levels.append(self.level)
        if self._begun is None:
            return None
        if (self._steps - self._loud_until) * _STEP >= _GAP:
            return self._take(cut_off=self._first_loud)
        if (self._steps - self._begun) * _STEP > LONGEST + _GAP:
            self._levels.append(self.level)  # if it goes on for ever it is the room
        return None

    def _room(self) -> float:
        return float(np.quantile(self._levels, 0.1)) if len(self._levels) > 5 else _ROOM_AT_FIRST_DB

    def _take(self, *, cut_off: bool) -> CutTake | None:
        assert self._begun is not None
        begun, ended, peak = self._begun, self._loud_until, self._peak
        self._begun = None
        if (ended - begun) * _STEP < _SHORTEST or peak < self._room() + _PEAK_ABOVE_ROOM_DB:
            return None  # a click, or a chair
        around = round(_AROUND / _STEP)
        oldest = self._steps - len(self._kept)
        first, last = max(oldest, begun - around), min(self._steps, ended + around)
        pieces = list(self._kept)[first - oldest : last - oldest]
        samples = np.concatenate(pieces)
        samples.setflags(write=False)
        return CutTake(
            samples=samples,
            start=first * _STEP,
            end=last * _STEP,
            level=peak,
            problem=_problem(samples, (ended - begun) * _STEP, peak, cut_off=cut_off),
        )


def _problem(samples: Samples, seconds: float, peak: float, *, cut_off: bool) -> Phrase | None:
    if seconds > LONGEST:
        return Phrase(TOO_LONG)
    if cut_off:
        return Phrase(CUT_OFF)
    if int((np.abs(samples) >= _CLIPPED).sum()) >= _CLIPPED_SAMPLES:
        return Phrase(TOO_LOUD)
    return Phrase(TOO_QUIET) if peak < _TOO_QUIET_DB else None
