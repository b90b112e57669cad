"""What is heard and understood: title and tools, wave and spectrogram, the text, and the figures. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, row
from deepstudio.ui.workspaces.speech.command_board import CommandBoard
from deepstudio.ui.workspaces.speech.figures_bar import FiguresBar
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, TRANSCRIBE
from deepstudio.ui.workspaces.speech.room import CurrentStack
from deepstudio.ui.workspaces.speech.sound_view import SoundView
from deepstudio.ui.workspaces.speech.transcript import Line
from deepstudio.ui.workspaces.speech.transcript_view import TranscriptView
from deepstudio.ui.workspaces.speech.whole_wave import WholeWave


class TranscriptPage(QFrame):
    """Shows what it is told to, and says by signals what a person wants."""

    play_asked = Signal()
    silence_asked = Signal()
    again_asked = Signal(object)
    """Where on the screen a menu of the ways may open."""
    edit_asked = Signal(bool)
    copy_asked = Signal()
    save_asked = Signal(str)
    """One of "txt", "srt", "vtt", "json"."""
    present_asked = Signal()
    open_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self.title = ElidedLabel(role="heading")
        self.sound = SoundView(theme)
        self.wave = WholeWave(theme)
        self.text = TranscriptView(theme)
        self.board = CommandBoard(theme)
        self.figures = FiguresBar()
        self._mode = TRANSCRIBE
        self.play_button = icon_button(theme, "play", self.tr("Play the recording"))
        self.silence_button = icon_button(theme, "stop", self.tr("Stop playing"))
        self.again_button = icon_button(theme, "refresh", self.tr("Transcribe again…"))
        self.edit_button = icon_button(theme, "pencil", self.tr("Edit the text"))
        self.edit_button.setCheckable(True)
        self.copy_button = icon_button(theme, "copy", self.tr("Copy the text"))
        self.save_button = icon_button(theme, "save", self.tr("Save the text as…"))
        self.present_button = icon_button(theme, "fit", self.tr("Show the text large"))
        self._hint = DropHint(theme, "speech")
        choose = button(self.tr("Open a sound file…"))
        follow_icon(theme, choose, "folder")
        choose.clicked.connect(self.open_asked)
        self._hint.add(choose)
        self._pages = CurrentStack()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.text)
        self._pages.addWidget(self.board)
        self._lay_out()
        self._connect()
        self.set_mode(TRANSCRIBE)

    def _lay_out(self) -> None:
        head = row(gap=4)
        head.addWidget(self.title, 1)
        for made in (
            self.play_button,
            self.silence_button,
            self.again_button,
            self.edit_button,
            self.copy_button,
            self.save_button,
            self.present_button,
        ):
            head.addWidget(made)
        inside = column(self, margins=(20, 16, 20, 14), gap=10)
        inside.addLayout(head)
        inside.addWidget(self.sound)
        inside.addWidget(self.wave)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self.figures)

    def _connect(self) -> None:
        self.play_button.clicked.connect(self.play_asked)
        self.silence_button.clicked.connect(self.silence_asked)
        self.again_button.clicked.connect(lambda: self.again_asked.emit(_below(self.again_button)))
        self.edit_button.toggled.connect(self.edit_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self.save_button.clicked.connect(self._show_save_menu)
        self.present_button.clicked.connect(self.present_asked)

    @property
    def mode(self) -> str:
        """Return the mode that words are shown for."""
        return self._mode

    @property
    def empty(self) -> bool:
        """Return whether the hint what to do is shown."""
        return self._pages.currentIndex() == 0

    def set_mode(self, mode: str) -> None:
        """Say in the empty page what to do in `mode`, and show words as that mode does."""
        self._mode = mode
        self.text.set_digits(mode == DIGITS)
        if mode == COMMANDS:
            self._hint.set_words(
                self.tr("Press Record and say a single word"),
                self.tr("The word appears large, with what else it could have been."),
            )
        elif mode == DIGITS:
            self._hint.set_words(
                self.tr("Press Record and say digits"),
                self.tr("Telephone, card and part numbers appear as figures, as fast as you say them."),
            )
        else:
            self._hint.set_words(
                self.tr("Press Record and speak"),
                self.tr("Words appear while you speak. Or drop a sound file: WAV, FLAC, MP3, OGG…"),
            )

    def show_title(self, title: str) -> None:
        """Show a title, or none."""
        self.title.setText(title)
        self.title.setVisible(bool(title))

    def show_empty(self) -> None:
        """Say what to do."""
        self.show_title("")
        self.sound.hide()
        self.wave.hide()
        self.figures.clear()
        self._pages.setCurrentIndex(0)

    def show_text(self) -> None:
        """Show the text, or the single words, even if there are none yet."""
        self._pages.setCurrentWidget(self.board if self._mode == COMMANDS else self.text)

    def show_lines(self, lines: list[Line]) -> None:
        """Show what was understood so far."""
        if self._mode == COMMANDS:
            self.board.show_lines(lines)
        else:
            self.text.show_lines(lines)

    def show_tools(self, *, recorded: bool, words: bool) -> None:
        """Offer what can be done with a recording that is over, and with words."""
        for made in (self.play_button, self.silence_button, self.again_button):
            made.setVisible(recorded)
        self.edit_button.setVisible(recorded and words and self._mode != COMMANDS)
        for made in (self.copy_button, self.save_button):
            made.setVisible(words)
        self.present_button.setVisible(not self.empty)

    @Slot()
    def _show_save_menu(self) -> None:
        menu = QMenu(self)
        for kind, text in (
            ("txt", self.tr("Text")),
            ("srt", self.tr("Subtitles (SRT)")),
            ("vtt", self.tr("Subtitles (WebVTT)")),
            ("json", self.tr("Words with times (JSON)")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, kind=kind: self.save_asked.emit(kind))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(_below(self.save_button))


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().bottomLeft())
