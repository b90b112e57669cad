"""The ranges that show all of some curves, or all but their outliers. No widgets; any thread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from deepstudio.ui.plots.curve import Curve, Sampled

Range = tuple[float, float]

_PAD = 0.05
_FENCE = 3.0
_SPARED = 0.025
"""At most this share of the values counts as outliers, at either end."""
_HEADROOM = 0.04
_MOST_HEADROOM = 0.5
_REFIT_S = 4.0
_SLACK = 0.6
_GROWTH = 0.1
"""Share of its span by which an axis reaches beyond a value that has left it: the next one then often fits."""


def fit_x(curves: Sequence[Curve], *, log: bool) -> Range:
    """Return the range from the first to the last point of all curves."""
    spans = [span for curve in curves if (span := curve.x_span()) is not None]
    if not spans:
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    if log:
        high = high if high > 0 else 1.0
        if low <= 0:
            low = min((x for curve in curves if (x := first_positive(curve)) is not None), default=high / 10)
    if not low < high:
        return (low / 2, high * 2) if log else (low - 0.5, high + 0.5)
    return low, high


def first_positive(curve: Curve) -> float | None:
    """Return the smallest positive x of a curve: where a logarithmic axis may begin."""
    if curve.members:
        return min((x for member in curve.members if (x := first_positive(member)) is not None), default=None)
    view = curve.series.view(curve.axis.key)
    place = int(view.search(curve.axis.to_key(np.zeros(1)), right=True)[0])
    if place >= len(view):
        return None
    found = float(curve.axis.from_key(view.keys(place, place + 1))[0])
    return found if found > 0 else None


def fit_y(samples: Sequence[Sampled], *, log: bool, robust: bool, inside: Range | None = None) -> Range:
    """Return the range of all values that are drawn; `robust` leaves out what lies far from nearly all others."""
    parts = [_inside(part, sampled, inside) for sampled in samples for part in sampled.y_parts()]
    values = np.concatenate(parts) if parts else np.empty(0)
    values = values[np.isfinite(values)]
    if log:
        values = np.log10(values[values > 0])
    if not len(values):
        return (0.1, 1.0) if log else (0.0, 1.0)
    low, high = _robust(values) if robust else (float(values.min()), float(values.max()))
    if high - low < 1e-12 * max(abs(low), abs(high), 1e-300) or high == low:
        pad = 0.5 if log else max(abs(high) * 0.1, 1e-9)
    else:
        pad = (high - low) * _PAD
    low, high = low - pad, high + pad
    if log:
        return float(10.0 ** max(-300.0, low)), float(10.0 ** min(300.0, high))
    return float(max(low, -1e300)), float(min(high, 1e300))


def headroom(seconds: float) -> float:
    """Return how much room an axis leaves for points to come in a run that is `seconds` old.

    It lasts for some seconds, so that a young run does not have all of its panels painted anew several times a second.
    """
    return min(_MOST_HEADROOM, max(_HEADROOM, _REFIT_S / max(seconds, 1e-9)))


def steady_x(wanted: Range, before: Range | None, *, live: bool, room: float = _HEADROOM) -> Range:
    """Return `wanted`, with some room on the right while points go on coming, so that not every one moves the axis."""
    if not live:
        return wanted
    low, high = wanted
    if before is not None and before[0] == low and high <= before[1] <= high + 2 * room * (high - low):
        return before
    return low, high + room * (high - low)


def steady_y(wanted: Range, before: Range | None, *, log: bool) -> Range:
    """Return the range before if it still fits: an axis that trembles cannot be read, and a change paints all anew."""
    if before is None:
        return wanted
    (low, high), (low_before, high_before) = (_linear(wanted), _linear(before)) if log else (wanted, before)
    span = high - low
    slack = 0.9 * _PAD * span
    below, above = low + slack < low_before, high - slack > high_before
    if span < _SLACK * (high_before - low_before):
        return wanted
    if not below and not above:
        return before
    low, high = low - _GROWTH * span * below, high + _GROWTH * span * above
    return (float(10.0 ** max(-300.0, low)), float(10.0 ** min(300.0, high))) if log else (low, high)


def _linear(span: Range) -> Range:
    return float(np.log10(span[0])), float(np.log10(span[1]))


def followed(shown: Range, newest: float) -> Range:
    """Return a range of the same length that has the newest point in it, with some room for those to come."""
    if newest <= shown[1]:
        return shown
    length = shown[1] - shown[0]
    high = newest + _HEADROOM * length
    return high - length, high


def _inside(part: np.ndarray, sampled: Sampled, inside: Range | None) -> np.ndarray:
    """Leave out the points beside the view that only lead the line to its edge."""
    if inside is None or len(part) != len(sampled.x):
        return part
    kept = (sampled.x >= inside[0]) & (sampled.x <= inside[1])
    return part[kept] if kept.any() else part


def _robust(values: np.ndarray) -> Range:
    low, first, third, high = np.quantile(values, (_SPARED, 0.25, 0.75, 1 - _SPARED))
    fence = _FENCE * (third - first)
    kept = values[(values >= min(low, first - fence)) & (values <= max(high, third + fence))]
    return float(kept.min()), float(kept.max())
