"""Finds what came since the last painting, as strokes to add where the view stays as it is. GUI thread only.

While a training runs, a panel gets a few points fifteen times a second. Looking at the whole curve each time costs a
millisecond or two; the new end of it costs a twentieth of that, and nothing at all where it lies within what its column
of pixels shows already. Whatever does not fit into the view as it is (a value beyond the axis, a NaN, another mode of
drawing) is left to a whole painting, and so is every few seconds anyway. A few points are counted in plain Python: the
fixed cost of numpy's calls would be most of it.

Legend of shapes: K points, the last one that is drawn and the new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPolygonF

from deepstudio.ui.plots.curve import Curve
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.paint_lines import BAND, BENEATH, DOTS_UNTIL, polygon
from deepstudio.ui.plots.style import PlotStyle
from deepstudio.ui.plots.viewport import Viewport

_FEW = 32
Pixel = tuple[float, float]


class Stroke(NamedTuple):
    """A line to draw, in pixels; `fine` with smooth edges, else as columns of pixels."""

    points: QPolygonF
    colour: QColor
    fine: bool


class _Group(NamedTuple):
    """New points in one column of pixels: extremes of the values, and sum and number of those that the line shows."""

    column: int
    low: float
    high: float
    total: float
    number: int


@dataclass(slots=True)
class _End:
    """Where a curve ended when it was drawn last. `line` is where the line of means or the smoothed one ends."""

    curve: Curve
    generation: int
    count: int
    visible: int
    dense: bool
    inks: tuple[QColor, QColor]
    """Of the line on top, and of what lies beneath it."""
    line: Pixel | None
    column: int = 0
    """The column that holds the last point; the mean of those before it is drawn."""
    last: float = 0.0
    """How far down the band ends."""
    top: float = np.inf
    bottom: float = -np.inf
    """What the band reaches in that column."""
    total: float = 0.0
    number: int = 0


class Extender:
    """Knows how far each curve of a figure is drawn."""

    def __init__(self) -> None:
        self._ends: list[_End] = []
        self._columns = 1

    def note(self, figure: Figure, style: PlotStyle, ratio: float) -> None:
        """The whole figure has just been painted."""
        self._ends = []
        if figure.smoothing.kind == "gaussian" or not figure.caught_up() or not figure.samples:
            return
        if not all(curve.extends and len(sampled.x) for curve, sampled in figure.samples):
            return
        self._columns = max(2, round(figure.view.width * ratio))
        self._ends = [self._end(figure, place, style) for place in range(len(figure.samples))]

    def extend(self, figure: Figure) -> list[Stroke] | None:
        """Return the strokes that are missing, bands first, or None if all must be painted."""
        if not self._ends or [end.curve for end in self._ends] != figure.shown():
            return None
        bands: list[Stroke] = []
        lines: list[Stroke] = []
        for end in self._ends:
            points = end.curve.series.view(end.curve.axis.key)
            if points.generation != end.generation or len(points) < end.count:
                return None
            if len(points) > end.count and not self._advance(figure, end, bands, lines):
                return None
        return bands + lines

    def _end(self, figure: Figure, place: int, style: PlotStyle) -> _End:
        (curve, sampled), view = figure.samples[place], figure.view
        points = curve.series.view(curve.axis.key)
        strength, smoothed = figure.strength(curve), figure.smoothing.kind == "average"
        dense = sampled.low is not None
        beneath = strength * (BENEATH if smoothed else BAND)
        end = _End(
            curve=curve,
            generation=points.generation,
            count=len(points),
            visible=sampled.visible,
            dense=dense,
            inks=(style.soft(curve.colour, strength), style.soft(curve.colour, beneath)),
            line=None,
        )
        if dense:
            self._note_column(figure, end)
            if smoothed and sampled.smooth_x is not None:
                end.line = _pixel(view, sampled.smooth_x, sampled.smooth)
            else:
                end.line = _pixel(view, sampled.x, sampled.line)
        return end

    def _note_column(self, figure: Figure, end: _End) -> None:
        """Take down what the last column of a band holds so far."""
        curve, view = end.curve, figure.view
        points = curve.series.view(curve.axis.key)
        x = float(curve.axis.from_key(points.keys(end.count - 1, end.count))[0])
        end.column = min(self._column(view, x), self._columns - 1) if x <= view.x1 else self._column(view, x)
        end.last = min(max(view.pixel_y(float(points.values[end.count - 1])), view.top), view.bottom)
        if not view.x0 <= x <= view.x1:
            return
        edges = view.x_edges(self._columns)[end.column : end.column + 2]
        found = curve.series.columns_between(curve.axis.to_key(edges), curve.axis.key)
        mean, number = found.mean[0], int(found.counts[0] - found.nans[0] - found.above[0] - found.below[0])
        if figure.smoothing.kind == "average":
            mean = curve.averaged(figure.smoothing.amount).columns(found.bounds).mean[0]
        if number and mean == mean:
            end.total, end.number = float(mean) * number, number
            end.top, end.bottom = view.pixel_y(float(found.maximum[0])), view.pixel_y(float(found.minimum[0]))

    def _column(self, view: Viewport, x: float) -> int:
        return int((view.pixel_x(x) - view.left) / view.width * self._columns)

    def _advance(self, figure: Figure, end: _End, bands: list[Stroke], lines: list[Stroke]) -> bool:
        """Add the strokes for the new points of a curve; return False if they do not fit into the view."""
        curve, view = end.curve, figure.view
        points = curve.series.view(curve.axis.key)
        count = len(points)
        x_K = curve.axis.from_key(points.keys(end.count - 1, count))
        y_K = points.values[end.count - 1 : count]
        free = figure.x_range is not None and not figure.follows
        if not view.x0 <= x_K[0] or not (free or x_K[-1] <= view.x1):
            return False
        if not (view.y0 <= y_K.min() and y_K.max() <= view.y1):  # NaN if one of them is
            return False
        if not end.dense and end.visible + len(x_K) > 2 * self._columns:
            return False
        shown_K = y_K
        smoothed = figure.smoothing.kind == "average"
        if end.visible <= DOTS_UNTIL and not smoothed:  # so few points are drawn as dots, too, and then no longer
            return False
        if smoothed:
            average = curve.averaged(figure.smoothing.amount)
            if not average.advance():
                return False
            shown_K = average.values[end.count - 1 : count]
        end.visible, end.count = end.visible + len(x_K) - 1, count
        if end.dense:
            self._add_columns(view, end, self._groups(view, x_K[1:], y_K[1:], shown_K[1:]), bands, lines)
            return True
        if smoothed:
            lines.append(Stroke(_polygon(view, x_K, y_K), end.inks[1], True))
        lines.append(Stroke(_polygon(view, x_K, shown_K), end.inks[0], True))
        return True

    def _groups(self, view: Viewport, x_K: np.ndarray, y_K: np.ndarray, shown_K: np.ndarray) -> Iterable[_Group]:
        """Return the points by columns of pixels."""
        if len(x_K) <= _FEW:
            columns = [self._column(view, x) for x in x_K.tolist()]
            return _grouped(columns, y_K.tolist(), shown_K.tolist())
        column_K = ((view.px(x_K) - view.left) / view.width * self._columns).astype(np.int64)
        starts = np.flatnonzero(np.concatenate([[True], column_K[1:] != column_K[:-1]]))
        return map(
            _Group,
            column_K[starts].tolist(),
            np.minimum.reduceat(y_K, starts).tolist(),
            np.maximum.reduceat(y_K, starts).tolist(),
            np.add.reduceat(shown_K.astype(np.float64), starts).tolist(),
            np.diff(starts, append=len(x_K)).tolist(),
        )

    def _add_columns(
        self, view: Viewport, end: _End, groups: Iterable[_Group], bands: list[Stroke], lines: list[Stroke]
    ) -> None:
        """Add the band of the new columns, and the line of the means of those that are complete now."""
        wide, left = view.width / self._columns, view.left + 0.5 * view.width / self._columns
        band = [QPointF(left + end.column * wide, end.last)]
        line = [QPointF(*end.line)] if end.line is not None else []
        for group in groups:
            top, bottom = view.pixel_y(group.high), view.pixel_y(group.low)
            x = left + group.column * wide
            if group.column != end.column:
                if end.number:
                    end.line = left + end.column * wide, view.pixel_y(end.total / end.number)
                    line.append(QPointF(*end.line))
                end.column, end.top, end.bottom, end.total, end.number = group.column, np.inf, -np.inf, 0.0, 0
            end.total, end.number = end.total + group.total, end.number + group.number
            if top < end.top or bottom > end.bottom:
                band += [QPointF(x, bottom), QPointF(x, top)]
                end.last = top
                end.top, end.bottom = min(end.top, top), max(end.bottom, bottom)
        if len(band) > 1:
            bands.append(Stroke(QPolygonF(band), end.inks[1], False))
        if len(line) > 1:
            lines.append(Stroke(QPolygonF(line), end.inks[0], True))


def _grouped(columns: Sequence[int], values: Sequence[float], shown: Sequence[float]) -> Iterator[_Group]:
    group: _Group | None = None
    for column, value, line in zip(columns, values, shown, strict=True):
        if group is None or column != group.column:
            if group is not None:
                yield group
            group = _Group(column, value, value, line, 1)
        else:
            group = _Group(column, min(group.low, value), max(group.high, value), group.total + line, group.number + 1)
    if group is not None:
        yield group


def _polygon(view: Viewport, x_K: np.ndarray, y_K: np.ndarray) -> QPolygonF:
    if len(x_K) > _FEW:
        return polygon(view.px(x_K), view.py(y_K))
    return QPolygonF(
        [QPointF(view.pixel_x(x), view.pixel_y(y)) for x, y in zip(x_K.tolist(), y_K.tolist(), strict=True)]
    )


def _pixel(view: Viewport, x: np.ndarray, y: np.ndarray | None) -> Pixel | None:
    """Return the last point but one in pixels: the last may still change."""
    if y is None or len(x) < 2 or np.isnan(y[-2]):
        return None
    return view.pixel_x(float(x[-2])), view.pixel_y(float(y[-2]))
