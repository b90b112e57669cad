"""What a pane says while it has nothing to show, and the line between two columns. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label

_ICON_SIDE = 32


class EmptyState(QWidget):
    """A drawing, a title and a sentence in the middle."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label("", "heading", wrap=True)
        self._text = label("", "muted", wrap=True)
        whole = column(self, margins=(24, 16, 24, 16))
        whole.addStretch(1)
        whole.addWidget(self._icon)
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(part)
        whole.addStretch(1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def set_words(self, title: str, text: str) -> None:
        """Say what will be here, and how to get it."""
        self._title.setText(title)
        self._text.setText(text)

    @Slot()
    def _recolour(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, _ICON_SIDE, "text_faint", widget=self))


class Divider(QWidget):
    """A thin upright line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), self._theme.color("border"))
