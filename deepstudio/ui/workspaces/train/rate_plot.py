"""The loss over the learning rate (logarithmic), with the chosen rate as a line. GUI thread."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.train.words import number

_LEFT, _BOTTOM, _TOP, _RIGHT = 52, 40, 12, 14
_KEY_STEP = 0.05


class RatePlot(QWidget):
    """Two curves: every measured loss, and the smoothed one. A click or the arrow keys choose a rate."""

    picked = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rates = np.zeros(0)
        self._losses = np.zeros(0)
        self._smoothed = np.zeros(0)
        self._mark: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Loss over the learning rate"))
        theme.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        """Return a size that shows the curve well."""
        return QSize(560, 300)

    def add(self, rates: np.ndarray, losses: np.ndarray) -> None:
        """Append points as they are measured."""
        self._rates = np.concatenate([self._rates, rates])
        self._losses = np.concatenate([self._losses, losses])
        self.update()

    def show_finding(self, rates: np.ndarray, losses: np.ndarray, smoothed: np.ndarray, suggestion: float) -> None:
        """Show the whole measurement."""
        self._rates, self._losses, self._smoothed = rates, losses, smoothed
        self.mark(suggestion)

    def mark(self, rate: float) -> None:
        """Show which rate is chosen."""
        self._mark = rate
        self.setAccessibleDescription(self.tr("Chosen rate {rate}").format(rate=f"{rate:.2g}"))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the rate under the pointer."""
        area = self._area()
        if len(self._smoothed) and area.contains(event.position()):
            low, high = self._decades()
            share = (event.position().x() - area.left()) / area.width()
            self.picked.emit(10 ** (low + share * (high - low)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrow keys."""
        step = {Qt.Key.Key_Left: -_KEY_STEP, Qt.Key.Key_Right: _KEY_STEP}.get(Qt.Key(event.key()))
        if step is None or self._mark is None:
            super().keyPressEvent(event)
            return
        self.picked.emit(10 ** (math.log10(self._mark) + step))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curves and the chosen rate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        finite = np.isfinite(self._losses) & (self._rates > 0)
        if finite.sum() < 2:
            painter.end()
            return
        bottom, top = self._range(finite)
        self._paint_axes(painter, area, bottom, top)
        painter.setClipRect(area)
        raw = self._polygon(area, self._rates[finite], self._losses[finite], bottom, top)
        painter.setPen(QPen(self._theme.color("text_faint"), 1))
        painter.drawPolyline(raw)
        if len(self._smoothed):
            smooth = self._polygon(area, self._rates, self._smoothed, bottom, top)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawPolyline(smooth)
        if self._mark is not None:
            x = self._x(area, self._mark)
            painter.setPen(QPen(self._theme.color("success"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.end()

    def _paint_axes(self, painter: QPainter, area: QRectF, bottom: float, top: float) -> None:
        low, high = self._decades()
        metrics = painter.fontMetrics()
        for decade in range(math.ceil(low), math.floor(high) + 1):
            x = self._x(area, 10.0**decade)
            painter.setPen(self._theme.color("border"))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(self._theme.color("text_muted"))
            words = f"{10.0**decade:g}"
            painter.drawText(QPointF(x - metrics.horizontalAdvance(words) / 2, area.bottom() + 19), words)
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(self._theme.color("border"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self._theme.color("text_muted"))
            place = QRectF(0, y - 9, area.left() - 8, 18)
            aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, aligned, number(bottom + share * (top - bottom)))
        title = self.tr("Learning rate")
        painter.drawText(QPointF(area.center().x() - metrics.horizontalAdvance(title) / 2, self.height() - 6.0), title)

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _decades(self) -> tuple[float, float]:
        rates = self._rates[self._rates > 0]
        low, high = math.log10(float(rates.min())), math.log10(float(rates.max()))
        return low, max(high, low + 0.1)

    def _range(self, finite: np.ndarray) -> tuple[float, float]:
        """Return the losses at the ends of the axis: what shot up at the end must not hide the valley."""
        losses = self._losses[finite]
        bottom = float(losses.min())
        top = min(float(losses.max()), max(float(losses[: max(2, len(losses) // 4)].max()) * 1.5, bottom + 1e-6))
        return bottom, max(top, bottom + 1e-6)

    def _x(self, area: QRectF, rate: float) -> float:
        low, high = self._decades()
        return area.left() + (math.log10(rate) - low) / (high - low) * area.width()

    def _polygon(self, area: QRectF, rates: np.ndarray, losses: np.ndarray, bottom: float, top: float) -> QPolygonF:
        points = []
        for rate, loss in zip(rates, losses, strict=True):
            if math.isfinite(loss) and rate > 0:
                y = area.bottom() - (loss - bottom) / (top - bottom) * area.height()
                points.append(QPointF(self._x(area, float(rate)), max(area.top() - 50, y)))
        return QPolygonF(points)

    @Slot()
    def _on_theme(self) -> None:
        self.update()
