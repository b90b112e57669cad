"""Draws the axes of parallel coordinates, with their brushes, and the dots of the chosen run. GUI thread only.

Legend of shapes: A axes.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from deepstudio.ui.plots.parallel_axes import ParallelAxis
from deepstudio.ui.plots.style import PlotStyle

_TICK_EVERY = 36


def draw_axis(
    painter: QPainter,
    axis: ParallelAxis,
    place: tuple[float, float, float],
    style: PlotStyle,
    *,
    apart: float,
    leftwards: bool,
    brush: tuple[float, float] | None,
    focused: bool,
) -> None:
    """Draw an axis at `place` (x, top, bottom), `apart` pixels from the next; its words lie to the right or left."""
    x, top, bottom = place
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    metrics, room = style.metrics, apart - 12
    painter.setFont(style.strong)
    painter.setPen(style.color("accent_text" if focused else "text"))
    name = painter.fontMetrics().elidedText(axis.name, Qt.TextElideMode.ElideMiddle, round(room))
    painter.drawText(QRectF(x - room / 2, 4, room, 22), Qt.AlignmentFlag.AlignCenter, name)
    painter.setPen(QPen(style.color("accent" if focused else "border_strong"), 2 if focused else 1))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setFont(style.font)
    ground = style.color("surface")
    ground.setAlphaF(0.82)
    for share, word in axis.ticks(max(2, int((bottom - top) // _TICK_EVERY))):
        y = bottom - share * (bottom - top)
        painter.setPen(style.color("border_strong"))
        painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y))
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, max(24.0, apart * 0.45))
        box = QRectF(x + 6, y - metrics.height() / 2, metrics.horizontalAdvance(shown) + 4, metrics.height())
        if leftwards:
            box.moveRight(x - 5)
        painter.fillRect(box, ground)
        painter.setPen(style.color("text_muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    if brush is not None:
        _draw_brush(painter, x, bottom - brush[1] * (bottom - top), bottom - brush[0] * (bottom - top), style)


def _draw_brush(painter: QPainter, x: float, top: float, bottom: float, style: PlotStyle) -> None:
    fill = style.color("accent")
    fill.setAlphaF(0.25)
    painter.setBrush(fill)
    painter.setPen(QPen(style.color("accent"), 1))
    painter.drawRoundedRect(QRectF(x - 7, top, 14, max(2.0, bottom - top)), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_dots(painter: QPainter, x_A: np.ndarray, y_A: np.ndarray, style: PlotStyle) -> None:
    """Draw a dot where the chosen run crosses each axis."""
    painter.setBrush(style.color("text"))
    painter.setPen(QPen(style.color("surface"), 1.5))
    for x, y in zip(x_A.tolist(), y_A.tolist(), strict=True):
        if y == y:
            painter.drawEllipse(QPointF(x, y), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
