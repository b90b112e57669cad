"""One crosshair over all panels that look at the same axis, and the readout beside it. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from deepstudio.ui.plots.curve import Reading
from deepstudio.ui.plots.style import PlotStyle
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.plots.viewport import Viewport

_MOST = 10
_PAD = 8.0


class CrosshairLink(QObject):
    """Where the crosshair of several panels is: `x` in units of the axis, None if nowhere."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.x: float | None = None

    def move(self, x: float | None) -> None:
        """Put the crosshair at `x`."""
        if x != self.x:
            self.x = x
            self.moved.emit()


def readings_in_order(readings: Sequence[Reading], view: Viewport, y: float | None) -> list[Reading]:
    """Return the readings nearest to the mouse, from the top of the plot down; all if they are few."""
    kept = list(readings)
    if len(kept) > _MOST and y is not None:
        kept.sort(key=lambda reading: abs(_pixel(view, reading.value) - y))
    kept = kept[:_MOST]
    return sorted(kept, key=lambda reading: _pixel(view, reading.value))


def draw_crosshair(
    painter: QPainter,
    view: Viewport,
    x: float,
    readings: Sequence[Reading],
    style: PlotStyle,
    *,
    title: str,
    notes: Sequence[str] = (),
    more: str = "",
) -> None:
    """Draw the line, a dot on each curve, and the box with `title`, the values and `notes`."""
    at = view.pixel_x(x)
    if not view.left - 1 <= at <= view.right + 1:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(style.color("text_muted"), 0))
    painter.drawLine(QPointF(at, view.top), QPointF(at, view.bottom))
    for reading in readings:
        y = _pixel(view, reading.value)
        if view.top <= y <= view.bottom:
            painter.setPen(QPen(style.color("surface"), 1.5))
            painter.setBrush(QColor(reading.curve.colour))
            painter.drawEllipse(QPointF(view.pixel_x(reading.x), y), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw_box(painter, view, at, readings, style, title, [*notes, more] if more else list(notes))


def value_words(reading: Reading) -> str:
    """Return the value of a reading, and the smoothed one or the range of its group behind it."""
    if reading.low is not None and reading.high is not None:
        return f"{number(reading.value)}  ({number(reading.low)} … {number(reading.high)})"
    if reading.smooth is None:
        return number(reading.value)
    return f"{number(reading.value)}  ~{number(reading.smooth)}"


def _draw_box(
    painter: QPainter,
    view: Viewport,
    at: float,
    readings: Sequence[Reading],
    style: PlotStyle,
    title: str,
    notes: Sequence[str],
) -> None:
    metrics = QFontMetricsF(style.font)
    line = metrics.height() + 2
    labels = [reading.curve.label for reading in readings]
    values = [value_words(reading) for reading in readings]
    widest_value = max((metrics.horizontalAdvance(value) for value in values), default=0.0)
    room = max(60.0, view.width - 2 * _PAD - widest_value - 40)
    labels = [metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, room) for label in labels]
    widest_label = max((metrics.horizontalAdvance(label) for label in labels), default=0.0)
    notes = [
        metrics.elidedText(note, Qt.TextElideMode.ElideRight, min(300.0, max(80.0, view.width * 0.6))) for note in notes
    ]
    inner = max(
        widest_label + widest_value + 28,
        metrics.horizontalAdvance(title),
        *(metrics.horizontalAdvance(note) for note in notes),
    )
    size = (inner + 2 * _PAD, line * (1 + len(readings) + len(notes)) + 2 * _PAD - 4)
    left = at + 12 if at + 12 + size[0] <= view.right + 10 else at - 12 - size[0]
    left = max(2.0, left)
    box = QRectF(left, view.top + 4, *size)
    ground = style.color("surface_raised")
    ground.setAlphaF(0.94)
    painter.setPen(QPen(style.color("border_strong"), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(style.font)
    y = box.top() + _PAD - 2 + metrics.ascent()
    painter.setPen(style.color("text_muted"))
    painter.drawText(QPointF(box.left() + _PAD, y), title)
    for reading, label, value in zip(readings, labels, values, strict=True):
        y += line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(reading.curve.colour))
        painter.drawEllipse(QPointF(box.left() + _PAD + 4, y - metrics.ascent() / 2 + 1), 4, 4)
        bad = reading.value != reading.value or value.endswith("∞")
        painter.setPen(style.color("danger" if bad else "text"))
        painter.drawText(QPointF(box.left() + _PAD + 14, y), label)
        painter.drawText(QPointF(box.right() - _PAD - metrics.horizontalAdvance(value), y), value)
    painter.setPen(style.color("text_muted"))
    for note in notes:
        y += line
        painter.drawText(QPointF(box.left() + _PAD, y), note)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _pixel(view: Viewport, value: float) -> float:
    found = view.pixel_y(value)
    return found if found == found else view.bottom
