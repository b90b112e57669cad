"""How a training program of one's own is watched: a few lines to copy. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, icon_button, label, row

SNIPPET = """from deepstudio import monitor

with monitor.run("my run", config={"lr": 0.1}) as run:
    for step in range(1000):
        run.log({"loss": loss}, step=step)"""


class SnippetCard(QFrame):
    """The lines and a button that copies them."""

    message = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        layout = column(self, margins=(20, 14, 16, 16), gap=8)
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
        more = self.tr(
            "Lightning: Trainer(logger=DeepStudioLogger(…)); Keras: fit(callbacks=[DeepStudioCallback(…)]).\n"
            "A program that writes TensorBoard files needs no change: drop their folder on the window."
        )
        layout.addWidget(label(more, "faint", wrap=True))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(SNIPPET + "\n")
        self.message.emit(self.tr("The lines were copied."))


class OwnProgramDialog(QDialog):
    """The card in a window of its own, for whoever has runs already."""

    message = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A program of your own"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = column(self, margins=(16, 16, 16, 16), gap=12)
        card = SnippetCard(theme)
        card.message.connect(self.message)
        layout.addWidget(card)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
