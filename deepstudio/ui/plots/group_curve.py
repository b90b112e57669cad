"""Several runs as one curve: their mean, and the band between the lowest and the highest of them. One thread at a time.

Each run counts once in every column of pixels: with the exact extremes and the mean of its points there, or, where it
was logged more rarely, with the value on the straight line between its neighbouring points. Before its first and after
its last point a run says nothing.

Legend of shapes: W columns of pixels, R runs.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from deepstudio.ui.plots.curve import Curve, Reading, Sampled, Smoothing, smoothed
from deepstudio.ui.plots.viewport import Viewport


class _Share(NamedTuple):
    """What one run adds to the columns; NaN where it says nothing."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    smooth: np.ndarray | None
    bad: tuple[np.ndarray, np.ndarray, np.ndarray]
    visible: int
    caught_up: bool


@dataclass(eq=False)
class GroupCurve(Curve):
    """The mean of `members`, which lie on the same axis; `series` is that of the first of them."""

    extends = False

    @property
    def count(self) -> int:
        """Return how many points all members have."""
        return sum(member.count for member in self.members)

    @property
    def revision(self) -> int:
        """Return a number that changes with every new point."""
        return sum(member.revision for member in self.members)

    @property
    def last(self) -> float | None:
        """Return the mean of the newest values."""
        known = [value for member in self.members if (value := member.last) is not None]
        return float(np.mean(known)) if known else None

    def x_span(self) -> tuple[float, float] | None:
        """Return the smallest and the largest x of all members."""
        spans = [span for member in self.members if (span := member.x_span()) is not None]
        return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None

    def extremes(self) -> tuple[float, float]:
        """Return the lowest and the highest value of all members."""
        found = np.array([member.extremes() for member in self.members if member.count])
        finite = found[np.isfinite(found).all(axis=1)] if len(found) else found
        return (float(finite[:, 0].min()), float(finite[:, 1].max())) if len(finite) else (np.nan, np.nan)

    def read(self, x: float, smoothing: Smoothing) -> Reading | None:
        """Return mean, lowest and highest value at `x`."""
        found = [member.read(x, Smoothing()) for member in self.members if member.count]
        near = min((reading for reading in found if reading), key=lambda reading: abs(reading.x - x), default=None)
        if near is None:
            return None
        values = np.array([_between(member, near.x) for member in self.members if member.count])
        values = values[np.isfinite(values)]
        if not len(values):
            return None
        low, high = float(values.min()), float(values.max())
        return Reading(self, near.x, near.step, float(values.mean()), None, *((low, high) if low < high else ()))

    def sampled(self, view: Viewport, columns: int, smoothing: Smoothing) -> Sampled:
        """Return what `columns` columns of pixels show."""
        edges_W1 = view.x_edges(columns)
        middle_W = (edges_W1[1:] + edges_W1[:-1]) / 2
        shares = [_share(member, view, edges_W1, middle_W, smoothing) for member in self.members if member.count]
        bad = [np.logical_or.reduce([share.bad[kind] for share in shares]) for kind in range(3)]
        mean_W = _over([share.mean for share in shares], np.nanmean)
        known_W = np.isfinite(mean_W)
        smooth_W = None
        if shares and shares[0].smooth is not None:
            smooth_W = _over([share.smooth for share in shares if share.smooth is not None], np.nanmean)[known_W]
        return Sampled(
            x=middle_W[known_W],
            line=mean_W[known_W],
            low=_over([share.low for share in shares], np.nanmin)[known_W],
            high=_over([share.high for share in shares], np.nanmax)[known_W],
            nan_x=middle_W[bad[0]],
            above_x=middle_W[bad[1]],
            below_x=middle_W[bad[2]],
            smooth_x=middle_W[known_W] if smooth_W is not None else None,
            smooth=smooth_W,
            sheer=True,
            caught_up=all(share.caught_up for share in shares),
            visible=sum(share.visible for share in shares),
        )


def _share(member: Curve, view: Viewport, edges_W1: np.ndarray, middle_W: np.ndarray, smoothing: Smoothing) -> _Share:
    points = member.series.view(member.axis.key)
    found = member.series.columns_between(member.axis.to_key(edges_W1), member.axis.key)
    first, end = int(found.bounds[0]), int(found.bounds[-1])
    known_W = np.isfinite(found.mean)
    # One point more on either side, so that the line goes on to the edge.
    beside = [place for place in (first - 1, end) if 0 <= place < len(points)]
    x_beside = [float(member.axis.from_key(points.keys(place, place + 1))[0]) for place in beside]
    x_P = np.concatenate([middle_W[known_W], x_beside])
    y_P = np.concatenate([found.mean[known_W], [float(points.values[place]) for place in beside]])
    between_W = _straight(middle_W, x_P, y_P)
    smooth_x, smooth, caught_up = smoothed(member, view, len(middle_W), smoothing, found.bounds)
    smooth_W = None
    if smooth is not None and smooth_x is not None:
        smooth_W = _straight(middle_W, smooth_x, smooth)
    return _Share(
        mean=between_W,
        low=np.where(known_W, found.minimum, between_W),
        high=np.where(known_W, found.maximum, between_W),
        smooth=smooth_W,
        bad=(found.nans > 0, found.above > 0, found.below > 0),
        visible=end - first,
        caught_up=caught_up,
    )


def _straight(at_W: np.ndarray, x_P: np.ndarray, y_P: np.ndarray) -> np.ndarray:
    """Return y on the straight lines between the finite points, NaN before the first and after the last."""
    finite = np.isfinite(y_P)
    x_P, y_P = x_P[finite], y_P[finite]
    if not len(x_P):
        return np.full(len(at_W), np.nan)
    order = np.argsort(x_P, kind="stable")
    return np.interp(at_W, x_P[order], y_P[order], left=np.nan, right=np.nan)


def _between(member: Curve, x: float) -> float:
    """Return the value of a run at `x`, NaN beyond its ends."""
    points = member.series.view(member.axis.key)
    key = member.axis.to_key(np.array([x]))
    after = int(points.search(key)[0])
    first, end = max(0, after - 1), min(len(points), after + 1)
    x_P = member.axis.from_key(points.keys(first, end))
    return float(_straight(np.array([x]), x_P, points.values[first:end].astype(np.float64))[0])


def _over(parts: list[np.ndarray], what: object) -> np.ndarray:
    """Return mean, least or greatest of the runs in each column, NaN where none says anything."""
    if not parts:
        return np.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found: np.ndarray = what(np.stack(parts), axis=0)  # type: ignore[operator]
    return found
