"""The part of the plane that a plot shows, and where it lies in pixels. No widgets; any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

FAR = 30_000.0
"""Nothing is drawn farther outside than so many pixels: painters count in whole numbers there."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """Ranges of both axes over a rectangle in pixels (`top` is smaller than `bottom`). A log axis is positive."""

    x0: float
    x1: float
    y0: float
    y1: float
    left: float = 0.0
    top: float = 0.0
    width: float = 100.0
    height: float = 100.0
    log_x: bool = False
    log_y: bool = False

    @property
    def right(self) -> float:
        """Return the right edge in pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the bottom edge in pixels."""
        return self.top + self.height

    @property
    def x_linear(self) -> tuple[float, float]:
        """Return the ends of the x axis where pixels are even: their decimal logarithms on a log axis."""
        return (math.log10(self.x0), math.log10(self.x1)) if self.log_x else (self.x0, self.x1)

    @property
    def y_linear(self) -> tuple[float, float]:
        """Return the ends of the y axis where pixels are even: their decimal logarithms on a log axis."""
        return (math.log10(self.y0), math.log10(self.y1)) if self.log_y else (self.y0, self.y1)

    def x_edges(self, columns: int, *, beyond: int = 0) -> np.ndarray:
        """Return the edges of `columns` columns of pixels in units of the axis, `beyond` more on either side."""
        place = np.arange(-beyond, columns + beyond + 1) / columns
        if self.log_x:
            low, high = np.log10(self.x0), np.log10(self.x1)
            return 10.0 ** (low + (high - low) * place)
        return self.x0 + (self.x1 - self.x0) * place

    def px(self, x: np.ndarray) -> np.ndarray:
        """Return pixels from left for positions of the x axis."""
        share = _share(np.asarray(x, dtype=np.float64), self.x0, self.x1, self.log_x)
        return np.clip(self.left + share * self.width, -FAR, FAR)

    def py(self, y: np.ndarray) -> np.ndarray:
        """Return pixels from top for values; on a log axis all that is not positive lies far below. NaN stays."""
        share = _share(np.asarray(y, dtype=np.float64), self.y0, self.y1, self.log_y)
        return np.clip(self.bottom - share * self.height, -FAR, FAR)

    def pixel_x(self, x: float) -> float:
        """Return the pixel from left of one position of the x axis; as `px`, without the cost of an array."""
        return _clipped(self.left + _one_share(x, self.x0, self.x1, self.log_x) * self.width)

    def pixel_y(self, y: float) -> float:
        """Return the pixel from top of one value; as `py`."""
        return _clipped(self.bottom - _one_share(y, self.y0, self.y1, self.log_y) * self.height)

    def x_at(self, pixel: float) -> float:
        """Return the position of the x axis at a pixel."""
        return _between((pixel - self.left) / self.width, self.x0, self.x1, self.log_x)

    def y_at(self, pixel: float) -> float:
        """Return the value at a pixel."""
        return _between((self.bottom - pixel) / self.height, self.y0, self.y1, self.log_y)

    def zoomed_x(self, factor: float, around: float) -> Viewport:
        """Return a view in which `around` stays where it is and the x range is `factor` times as long."""
        low, high = _zoomed(self.x0, self.x1, factor, around, self.log_x)
        return replace(self, x0=low, x1=high)

    def zoomed_y(self, factor: float, around: float) -> Viewport:
        """Return a view in which `around` stays where it is and the y range is `factor` times as long."""
        low, high = _zoomed(self.y0, self.y1, factor, around, self.log_y)
        return replace(self, y0=low, y1=high)

    def moved(self, right: float, up: float) -> Viewport:
        """Return a view that was pushed by pixels: what was under the mouse stays under it."""
        x0, x1 = self.x_at(self.left - right), self.x_at(self.right - right)
        y0, y1 = self.y_at(self.bottom + up), self.y_at(self.top + up)
        return replace(self, x0=x0, x1=x1, y0=y0, y1=y1)


def _share(values: np.ndarray, low: float, high: float, log: bool) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if log:
            values = np.log10(np.where(values <= 0, 0.0, values))
            low, high = float(np.log10(low)), float(np.log10(high))
        return (values - low) / (high - low)


def _one_share(value: float, low: float, high: float, log: bool) -> float:
    if not log:
        return (value - low) / (high - low)
    if value <= 0:
        return -math.inf
    first = math.log10(low)
    return (math.log10(value) - first) / (math.log10(high) - first)


def _clipped(pixel: float) -> float:
    return pixel if pixel != pixel else min(FAR, max(-FAR, pixel))


def _between(share: float, low: float, high: float, log: bool) -> float:
    if log:
        first, last = float(np.log10(low)), float(np.log10(high))
        return float(10.0 ** (first + share * (last - first)))
    return low + share * (high - low)


def _zoomed(low: float, high: float, factor: float, around: float, log: bool) -> tuple[float, float]:
    if log:
        first, last, middle = np.log10([low, high, max(around, 1e-300)])
        return float(10.0 ** (middle + (first - middle) * factor)), float(10.0 ** (middle + (last - middle) * factor))
    return around + (low - around) * factor, around + (high - around) * factor
