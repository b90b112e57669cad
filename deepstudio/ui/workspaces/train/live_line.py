"""A line of words that changes many times a second: painted anew, with nothing around it laid out. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme


class LiveLine(QWidget):
    """Takes the width that is left; what does not fit is cut at the end.

    With the colour role of the `ground` that it lies on, nothing of what lies behind is painted with it.
    """

    def __init__(
        self, theme: Theme, role: str = "text_muted", parent: QWidget | None = None, *, ground: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._ground = theme, role, ground
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def text(self) -> str:
        """Return the words."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Return one line of text."""
        return QSize(200, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        if self._ground:
            painter.fillRect(self.rect(), self._theme.color(self._ground))
        painter.setPen(self._theme.color(self._role))
        words = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        painter.end()

    @Slot()
    def _on_theme(self) -> None:
        self.update()
