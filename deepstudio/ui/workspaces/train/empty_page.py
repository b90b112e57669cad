"""Before there are data: what to drop, and a set to try. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column, label


class EmptyPage(QWidget):
    """The first thing that is seen of the workspace."""

    folder_asked = Signal()
    table_asked = Signal()
    shapes_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = DropHint(theme, "train")
        hint.set_words(
            self.tr("Drop pictures, texts or recordings here to train a network on them"),
            self.tr("A table of texts and their labels (CSV, TSV, JSON), or a folder for each class with its pictures, "
                    "texts or recordings inside. Tagged words, pairs of sentences and plain text work as well."),
        )  # fmt: skip
        self.folder = button(self.tr("Open a folder…"), "primary")
        self.folder.clicked.connect(self.folder_asked)
        self.table = button(self.tr("Open a table or text…"))
        self.table.clicked.connect(self.table_asked)
        self.shapes = button(self.tr("Try it with drawn shapes"), "link")
        self.shapes.clicked.connect(self.shapes_asked)
        hint.add(self.folder)
        hint.add(self.table)
        hint.add(self.shapes)
        note = label(self.tr("Everything stays on this machine."), "faint")
        hint.add(note)
        column(self).addWidget(hint, 1)
