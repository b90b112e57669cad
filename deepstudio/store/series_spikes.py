"""Single points far from those before and after them: spikes, found while a curve grows. No Qt; one thread at a time.

A point counts as a spike if it lies `_FAR` times farther from the median of its neighbourhood than they usually do
(their median absolute deviation), and if what comes before it and what comes after it both lie on the same side of it:
the steep start of a curve and a step to another level are none. Scale-free, in the order of the steps.

Legend of shapes: N points of a block and its surroundings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepstudio.store.series import Series, SeriesView

_BLOCK = 256
_AROUND = 128
"""Points on either side of a block that tell what is usual."""
_FAR = 12.0
_SIDE = 16
_LEAST = 24
"""Fewer points say nothing about what is usual."""
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Spike:
    """The farthest point of a spike, and the median of the points around it."""

    step: int
    wall: float
    value: float
    usual: float


class SpikeFinder:
    """Finds the spikes of one series, as many points at a time as the caller has time for."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self._generation = 0
        self._done = 0
        self._sure: list[Spike] = []
        self._open: list[Spike] = []
        self._looked = 0

    @property
    def spikes(self) -> list[Spike]:
        """Return what has been found, in the order of steps."""
        return self._sure + self._open

    def advance(self, budget: int) -> int:
        """Look at about `budget` more points, about 40 ns each; return how many. Less than `budget`: that was all."""
        view = self.series.view("step")
        if view.generation != self._generation:
            self.__init__(self.series)  # type: ignore[misc]
            self._generation = view.generation
        count, began = len(view), self._done
        if len(self._sure) < _MOST:
            blocks = min((count - _AROUND - self._done) // _BLOCK, -(-budget // _BLOCK))
            for block in self._suspicious(view, max(0, blocks)):
                first = began + block * _BLOCK
                self._sure += self._find(view, first, first + _BLOCK)
            self._done += max(0, blocks) * _BLOCK
            if self._done - began >= budget:
                return self._done - began
        if count == self._looked or len(self._sure) >= _MOST:
            return 0
        self._looked, self._open = count, self._find(view, self._done, count)
        return min(budget - 1, count - began)

    def _suspicious(self, view: SeriesView, blocks: int) -> list[int]:
        """Return which of the next blocks may hold a spike: all at once, since nearly none does."""
        sure = [0] if blocks and not self._done else []
        first = self._done + len(sure) * _BLOCK - _AROUND
        if blocks <= len(sure):
            return sure
        end = self._done + blocks * _BLOCK + _AROUND
        values_N = np.asarray(view.values[first:end], dtype=np.float64)
        around_BN = np.lib.stride_tricks.sliding_window_view(values_N, _BLOCK + 2 * _AROUND)[::_BLOCK]
        with np.errstate(over="ignore", invalid="ignore"):
            median_B = np.median(around_BN, axis=1)  # NaN if any point is: such a block is looked at
            away_BN = np.abs(around_BN - median_B[:, None])
            usual_B = np.median(away_BN, axis=1)
            fence_B = _FAR * np.maximum(usual_B, 1e-3 * np.abs(median_B))
            calm_B = away_BN.max(axis=1) <= fence_B
        return sure + [len(sure) + int(block) for block in np.flatnonzero(~calm_B)]

    def _find(self, view: SeriesView, first: int, end: int) -> list[Spike]:
        """Return the spikes among the points [first, end)."""
        low, high = max(0, first - _AROUND), min(len(view), end + _AROUND)
        values_N = np.asarray(view.values[low:high], dtype=np.float64)
        finite_N = np.isfinite(values_N)
        known = values_N[finite_N]
        if len(known) < _LEAST:
            return []
        with np.errstate(over="ignore", invalid="ignore"):
            median = float(np.median(known))
            away_N = np.abs(values_N - median)
            usual = float(np.median(away_N[finite_N]))
            # Where most points are equal, anything else would be infinitely far: a thousandth of the level is nothing.
            fence = _FAR * max(usual, 1e-3 * abs(median), 1e-300)
            suspects = np.flatnonzero(finite_N & (away_N > fence))
        return self._merged(view, values_N, low, suspects[(suspects >= first - low) & (suspects < end - low)], fence)

    def _merged(
        self, view: SeriesView, values_N: np.ndarray, low: int, suspects: np.ndarray, fence: float
    ) -> list[Spike]:
        """Return one spike for each stretch of neighbouring suspects that stands out to both sides."""
        found = []
        cuts = np.flatnonzero(np.diff(suspects) > 2) + 1
        for stretch in np.split(suspects, cuts) if len(suspects) else ():
            if len(stretch) > _SIDE // 2:
                continue
            before = _level(values_N[max(0, stretch[0] - _SIDE) : stretch[0]])
            after = _level(values_N[stretch[-1] + 1 : stretch[-1] + 1 + _SIDE])
            if before is None or after is None:
                continue
            peak = int(stretch[np.argmax(np.abs(values_N[stretch] - before))])
            value = float(values_N[peak])
            sides = value - before, value - after
            if min(map(abs, sides)) > fence and sides[0] * sides[1] > 0:
                place = low + peak
                wall = self.series.timeline.walls.at(view.original(place))
                found.append(Spike(int(view.keys(place, place + 1)[0]), wall, value, (before + after) / 2))
        return found


def _level(values: np.ndarray) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) >= 3 else None
