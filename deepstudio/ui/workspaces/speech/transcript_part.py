"""The recording on screen: its text as it grows, is edited, copied, saved, shown large and heard again. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from deepstudio.audio.recordings import Recording, open_recording
from deepstudio.audio.transcripts import Segment, as_json, as_srt, as_text, as_webvtt
from deepstudio.core.listen_messages import HeardSound, ListenResult
from deepstudio.ui.workspaces.speech.dialogs import ask_text
from deepstudio.ui.workspaces.speech.playback import Playback
from deepstudio.ui.workspaces.speech.presentation import PresentationWindow
from deepstudio.ui.workspaces.speech.recordings_job import Wave, WaveOf, read_wave
from deepstudio.ui.workspaces.speech.recordings_panel import title_of
from deepstudio.ui.workspaces.speech.transcript import Line, LiveTranscript, segments_from_json
from deepstudio.ui.workspaces.speech.transcript_editing import TranscriptEditing
from deepstudio.ui.workspaces.speech.transcript_page import TranscriptPage
from deepstudio.ui.workspaces.speech.whole_wave import clock
from deepstudio.ui.workspaces.speech.write_text import WriteText, write_text

_TICK_MS = 33
FORMATS = {"txt": as_text, "srt": as_srt, "vtt": as_webvtt, "json": as_json}


class TranscriptPart(QObject):
    """Fills a `TranscriptPage` and does what its buttons say."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    changed = Signal()
    """Another recording is on screen, or its text is another one: the list of recordings is out of date."""

    def __init__(self, services: Any, page: TranscriptPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._window = parent
        self.page = page
        self.transcript = LiveTranscript()
        self.playback = Playback(services.jobs, self.tr("Play"), self)
        self.recording: Recording | None = None
        """What is on screen and over."""
        self.folder: Path | None = None
        """The folder of what is on screen, also while it grows."""
        self.presentation: PresentationWindow | None = None
        self._live = False
        self._dirty = False
        self._latest: HeardSound | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.draw)
        self.editing = TranscriptEditing(self)
        self.editing.failed.connect(self.failed)
        self.editing.undo_offered.connect(self.undo_offered)
        page.play_asked.connect(self.play)
        page.silence_asked.connect(self.playback.stop)
        page.edit_asked.connect(self.edit)
        page.copy_asked.connect(self.copy)
        page.save_asked.connect(self.save)
        page.present_asked.connect(self.present)
        page.text.word_clicked.connect(self.play_section)
        page.board.word_clicked.connect(self.play_section)
        page.wave.play_asked.connect(self.play_from)
        self.playback.moved.connect(self._on_moved)
        self.playback.failed.connect(self.failed)

    # What happens

    def begin(self, title: str, waiting: str) -> None:
        """Show a recording or a file that begins; `waiting` is said as long as there are no words."""
        self.recording = self.folder = None
        self.transcript.load([])
        self.page.board.clear()
        self._show_lines([])
        self.page.show_title(title)
        self.page.text.setPlaceholderText(waiting)
        self.page.sound.clear()
        self.page.sound.show()
        self.page.wave.hide()
        self.page.figures.clear()
        self.page.show_text()
        self._show_tools()

    def set_live(self, live: bool) -> None:
        """Draw what is new thirty times a second, or no more."""
        self._live = live
        self._tick.start() if live else self._tick.stop()
        self._show_tools()

    @Slot(object)
    def take(self, sound: HeardSound) -> None:
        """Take in a piece of what is heard; it is drawn with the next tick."""
        self.page.sound.add(sound)
        self.page.figures.note(sound)
        self._latest = sound
        for event in sound.events:
            self._dirty = self.transcript.take(event) is not None or self._dirty

    def finish(self, result: ListenResult) -> None:
        """Show a recording or file that is understood to its end."""
        assert result.folder is not None
        self.draw()
        self.page.figures.show_result(result)
        self.recording, self.folder = open_recording(result.folder), result.folder
        self.page.show_title(title_of(self.recording))
        self._show_wave(self.recording)
        heard = self._show_whether_heard(self.recording)
        if not result.whole:
            stopped = self.tr("Stopped at {time}. The text up to there is kept.")
            self.message.emit(stopped.format(time=clock(result.seconds)))
        elif heard and not result.segments:
            self.message.emit(self.tr("No words were understood; the sound is kept."))
        self._show_tools()
        self.changed.emit()

    @Slot()
    def draw(self) -> None:
        """Show what is new."""
        if self._latest is not None:
            self.page.figures.refresh()
            self.page.board.show_guesses(self._latest.guesses)
            self._latest = None
        if self._dirty:
            self._dirty = False
            self._show_lines(self.transcript.lines())
            self.page.show_text()
            self._show_tools()

    # What a person does

    def show(self, recording: Recording) -> None:
        """Show an earlier recording."""
        self.stop_editing()
        try:
            segments = segments_from_json(recording.transcript.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            segments = []
        self.recording, self.folder = recording, recording.folder
        self.transcript.load(segments)
        self.playback.stop()
        self._show_wave(recording)
        self.page.figures.clear()
        self.page.board.clear()
        self.page.show_title(title_of(recording))
        self._show_whether_heard(recording)
        self._dirty = True
        self.draw()

    @Slot()
    def show_nothing(self) -> None:
        """Show what to do."""
        self.stop_editing()
        self.recording = self.folder = None
        self.transcript.load([])
        self._show_lines([])
        self.page.show_empty()
        self._show_tools()

    def retitle(self, recording: Recording, title: str) -> None:
        """Show the new title of a recording, if it is the one on screen."""
        if self.folder == recording.folder:
            self.page.show_title(title)

    @Slot()
    def play(self) -> None:
        """Play the recording on screen."""
        if self.recording is not None:
            self.playback.play(self.recording.sound)

    @Slot(float)
    def play_from(self, start: float) -> None:
        """Play the recording on screen from a moment on."""
        if self.recording is not None:
            self.playback.play(self.recording.sound, start)

    @Slot(float, float)
    def play_section(self, start: float, end: float) -> None:
        """Play a word of the recording on screen."""
        if self.recording is not None:
            self.playback.play(self.recording.sound, start, end)

    @Slot(bool)
    def edit(self, editing: bool) -> None:
        """Let the text be changed, or keep what was changed."""
        self.page.edit_button.setChecked(editing)
        if editing:
            self.editing.begin()
        elif self.editing.end():
            self._dirty = True
            self.draw()

    def stop_editing(self) -> None:
        """Keep what was changed."""
        self.edit(False)

    def retell(self, recording: Recording, segments: list[Segment]) -> None:
        """Show these segments as the text of `recording`, if it is the one on screen."""
        if self.folder == recording.folder and not self._live:
            self.stop_editing()
            self.transcript.load(segments)
            self._dirty = True
            self.draw()

    @Slot()
    def copy(self) -> None:
        """Copy the text."""
        QGuiApplication.clipboard().setText(as_text(self.transcript.segments()))
        self.message.emit(self.tr("The text is in the clipboard."))

    @Slot(str)
    def save(self, kind: str) -> None:
        """Ask where to, and save the text as `kind`, one of `FORMATS`."""
        name = title_of(self.recording).replace("/", "-").replace(":", ".") if self.recording else "transcript"
        path = ask_text(self._window, name, kind)
        if path is not None:
            self.write(WriteText(text=FORMATS[kind](self.transcript.segments()), path=path))

    @Slot()
    def present(self) -> None:
        """Show the text large, in a window of its own."""
        if self.presentation is None:
            self.presentation = PresentationWindow(self._services.theme, self._window)
        self.presentation.text.set_digits(self.page.text.digits)
        self.presentation.show_lines(self.transcript.lines())
        self.presentation.showMaximized()

    def show_mode(self, mode: str) -> None:
        """Show words as `mode` does; what is on screen goes."""
        if mode != self.page.mode:
            self.stop_editing()
            self.page.set_mode(mode)
            self.show_nothing()

    def _show_whether_heard(self, recording: Recording) -> bool:
        """Say in an empty page that nothing was understood, or that nobody has tried; return whether somebody has."""
        heard = recording.transcript.is_file()
        said = self.tr("No words were understood.") if heard else self.tr("This has not been transcribed yet.")
        self.page.text.setPlaceholderText(said)
        return heard

    def _show_lines(self, lines: list[Line]) -> None:
        self.page.show_lines(lines)
        if self.presentation is not None and self.presentation.isVisible():
            self.presentation.show_lines(lines)

    def _show_tools(self) -> None:
        recorded = self.recording is not None and not self._live
        self.page.show_tools(recorded=recorded, words=bool(self.transcript.segments()))

    def _show_wave(self, recording: Recording) -> None:
        """Show the whole recording in place of its last seconds."""
        self.page.sound.hide()
        handle = self._services.jobs.submit(
            read_wave,
            WaveOf(path=recording.sound),
            lane="files",
            supersede="speech.wave",
            title=self.tr("Read the recording"),
        )
        handle.done.connect(self._on_wave)

    @Slot(object)
    def _on_wave(self, wave: Wave) -> None:
        if self.recording is not None and self.recording.sound == wave.path:
            self.page.wave.show_wave(wave.shape, wave.seconds)
            self.page.wave.show()

    @Slot(object)
    def _on_moved(self, seconds: float | None) -> None:
        """Follow what is heard, in the wave and word by word."""
        self.page.text.mark_time(seconds)
        if seconds is not None:
            self.page.wave.show_position(seconds)

    def write(self, request: WriteText) -> None:
        """Write in the lane "files"."""
        handle = self._services.jobs.submit(write_text, request, lane="files", title=self.tr("Save the text"))
        handle.failed.connect(self.failed)
        handle.done.connect(self._on_written)

    @Slot(object)
    def _on_written(self, path: Path | None) -> None:
        if path is not None:
            self.message.emit(self.tr("Saved {name}.").format(name=path.name))
