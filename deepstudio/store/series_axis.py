"""What the x axis counts, and how that follows from the steps or the walls of a curve. No Qt. One thread at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from deepstudio.store.series import Key


class XAxis(StrEnum):
    """What the x axis counts."""

    STEP = "step"
    EPOCH = "epoch"
    EXAMPLES = "examples"
    RELATIVE = "relative"
    """Seconds since the run's first point."""
    WALL = "wall"
    """Seconds since 1970."""


class AxisMap(Protocol):
    """A monotone map between the key of a series (steps or walls) and the x axis."""

    @property
    def key(self) -> Key:
        """Return what the points must be laid out by."""

    def to_key(self, x: np.ndarray) -> np.ndarray:
        """Return the keys at positions of the axis."""

    def from_key(self, keys: np.ndarray) -> np.ndarray:
        """Return the positions of keys on the axis."""


@dataclass(frozen=True, slots=True)
class LinearMap:
    """x = (key - offset) / unit."""

    key: Key = "step"
    offset: float = 0.0
    unit: float = 1.0

    def to_key(self, x: np.ndarray) -> np.ndarray:
        """Return the keys at positions of the axis."""
        if self.unit == 1.0 and self.offset == 0.0:
            return np.asarray(x, dtype=np.float64)
        return np.asarray(x, dtype=np.float64) * self.unit + self.offset

    def from_key(self, keys: np.ndarray) -> np.ndarray:
        """Return the positions of keys on the axis."""
        return (np.asarray(keys, dtype=np.float64) - self.offset) / self.unit


class KnotMap:
    """x by step through the points of a metric that rises with the steps, such as the examples seen.

    Straight lines between them and beyond; only the knots at which the slope changes are kept.
    """

    key: Key = "step"

    def __init__(self) -> None:
        self._steps: list[float] = []
        self._xs: list[float] = []

    def __len__(self) -> int:
        return len(self._steps)

    def append(self, steps: np.ndarray, xs: np.ndarray) -> None:
        """Take in points; one that does not rise in both, or is not finite, is left out."""
        for step, x in zip(steps.tolist(), xs.tolist(), strict=True):
            self._append(float(step), float(x))

    def clear(self) -> None:
        """Forget all points."""
        self._steps.clear()
        self._xs.clear()

    def to_key(self, x: np.ndarray) -> np.ndarray:
        """Return the steps at positions of the axis."""
        return _straight(np.asarray(x, dtype=np.float64), self._xs, self._steps)

    def from_key(self, keys: np.ndarray) -> np.ndarray:
        """Return the positions of steps on the axis."""
        return _straight(np.asarray(keys, dtype=np.float64), self._steps, self._xs)

    def _append(self, step: float, x: float) -> None:
        if not np.isfinite(x) or (self._steps and (step <= self._steps[-1] or x <= self._xs[-1])):
            return
        if len(self._steps) > 1:
            slope = (self._xs[-1] - self._xs[-2]) / (self._steps[-1] - self._steps[-2])
            expected = self._xs[-1] + slope * (step - self._steps[-1])
            if abs(expected - x) <= 1e-9 * max(1.0, abs(x)):
                self._steps[-1], self._xs[-1] = step, x
                return
        self._steps.append(step)
        self._xs.append(x)


def _straight(at: np.ndarray, known: list[float], wanted: list[float]) -> np.ndarray:
    if len(known) < 2:
        offset = wanted[0] - known[0] if known else 0.0
        return at + offset
    found = np.interp(at, known, wanted)
    start = (wanted[1] - wanted[0]) / (known[1] - known[0])
    end = (wanted[-1] - wanted[-2]) / (known[-1] - known[-2])
    found = np.where(at < known[0], wanted[0] + (at - known[0]) * start, found)
    return np.where(at > known[-1], wanted[-1] + (at - known[-1]) * end, found)
