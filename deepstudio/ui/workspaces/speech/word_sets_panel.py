"""The user's word sets: a list, and the way to a new one. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from deepstudio.audio.word_sets import WordSet
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label

_FOLDER = int(Qt.ItemDataRole.UserRole) + 1


class WordSetsPanel(QWidget):
    """Choosing a row emits `chosen` with the folder of the set."""

    chosen = Signal(object)
    new_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Word sets"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_current)
        mark(self.list, kind="plain")
        self._empty = label(self.tr("Word sets appear here."), "faint", wrap=True)
        self.new = button(self.tr("New word set…"))
        follow_icon(theme, self.new, "plus")
        self.new.clicked.connect(self.new_asked)
        layout = column(self, gap=8)
        layout.addWidget(label(self.tr("Word sets"), "section"))
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.new)

    def show_sets(self, sets: tuple[WordSet, ...], chosen: Path | None) -> None:
        """List the sets and mark one, without a signal."""
        self.list.blockSignals(True)
        self.list.clear()
        for one in sets:
            words = ", ".join(word.text for word in one.words if not word.text.startswith("("))
            item = QListWidgetItem(f"{one.title}\n{words}" if words else one.title)
            item.setData(_FOLDER, one.folder)
            item.setToolTip(words)
            self.list.addItem(item)
            if one.folder == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._empty.setVisible(not sets)

    @Slot()
    def _on_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_FOLDER))
