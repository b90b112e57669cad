"""Training in several processes of this machine: how many, the command, and Start. GUI thread."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QSpinBox, QWidget

from deepstudio.ui.widgets.parts import button, column, label, row

_MOST = 64


class ProcessesDialog(QDialog):
    """`ask` returns the number of processes."""

    def __init__(self, recipe: Any, data: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe, self._data = recipe, data
        self.setWindowTitle(self.tr("Train in several processes"))
        self.setMinimumWidth(560)
        self.count = QSpinBox()
        self.count.setRange(1, _MOST)
        self.count.setValue(min(2, os.cpu_count() or 1))
        self.count.setAccessibleName(self.tr("Processes"))
        self.count.lineEdit().setTextMargins(8, 0, 0, 0)
        self.count.valueChanged.connect(self._show_command)
        self.command = QPlainTextEdit()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(self.tr("Command"))
        self.command.setFixedHeight(84)
        layout = column(self, margins=(24, 20, 24, 18), gap=12)
        words = self.tr(
            "Each process takes its share of every batch; the result is that of a single one. This pays with several "
            "graphics cards. On one processor alone, a single process is as quick."
        )
        layout.addWidget(label(words, "muted", wrap=True))
        line = row(gap=10)
        line.addWidget(label(self.tr("Processes"), "strong"))
        line.addWidget(self.count)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(label(self.tr("The same from a terminal, with the recipe saved as a file:"), "caption"))
        layout.addWidget(self.command)
        buttons = row()
        copy = button(self.tr("Copy the command"))
        copy.clicked.connect(self._copy)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.start = button(self.tr("Start"), "primary")
        self.start.clicked.connect(self.accept)
        self.start.setDefault(True)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.start)
        layout.addLayout(buttons)
        self._show_command()

    @classmethod
    def ask(cls, recipe: Any, data: Path, parent: QWidget | None = None) -> int | None:
        """Ask for the number of processes; None if the user changed their mind."""
        dialog = cls(recipe, data, parent)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        count = dialog.count.value() if sure else None
        dialog.deleteLater()
        return count

    @Slot()
    def _show_command(self) -> None:
        parts = ["torchrun", f"--nproc-per-node={self.count.value()}", "-m", "deepstudio", "train"]
        parts += [f"{self._recipe.name}.toml", "--data", str(self._data)]
        self.command.setPlainText(shlex.join(parts))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.toPlainText())
