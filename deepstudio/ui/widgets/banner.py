"""A note across a pane: a drawing and a sentence on a quiet ground. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from deepstudio.ui.theme import Theme

_ICON_SIDE = 18


class Banner(QFrame):
    """Hidden while it has nothing to say. `level` is "warning", "danger" or "accent"."""

    def __init__(self, theme: Theme, level: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = level
        self._icon_name = icon
        self.setProperty("surface", level)
        self._icon = QLabel()
        self._icon.setFixedWidth(_ICON_SIDE)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show `text`, or hide where it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def _recolour(self) -> None:
        role = "accent_text" if self._level == "accent" else self._level
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, _ICON_SIDE, role, widget=self))
