"""The empty state of a place that takes things: a drawing, what to do, and the ways to do it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from deepstudio.ui.theme import Theme

_ICON_SIDE = 40
_AIR = 12
"""Pixels that the drawing needs besides its own height."""


class DropHint(QFrame):
    """A dashed frame with a title and a sentence; `add` puts widgets under them."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self.setProperty("surface", "dropzone")
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = _label("heading")
        self._text = _label("muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self._column.addWidget(self._icon)
        self._column.addWidget(self._title)
        self._column.addWidget(self._text)
        self._column.addStretch(1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def set_words(self, title: str, text: str) -> None:
        """Say what to do."""
        self._title.setText(title)
        self._text.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put `widget` under the words."""
        place = self._column.count() - 1
        self._column.insertSpacing(place, 4)
        self._column.insertWidget(place + 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the drawing away where there is only room for the words."""
        super().resizeEvent(event)
        words = self._column.minimumSize().height() - (0 if self._icon.isHidden() else _ICON_SIDE)
        self._icon.setVisible(self.height() >= words + _ICON_SIDE + _AIR)

    @Slot()
    def _recolour(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, _ICON_SIDE, "text_faint", widget=self))


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
