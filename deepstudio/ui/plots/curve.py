"""What a curve is to a plot, and the part of it that a view needs: never more than a few values a pixel. Any thread.

Legend of shapes: W columns of pixels, M points of a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from deepstudio.store.series import Series
from deepstudio.store.series_axis import AxisMap, LinearMap
from deepstudio.store.series_smooth import MovingAverage, gaussian
from deepstudio.ui.plots.viewport import Viewport

_POINTS_PER_COLUMN = 2


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How curves are smoothed: `kind` "" not at all, "average" with a weight 0..1, "gaussian" over `width` pixels."""

    kind: str = ""
    amount: float = 0.0


@dataclass(eq=False)
class Curve:
    """One line of a plot: `key` tells it from others, `colour` is "#rrggbb"."""

    key: str
    label: str
    series: Series
    colour: str
    axis: AxisMap = field(default_factory=LinearMap)
    hidden: bool = False
    pinned: bool = False
    average: MovingAverage | None = None
    members: tuple[Curve, ...] = ()
    """The curves of which this one is the mean (`GroupCurve`)."""
    metric: str = ""

    extends = True
    """Whether new points may be drawn at the end of what is drawn already."""

    @property
    def count(self) -> int:
        """Return how many points there are."""
        return len(self.series)

    @property
    def revision(self) -> int:
        """Return a number that changes with every new point."""
        return self.series.revision

    @property
    def last(self) -> float | None:
        """Return the newest value."""
        return self.series.last

    @property
    def seconds(self) -> float:
        """Return the time from the first point to the newest."""
        walls = self.series.timeline.walls
        return walls.at(len(self.series) - 1) - walls.at(0) if len(self.series) else 0.0

    def sampled(self, view: Viewport, columns: int, smoothing: Smoothing) -> Sampled:
        """Return what `columns` columns of pixels show."""
        return sample(self, view, columns, smoothing)

    def read(self, x: float, smoothing: Smoothing) -> Reading | None:
        """Return what the curve says nearest to `x`, None without points."""
        place = self.series.nearest(float(self.axis.to_key(np.array([x]))[0]), self.axis.key)
        if place is None:
            return None
        points = self.series.view(self.axis.key)
        at = float(self.axis.from_key(points.keys(place, place + 1))[0])
        smooth = None
        if smoothing.kind == "average" and self.average is not None and place < len(self.average):
            smooth = float(self.average.values[place])
        return Reading(
            self, at, self.series.timeline.steps.at(points.original(place)), float(points.values[place]), smooth
        )

    def extremes(self) -> tuple[float, float]:
        """Return the lowest and the highest value, NaN without finite ones."""
        view = self.series.view("step")
        found = view.pyramid.extremes(view.values, np.array([0, len(view)]))
        return float(found.minimum[0]), float(found.maximum[0])

    def averaged(self, weight: float) -> MovingAverage:
        """Return the moving average of the curve, made once for each weight."""
        if self.average is None or self.average.weight != weight:
            self.average = MovingAverage(self.series, weight, self.axis.key)
        return self.average

    def x_span(self) -> tuple[float, float] | None:
        """Return the smallest and the largest x, None without points."""
        view = self.series.view(self.axis.key)
        if not len(view):
            return None
        ends = np.array([view.keys(0, 1)[0], view.keys(len(view) - 1, len(view))[0]], dtype=np.float64)
        low, high = self.axis.from_key(ends)
        return float(low), float(high)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a curve says at a place: its nearest point; for a group of runs their mean, and between what they lie."""

    curve: Curve
    x: float
    step: int
    value: float
    smooth: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """A curve as a view needs it, in units of the axes.

    `x_M`, `line_M`: the points, or the means of columns. `low_M`, `high_M`: extremes of columns, None if single points
    are shown. `smooth_x`, `smooth`: the smoothed line, if any. `nan_x`, `above_x`, `below_x`: where NaN, +inf and -inf
    are. `caught_up`: whether the smoothed line is complete.
    """

    x: np.ndarray
    line: np.ndarray
    low: np.ndarray | None
    high: np.ndarray | None
    nan_x: np.ndarray
    above_x: np.ndarray
    below_x: np.ndarray
    smooth_x: np.ndarray | None = None
    smooth: np.ndarray | None = None
    sheer: bool = False
    """Whether other bands show through the band of this one."""
    caught_up: bool = True
    visible: int = 0
    """How many points lie in the view."""

    def y_parts(self) -> list[np.ndarray]:
        """Return all values that are drawn."""
        parts = [self.low, self.high] if self.low is not None and self.high is not None else [self.line]
        return [*parts, self.smooth] if self.smooth is not None else parts


def sample(curve: Curve, view: Viewport, columns: int, smoothing: Smoothing = Smoothing()) -> Sampled:
    """Return what `columns` columns of pixels show of `curve`."""
    points = curve.series.view(curve.axis.key)
    edges_W1 = view.x_edges(columns)
    found = curve.series.columns_between(curve.axis.to_key(edges_W1), curve.axis.key)
    first, end = int(found.bounds[0]), int(found.bounds[-1])
    smooth_x, smooth, caught_up = smoothed(curve, view, columns, smoothing, found.bounds)
    if end - first <= _POINTS_PER_COLUMN * columns:
        # One more on either side, so that the line goes on to the edge.
        first, end = max(0, first - 1), min(len(points), end + 1)
        x_M = curve.axis.from_key(points.keys(first, end))
        line_M = points.values[first:end].astype(np.float64)
        return Sampled(
            x=x_M,
            line=np.where(np.isfinite(line_M), line_M, np.nan),
            low=None,
            high=None,
            nan_x=x_M[np.isnan(line_M)],
            above_x=x_M[line_M == np.inf],
            below_x=x_M[line_M == -np.inf],
            smooth_x=x_M if smoothing.kind == "average" else smooth_x,
            smooth=_averages(curve, smoothing, first, end) if smoothing.kind == "average" else smooth,
            caught_up=caught_up,
            visible=int(found.bounds[-1] - found.bounds[0]),
        )
    middle_W = (edges_W1[1:] + edges_W1[:-1]) / 2
    filled = found.counts > 0
    return Sampled(
        x=middle_W[filled],
        line=found.mean[filled],
        low=found.minimum[filled],
        high=found.maximum[filled],
        nan_x=middle_W[found.nans > 0],
        above_x=middle_W[found.above > 0],
        below_x=middle_W[found.below > 0],
        smooth_x=smooth_x,
        smooth=smooth,
        caught_up=caught_up,
        visible=end - first,
    )


def _averages(curve: Curve, smoothing: Smoothing, first: int, end: int) -> np.ndarray:
    average = curve.averaged(smoothing.amount)
    found = np.full(end - first, np.nan)
    known = average.values[first:end]
    found[: len(known)] = known
    return found


def smoothed(
    curve: Curve, view: Viewport, columns: int, smoothing: Smoothing, bounds_W1: np.ndarray
) -> tuple[np.ndarray | None, np.ndarray | None, bool]:
    """Return the smoothed line (x, y), if any, and whether it is complete. `bounds` are those of the columns."""
    if smoothing.kind == "average" and 0 < smoothing.amount < 1:
        average = curve.averaged(smoothing.amount)
        caught_up = average.advance()
        edges = view.x_edges(columns)
        middle = (edges[1:] + edges[:-1]) / 2
        filled = np.diff(bounds_W1) > 0
        return middle[filled], average.columns(bounds_W1).mean[filled], caught_up
    if smoothing.kind == "gaussian" and smoothing.amount > 0:
        beyond = int(np.ceil(3 * smoothing.amount))
        edges = view.x_edges(columns, beyond=beyond)
        found = curve.series.columns_between(curve.axis.to_key(edges), curve.axis.key)
        smoothed = gaussian(found, smoothing.amount)
        # Not beyond the first and the last point: there is nothing to smooth.
        known = np.flatnonzero(found.counts > 0)
        if len(known):
            smoothed[: known[0]] = np.nan
            smoothed[known[-1] + 1 :] = np.nan
        middle = (edges[1:] + edges[:-1]) / 2
        inside = slice(max(0, beyond - 1), beyond + columns + 1)
        return middle[inside], smoothed[inside], True
    return None, None, True
