"""A word set on screen: its words left, the one that is recorded right, the training below. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from deepstudio.audio.word_sets import WordSet
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, label, row
from deepstudio.ui.workspaces.speech.train_strip import TrainStrip
from deepstudio.ui.workspaces.speech.word_list import WordList
from deepstudio.ui.workspaces.speech.word_stage import WordStage

_LIST_WIDTH, _NARROW_LIST = 190, 140
_ROOMY = 560
"""Pixels of width from which on the list of words is as wide as it likes."""


class WordsPage(QStackedWidget):
    """Shows what it is told, and says by signals what a person wants."""

    new_asked = Signal()
    word_added = Signal(str)
    export_asked = Signal()
    delete_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WordList(theme)
        self.stage = WordStage(theme)
        self.strip = TrainStrip(theme)
        self._title = ElidedLabel(role="heading")
        self._facts = label("", "muted")
        self.export = icon_button(theme, "export", self.tr("Export the takes…"))
        self.delete = icon_button(theme, "trash", self.tr("Delete this word set"))
        self.more = QLineEdit()
        self.more.setPlaceholderText(self.tr("Add a word"))
        self.more.setAccessibleName(self.tr("Add a word"))
        self.export.clicked.connect(self.export_asked)
        self.delete.clicked.connect(self.delete_asked)
        self.more.returnPressed.connect(self._on_more)
        self.addWidget(self._make_hint(theme))
        self.addWidget(self._make_card())

    def _make_hint(self, theme: Theme) -> QWidget:
        hint = DropHint(theme, "user")
        hint.set_words(
            self.tr("Teach it words of your own"),
            self.tr("Choose some words, say each ten times, train for less than a minute, and it hears them."),
        )
        self.new = button(self.tr("New word set…"), "primary")
        follow_icon(theme, self.new, "plus", "on_accent")
        self.new.clicked.connect(self.new_asked)
        hint.add(self.new)
        return hint

    def _make_card(self) -> QWidget:
        card = QFrame()
        mark(card, surface="card")
        head = row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(self._facts)
        head.addWidget(self.export)
        head.addWidget(self.delete)
        self._left = QWidget()
        self._left.setFixedWidth(_LIST_WIDTH)
        listed = column(self._left, gap=8)
        listed.addWidget(self.words, 1)
        listed.addWidget(self.more)
        middle = row(gap=16)
        middle.addWidget(self._left)
        middle.addWidget(self.stage, 1)
        layout = column(card, margins=(20, 16, 20, 16), gap=12)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addWidget(self.strip)
        return card

    def show_set(self, word_set: WordSet | None) -> None:
        """Show a set, or what word sets are for."""
        self.setCurrentIndex(0 if word_set is None else 1)
        self.words.show_set(word_set)
        if word_set is not None:
            self._title.setText(word_set.title)
            self._facts.setText(self.tr("{count} takes").format(count=word_set.takes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the list of words where there is little room."""
        super().resizeEvent(event)
        self._left.setFixedWidth(_LIST_WIDTH if self.width() >= _ROOMY else _NARROW_LIST)

    @Slot()
    def _on_more(self) -> None:
        text = " ".join(self.more.text().split())
        if text:
            self.more.clear()
            self.word_added.emit(text)
