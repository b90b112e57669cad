"""One word as large as the room allows. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_LARGEST, _SMALLEST = 6.0, 1.6
_SHARE = 0.94


class BigWord(QWidget):
    """Draws `text` in the colour of a role, smaller where it would not fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._role = "text"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """Return the word."""
        return self._text

    def show_word(self, text: str, role: str = "text") -> None:
        """Show `text` in the colour of `role`."""
        if (text, role) != (self._text, self._role):
            self._text, self._role = text, role
            self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for a word."""
        return QSize(280, 120)

    def minimumSizeHint(self) -> QSize:
        """Return the least."""
        return QSize(120, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word in the middle."""
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._fitting())
        painter.setPen(self._theme.color(self._role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)

    def _fitting(self) -> QFont:
        font = self._theme.font(_LARGEST, weight=QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        wide = self.width() * _SHARE / max(1.0, metrics.horizontalAdvance(self._text))
        high = self.height() / max(1.0, metrics.height())
        factor = max(_SMALLEST, min(1.0, wide, high) * _LARGEST)
        return self._theme.font(factor, weight=QFont.Weight.DemiBold)
