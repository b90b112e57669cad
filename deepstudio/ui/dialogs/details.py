"""The technical side of a failure, for whoever wants to see or report it. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from deepstudio.core.messages import Failure
from deepstudio.ui.text import translate_failure
from deepstudio.ui.widgets.parts import button, column, label, row


class DetailsDialog(QDialog):
    """Sentence, fix, and the details to be copied."""

    def __init__(self, failure: Failure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What went wrong"))
        self.setMinimumSize(640, 420)
        layout = column(self, margins=(24, 20, 24, 20), gap=12)
        sentence, fix = translate_failure(failure)
        layout.addWidget(label(sentence, "heading", wrap=True, selectable=True))
        if fix:
            layout.addWidget(label(fix, "muted", wrap=True, selectable=True))
        self.details = QPlainTextEdit(failure.details)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setAccessibleName(self.tr("Technical details"))
        layout.addWidget(self.details, 1)
        buttons = row()
        copy = button(self.tr("Copy"))
        copy.clicked.connect(self._copy)
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addLayout(buttons)

    @classmethod
    def show_for(cls, failure: Failure, parent: QWidget | None = None) -> None:
        """Show the details and wait until the dialog is closed."""
        dialog = cls(failure, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
