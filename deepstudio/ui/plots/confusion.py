"""A confusion matrix to look behind: each cell opens its samples. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from deepstudio.ui.plots.export_button import ExportButton
from deepstudio.ui.plots.matrix_cells import MatrixCells
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.widgets.segmented import Segmented


class ConfusionMatrix(QFrame):
    """The cells with what they say in words, and a switch between counts and shares."""

    cell_activated = Signal(int, int)
    """True class and predicted class of the cell that was opened."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self, gap=6)
        self.cells = MatrixCells(theme)
        self.cells.cell_activated.connect(self.cell_activated)
        self.cells.current_changed.connect(self._on_current)
        self._kind = Segmented(theme)
        self._kind.add("counts")
        self._kind.add("shares")
        self._kind.set_text("counts", self.tr("Counts"))
        self._kind.set_text("shares", self.tr("Per cent"), self.tr("Share of the true class in per cent"))
        self._kind.chosen.connect(self._on_kind)
        self._words = label("", "muted", wrap=True)
        head = row(gap=8)
        head.addWidget(self._words, 1)
        head.addWidget(self._kind)
        self.export = ExportButton(theme, self.cells, self.tr("Confusion matrix"))
        head.addWidget(self.export)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.cells)
        outer.addLayout(head)
        outer.addWidget(area, 1)
        self._axis = label(
            self.tr("Rows: the true class. Columns: what the network said. A click opens the samples."),
            "faint",
            wrap=True,
        )
        outer.addWidget(self._axis)
        self.cells.setAccessibleName(self.tr("Confusion matrix"))

    def show_matrix(self, matrix: np.ndarray, classes: Sequence[str]) -> None:
        """Show counts, int64[K, K]: rows are true classes."""
        self.cells.show_matrix(matrix, classes)
        self._words.setText(self.summary())
        self.export.words = self.summary()

    def set_normalised(self, normalised: bool) -> None:
        """Show shares of the true class in per cent instead of counts."""
        self._kind.choose("shares" if normalised else "counts")
        self.cells.set_normalised(normalised)

    def summary(self) -> str:
        """Return in words what is right and what is confused most."""
        matrix = self.cells.matrix
        total = int(matrix.sum())
        if not total:
            return self.tr("Nothing was classified yet.")
        correct = int(np.trace(matrix))
        words = self.tr("{correct} of {total} right ({share} %).").format(
            correct=f"{correct:,}", total=f"{total:,}", share=f"{100 * correct / total:.2f}"
        )
        words = words.replace(" %", "\u00a0%")  # A line may end here, but not before the sign.
        wrong = matrix.copy()
        np.fill_diagonal(wrong, 0)
        if wrong.max() > 0:
            true, predicted = divmod(int(wrong.argmax()), len(wrong))
            most = self.tr("Most often: {words}.").format(words=self.cells.words(true, predicted))
            return f"{words} {most}"
        return words

    @Slot()
    def _on_current(self) -> None:
        self._words.setText(self.cells.words(*self.cells.current))

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self.cells.set_normalised(kind == "shares")
