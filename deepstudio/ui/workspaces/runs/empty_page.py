"""What the workspace says before there is any run: where runs come from, and the ways to get one. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column, row
from deepstudio.ui.workspaces.runs.own_program import SnippetCard


class EmptyPage(QWidget):
    """Three ways: train here, log from a program of one's own, or open what others wrote."""

    train_asked = Signal()
    folder_asked = Signal()
    archive_asked = Signal()
    message = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = DropHint(theme, "runs")
        hint.set_words(
            self.tr("No runs yet"),
            self.tr("Train a network here, or drop a TensorBoard folder or an archived run on the window."),
        )
        buttons = QWidget()
        line = row(buttons, gap=8)
        train = button(self.tr("Train a network"), "primary")
        train.clicked.connect(self.train_asked)
        folder = button(self.tr("Open a TensorBoard folder…"))
        folder.clicked.connect(self.folder_asked)
        archive = button(self.tr("Open an archive…"))
        archive.clicked.connect(self.archive_asked)
        for widget in (train, folder, archive):
            line.addWidget(widget)
        hint.add(buttons)
        layout = column(self, margins=(24, 24, 24, 24), gap=16)
        layout.addWidget(hint, 1)
        card = SnippetCard(theme)
        card.message.connect(self.message)
        layout.addWidget(card)
