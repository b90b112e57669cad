"""Draws what surrounds the curves: ground, grid, ticks, names of the axes, marks of events, legend. GUI thread only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.style import PlotStyle
from deepstudio.ui.plots.ticks import Ticks, clock_ticks, duration_ticks, linear_ticks, log_ticks
from deepstudio.ui.plots.viewport import Viewport

_GAP = 6.0
_STEP = 8.0
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class EventMark:
    """Something that happened: at `x` in units of the axis; `role` colours it, `text` is its sentence."""

    x: float
    text: str
    role: str = "text_muted"
    key: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend."""

    label: str
    colour: str
    value: str = ""


def x_ticks(view: Viewport, axis: XAxis, style: PlotStyle) -> Ticks:
    """Return the ticks of the x axis."""
    if axis == XAxis.RELATIVE and not view.log_x:
        return duration_ticks(view.x0, view.x1, int(view.width // 84))
    if axis == XAxis.WALL and not view.log_x:
        return clock_ticks(view.x0, view.x1, int(view.width // 84))
    kind = log_ticks if view.log_x else linear_ticks
    return kind(view.x0, view.x1, max(2, int(view.width // 76)))


def y_ticks(view: Viewport) -> Ticks:
    """Return the ticks of the y axis."""
    kind = log_ticks if view.log_y else linear_ticks
    return kind(view.y0, view.y1, max(2, int(view.height // 28)))


def placed(view: Viewport, area: QRectF, style: PlotStyle, *, x_name: bool, y_name: bool) -> Viewport:
    """Return `view` over the part of `area` that the ticks' words leave."""
    metrics = style.metrics
    line = metrics.height()
    rough = replace(view, top=area.top(), height=max(20.0, area.height() - line * 2))
    widest = max((metrics.horizontalAdvance(word) for word in y_ticks(rough).words), default=0.0)
    # In steps, and not back at once: a left edge that trembles with every word is restless, and costs.
    wide = math.ceil((widest + 2 * _GAP) / _STEP) * _STEP + (line + _GAP if y_name else 0)
    left = area.left() + wide
    if left < view.left <= left + 3 * _STEP:
        left = view.left
    top = area.top() + line / 2 + 2
    bottom = area.bottom() - line - _GAP - 2 - (line + 2 if x_name else 0)
    return replace(view, left=left, top=top, width=max(10.0, area.right() - 14 - left), height=max(10.0, bottom - top))


def draw_frame(
    painter: QPainter, view: Viewport, area: QRectF, axis: XAxis, style: PlotStyle, *, names: tuple[str, str] = ("", "")
) -> None:
    """Draw grid, ticks and the names of the axes (x, y) into `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(style.font)
    across, upward = x_ticks(view, axis, style), y_ticks(view)
    _draw_grid(painter, view, across, upward, style)
    metrics = style.metrics
    painter.setPen(style.color("text_muted"))
    _draw_x_words(painter, view, across, metrics)
    half = metrics.height() / 2
    for place, word in zip(upward.places, upward.words, strict=True):
        y = view.pixel_y(place)
        box = QRectF(area.left(), y - half, view.left - _GAP - area.left(), 2 * half)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
    x_name, y_name = names
    if x_name:
        box = QRectF(view.left, area.bottom() - metrics.height(), view.width, metrics.height())
        painter.drawText(box, _CENTRE, x_name)
    if y_name:
        painter.save()
        painter.translate(area.left() + metrics.height() / 2, view.top + view.height / 2)
        painter.rotate(-90)
        painter.drawText(QRectF(-view.height / 2, -half, view.height, 2 * half), _CENTRE, y_name)
        painter.restore()


def _draw_x_words(painter: QPainter, view: Viewport, ticks: Ticks, metrics: QFontMetricsF) -> None:
    before = view.left - 40
    for place, word in zip(ticks.places, ticks.words, strict=True):
        x, width = view.pixel_x(place), metrics.horizontalAdvance(word)
        left = min(x - width / 2, view.right + 13 - width)
        if left < before + 8:
            continue
        painter.drawText(QPointF(left, view.bottom + _GAP + metrics.ascent()), word)
        before = left + width


def _draw_grid(painter: QPainter, view: Viewport, across: Ticks, upward: Ticks, style: PlotStyle) -> None:
    faint = style.soft(style.roles.border, 0.55)
    for role, x_places, y_places in (
        (faint, across.minor, upward.minor),
        (style.color("border"), across.places, upward.places),
    ):
        painter.setPen(QPen(role, 0))
        for place in x_places:
            x = view.pixel_x(place)
            painter.drawLine(QPointF(x, view.top), QPointF(x, view.bottom))
        for place in y_places:
            y = view.pixel_y(place)
            painter.drawLine(QPointF(view.left, y), QPointF(view.right, y))
    painter.setPen(QPen(style.color("border_strong"), 0))
    painter.drawLine(QPointF(view.left, view.bottom), QPointF(view.right, view.bottom))


def draw_events(painter: QPainter, events: Sequence[EventMark], view: Viewport, style: PlotStyle) -> None:
    """Draw a dashed line with a flag for each event in the view."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for event in events:
        if not view.x0 <= event.x <= view.x1:
            continue
        x = view.pixel_x(event.x)
        colour = style.color(event.role)
        painter.setPen(QPen(colour, 0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, view.top), QPointF(x, view.bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon([QPointF(x, view.top), QPointF(x + 7, view.top + 3.5), QPointF(x, view.top + 7)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


def legend_rows(
    entries: Sequence[LegendEntry], width: float, style: PlotStyle
) -> list[list[tuple[LegendEntry, float]]]:
    """Return the entries in rows of at most `width` pixels, each with its left edge."""
    metrics = style.metrics
    rows: list[list[tuple[LegendEntry, float]]] = [[]]
    left = 0.0
    for entry in entries:
        needs = 22 + metrics.horizontalAdvance(_words(entry)) + 16
        if rows[-1] and left + needs > width:
            rows.append([])
            left = 0.0
        rows[-1].append((entry, left))
        left += needs
    return rows if rows[0] else []


def draw_legend(
    painter: QPainter, rows: Sequence[Sequence[tuple[LegendEntry, float]]], origin: QPointF, style: PlotStyle
) -> None:
    """Draw the rows of a legend from `origin` (top left) down."""
    metrics = style.metrics
    painter.setFont(style.font)
    for number, row in enumerate(rows):
        top = origin.y() + number * (metrics.height() + 4)
        for entry, left in row:
            x = origin.x() + left
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(QPen(QColor(entry.colour), 2))
            painter.drawLine(QPointF(x, top + metrics.height() / 2), QPointF(x + 14, top + metrics.height() / 2))
            painter.setPen(style.color("text"))
            painter.drawText(QPointF(x + 20, top + metrics.ascent()), _words(entry))


def _words(entry: LegendEntry) -> str:
    return f"{entry.label}  {entry.value}" if entry.value else entry.label
