"""Draws only what came since the last painting, where the view stays as it is. GUI thread only.

While a training runs, a panel gets a few points twenty times a second. Looking at the whole curve each time costs a
millisecond or two; the new end of it costs a tenth of that. Whatever does not fit into the view as it is (a value
beyond the axis, a NaN, another mode of drawing) is left to a whole painting, and so is every few seconds anyway.

Legend of shapes: K new points, C columns that hold them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from deepstudio.ui.plots.curve import Curve, Sampled
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.paint_lines import BAND, BENEATH, clip_rect, draw_line, draw_zigzag
from deepstudio.ui.plots.style import PlotStyle

_MARGIN = 4.0


@dataclass(slots=True)
class _End:
    """Where a curve ended when it was drawn last."""

    curve: Curve
    sampled: Sampled
    generation: int
    count: int
    visible: int
    column: int
    """The column that holds the last point; the mean of those before it is drawn."""
    mean: tuple[float, float] | None
    smooth: tuple[float, float] | None


class Extender:
    """Knows how far each curve of a figure is drawn."""

    def __init__(self) -> None:
        self._ends: list[_End] = []
        self._edges: np.ndarray = np.empty(0)

    def forget(self) -> None:
        """Nothing is drawn any more."""
        self._ends = []

    def note(self, figure: Figure, ratio: float) -> None:
        """The whole figure has just been painted."""
        self._ends = []
        view = figure.view
        if figure.smoothing.kind == "gaussian" or not figure.caught_up() or not figure.samples:
            return
        if not all(curve.extends for curve, _ in figure.samples):
            return
        self._edges = view.x_edges(max(2, round(view.width * ratio)))
        for curve, sampled in figure.samples:
            points = curve.series.view(curve.axis.key)
            if not len(sampled.x):
                self._ends = []
                return
            mean = _pixel(figure, sampled.x, sampled.line)
            smooth = None
            if sampled.smooth is not None and sampled.smooth_x is not None:
                smooth = _pixel(figure, sampled.smooth_x, sampled.smooth)
            last = float(sampled.x[-1]) if sampled.low is None else float(curve.x_span()[1])  # type: ignore[index]
            column = self._column(last)
            end = _End(curve, sampled, points.generation, len(points), sampled.visible, column, mean, smooth)
            self._ends.append(end)

    def extend(self, figure: Figure, painter: QPainter, style: PlotStyle, *, ratio: float) -> QRectF | None:
        """Draw what is new and return where, or None if all must be painted."""
        if not self._ends or [end.curve for end in self._ends] != figure.shown():
            return None
        new = []
        for end in self._ends:
            found = self._new_points(figure, end, ratio)
            if found is None:
                return None
            new.append(found)
        painter.setClipRect(clip_rect(figure.view))
        dirty = QRectF()
        for end, (x_K, y_K) in zip(self._ends, new, strict=True):
            if len(x_K) > 1:
                left = self._draw(figure, painter, style, end, x_K, y_K, ratio) - _MARGIN
                right = float(figure.view.pixel_x(float(x_K[-1]))) + _MARGIN
                dirty |= QRectF(left, figure.view.top, max(1.0, right - left), figure.view.height)
        return dirty

    def _column(self, x: float) -> int:
        return int(np.clip(np.searchsorted(self._edges, x, side="right") - 1, 0, len(self._edges) - 2))

    def _new_points(self, figure: Figure, end: _End, ratio: float) -> tuple[np.ndarray, np.ndarray] | None:
        """Return the last drawn point and the new ones, None if they do not fit into the view."""
        curve, view = end.curve, figure.view
        points = curve.series.view(curve.axis.key)
        count = len(points)
        if points.generation != end.generation or count < end.count:
            return None
        if count == end.count:
            return np.empty(0), np.empty(0)
        x_K = curve.axis.from_key(points.keys(end.count - 1, count))
        y_K = points.values[end.count - 1 : count].astype(np.float64)
        inside = view.x0 <= x_K[0] and (x_K[-1] <= view.x1 or (figure.x_range is not None and not figure.follows))
        low, high = y_K.min(), y_K.max()  # NaN if one of them is
        if not inside or not (view.y0 <= low and high <= view.y1):
            return None
        dense = end.sampled.low is not None
        if not dense and end.visible + len(x_K) > 2 * len(self._edges):
            return None
        if figure.smoothing.kind == "average" and not curve.averaged(figure.smoothing.amount).advance():
            return None
        return x_K, y_K

    def _draw(
        self,
        figure: Figure,
        painter: QPainter,
        style: PlotStyle,
        end: _End,
        x_K: np.ndarray,
        y_K: np.ndarray,
        ratio: float,
    ) -> float:
        """Draw the new end of one curve; return how far to the left it reaches."""
        view, curve, strength = figure.view, end.curve, figure.strength(end.curve)
        smoothed = figure.smoothing.kind == "average"
        px_K, py_K = view.px(x_K), view.py(y_K)
        left = float(px_K[0])
        first, end.count = end.count - 1, end.count + len(x_K) - 1
        end.visible += len(x_K) - 1
        if end.sampled.low is None:
            draw_line(painter, px_K, py_K, style.soft(curve.colour, strength * (BENEATH if smoothed else 1.0)), ratio)
            if smoothed:
                smooth_K = curve.averaged(figure.smoothing.amount).values[first : end.count]
                draw_line(painter, px_K, view.py(smooth_K), style.soft(curve.colour, strength), ratio)
            return left
        _draw_columns(painter, px_K, py_K, ratio, view.left, style, curve.colour, strength, smoothed)
        column = self._column(float(x_K[-1]))
        if column > end.column:
            reached = self._draw_means(figure, painter, style, end, column, ratio, strength)
            end.column, left = column, min(left, reached)
        return left

    def _draw_means(
        self, figure: Figure, painter: QPainter, style: PlotStyle, end: _End, column: int, ratio: float, strength: float
    ) -> float:
        """Draw the means (or the smoothed line) of the columns that are complete now."""
        curve, view = end.curve, figure.view
        edges = self._edges[end.column : column + 1]
        found = curve.series.columns_between(curve.axis.to_key(edges), curve.axis.key)
        middle = (edges[1:] + edges[:-1]) / 2
        filled = found.counts > 0
        smoothed = figure.smoothing.kind == "average"
        values = found.mean
        if smoothed:
            values = curve.averaged(figure.smoothing.amount).columns(found.bounds).mean
        x_C, y_C = view.px(middle[filled]), view.py(values[filled])
        before = end.smooth if smoothed else end.mean
        if before is not None and before[0] < (x_C[0] if len(x_C) else np.inf):
            x_C, y_C = np.append(before[0], x_C), np.append(before[1], y_C)
        if len(x_C):
            draw_line(painter, x_C, y_C, style.soft(curve.colour, strength), ratio)
            last = (float(x_C[-1]), float(y_C[-1]))
            if smoothed:
                end.smooth = last
            else:
                end.mean = last
        return float(x_C[0]) if len(x_C) else view.right


def _draw_columns(
    painter: QPainter,
    px_K: np.ndarray,
    py_K: np.ndarray,
    ratio: float,
    origin: float,
    style: PlotStyle,
    colour: str,
    strength: float,
    smoothed: bool,
) -> None:
    """Draw the extremes of new points column by column, joined to the point before them."""
    column_K = np.floor((px_K - origin) * ratio).astype(np.int64)
    starts = np.flatnonzero(np.concatenate([[True], column_K[1:] != column_K[:-1]]))
    low_C, high_C = np.maximum.reduceat(py_K, starts), np.minimum.reduceat(py_K, starts)
    x_C = origin + (column_K[starts] + 0.5) / ratio
    draw_zigzag(painter, x_C, low_C, high_C, style.soft(colour, strength * (BENEATH if smoothed else BAND)))


def _pixel(figure: Figure, x: np.ndarray, y: np.ndarray) -> tuple[float, float] | None:
    """Return the last point but one in pixels: the last may still change."""
    if len(x) < 2 or np.isnan(y[-2]):
        return None
    return figure.view.pixel_x(float(x[-2])), figure.view.pixel_y(float(y[-2]))
