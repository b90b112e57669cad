"""The min/max/sum pyramid over a growing column: exact extremes of any ranges of points, whatever their number.

Level 0 has one bucket for each 16 points, each level above one for four of the level below; only full buckets exist.
A range is cut into full buckets of the level that suits its length, and at both ends into smaller buckets and points.
NaN and infinities have no place in the extremes: where they lie is kept in lists of their own. No Qt. One thread.

Legend of shapes: N points, W ranges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepstudio.store.series_columns import GrowingArray

_BASE = 16
_FACTOR = 4
_RAW_PER_RANGE = 48
"""Up to so many points in a range on average, looking at all of them is quicker than looking at buckets."""
_BUCKETS_PER_RANGE = 12
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Extremes:
    """What W ranges hold.

    Smallest and largest finite value (NaN where there is none), sum of the finite values, and how many points are NaN,
    +inf and -inf.
    """

    minimum: np.ndarray
    maximum: np.ndarray
    total: np.ndarray
    nans: np.ndarray
    above: np.ndarray
    below: np.ndarray


class _Level:
    def __init__(self, dtype: np.dtype, size: int) -> None:
        self.size = size
        """Points in a bucket."""
        self.minimum = GrowingArray(dtype)
        self.maximum = GrowingArray(dtype)
        self.total = GrowingArray(np.float64)

    def __len__(self) -> int:
        return len(self.minimum)

    def cut(self, points: int) -> None:
        for column in (self.minimum, self.maximum, self.total):
            column.cut(points // self.size)


class Pyramid:
    """Knows the extremes of a column of values that is handed to it again whenever it grew."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []
        self._dtype = np.dtype(np.float32)
        self._seen = 0
        self._nan = GrowingArray(np.int64)
        self._above = GrowingArray(np.int64)
        self._below = GrowingArray(np.int64)

    @property
    def nan_indices(self) -> np.ndarray:
        """Return the places of the NaN, int64."""
        return self._nan.array

    @property
    def inf_indices(self) -> np.ndarray:
        """Return the places of the infinities of both signs, int64, sorted."""
        return np.sort(np.concatenate([self._above.array, self._below.array]))

    @property
    def num_bad(self) -> int:
        """Return how many points are NaN or infinite."""
        return len(self._nan) + len(self._above) + len(self._below)

    def cut(self, size: int) -> None:
        """Forget what was known of the points from `size` on."""
        self._seen = min(self._seen, size)
        for level in self._levels:
            level.cut(size)
        for bad in (self._nan, self._above, self._below):
            bad.cut(int(np.searchsorted(bad.array, size)))

    def update(self, values_N: np.ndarray) -> None:
        """Take in the points that are new since the last call."""
        if self._seen == len(values_N):
            return
        if values_N.dtype != self._dtype:
            self._dtype = values_N.dtype
            for level in self._levels:
                level.minimum.convert(self._dtype)
                level.maximum.convert(self._dtype)
        while self._seen < len(values_N):
            end = min(len(values_N), self._seen + _CHUNK)
            self._note_bad(values_N, self._seen, end)
            self._seen = end

    def extremes(self, values_N: np.ndarray, bounds_W1: np.ndarray) -> Extremes:
        """Return the extremes over the W ranges [bounds[i], bounds[i + 1]) of points; `bounds` must not fall."""
        low_W, high_W = bounds_W1[:-1], bounds_W1[1:]
        reached = int(bounds_W1[-1] - bounds_W1[0])
        if reached <= _RAW_PER_RANGE * len(low_W):
            minimum, maximum, total = self._from_points(values_N, low_W, high_W)
        else:
            minimum, maximum, total = self._from_levels(values_N, low_W, high_W, reached)
        # float64 whatever the column is: the ends of float32 are in it exactly.
        empty = minimum > maximum
        return Extremes(
            minimum=np.where(empty, np.nan, minimum.astype(np.float64)),
            maximum=np.where(empty, np.nan, maximum.astype(np.float64)),
            total=total,
            nans=np.diff(np.searchsorted(self._nan.array, bounds_W1)),
            above=np.diff(np.searchsorted(self._above.array, bounds_W1)),
            below=np.diff(np.searchsorted(self._below.array, bounds_W1)),
        )

    def _note_bad(self, values_N: np.ndarray, first: int, end: int) -> None:
        part = values_N[first:end]
        if np.isfinite(part).all():
            return
        for bad, places in ((self._nan, np.isnan(part)), (self._above, part == np.inf), (self._below, part == -np.inf)):
            bad.append(np.flatnonzero(places) + first)

    def raise_levels(self, values_N: np.ndarray) -> None:
        """Build all full buckets now; otherwise they are built when they are first needed."""
        size, number = _BASE, 0
        while len(values_N) // size:
            if number == len(self._levels):
                self._levels.append(_Level(self._dtype, size))
            level = self._levels[number]
            first, end = len(level), len(values_N) // size
            if first < end:
                below = self._levels[number - 1] if number else None
                self._fill(level, values_N, below, first, end)
            size, number = size * _FACTOR, number + 1

    def _fill(self, level: _Level, values_N: np.ndarray, below: _Level | None, first: int, end: int) -> None:
        step = max(1, _CHUNK // level.size)
        for start in range(first, end, step):
            stop = min(end, start + step)
            if below is None:
                low, high, total = self._cleaned(values_N[start * level.size : stop * level.size])
                width = level.size
            else:
                part = slice(start * _FACTOR, stop * _FACTOR)
                low, high, total = below.minimum.array[part], below.maximum.array[part], below.total.array[part]
                width = _FACTOR
            level.minimum.append(_folded(np.minimum, low, width))
            level.maximum.append(_folded(np.maximum, high, width))
            with np.errstate(over="ignore", invalid="ignore"):
                level.total.append(_folded(np.add, total, width))

    def _cleaned(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the values for minimum, maximum and sum: what is not finite must not count in any of them."""
        if not self.num_bad:
            return values, values, values.astype(np.float64)
        finite = np.isfinite(values)
        if finite.all():
            return values, values, values.astype(np.float64)
        return (
            np.where(finite, values, np.inf),
            np.where(finite, values, -np.inf),
            np.where(finite, values, 0.0).astype(np.float64),
        )

    def _from_points(
        self, values_N: np.ndarray, low_W: np.ndarray, high_W: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        minimum, maximum, total = _nothing(len(low_W), values_N.dtype)
        filled = high_W > low_W
        if not filled.any():
            return minimum, maximum, total
        first = int(low_W[0])
        low, high, sums = self._cleaned(values_N[first : int(high_W[-1])])
        # The ranges touch, and empty ones have no width: where one begins, the one before ends.
        starts = low_W[filled] - first
        minimum[filled] = np.minimum.reduceat(low, starts)
        maximum[filled] = np.maximum.reduceat(high, starts)
        with np.errstate(over="ignore", invalid="ignore"):
            total[filled] = np.add.reduceat(sums, starts)
        return minimum, maximum, total

    def _from_levels(
        self, values_N: np.ndarray, low_W: np.ndarray, high_W: np.ndarray, reached: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        self.raise_levels(values_N)
        minimum, maximum, total = _nothing(len(low_W), values_N.dtype)
        wanted = reached / len(low_W) / _BUCKETS_PER_RANGE
        top = max(0, sum(level.size <= wanted for level in self._levels) - 1)
        low, high = low_W.astype(np.int64), high_W.astype(np.int64)
        for number in range(top + 1):
            width = _BASE if number == 0 else _FACTOR
            up, down = -(-low // width), high // width
            inside = up > down
            ends = (
                (low, np.where(inside, high, up * width)),
                (np.where(inside, high, down * width), high),
            )
            for start, stop in ends:
                self._add_ends(number, values_N, start, stop, (minimum, maximum, total))
            low, high = up, np.maximum(up, down)
        self._add_middle(self._levels[top], low, high, (minimum, maximum, total))
        return minimum, maximum, total

    def _add_ends(
        self,
        number: int,
        values_N: np.ndarray,
        start_W: np.ndarray,
        stop_W: np.ndarray,
        into: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:
        """Add the few points (or buckets of the level below `number`) in [start, stop) of each range."""
        width = (_BASE if number == 0 else _FACTOR) - 1
        place_KW = start_W[None, :] + np.arange(width, dtype=np.int64)[:, None]
        outside_KW = place_KW >= stop_W[None, :]
        minimum, maximum, total = into
        if number == 0:
            picked = values_N[np.minimum(place_KW, len(values_N) - 1)]
            low, high, sums = self._cleaned(picked)
        else:
            level = self._levels[number - 1]
            place_KW = np.minimum(place_KW, len(level) - 1)
            low, high = level.minimum.array[place_KW], level.maximum.array[place_KW]
            sums = level.total.array[place_KW]
        np.minimum(minimum, np.where(outside_KW, np.inf, low).min(axis=0), out=minimum)
        np.maximum(maximum, np.where(outside_KW, -np.inf, high).max(axis=0), out=maximum)
        with np.errstate(over="ignore", invalid="ignore"):
            total += np.where(outside_KW, 0.0, sums).sum(axis=0)

    def _add_middle(
        self, level: _Level, low_W: np.ndarray, high_W: np.ndarray, into: tuple[np.ndarray, np.ndarray, np.ndarray]
    ) -> None:
        filled = high_W > low_W
        if not filled.any():
            return
        # Every second range of `reduceat` is the gap to the next column, which is at most two buckets.
        pairs = np.stack([low_W[filled], high_W[filled]], axis=1).ravel()
        minimum, maximum, total = into
        low = np.minimum.reduceat(level.minimum.padded(np.inf), pairs)[::2]
        high = np.maximum.reduceat(level.maximum.padded(-np.inf), pairs)[::2]
        with np.errstate(over="ignore", invalid="ignore"):
            sums = np.add.reduceat(level.total.padded(0.0), pairs)[::2]
            total[filled] += sums
        minimum[filled] = np.minimum(minimum[filled], low)
        maximum[filled] = np.maximum(maximum[filled], high)


def _nothing(width: int, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.full(width, np.inf, dtype=dtype), np.full(width, -np.inf, dtype=dtype), np.zeros(width)


def _folded(operation: np.ufunc, values: np.ndarray, width: int) -> np.ndarray:
    """Return `operation` over runs of `width` (a power of two) values, by halves: that is quicker than over an axis."""
    while width > 1:
        values = operation(values[0::2], values[1::2])
        width //= 2
    return values
