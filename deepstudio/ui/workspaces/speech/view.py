"""The Speech workspace: microphone and recordings left, what is heard and understood right. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QInputDialog, QMenu, QSplitter, QStackedWidget, QWidget

from deepstudio.audio.recordings import (
    Recording,
    delete_recording,
    open_recording,
    rename_recording,
    restore_recording,
    save_transcript,
)
from deepstudio.audio.transcripts import as_json, as_srt, as_text, as_webvtt
from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import HeardSound, ListenResult, ListenTrouble, MicrophoneOpen
from deepstudio.ui.text import translate_failure
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, label, row
from deepstudio.ui.workspaces.speech.figures_bar import FiguresBar
from deepstudio.ui.workspaces.speech.microphone_pane import MicrophonePane
from deepstudio.ui.workspaces.speech.presentation import PresentationWindow
from deepstudio.ui.workspaces.speech.presenter import READING, RECORDING, SpeechPresenter
from deepstudio.ui.workspaces.speech.recordings_job import ListRecordings, RecordingList, list_recordings
from deepstudio.ui.workspaces.speech.recordings_panel import title_of
from deepstudio.ui.workspaces.speech.sound_view import SoundView
from deepstudio.ui.workspaces.speech.transcript import LiveTranscript, segments_from_json
from deepstudio.ui.workspaces.speech.transcript_view import TranscriptView

_TICK_MS = 33
FORMATS = {"txt": as_text, "srt": as_srt, "vtt": as_webvtt, "json": as_json}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteText:
    """Write `text` to `path`, or as the transcript of `recording`."""

    text: str
    path: Path | None = None
    recording: Recording | None = None


def write_text(request: WriteText, context: JobContext) -> Path | None:
    """Job: write it. Raises OSError as the disk does."""
    if request.recording is not None:
        save_transcript(request.recording, request.text)
    if request.path is not None:
        write_text_atomic(request.path, request.text)
    return request.path


class SpeechView(QWidget):
    """Menus, drops, keys and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    state_changed = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._recording: Recording | None = None
        self._folder: Path | None = None
        self._dirty = False
        self._presentation: PresentationWindow | None = None
        self._latest: HeardSound | None = None
        self.presenter = SpeechPresenter(services, self)
        self.transcript = LiveTranscript()
        self.left = MicrophonePane(services.theme)
        self.sound = SoundView(services.theme)
        self.text = TranscriptView(services.theme)
        self.figures = FiguresBar()
        self._trouble = Banner(services.theme, "warning", "warning")
        self._missing = Banner(services.theme, "accent", "info")
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._draw)
        self._lay_out()
        self._connect()
        self._list(first=True)
        self._look_for_microphones()
        self._show_nothing()

    def _lay_out(self) -> None:
        theme = self._services.theme
        self._title = label("", "heading")
        self.play_button = icon_button(theme, "play", self.tr("Play the recording"))
        self.silence_button = icon_button(theme, "stop", self.tr("Stop playing"))
        self.again_button = icon_button(theme, "refresh", self.tr("Transcribe again"))
        self.edit_button = icon_button(theme, "pencil", self.tr("Edit the text"))
        self.edit_button.setCheckable(True)
        self.copy_button = icon_button(theme, "copy", self.tr("Copy the text"))
        self.save_button = icon_button(theme, "save", self.tr("Save the text as…"))
        self.present_button = icon_button(theme, "fit", self.tr("Show the text large"))
        head = row(gap=4)
        head.addWidget(self._title, 1)
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
        self._hint = DropHint(theme, "speech")
        self._hint.set_words(
            self.tr("Press Record and speak"),
            self.tr("Words appear while you speak. Or drop a sound file: WAV, FLAC, MP3, OGG…"),
        )
        choose = button(self.tr("Open a sound file…"))
        follow_icon(theme, choose, "folder")
        choose.clicked.connect(self.ask_open)
        self._hint.add(choose)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.text)
        card = QFrame()
        mark(card, surface="card")
        inside = column(card, margins=(20, 16, 20, 14), gap=10)
        inside.addLayout(head)
        inside.addWidget(self.sound)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self.figures)
        right = QWidget()
        stack = column(right, gap=10)
        stack.addWidget(self._missing)
        stack.addWidget(self._trouble)
        stack.addWidget(card, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(self.left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 900])
        whole = column(self, margins=(16, 12, 16, 14))
        whole.addWidget(splitter)

    def _connect(self) -> None:
        presenter, left = self.presenter, self.left
        presenter.state_changed.connect(self._on_state)
        presenter.loudness.connect(left.show_level)
        presenter.heard.connect(self._on_heard)
        presenter.begun.connect(self._on_begun)
        presenter.trouble.connect(self._on_trouble)
        presenter.finished.connect(self._on_finished)
        presenter.microphone_opened.connect(self._on_microphone)
        presenter.nothing_recorded.connect(self._show_nothing)
        presenter.progressed.connect(left.show_share)
        presenter.failed.connect(self._on_failed)
        presenter.unavailable.connect(self._on_unavailable)
        left.record_asked.connect(self.record)
        left.stop_asked.connect(presenter.stop)
        left.device_chosen.connect(self._on_device)
        left.refresh_asked.connect(self._look_for_microphones)
        left.recordings.chosen.connect(self.show_recording)
        left.recordings.play_asked.connect(lambda recording: presenter.play(recording.sound))
        left.recordings.again_asked.connect(lambda recording: self.transcribe_again(recording))
        left.recordings.rename_asked.connect(self._rename)
        left.recordings.delete_asked.connect(self.delete)
        self.text.word_clicked.connect(self._play_word)
        self.play_button.clicked.connect(self.play)
        self.silence_button.clicked.connect(presenter.stop_playing)
        self.again_button.clicked.connect(lambda: self.transcribe_again(self._recording))
        self.edit_button.toggled.connect(self.edit)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._show_save_menu)
        self.present_button.clicked.connect(self.present)

    # What a person does

    @Slot()
    def record(self) -> None:
        """Begin a new recording."""
        self._stop_editing()
        self.presenter.stop_playing()
        self.presenter.record()

    @Slot()
    def toggle_recording(self) -> None:
        """Record, or stop: what the key does."""
        if self.presenter.state in (RECORDING, READING):
            self.presenter.stop()
        else:
            self.record()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Transcribe the first sound file; the others are told about."""
        if len(paths) > 1:
            self.message.emit(self.tr("One sound file at a time: {name} is read.").format(name=paths[0].name))
        self._start_reading(paths[0], None)

    @Slot()
    def ask_open(self) -> None:
        """Ask for a sound file and transcribe it."""
        kinds = self.tr("Sound") + " (*.wav *.flac *.mp3 *.ogg *.opus *.aiff *.aif *.m4a)"
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a sound file"), str(Path.home()), kinds)
        if path:
            self.open_paths([Path(path)])

    def transcribe_again(self, recording: Recording | None) -> None:
        """Understand a recording anew, with the model as it is now."""
        if recording is not None:
            self._start_reading(recording.sound, recording.folder)

    @Slot()
    def play(self) -> None:
        """Play the recording on screen."""
        if self._recording is not None:
            self.presenter.play(self._recording.sound)

    @Slot(bool)
    def edit(self, editing: bool) -> None:
        """Let the text be changed, or keep what was changed."""
        self.edit_button.setChecked(editing)
        if editing:
            self.text.set_editing(True)
            return
        texts = self.text.texts()
        self.text.set_editing(False)
        if self.transcript.edit(texts) and self._recording is not None:
            content = as_json(self.transcript.segments())
            self._write(WriteText(text=content, recording=self._recording))
            self._list()
        self._dirty = True
        self._draw()

    @Slot()
    def copy(self) -> None:
        """Copy the text."""
        QGuiApplication.clipboard().setText(as_text(self.transcript.segments()))
        self.message.emit(self.tr("The text is in the clipboard."))

    def save(self, kind: str) -> None:
        """Ask where to, and save the text as `kind`, one of `FORMATS`."""
        name = title_of(self._recording).replace("/", "-").replace(":", ".") if self._recording else "transcript"
        path, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save the text"), str(Path.home() / f"{name}.{kind}"), f"*.{kind}"
        )
        if path:
            self._write(WriteText(text=FORMATS[kind](self.transcript.segments()), path=Path(path)))

    @Slot()
    def present(self) -> None:
        """Show the text large, in a window of its own."""
        if self._presentation is None:
            self._presentation = PresentationWindow(self._services.theme, self)
        self._presentation.show_lines(self.transcript.lines())
        self._presentation.showMaximized()

    def show_recording(self, recording: Recording) -> None:
        """Show an earlier recording."""
        if self.presenter.busy or self.presenter.state == READING:
            return
        self._stop_editing()
        try:
            segments = segments_from_json(recording.transcript.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            segments = []
        self._recording, self._folder = recording, recording.folder
        self.transcript.load(segments)
        self.sound.clear()
        self.sound.hide()
        self.figures.clear()
        self._title.setText(title_of(recording))
        self._title.show()
        self.text.setPlaceholderText(self.tr("No words were understood."))
        self._dirty = True
        self._draw()

    def delete(self, recording: Recording) -> None:
        """Delete a recording; it can be brought back."""
        hidden = delete_recording(recording)
        if self._recording is not None and self._recording.folder == recording.folder:
            self._show_nothing()
        self._list()

        def undo() -> None:
            restore_recording(hidden)
            self._list()

        self.undo_offered.emit(self.tr("{name} was deleted.").format(name=title_of(recording)), undo)

    def models_changed(self) -> None:
        """Look whether there is a speech model now."""
        missing = not self.presenter.has_model()
        self._missing.say(
            self.tr("No speech model is installed: sound is recorded, but not understood.") if missing else ""
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the microphone ready while the workspace is on screen."""
        super().showEvent(event)
        self.models_changed()
        if self._services.settings.current.speech.keep_ready:
            self.presenter.open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the microphone unless it records."""
        super().hideEvent(event)
        self.presenter.close()

    # What happens

    @Slot(str)
    def _on_state(self, state: str) -> None:
        self.left.show_state(state)
        going = state in (RECORDING, READING)
        self._tick.start() if going else self._tick.stop()
        self._show_tools()

    @Slot(object)
    def _on_microphone(self, opened: MicrophoneOpen) -> None:
        self.left.level.reset()
        self._trouble.say("")

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        """Tell it; what had been recorded by then is in the list."""
        self.failed.emit(failure)
        self._list()

    @Slot(object)
    def _on_unavailable(self, failure: Any) -> None:
        """Say quietly that there is no microphone: nobody has asked for it yet."""
        self.left.show_unavailable(translate_failure(failure)[0])

    @Slot(object)
    def _on_begun(self, folder: Path) -> None:
        self._folder = folder
        if self.presenter.state != READING:
            self._begin(self.tr("Recording"))

    @Slot(object)
    def _on_heard(self, sound: HeardSound) -> None:
        self.sound.add(sound)
        self._latest = sound
        for event in sound.events:
            self._dirty = self.transcript.take(event) is not None or self._dirty

    @Slot(object)
    def _on_trouble(self, trouble: ListenTrouble) -> None:
        if trouble.failure is not None:
            sentence, fix = translate_failure(trouble.failure)
            kept = self.tr("What was captured so far is safe.")
            self._trouble.say(f"{sentence} {fix} {kept}".replace("  ", " "))
            return
        self._trouble.say("")
        if trouble.gap:
            said = self.tr("The microphone is back; {seconds} s are missing.")
            self.message.emit(said.format(seconds=f"{trouble.gap:.1f}"))

    @Slot(object)
    def _on_finished(self, result: ListenResult) -> None:
        assert result.folder is not None
        self._draw()
        self.figures.show_result(result)
        self._recording = open_recording(result.folder)
        self._folder = result.folder
        self._title.setText(title_of(self._recording))
        self.text.setPlaceholderText(self.tr("No words were understood."))
        if not result.segments:
            self.message.emit(self.tr("No words were understood; the sound is kept."))
        self._show_tools()
        self._list()
        self.state_changed.emit()

    @Slot()
    def _draw(self) -> None:
        """Show what is new; 30 times a second while something is heard."""
        if self._latest is not None:
            self.left.show_time(self._latest.seconds)
            self.left.show_level(self._latest.peak, self._latest.rms)
            self.figures.show_sound(self._latest)
            self._latest = None
        if self._dirty:
            self._dirty = False
            lines = self.transcript.lines()
            self.text.show_lines(lines)
            if self._presentation is not None and self._presentation.isVisible():
                self._presentation.show_lines(lines)
            self._pages.setCurrentIndex(1)
            self._show_tools()

    def _begin(self, title: str) -> None:
        self._recording = None
        self.transcript.load([])
        self.text.show_lines([])
        self._title.setText(title)
        self._title.show()
        listening = self.tr("Listening…") if self.presenter.has_model() else self.tr("Only sound is kept.")
        self.text.setPlaceholderText(listening)
        self.sound.clear()
        self.sound.show()
        self.figures.clear()
        self._trouble.say("")
        self.left.recordings.select(None)
        self._pages.setCurrentIndex(1)
        self._show_tools()

    def _start_reading(self, path: Path, folder: Path | None) -> None:
        if self.presenter.busy or self.presenter.state == READING:
            self.message.emit(self.tr("Stop the recording first."))
            return
        if not self.presenter.has_model():
            self.message.emit(self.tr("No speech model is installed."))
            return
        self._stop_editing()
        self._begin(path.name)
        self.presenter.transcribe(path, folder)

    @Slot()
    def _show_nothing(self) -> None:
        self._recording = self._folder = None
        self.transcript.load([])
        self.text.show_lines([])
        self._title.hide()
        self.sound.hide()
        self.figures.clear()
        self._pages.setCurrentIndex(0)
        self._show_tools()

    def _show_tools(self) -> None:
        still = self.presenter.state not in (RECORDING, READING)
        shown = self._recording is not None and still
        words = bool(self.transcript.segments())
        for made in (self.play_button, self.silence_button, self.again_button):
            made.setVisible(shown)
        self.edit_button.setVisible(shown and words)
        for made in (self.copy_button, self.save_button):
            made.setVisible(words)
        self.present_button.setVisible(self._pages.currentIndex() == 1)

    def _stop_editing(self) -> None:
        if self.text.editing:
            self.edit(False)

    @Slot(float, float)
    def _play_word(self, start: float, end: float) -> None:
        if self._recording is not None:
            self.presenter.play(self._recording.sound, start, end)

    @Slot(str)
    def _on_device(self, name: str) -> None:
        self.presenter.choose_device(name)
        self.state_changed.emit()

    def _rename(self, recording: Recording) -> None:
        title, accepted = QInputDialog.getText(
            self, self.tr("Rename"), self.tr("Title of the recording"), text=title_of(recording)
        )
        if accepted and title.strip():
            rename_recording(recording, title.strip())
            if self._folder == recording.folder:
                self._title.setText(title.strip())
            self._list()

    @Slot()
    def _show_save_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text in (
            ("txt", self.tr("Text")),
            ("srt", self.tr("Subtitles (SRT)")),
            ("vtt", self.tr("Subtitles (WebVTT)")),
            ("json", self.tr("Words with times (JSON)")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, kind=kind: self.save(kind))
        menu.popup(self.save_button.mapToGlobal(self.save_button.rect().bottomLeft()))

    def _write(self, request: WriteText) -> None:
        handle = self._services.jobs.submit(write_text, request, lane="files", title=self.tr("Save the text"))
        handle.failed.connect(self.failed)
        handle.done.connect(self._on_written)

    @Slot(object)
    def _on_written(self, path: Path | None) -> None:
        if path is not None:
            self.message.emit(self.tr("Saved {name}.").format(name=path.name))

    @Slot()
    def _look_for_microphones(self) -> None:
        handle = self._services.jobs.submit(
            self._services.listener.microphones,
            None,
            lane="files",
            supersede="speech.devices",
            title=self.tr("Look for microphones"),
        )
        handle.done.connect(lambda found: self.left.show_devices(found, self.presenter.device))
        handle.failed.connect(self._on_no_sound)

    @Slot(object)
    def _on_no_sound(self, failure: Any) -> None:
        self.left.show_devices((), "")
        sentence, fix = translate_failure(failure)
        self._trouble.say(f"{sentence} {fix}".strip())

    def _list(self, *, first: bool = False) -> None:
        handle = self._services.jobs.submit(
            list_recordings,
            ListRecordings(first=first),
            lane="files",
            supersede=None if first else "speech.list",
            title=self.tr("List the recordings"),
        )
        handle.done.connect(self._on_listed)

    @Slot(object)
    def _on_listed(self, found: RecordingList) -> None:
        self.left.recordings.set_rows(found.rows)
        self.left.recordings.select(self._folder)
        if found.recovered:
            self.message.emit(self.tr("A recording that was interrupted has been recovered."))
