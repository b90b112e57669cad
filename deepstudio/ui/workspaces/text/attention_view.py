"""What the network looked at while it wrote: source words across, written words down. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_CELL = 26.0
_MOST_NAME = 120.0


class AttentionView(QWidget):
    """A matrix; hovering a row (or the arrow keys) emits `row_shown` with the weights of that written word."""

    row_shown = Signal(object)
    """float32 [source tokens], or None when no row is under the pointer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._weights: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._source: tuple[str, ...] = ()
        self._target: tuple[str, ...] = ()
        self._row = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Attention: what was looked at for each written word"))
        theme.changed.connect(self.update)

    def show_matrix(self, weights: NDArray[np.float32], source: Sequence[str], target: Sequence[str]) -> None:
        """Show weights float32 [target, source]."""
        self._weights, self._source, self._target = weights, tuple(source), tuple(target)
        self._row = -1
        self.updateGeometry()
        self.adjustSize()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all cells and the names around them."""
        left, top = self._margins()
        rows, columns = self._weights.shape
        return QSize(round(left + columns * _CELL + 2), round(top + rows * _CELL + 2))

    def minimumSizeHint(self) -> QSize:
        """Return the same: what does not fit is scrolled to."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = self._margins()
        rows, columns = self._weights.shape
        colour = self._theme.color("accent")
        for row in range(rows):
            for column in range(columns):
                cell = QColor(colour)
                cell.setAlphaF(float(np.clip(self._weights[row, column], 0, 1)))
                area = QRectF(left + column * _CELL, top + row * _CELL, _CELL - 2, _CELL - 2)
                painter.fillRect(area, self._theme.color("surface_sunken"))
                painter.fillRect(area, cell)
        if 0 <= self._row < rows:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left - 1, top + self._row * _CELL - 1, columns * _CELL, _CELL))
        self._paint_names(painter, left, top)

    def _paint_names(self, painter: QPainter, left: float, top: float) -> None:
        metrics = QFontMetricsF(self.font())
        painter.setPen(self._theme.color("text"))
        for row, word in enumerate(self._target):
            area = QRectF(0, top + row * _CELL, left - 8, _CELL - 2)
            shown = metrics.elidedText(word.strip(), Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        for column, word in enumerate(self._source):
            painter.save()
            painter.translate(left + column * _CELL + _CELL / 2, top - 6)
            painter.rotate(-55)
            shown = metrics.elidedText(word.strip(), Qt.TextElideMode.ElideRight, _MOST_NAME)
            painter.drawText(0, round(metrics.ascent() / 2), shown)
            painter.restore()

    def _margins(self) -> tuple[float, float]:
        metrics = QFontMetricsF(self.font())

        def longest(words: Sequence[str]) -> float:
            return min(_MOST_NAME, max((metrics.horizontalAdvance(word.strip()) for word in words), default=0.0))

        return longest(self._target) + 12, longest(self._source) * 0.85 + 16

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the row under the pointer."""
        row = int((event.position().y() - self._margins()[1]) // _CELL)
        self._choose(row if 0 <= row < len(self._weights) else -1)

    def leaveEvent(self, event: object) -> None:
        """Show no row."""
        self._choose(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rows by the arrow keys."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not len(self._weights):
            super().keyPressEvent(event)
            return
        self._choose(min(len(self._weights) - 1, max(0, self._row + step)))

    @Slot(int)
    def _choose(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self.row_shown.emit(self._weights[row] if row >= 0 else None)
            self.update()
