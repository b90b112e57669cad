"""The left half of looking closer: which split, and the confusion matrix. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.widgets.segmented import Segmented


class LookMatrix(QFrame):
    """`cell_activated` carries true and predicted class, `split_chosen` the name of a split."""

    cell_activated = Signal(int, int)
    split_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._theme = theme
        self._matrix: Any = None
        self.splits = Segmented(theme)
        for key in ("validation", "test", "train"):
            self.splits.add(key)
        self.splits.set_text("validation", self.tr("Validation"))
        self.splits.set_text("test", self.tr("Test"))
        self.splits.set_text("train", self.tr("Training"))
        self.splits.chosen.connect(self.split_chosen)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        # Empty until the network was asked about all samples; the rest stays at the top meanwhile.
        room = QWidget()
        self._room = column(room)
        layout = column(self, margins=(16, 12, 16, 12), gap=10)
        layout.addWidget(label(self.tr("Confusion matrix"), "heading"))
        layout.addWidget(self.splits)
        layout.addWidget(self._meter)
        layout.addWidget(room, 1)

    @property
    def matrix(self) -> Any:
        """Return the confusion matrix, built when it is first needed."""
        if self._matrix is None:
            from deepstudio.ui.plots import ConfusionMatrix

            self._matrix = ConfusionMatrix(self._theme)
            self._matrix.cell_activated.connect(self.cell_activated)
            self._room.addWidget(self._matrix)
        return self._matrix

    def show_progress(self, *, busy: bool, done: int, total: int) -> None:
        """Show how many samples were looked at."""
        self._meter.setVisible(busy)
        self._meter.setRange(0, total)
        self._meter.setValue(done)
