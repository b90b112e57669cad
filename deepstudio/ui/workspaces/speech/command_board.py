"""Single words as they are heard: the last one large, what else it could be, and those before. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.core.speech_messages import Word
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.workspaces.speech.big_word import BigWord
from deepstudio.ui.workspaces.speech.guess_bars import GuessBars
from deepstudio.ui.workspaces.speech.transcript import Line
from deepstudio.ui.workspaces.speech.word_chips import WordChips

_BRIGHT_MS = 1200
"""How long a word stands out after it was heard."""


class CommandBoard(QWidget):
    """`word_clicked` gives the start and end in seconds of a word of the history."""

    word_clicked = Signal(float, float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[Word, ...] = ()
        self._vocabulary: tuple[str, ...] = ()
        self.big = BigWord(theme)
        self.big.setAccessibleName(self.tr("The word heard last"))
        self.confidence = label("", "muted")
        self.confidence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.known = label("", "faint", wrap=True)
        self.known.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bars = GuessBars(theme)
        self._side = QWidget()
        self.history = WordChips(theme)
        self.history.word_clicked.connect(self.word_clicked)
        self._lay_out()
        self._bright = QTimer(self)
        self._bright.setSingleShot(True)
        self._bright.setInterval(_BRIGHT_MS)
        self._bright.timeout.connect(self._dim)
        self.clear()

    def _lay_out(self) -> None:
        self.history.setFixedHeight(3 * self.fontMetrics().height() + 40)
        middle = column(gap=4)
        middle.addStretch(1)
        middle.addWidget(self.big, 3)
        middle.addWidget(self.confidence)
        middle.addStretch(1)
        side = column(self._side, gap=8)
        side.addStretch(1)
        side.addWidget(label(self.tr("What it could be"), "section"))
        side.addWidget(self.bars)
        side.addStretch(1)
        upper = row(gap=28)
        upper.addLayout(middle, 3)
        upper.addWidget(self._side, 2)
        layout = column(self, gap=8)
        layout.addLayout(upper, 1)
        layout.addWidget(self.known)
        layout.addWidget(label(self.tr("Heard so far"), "section"))
        layout.addWidget(self.history)

    def set_vocabulary(self, words: tuple[str, ...]) -> None:
        """Say which words the model knows."""
        self._vocabulary = words
        self.known.setText(self.tr("Knows: {words}").format(words=" · ".join(words)) if words else "")

    def clear(self) -> None:
        """Forget what was heard."""
        self._words = ()
        self.history.clear()
        self.bars.show_guesses(())
        self._side.hide()
        self._show_word()

    def show_guesses(self, guesses: tuple[tuple[str, float], ...]) -> None:
        """Show what the last moment could be."""
        if guesses:
            self.bars.show_guesses(guesses)
            self._side.show()

    def show_lines(self, lines: list[Line]) -> None:
        """Show the words of a recording; the last one large."""
        words = tuple(word for line in lines for word in line.segment.words)
        if words == self._words:
            return
        if words[: len(self._words)] != self._words:
            self.history.clear()
            self._words = ()
        for word in words[len(self._words) :]:
            self.history.add(word)
        self._words = words
        self._show_word()

    def _show_word(self) -> None:
        if not self._words:
            self._bright.stop()
            self.big.show_word("…", "text_faint")
            self.confidence.setText(self.tr("Say a word"))
            return
        word = self._words[-1]
        self.big.show_word(word.text, "accent_text")
        self.confidence.setText(self.tr("{percent} % sure").format(percent=round(100 * word.confidence)))
        self._bright.start()

    @Slot()
    def _dim(self) -> None:
        self.big.show_word(self.big.text(), "text" if self._words else "text_faint")

    def minimumSizeHint(self) -> QSize:
        """Return the least that still shows a word and its bars."""
        return QSize(360, self.bars.sizeHint().height() + self.history.height() + 90)
