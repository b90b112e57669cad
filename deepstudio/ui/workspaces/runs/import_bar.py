"""Says that event files are being read, how far, and lets a person stop it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, icon_button, label, row

_SOON_MS = 300
"""What takes less is not worth a bar."""


class ImportBar(QWidget):
    """Hidden while nothing is read, or only for a moment."""

    stop_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, margins=(16, 0, 12, 4), gap=4)
        line = row(gap=8)
        self.words = label("", "faint")
        self.stop = icon_button(theme, "stop", self.tr("Stop reading"), size=14)
        self.stop.clicked.connect(self.stop_asked)
        line.addWidget(self.words, 1)
        line.addWidget(self.stop)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Event files read"))
        layout.addLayout(line)
        layout.addWidget(self.progress)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.show)
        self.hide()

    @Slot(str)
    def begin(self, name: str) -> None:
        """Reading of a folder has begun."""
        self.words.setText(self.tr("Reading {name}…").format(name=name))
        self.progress.setRange(0, 0)
        self._soon.start()

    @Slot(int, int)
    def advance(self, done: int, total: int) -> None:
        """Say how many runs of the folder have been read."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot()
    def end(self) -> None:
        """Everything that was there has been read."""
        self._soon.stop()
        self.hide()
