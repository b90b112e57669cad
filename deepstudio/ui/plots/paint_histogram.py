"""Draws histograms over the steps of a run: what surrounds their heat, or all of them as ridges. GUI thread only.

Legend of shapes: B bins, C columns of the heat.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.histogram_grid import HistogramGrid
from deepstudio.ui.plots.paint_frame import draw_frame, placed
from deepstudio.ui.plots.paint_lines import polygon
from deepstudio.ui.plots.style import PlotStyle, colour_table, mix
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.plots.viewport import Viewport

_RIDGES = 18


def heat_view(grid: HistogramGrid, area: QRectF, style: PlotStyle) -> Viewport:
    """Return where the heat lies within `area`: steps to the right, values up."""
    first, last = float(grid.steps[0]), float(grid.steps[-1])
    last = last if last > first else first + 1
    return placed(Viewport(first, last, grid.low, grid.high), area, style, x_name=False, y_name=False)


def heat_levels(grid: HistogramGrid) -> np.ndarray:
    """Return how dense the values are, uint8[B, C] from the lowest bin up; columns are equal parts of the steps."""
    columns = min(400, max(len(grid.steps) * 2, 60))
    at = np.linspace(grid.steps[0], grid.steps[-1], columns)
    # A histogram holds until the next one.
    place = np.clip(np.searchsorted(grid.steps, at, side="right") - 1, 0, len(grid.steps) - 1)
    shares = np.sqrt(grid.density[place])  # the root shows the tails
    return np.ascontiguousarray((shares.T / max(float(shares.max()), 1e-12) * 255).astype(np.uint8))


def heat_image(grid: HistogramGrid, style: PlotStyle) -> QImage:
    """Return the heat as a picture, the lowest values at the bottom."""
    table = colour_table(style.color("surface"), style.color("accent"))
    pixels = np.ascontiguousarray(table[heat_levels(grid)[::-1]])
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


def draw_heat_frame(painter: QPainter, view: Viewport, area: QRectF, grid: HistogramGrid, style: PlotStyle) -> None:
    """Draw axes and grid over the heat, and mark the steps with values beyond the axis and with none at all."""
    draw_frame(painter, view, area, XAxis.STEP, style)
    painter.setPen(QPen(style.color("warning"), 2))
    for place in np.flatnonzero((grid.smallest < grid.low) | (grid.largest > grid.high)):
        x = view.pixel_x(float(grid.steps[place]))
        if grid.largest[place] > grid.high:
            painter.drawLine(QPointF(x, view.top), QPointF(x, view.top + 3))
        if grid.smallest[place] < grid.low:
            painter.drawLine(QPointF(x, view.bottom - 3), QPointF(x, view.bottom))
    painter.setPen(QPen(style.color("danger"), 2))
    for place in np.flatnonzero(grid.bad):
        x = view.pixel_x(float(grid.steps[place]))
        painter.drawLine(QPointF(x, view.top), QPointF(x, view.bottom))


def ridges_view(grid: HistogramGrid, area: QRectF, style: PlotStyle) -> Viewport:
    """Return where the ridges lie within `area`: values to the right, steps down."""
    below = style.metrics.height() + 14
    width, height = area.width() - 74, area.height() - below
    return Viewport(grid.low, grid.high, 0, 1, area.left() + 10, area.top() + 6, width, height)


def draw_ridges(painter: QPainter, view: Viewport, grid: HistogramGrid, style: PlotStyle) -> None:
    """Draw some of the histograms one behind the other, the newest in front."""
    count = len(grid.steps)
    chosen = np.unique(np.linspace(0, count - 1, min(count, _RIDGES)).round().astype(int))
    peak = max(float(grid.density.max()), 1e-12)
    tall = view.height * 0.45
    apart = (view.height - tall) / max(1, len(chosen) - 1) if len(chosen) > 1 else 0.0
    bins = grid.density.shape[1]
    x_B = view.left + (np.arange(bins) + 0.5) / bins * view.width
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.font)
    accent, ground = style.color("accent"), style.color("surface")
    for number_, place in enumerate(chosen):
        base = view.bottom - (view.height - tall) + number_ * apart
        y_B = base - grid.density[place] / peak * tall
        shape = polygon(np.concatenate([[x_B[0]], x_B, [x_B[-1]]]), np.concatenate([[base], y_B, [base]]))
        share = (number_ + 1) / len(chosen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(accent, ground, 0.12 + 0.3 * share)))
        painter.drawPolygon(shape)
        painter.setPen(QPen(mix(accent, ground, 0.4 + 0.6 * share), 1))
        painter.drawPolyline(polygon(x_B, y_B))
        if number_ in (0, len(chosen) // 2, len(chosen) - 1):
            painter.setPen(style.color("text_muted"))
            painter.drawText(QPointF(view.right + 6, base), f"{int(grid.steps[place]):,}")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(style.color("text_muted"))
    for value, flag in ((grid.low, Qt.AlignmentFlag.AlignLeft), (grid.high, Qt.AlignmentFlag.AlignRight)):
        box = QRectF(view.left, view.bottom + 3, view.width, style.metrics.height())
        painter.drawText(box, flag | Qt.AlignmentFlag.AlignVCenter, number(value))
