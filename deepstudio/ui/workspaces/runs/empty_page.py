"""What the workspace says before there is any run: where runs come from, and the ways to get one. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column, icon_button, label, row

SNIPPET = """from deepstudio import monitor

with monitor.run("my run", config={"lr": 0.1}) as run:
    for step in range(1000):
        run.log({"loss": loss}, step=step)"""


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
        layout.addWidget(self._build_snippet(theme))

    def _build_snippet(self, theme: Theme) -> QFrame:
        card = QFrame()
        mark(card, surface="card")
        layout = column(card, margins=(20, 14, 16, 16), gap=8)
        head = row(gap=8)
        head.addWidget(label(self.tr("Watch a training program of your own"), "heading"), 1)
        copy = icon_button(theme, "copy", self.tr("Copy these lines"))
        copy.clicked.connect(self._copy)
        head.addWidget(copy)
        layout.addLayout(head)
        layout.addWidget(label(self.tr("Add these lines; the run appears here within a moment."), "muted", wrap=True))
        code = label(SNIPPET, "mono", selectable=True)
        code.setAccessibleName(self.tr("Lines for a training program"))
        code.setAlignment(Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(code)
        return card

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(SNIPPET + "\n")
        self.message.emit(self.tr("The lines were copied."))
