"""The left card: the text, ways to get one, and how long it is. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.text.editor import MOST_CHARACTERS, TextEditor

_LONG = 100_000
_PAUSE_MS = 300
"""A long text is asked about when the typing pauses."""


class TextCard(QFrame):
    """`text_settled` carries the text, once for all changes of one turn of the event loop."""

    changed = Signal()
    """A keystroke: what was answered is of an older text."""
    text_settled = Signal(str)
    open_asked = Signal()
    message = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self.editor = TextEditor(theme)
        self.open = button(self.tr("Open…"))
        follow_icon(theme, self.open, "folder")
        self.examples = button(self.tr("Examples"))
        follow_icon(theme, self.examples, "sparkles")
        self.clear = button(self.tr("Clear"))
        self._counts = label("", "faint")
        self._example_texts: tuple[str, ...] = ()
        tools = row(gap=8)
        for made in (self.open, self.examples, self.clear):
            tools.addWidget(made)
        tools.addStretch(1)
        inside = column(self, margins=(16, 14, 16, 12), gap=10)
        inside.addLayout(tools)
        inside.addWidget(self.editor, 1)
        inside.addWidget(self._counts)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._settle)
        self.editor.textChanged.connect(self._on_change)
        self.editor.shortened.connect(self._on_shortened)
        self.open.clicked.connect(self.open_asked)
        self.examples.clicked.connect(self._show_examples)
        self.clear.clicked.connect(self.empty)
        self.show_length(0, 0)

    @property
    def characters(self) -> int:
        """Return how long the text is, in Qt's count."""
        return self.editor.document().characterCount() - 1

    def set_examples(self, texts: Sequence[str]) -> None:
        """Offer texts to start from."""
        self._example_texts = tuple(texts)
        self.examples.setVisible(bool(texts))

    def show_length(self, letters: int, words: int | None) -> None:
        """Say how long the text is; words that are still being counted are left out."""
        if words is None:
            self._counts.setText(self.tr("{letters} characters").format(letters=f"{letters:,}"))
        else:
            said = self.tr("{words} words, {letters} characters")
            self._counts.setText(said.format(words=f"{words:,}", letters=f"{letters:,}"))

    @Slot()
    def empty(self) -> None:
        """Take the text away; the editor's own undo brings it back."""
        self.editor.set_text("")

    @Slot()
    def _on_change(self) -> None:
        self._turn.start(0 if self.characters < _LONG else _PAUSE_MS)
        self.editor.clear_marks()
        self.changed.emit()

    @Slot()
    def _settle(self) -> None:
        self.text_settled.emit(self.editor.toPlainText())

    @Slot(int)
    def _on_shortened(self, kept: int) -> None:
        said = self.tr("Only {count} characters were taken; a text here holds at most {most}.")
        self.message.emit(said.format(count=f"{kept:,}", most=f"{MOST_CHARACTERS:,}"))

    @Slot()
    def _show_examples(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text in self._example_texts:
            shown = text if len(text) <= 70 else f"{text[:69]}…"
            action = menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(lambda _=False, text=text: self.editor.set_text(text))
        menu.popup(self.examples.mapToGlobal(self.examples.rect().bottomLeft()))
