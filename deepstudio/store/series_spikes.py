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
_MOST_AT_ONCE = 16


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
        """Look at about `budget` more points, some 10 ns each; return how many. Less than `budget`: that was all."""
        asked = budget
        view = self.series.view("step")
        if view.generation != self._generation:
            self.__init__(self.series)  # type: ignore[misc]
            self._generation = view.generation
        count, began = len(view), self._done
        if len(self._sure) < _MOST:
            blocks = max(0, min((count - _AROUND - self._done) // _BLOCK, -(-budget // _BLOCK)))
            suspicious = self._suspicious(view, blocks)
            if len(suspicious) > _MOST_AT_ONCE:
                # Looking closely takes its time, too: the others come next.
                suspicious, blocks = suspicious[:_MOST_AT_ONCE], suspicious[_MOST_AT_ONCE]
                budget = blocks * _BLOCK
            for block in suspicious:
                self._sure += self._find(view, began + block * _BLOCK, began + (block + 1) * _BLOCK)
            self._done += blocks * _BLOCK
            if blocks and self._done - began >= budget:
                return asked
        if count == self._looked or len(self._sure) >= _MOST:
            return 0
        self._looked, self._open = count, self._find(view, self._done, count)
        return min(asked - 1, count - began)

    def _suspicious(self, view: SeriesView, blocks: int) -> list[int]:
        """Return which of the next blocks may hold a spike: all at once, since nearly none does.

        What lies `_FAR` deviations from the median is more than four standard deviations from the mean of its block,
        itself counted, even if seven points beside it are as far. A block with a NaN is always looked at.
        """
        first = self._done
        values_BN = np.asarray(view.values[first : first + blocks * _BLOCK], dtype=np.float64).reshape(blocks, _BLOCK)
        with np.errstate(over="ignore", invalid="ignore"):
            mean_B = values_BN.mean(axis=1)
            reach_B = 4 * values_BN.std(axis=1)
            calm_B = (values_BN.max(axis=1) - mean_B <= reach_B) & (mean_B - values_BN.min(axis=1) <= reach_B)
        return np.flatnonzero(~calm_B).tolist()

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
