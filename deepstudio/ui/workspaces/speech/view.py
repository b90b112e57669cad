"""The Speech workspace: what it can do above, microphone and recordings left, what is heard right. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from deepstudio.audio.recordings import Recording
from deepstudio.core.listen_messages import ListenResult
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.workspaces.speech.again import Again, Way
from deepstudio.ui.workspaces.speech.dialogs import ask_sounds
from deepstudio.ui.workspaces.speech.microphone_pane import MicrophonePane
from deepstudio.ui.workspaces.speech.microphone_part import MicrophonePart
from deepstudio.ui.workspaces.speech.mode_bar import ModeBar
from deepstudio.ui.workspaces.speech.models import SpeechModels, look_at
from deepstudio.ui.workspaces.speech.modes import COMMANDS, HEARD, MODES, TRANSCRIBE, WORDS
from deepstudio.ui.workspaces.speech.presenter import CLOSED, READING, RECORDING, SpeechPresenter
from deepstudio.ui.workspaces.speech.recordings_panel import title_of
from deepstudio.ui.workspaces.speech.recordings_part import RecordingsPart
from deepstudio.ui.workspaces.speech.room import CurrentStack, beside
from deepstudio.ui.workspaces.speech.transcript_page import TranscriptPage
from deepstudio.ui.workspaces.speech.transcript_part import TranscriptPart
from deepstudio.ui.workspaces.speech.words_page import WordsPage
from deepstudio.ui.workspaces.speech.words_part import WordsPart


class SpeechView(QWidget):
    """Menus, drops, keys and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    state_changed = Signal()
    models_touched = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._waiting: list[Path] = []
        theme = services.theme
        self.models = SpeechModels(services.library, self)
        self.presenter = SpeechPresenter(services, self.models, self)
        self.bar = ModeBar(theme, self.models)
        self.left = MicrophonePane(theme)
        self.page = TranscriptPage(theme)
        self.words = WordsPage(theme)
        self.said = TranscriptPart(services, self.page, self)
        self.kept = RecordingsPart(services.jobs, self.left.recordings, self)
        self.own = WordsPart(services, self.words, self.left.sets, self)
        self.again = Again(self.models, self)
        self.trouble = Banner(theme, "warning", "warning")
        self.microphone = MicrophonePart(services, self.left, self.trouble, self.presenter, self)
        self.missing = Banner(theme, "accent", "info")
        self._lay_out()
        self._connect()
        self.kept.refresh(first=True)
        self.microphone.devices.look()
        self.said.show_nothing()

    def _lay_out(self) -> None:
        self._pages = CurrentStack()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.words)
        right = QWidget()
        stack = column(right, gap=10)
        stack.addWidget(self.missing)
        stack.addWidget(self.trouble)
        stack.addWidget(self._pages, 1)
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addWidget(self.bar)
        whole.addWidget(beside(self.left, right, width=300), 1)

    def _connect(self) -> None:
        presenter, left, said = self.presenter, self.left, self.said
        self.microphone.device_changed.connect(self.state_changed)
        self.bar.chosen.connect(self.show_mode)
        self.models.changed.connect(self._on_models)
        self.bar.picker.folder_chosen.connect(self.add_engine)
        presenter.state_changed.connect(self._on_state)
        presenter.state_changed.connect(self.again.follow)
        presenter.heard.connect(said.take)
        presenter.begun.connect(self._on_begun)
        presenter.finished.connect(self._on_finished)
        presenter.nothing_recorded.connect(said.show_nothing)
        presenter.failed.connect(self._on_failed)
        left.record_asked.connect(self.record)
        left.stop_asked.connect(self._waiting.clear)
        left.recordings.chosen.connect(self.show_recording)
        left.recordings.play_asked.connect(lambda recording: said.playback.play(recording.sound))
        left.recordings.again_asked.connect(lambda recording: self.again.ask(recording, self.mode, QCursor.pos()))
        self.page.again_asked.connect(lambda place: self.again.ask(said.recording, self.mode, place))
        self.again.chosen.connect(self.transcribe_again)
        self.again.brought_back.connect(self._on_brought_back)
        self.page.open_asked.connect(self.ask_open)
        said.changed.connect(lambda: self.kept.refresh(said.folder))
        self.own.recording_changed.connect(self._on_takes)
        self.own.takes.loudness.connect(self.left.show_level)
        self.own.use_asked.connect(self.use_model)
        self.own.models_touched.connect(self.models_touched)
        left.stop_asked.connect(self.own.takes.stop)
        for part in (said, self.own, self.kept):
            part.message.connect(self.message)
            part.failed.connect(self.failed)
        self.microphone.message.connect(self.message)
        for asking in (self.said, self.own, self.kept, self.again):
            asking.undo_offered.connect(self.undo_offered)
        self.kept.renamed.connect(said.retitle)
        self.kept.deleted.connect(self._on_deleted)

    # What a person does

    @property
    def mode(self) -> str:
        """Return what the workspace does now."""
        return self.presenter.mode

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Do one of `MODES`; not while something is recorded."""
        if self.presenter.occupied:
            self.bar.modes.choose(self.mode)
            self.message.emit(self.tr("Stop the recording first."))
            return
        if mode not in MODES or mode == self.mode:
            return
        self.own.takes.stop()
        self.presenter.use_mode(mode)
        self.bar.show_mode(mode)
        self.left.show_mode(mode)
        if mode == WORDS:
            self.presenter.close()
            self.own.refresh()
            self.left.show_takes(self.own.takes.state)
        else:
            self.said.show_mode(mode)
            self.kept.refresh()
            self.left.show_state(self.presenter.state)
            self._keep_ready()
        self._pages.setCurrentWidget(self.words if mode == WORDS else self.page)
        self._on_models()
        self.state_changed.emit()

    def use_model(self, name: str) -> None:
        """Listen with model `name`, in the mode that it is made for."""
        self.models.refresh()
        mode = self.models.mode_of(name)
        if mode is not None:
            if not self.presenter.occupied:
                self.models.choose(mode, name)
            self.show_mode(mode)

    @Slot()
    def record(self) -> None:
        """Begin a new recording, or takes of a word."""
        if self.mode == WORDS:
            self.own.device = self.presenter.device
            self.own.record()
            return
        self.said.stop_editing()
        self.said.playback.stop()
        self.presenter.record()

    @Slot()
    def toggle_recording(self) -> None:
        """Record, or stop: what the key does."""
        if self.own.recording:
            self.own.takes.stop()
        elif self.presenter.state in (RECORDING, READING):
            self._waiting.clear()
            self.presenter.stop()
        else:
            self.record()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Transcribe sound files, one after another."""
        if len(paths) > 1:
            self.message.emit(self.tr("The files are read one after another; Stop leaves out the rest."))
        if self.mode == WORDS:
            self.show_mode(TRANSCRIBE)
        self._waiting += paths
        self._read_waiting()

    @Slot()
    def ask_open(self) -> None:
        """Ask for sound files and transcribe them, one after another."""
        paths = ask_sounds(self)
        if paths:
            self.open_paths(paths)

    @Slot(object, object)
    def transcribe_again(self, recording: Recording, way: Way) -> None:
        """Understand a recording anew, in the mode and with the model that `way` says."""
        self.show_mode(way.mode)
        if self.mode == way.mode:
            self._start_reading(recording.sound, recording, way)

    @Slot(object)
    def show_recording(self, recording: Recording) -> None:
        """Show an earlier recording, in the mode that it was made in."""
        if self.presenter.occupied:
            return
        if recording.about.mode in HEARD:
            self.show_mode(recording.about.mode)
        self.said.show(recording)
        self.kept.refresh(recording.folder)

    @Slot(object)
    def add_engine(self, folder: Path) -> None:
        """Look at the engine in `folder`, and transcribe with it from now on if it is one."""
        handle = self._services.jobs.submit(look_at, folder, lane="files", title=self.tr("Look at the engine"))
        handle.done.connect(self.models.add_folder)
        handle.failed.connect(self.failed)

    def models_changed(self) -> None:
        """Look which speech models there are now."""
        self.models.refresh()
        self._on_models()

    def save_state(self) -> dict[str, Any]:
        """Return microphone, mode and models."""
        return {"microphone": self.presenter.device, "mode": self.mode, "models": self.models.save_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.presenter.choose_device(str(state.get("microphone", "")))
        self.models.restore_state(state.get("models"))
        self.show_mode(str(state.get("mode", TRANSCRIBE)))

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the microphone ready while the workspace is on screen."""
        super().showEvent(event)
        self.models_changed()
        self._keep_ready()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the microphone unless it records."""
        super().hideEvent(event)
        self.presenter.close()
        self.own.takes.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words away where there is no room."""
        super().resizeEvent(event)
        self.bar.fit(self.width())

    # What happens

    @Slot()
    def _on_models(self) -> None:
        model = self.models.chosen(self.mode)
        without = self.tr("No model for this is installed: sound is recorded, but not understood.")
        self.missing.say("" if model is not None or self.mode == WORDS else without)
        self.page.board.set_vocabulary(model.words if model is not None and self.mode == COMMANDS else ())
        self.state_changed.emit()

    @Slot(str)
    def _on_state(self, state: str) -> None:
        self.said.set_live(state in (RECORDING, READING))
        self.bar.picker.setEnabled(not self.presenter.occupied)
        if state == CLOSED and self._waiting:
            QTimer.singleShot(0, self._read_waiting)  # once the presenter is done with what ended

    @Slot(str)
    def _on_takes(self, state: str) -> None:
        if self.mode == WORDS:
            self.left.show_takes(state)

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        """Tell it; what had been recorded by then is in the list, and a file that cannot be read leaves nothing."""
        self.failed.emit(failure)
        if self.said.folder is None:
            self.said.show_nothing()
        self.kept.refresh(self.said.folder)

    @Slot(object)
    def _on_begun(self, folder: Path) -> None:
        if self.presenter.state != READING:
            self._begin(self.tr("Recording"))
        self.said.folder = folder

    @Slot(object)
    def _on_finished(self, result: ListenResult) -> None:
        self.said.finish(result)
        self.again.finish(result)
        self.state_changed.emit()

    @Slot(object)
    def _on_brought_back(self, recording: Recording) -> None:
        if self.said.folder in (None, recording.folder):
            self.show_recording(recording)
        self.kept.refresh(self.said.folder)

    @Slot(object)
    def _on_deleted(self, folder: Path) -> None:
        if self.said.folder == folder:
            self.said.show_nothing()

    def _keep_ready(self) -> None:
        if self.isVisible() and self.mode != WORDS and self._services.settings.current.speech.keep_ready:
            self.presenter.open()

    def _begin(self, title: str) -> None:
        heard = self.presenter.has_model()
        self.said.begin(title, self.tr("Listening…") if heard else self.tr("Only sound is kept."))
        self.trouble.say("")
        self.left.recordings.select(None)

    @Slot()
    def _read_waiting(self) -> None:
        """Read the next file; where something is recorded, say so and forget the files."""
        if self._waiting and not self.presenter.reading:
            path = self._waiting.pop(0)
            if self.presenter.occupied:
                self._waiting.clear()
            self._start_reading(path)

    def _start_reading(self, path: Path, recording: Recording | None = None, way: Way | None = None) -> None:
        if self.presenter.occupied:
            self.message.emit(self.tr("Stop the recording first."))
            return
        if way is None and not self.presenter.has_model():
            self.message.emit(self.tr("No speech model is installed."))
            return
        self.said.stop_editing()
        if recording is not None:
            self.again.keep(recording)
        self._begin(title_of(recording) if recording is not None else path.name)
        folder = recording.folder if recording is not None else None
        self.presenter.transcribe(path, folder, way.model if way is not None else None)
