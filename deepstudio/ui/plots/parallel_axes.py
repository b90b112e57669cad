"""The axes of parallel coordinates: where a setting or result lies between bottom (0) and top (1). No widgets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from deepstudio.ui.plots.ticks import linear_ticks, log_ticks

Value = float | str | None

_LOG_FROM = 50.0
"""Positive numbers spread over such a factor are laid out by their logarithms, as learning rates are."""


@dataclass(frozen=True, slots=True)
class ParallelAxis:
    """One axis: numbers between `low` and `high` (perhaps logarithmic), or names in order."""

    name: str
    low: float
    high: float
    log: bool
    names: tuple[str, ...]

    def share(self, value: Value) -> float | None:
        """Return where a value lies, 0..1 from the bottom; None if it is missing or no number."""
        if self.names:
            text = "" if value is None else str(value)
            if text not in self.names:
                return None
            return (self.names.index(text) + 0.5) / len(self.names)
        if not isinstance(value, (int, float)) or not math.isfinite(value) or (self.log and value <= 0):
            return None
        if self.log:
            return (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return (float(value) - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return places (0..1) and words of the ticks."""
        if self.names:
            step = -(-len(self.names) // max(1, most))
            return [((place + 0.5) / len(self.names), self.names[place]) for place in range(0, len(self.names), step)]
        found = (log_ticks if self.log else linear_ticks)(self.low, self.high, most)
        shares = [self.share(place) for place in found.places]
        return [(share, word) for share, word in zip(shares, found.words, strict=True) if share is not None]


def make_axis(name: str, values: Sequence[Value]) -> ParallelAxis:
    """Return the axis for the values of one column; texts among them make it an axis of names."""
    if any(isinstance(value, str) for value in values):
        return ParallelAxis(name, 0.0, 1.0, False, tuple(sorted({str(value) for value in values if value is not None})))
    numbers = [float(value) for value in values if isinstance(value, (int, float)) and math.isfinite(value)]
    if not numbers:
        return ParallelAxis(name, 0.0, 1.0, False, ())
    low, high = min(numbers), max(numbers)
    if low == high:
        pad = abs(low) * 0.1 or 0.5
        return ParallelAxis(name, low - pad, high + pad, False, ())
    return ParallelAxis(name, low, high, low > 0 and high / low >= _LOG_FROM, ())
