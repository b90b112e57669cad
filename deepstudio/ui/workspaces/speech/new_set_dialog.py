"""Asks for the name and the first words of a word set. GUI thread."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from deepstudio.ui.widgets.parts import column, label


class NewSetDialog(QDialog):
    """`ask` returns name and words, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New word set"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Lamp and music"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("on, off, louder, softer"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Create"))
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = column(self, margins=(20, 18, 20, 16), gap=8)
        for text, field in ((self.tr("Name"), self.name), (self.tr("Words, with commas between them"), self.words)):
            field.setAccessibleName(text)
            field.setMinimumWidth(340)
            field.textChanged.connect(self._refresh)
            told = label(text, "section")
            told.setBuddy(field)
            layout.addWidget(told)
            layout.addWidget(field)
        advice = self.tr("Words that sound different from each other are heard best. More can be added later.")
        layout.addWidget(label(advice, "muted", wrap=True))
        layout.addWidget(self._buttons)
        self._refresh()

    def answer(self) -> tuple[str, list[str]]:
        """Return the name and the words, each once."""
        words = (" ".join(part.split()) for part in re.split(r"[,;，、]", self.words.text()))
        return self.name.text().strip(), list(dict.fromkeys(word for word in words if word))

    @classmethod
    def ask(cls, parent: QWidget) -> tuple[str, list[str]] | None:
        """Ask, and return name and words; None where the user thinks better of it."""
        dialog = cls(parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.answer()
        dialog.deleteLater()
        return answer if accepted else None

    def _refresh(self) -> None:
        name, words = self.answer()
        self._ok.setEnabled(bool(name and words))
