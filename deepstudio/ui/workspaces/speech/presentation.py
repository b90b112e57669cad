"""The text alone, large, for everybody in the room. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, icon_button, row
from deepstudio.ui.workspaces.speech.transcript import Line
from deepstudio.ui.workspaces.speech.transcript_view import TranscriptView

_FACTORS = (2.0, 2.6, 3.4, 4.4, 5.6)
_LINES = 12


class PresentationWindow(QWidget):
    """A window of its own that fills the screen. Escape closes it, + and - change the size of the letters."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Presentation"))
        self._size = 2
        self.text = TranscriptView(theme)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        smaller = icon_button(theme, "minus", self.tr("Smaller letters"))
        larger = icon_button(theme, "plus", self.tr("Larger letters"))
        close = icon_button(theme, "close", self.tr("Close"))
        smaller.clicked.connect(lambda: self._resize_letters(-1))
        larger.clicked.connect(lambda: self._resize_letters(1))
        close.clicked.connect(self.close)
        bar = row(gap=8)
        bar.addStretch(1)
        for made in (smaller, larger, close):
            bar.addWidget(made)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # the keys work at once, and no button looks pressed
        layout = column(self, margins=(48, 24, 48, 40), gap=16)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)
        self._resize_letters(0)

    def show_lines(self, lines: list[Line]) -> None:
        """Show the last lines."""
        self.text.show_lines(lines[-_LINES:])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of this window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._resize_letters(1)
        elif event.key() == Qt.Key.Key_Minus:
            self._resize_letters(-1)
        else:
            super().keyPressEvent(event)

    def _resize_letters(self, step: int) -> None:
        self._size = min(len(_FACTORS) - 1, max(0, self._size + step))
        self.text.set_factor(_FACTORS[self._size])
