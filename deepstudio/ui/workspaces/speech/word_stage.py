"""Where takes are recorded: the word large, what to do, and the takes so far. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.audio.word_sets import OTHER, TAKES_WANTED, Take
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.workspaces.speech.big_word import BigWord
from deepstudio.ui.workspaces.speech.take_tiles import TakeTiles
from deepstudio.ui.workspaces.speech.takes_presenter import ENDING, IDLE, LISTENING, OPENING

_FLASH_MS = 450
"""How long the word is green after a good take."""


class WordStage(QWidget):
    """Shows what it is told."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._count = 0
        self._state = IDLE
        self._coming = False
        self.big = BigWord(theme)
        self.big.setAccessibleName(self.tr("The word to say"))
        self.hint = label("", "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tiles = TakeTiles(theme)
        self.tiles.setMinimumHeight(56)
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(_FLASH_MS)
        self._flash.timeout.connect(self._show_word)
        layout = column(self, gap=8)
        layout.addWidget(self.big, 3)
        layout.addWidget(self.hint)
        layout.addWidget(self.tiles, 2)

    def show_word(self, word: str, takes: tuple[Take, ...]) -> None:
        """Show another word, or more takes of the same one."""
        self._coming = self._coming and word == self._word
        self._word, self._count = word, len(takes)
        self.tiles.show_takes(takes)
        self._refresh()

    def show_state(self, state: str) -> None:
        """Say whether it listens."""
        self._state, self._coming = state, False
        self._refresh()

    def show_good(self) -> None:
        """Say that a take was good."""
        self.big.show_word(self._shown(), "success")
        self._flash.start()

    def show_coming(self) -> None:
        """Say that this word is recorded soon."""
        self._coming = True
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say what was wrong with a take, which is not kept."""
        self.big.show_word(self._shown(), "warning")
        self._flash.start()
        mark(self.hint, role="warning")
        self.hint.setText(self.tr("{problem} Say it again.").format(problem=sentence))

    def _refresh(self) -> None:
        mark(self.hint, role="muted")
        self.hint.setText(self._advice())
        if not self._flash.isActive():
            self._show_word()

    @Slot()
    def _show_word(self) -> None:
        role = "accent_text" if self._state == LISTENING else "text"
        self.big.show_word(self._shown(), role if self._word != OTHER else "text_muted")

    def _shown(self) -> str:
        return self.tr("Anything else") if self._word == OTHER else self._word

    def _advice(self) -> str:
        if not self._word:
            return self.tr("Add a word on the left.")
        told = {
            OPENING: self.tr("Opening the microphone…"),
            LISTENING: self.tr("Say it now: {count} of {wanted}").format(count=self._count, wanted=TAKES_WANTED),
            ENDING: self.tr("Writing the last take…"),
        }
        if self._state in told:
            return told[self._state]
        if self._coming:
            return self.tr("The next word. It is listened for in a moment.")
        if self._word == OTHER:
            return self.tr("If you like: press Record and say other words, cough or type. None of it will count.")
        if self._count >= TAKES_WANTED:
            return self.tr("Enough takes. More of other voices make it better.")
        return self.tr("Press Record and say it, with a short pause after each time.")
