"""Draws sampled curves. GUI thread only.

Pens are one pixel wide: wider ones cost forty times as much (9.3 ms instead of 0.2 ms for 1,500 points, measured). A
filled polygon over noise would take half a second; the band of extremes is therefore one line that goes up and down
once in each column of pixels, which covers just the same.
"""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from deepstudio.ui.plots.curve import Sampled
from deepstudio.ui.plots.style import PlotStyle, mix
from deepstudio.ui.plots.viewport import Viewport

_MARK = 4.0
BAND = 0.42
"""How strong the band of extremes is beside the line of means."""
BENEATH = 0.34
"""How strong the raw curve is beneath a smoothed one."""
_SHEER = 0.22
"""How strong the band of a group is: those of several groups usually lie over each other."""
DOTS_UNTIL = 60


def polygon(x_M: np.ndarray, y_M: np.ndarray) -> QPolygonF:
    """Return points in pixels as a polygon, copied in one go."""
    made = QPolygonF()
    made.resize(len(x_M))
    if len(x_M):
        pointer = shiboken6.VoidPtr(made.data(), len(x_M) * 16, True)  # type: ignore[call-arg, arg-type]
        memory = np.frombuffer(pointer, dtype=np.float64).reshape(-1, 2)  # type: ignore[call-overload]
        memory[:, 0] = x_M
        memory[:, 1] = y_M
    return made


def draw_band(
    painter: QPainter, sampled: Sampled, view: Viewport, colour: str, style: PlotStyle, strength: float
) -> None:
    """Draw the extremes of each column; nothing where single points are shown. Lowest of all: it hides what lies below.

    The raw curve under a smoothed one is all band: it need not stand out.
    """
    if sampled.low is not None:
        share = BENEATH if sampled.smooth is not None else BAND
        ink = style.soft(colour, strength * share)
        if sampled.sheer:
            ink = QColor(colour)
            ink.setAlphaF(strength * _SHEER)
        _draw_band(painter, sampled, view, ink)


def draw_raw(
    painter: QPainter, sampled: Sampled, view: Viewport, colour: str, style: PlotStyle, strength: float, ratio: float
) -> None:
    """Draw the points, or the means of columns over their band; paler if a smoothed line comes on top."""
    smoothed = sampled.smooth is not None
    if smoothed and sampled.low is not None:
        return
    line = style.soft(colour, strength * (BENEATH if smoothed else 1.0))
    x_M, y_M = view.px(sampled.x), view.py(sampled.line)
    draw_line(painter, x_M, y_M, line, ratio)
    if sampled.low is not None:
        return
    if len(x_M) <= DOTS_UNTIL and not smoothed:
        _draw_dots(painter, x_M, y_M, line)
    else:
        _draw_loners(painter, x_M, y_M, line)


def draw_smooth(
    painter: QPainter, sampled: Sampled, view: Viewport, colour: str, style: PlotStyle, strength: float, ratio: float
) -> None:
    """Draw the smoothed line, if there is one."""
    if sampled.smooth is not None and sampled.smooth_x is not None:
        over = style.soft(colour, strength)
        draw_line(painter, view.px(sampled.smooth_x), view.py(sampled.smooth), over, ratio)


def draw_line(painter: QPainter, x_M: np.ndarray, y_M: np.ndarray, colour: QColor, ratio: float = 1.0) -> None:
    """Draw a line through points in pixels, broken where y is NaN."""
    for first, end in stretches(y_M):
        draw_polyline(painter, polygon(x_M[first:end], y_M[first:end]), colour, ratio)


def draw_polyline(painter: QPainter, points: QPolygonF, colour: QColor, ratio: float = 1.0) -> None:
    """Draw a line with smooth edges through points in pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(_pen(colour, ratio))
    painter.drawPolyline(points)
    if ratio > 1.25:
        # On a fine screen a pen of one device pixel is too thin, and a wide one too slow: draw it again beside.
        for right, down in ((0.5, 0.0), (0.0, 0.5)):
            painter.translate(right, down)
            painter.drawPolyline(points)
            painter.translate(-right, -down)


def draw_bad_lines(painter: QPainter, sampled: Sampled, view: Viewport, style: PlotStyle) -> None:
    """Draw a line across the plot wherever there is a NaN or an infinity. Below the curves: it must hide no spike."""
    across = mix(style.color("danger"), style.color("surface"), 0.45)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(across, 0))
    for places in (sampled.nan_x, sampled.above_x, sampled.below_x):
        for x in _thinned(view.px(places)):
            painter.drawLine(QPointF(x, view.top), QPointF(x, view.bottom))


def draw_bad_marks(painter: QPainter, sampled: Sampled, view: Viewport, style: PlotStyle) -> None:
    """Mark NaN at the lower edge, +inf at the upper and -inf at the lower one, at every zoom. Over the curves."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("danger"))
    for places, top, up in (
        (sampled.nan_x, False, True),
        (sampled.above_x, True, True),
        (sampled.below_x, False, False),
    ):
        y, inward = (view.top, 1) if top else (view.bottom, -1)
        for x in _thinned(view.px(places)):
            painter.drawPolygon(_triangle(x, y, up=up, inward=inward))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def outside(sampled: Sampled, view: Viewport) -> tuple[np.ndarray, np.ndarray]:
    """Return the pixels (x) at which the curve has values above and below the view."""
    high = sampled.high if sampled.high is not None else sampled.line
    low = sampled.low if sampled.low is not None else sampled.line
    with np.errstate(invalid="ignore"):
        inside = (sampled.x >= view.x0) & (sampled.x <= view.x1)
        above, below = inside & (high > view.y1), inside & (low < view.y0)
    return view.px(sampled.x[above]), view.px(sampled.x[below])


def draw_outside(painter: QPainter, above: np.ndarray, below: np.ndarray, view: Viewport, colour: QColor) -> None:
    """Draw arrows at the edges where there is something above or below the view."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x in _thinned(above, apart=10):
        painter.drawPolygon(_triangle(x, view.top + 1, up=True, inward=1))
    for x in _thinned(below, apart=10):
        painter.drawPolygon(_triangle(x, view.bottom - 1, up=False, inward=-1))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def stretches(y_M: np.ndarray) -> list[tuple[int, int]]:
    """Return the ranges [first, end) of neighbours that are not NaN."""
    bad = np.isnan(y_M)
    if not bad.any():
        return [(0, len(y_M))] if len(y_M) else []
    edges = np.flatnonzero(np.diff(np.concatenate([[True], bad, [True]]).astype(np.int8)))
    return [(int(first), int(end)) for first, end in zip(edges[0::2], edges[1::2], strict=True)]


def _draw_band(painter: QPainter, sampled: Sampled, view: Viewport, colour: QColor) -> None:
    assert sampled.low is not None and sampled.high is not None
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour, 0))
    low, high = view.py(sampled.low), view.py(sampled.high)
    # Beyond the edges by a little only: the painter walks along every pixel of a line, seen or not.
    low, high = np.clip(low, view.top - 4, view.bottom + 4), np.clip(high, view.top - 4, view.bottom + 4)
    x_W = view.px(sampled.x)
    for first, end in stretches(low):
        _zigzag(painter, x_W[first:end], low[first:end], high[first:end])


def draw_columns(painter: QPainter, points: QPolygonF, colour: QColor) -> None:
    """Draw a line that goes up and down in columns of pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour, 0))
    painter.drawPolyline(points)


def _zigzag(painter: QPainter, x_C: np.ndarray, low_C: np.ndarray, high_C: np.ndarray) -> None:
    y_2C = np.empty((len(x_C), 2))
    y_2C[0::2, 0], y_2C[0::2, 1] = low_C[0::2], high_C[0::2]
    y_2C[1::2, 0], y_2C[1::2, 1] = high_C[1::2], low_C[1::2]
    painter.drawPolyline(polygon(np.repeat(x_C, 2), y_2C.ravel()))


def _draw_dots(painter: QPainter, x_M: np.ndarray, y_M: np.ndarray, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x, y in zip(x_M.tolist(), y_M.tolist(), strict=True):
        if y == y:
            painter.drawEllipse(QPointF(x, y), 2.2, 2.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_loners(painter: QPainter, x_M: np.ndarray, y_M: np.ndarray, colour: QColor) -> None:
    """Draw points between two NaN: a line needs two."""
    alone = [first for first, end in stretches(y_M) if end - first == 1]
    if alone:
        _draw_dots(painter, x_M[alone[:500]], y_M[alone[:500]], colour)


def _thinned(x_M: np.ndarray, apart: float = 2.0) -> list[float]:
    """Return positions in pixels without those that lie on top of one another."""
    if not len(x_M):
        return []
    _, first = np.unique(np.floor(x_M / apart), return_index=True)
    return x_M[first].tolist()


def _triangle(x: float, y: float, *, up: bool, inward: int) -> QPolygonF:
    base, tip = (y + inward * 2 * _MARK, y) if (inward > 0) == up else (y, y + inward * 2 * _MARK)
    return QPolygonF([QPointF(x - _MARK, base), QPointF(x + _MARK, base), QPointF(x, tip)])


def _pen(colour: QColor, ratio: float) -> QPen:
    return QPen(colour, 0 if ratio > 1.25 else 1)


def clip_rect(view: Viewport) -> QRectF:
    """Return the rectangle of the plot in pixels."""
    return QRectF(view.left, view.top, view.width, view.height)
