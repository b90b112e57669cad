"""A small curve that grows while something is learnt. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.store.series import Series
from deepstudio.ui.theme import Theme

_MARGIN = 6


class MiniCurve(QWidget):
    """The loss, step by step; every peak is drawn, whatever the width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._series = Series("loss")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Loss while it learns"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(260, 72)

    def minimumSizeHint(self) -> QSize:
        """Return the least."""
        return QSize(90, 56)

    def clear(self) -> None:
        """Show nothing."""
        self._series.clear()
        self.update()

    def add(self, steps: np.ndarray, losses: np.ndarray) -> None:
        """Append points: steps_N and losses_N."""
        self._series.append(steps, np.zeros(len(steps)), losses)
        if len(self._series):
            self.setAccessibleDescription(self.tr("Loss {value}").format(value=f"{self._series.values[-1]:.3f}"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve and its last value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        values = np.asarray(self._series.values)
        finite = values[np.isfinite(values)]
        if len(finite) < 2:
            return
        area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        painter.drawPolyline(self._line(area, float(finite.min()), float(finite.max())))
        painter.setPen(self._theme.color("text_muted"))
        told = self.tr("Loss {value}").format(value=f"{finite[-1]:.2f}")
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, told)

    def _line(self, area: QRectF, low: float, high: float) -> QPolygonF:
        steps, values = np.asarray(self._series.steps), np.asarray(self._series.values)
        columns = max(1, int(area.width()))
        parts = np.array_split(np.arange(len(values)), min(columns, len(values)))
        span, first = max(1e-9, high - low), float(steps[0])
        width = max(1.0, float(steps[-1]) - first)
        points = []
        for part in parts:
            for value in sorted({float(values[part].max()), float(values[part].min())}, reverse=True):
                if np.isfinite(value):
                    x = area.left() + area.width() * (float(steps[part[0]]) - first) / width
                    points.append(QPointF(x, area.bottom() - area.height() * (value - low) / span))
        return QPolygonF(points)
