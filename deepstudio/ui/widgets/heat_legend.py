"""The colour scale of the heat maps, from little to much. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.heat import COLOURS

_STOPS = 16
_BAR = 8


class HeatLegend(QWidget):
    """A gradient between two words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low = self._high = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_words(self, low: str, high: str) -> None:
        """Name both ends."""
        self._low, self._high = low, high
        self.setAccessibleName(f"{low} – {high}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(160, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return room for the words and a short scale."""
        words = sum(self.fontMetrics().horizontalAdvance(word) for word in (self._low, self._high))
        return QSize(words + 56, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and the scale between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("text_muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | middle, self._low)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | middle, self._high)
        left = self.fontMetrics().horizontalAdvance(self._low) + 8
        right = self.fontMetrics().horizontalAdvance(self._high) + 8
        bar = QRectF(left, (self.height() - _BAR) / 2, self.width() - left - right, _BAR)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in range(_STOPS):
            place = stop / (_STOPS - 1)
            red, green, blue = (int(value) for value in COLOURS[round(place * 255)])
            gradient.setColorAt(place, QColor(red, green, blue))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
