"""Smoothed curves: an exponential moving average over every point, and a Gaussian over what pixel columns show. No Qt.

The average is free of bias at the start as in Adam (Kingma and Ba 2015, section 3) and takes in points as they come; it
never looks ahead. The Gaussian is a kernel regression (Nadaraya 1964, Watson 1964) over sums and counts of columns, so
its cost does not depend on the number of points. One thread at a time.
"""

from __future__ import annotations

import numpy as np

from deepstudio.store.series import Key, PixelColumns, Series, pixel_columns
from deepstudio.store.series_columns import GrowingArray
from deepstudio.store.series_pyramid import Pyramid

_CHUNK = 1 << 15
_NEGLIGIBLE = 1e-13


class MovingAverage:
    """The debiased exponential moving average of a series, in the order of `key`. NaN and infinities do not count."""

    def __init__(self, series: Series, weight: float, key: Key = "step") -> None:
        if not 0.0 < weight < 1.0:
            raise ValueError(f"the weight {weight} is not between 0 and 1")
        self.weight = weight
        self._series = series
        self._key: Key = key
        self._generation = -1
        self._values = GrowingArray(np.float32)
        self._pyramid = Pyramid()
        self._state = 0.0
        self._counted = 0

    def __len__(self) -> int:
        return len(self._values)

    @property
    def values(self) -> np.ndarray:
        """Return the average at each point that was taken in, float32 or float64."""
        return self._values.array

    def advance(self, limit: int = 1 << 18) -> bool:
        """Take in at most about `limit` points that are new; return whether none are left."""
        view = self._series.view(self._key)
        if view.generation != self._generation:
            self._restart(view.generation)
        if view.values.dtype != self._values.dtype and view.values.dtype == np.float64:
            self._values.convert(np.float64)
        end = min(len(view), len(self) + limit)
        for start in range(len(self), end, _CHUNK):
            self._values.append(self._averaged(view.values[start : min(end, start + _CHUNK)].astype(np.float64)))
        self._pyramid.update(self._values.array)
        return len(self) == len(view)

    def columns(self, bounds_W1: np.ndarray) -> PixelColumns:
        """Return what columns show of the average; points that were not taken in yet are missing."""
        return pixel_columns(self._values.array, self._pyramid, np.minimum(bounds_W1, len(self)))

    def _restart(self, generation: int) -> None:
        self._generation = generation
        self._values = GrowingArray(np.float32)
        self._pyramid = Pyramid()
        self._state, self._counted = 0.0, 0

    def _averaged(self, values_N: np.ndarray) -> np.ndarray:
        finite = np.isfinite(values_N)
        kept = values_N if finite.all() else values_N[finite]
        carried = self._state / (1 - self.weight**self._counted) if self._counted else np.nan
        mean = np.empty(0)
        if len(kept):
            scanned = _scan(kept * (1 - self.weight), self.weight)
            powers = self.weight ** np.arange(1, len(kept) + 1)
            scanned += self._state * powers
            mean = scanned / (1 - powers * self.weight**self._counted)
            self._state, self._counted = float(scanned[-1]), self._counted + len(kept)
        if len(kept) == len(values_N):
            return mean
        # Where there is no number the average stays as it was.
        return np.concatenate([[carried], mean])[np.cumsum(finite)]


def _scan(input_N: np.ndarray, weight: float) -> np.ndarray:
    """Return y[n] = weight * y[n - 1] + input[n] by doubling: each pass joins stretches twice as long."""
    result = input_N.copy()
    shift, factor = 1, weight
    while shift < len(result) and factor > _NEGLIGIBLE:
        result[shift:] = result[shift:] + factor * result[:-shift]
        shift, factor = 2 * shift, factor * factor
    return result


def gaussian(columns: PixelColumns, sigma: float) -> np.ndarray:
    """Return the curve smoothed by a Gaussian of `sigma` columns, float64[W]; NaN where no point is near."""
    counts_W = columns.counts - columns.nans - columns.above - columns.below
    sums_W = np.where(counts_W > 0, columns.mean * counts_W, 0.0)
    reach = max(1, int(np.ceil(3 * sigma)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-9)) ** 2)
    weight_W = np.convolve(counts_W, kernel)[reach:-reach]
    total_W = np.convolve(sums_W, kernel)[reach:-reach]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight_W > 1e-3, total_W / weight_W, np.nan)
