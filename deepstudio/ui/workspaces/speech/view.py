"""The Speech workspace: what it can do above, microphone and recordings left, what is heard right. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from deepstudio.audio.recordings import Recording
from deepstudio.core.listen_messages import ListenResult
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.parts import column, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.speech.microphone_pane import MicrophonePane
from deepstudio.ui.workspaces.speech.microphone_part import MicrophonePart
from deepstudio.ui.workspaces.speech.model_picker import ModelPicker
from deepstudio.ui.workspaces.speech.models import SpeechModels
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, MODES, TRANSCRIBE
from deepstudio.ui.workspaces.speech.presenter import READING, RECORDING, SpeechPresenter
from deepstudio.ui.workspaces.speech.recordings_part import RecordingsPart
from deepstudio.ui.workspaces.speech.transcript_page import TranscriptPage
from deepstudio.ui.workspaces.speech.transcript_part import TranscriptPart

_ROOMY = 900
"""Pixels of width from which on there is room for every word above."""


class SpeechView(QWidget):
    """Menus, drops, keys and tours call its public methods."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    state_changed = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        theme = services.theme
        self.models = SpeechModels(services.library, self)
        self.presenter = SpeechPresenter(services, self.models, self)
        self.modes = Segmented(theme)
        self.picker = ModelPicker(self.models)
        self.left = MicrophonePane(theme)
        self.page = TranscriptPage(theme)
        self.said = TranscriptPart(services, self.page, self)
        self.kept = RecordingsPart(services.jobs, self.left.recordings, self)
        self.trouble = Banner(theme, "warning", "warning")
        self.microphone = MicrophonePart(services, self.left, self.trouble, self.presenter, self)
        self.missing = Banner(theme, "accent", "info")
        self._lay_out()
        self._connect()
        self.kept.refresh(first=True)
        self.microphone.devices.look()
        self.said.show_nothing()

    def _lay_out(self) -> None:
        for mode, icon, text, tip in (
            (TRANSCRIBE, "text", self.tr("Transcribe"), self.tr("Write down what is said")),
            (COMMANDS, "target", self.tr("Commands"), self.tr("Hear single words, live")),
            (DIGITS, "grid", self.tr("Digits"), self.tr("Write down digits as a number")),
        ):
            self.modes.add(mode, icon=icon)
            self.modes.set_text(mode, text, tip)
        bar = row(gap=12)
        bar.addWidget(self.modes)
        bar.addStretch(1)
        bar.addWidget(self.picker)
        right = QWidget()
        stack = column(right, gap=10)
        stack.addWidget(self.missing)
        stack.addWidget(self.trouble)
        stack.addWidget(self.page, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(self.left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 900])
        whole = column(self, margins=(16, 12, 16, 14), gap=12)
        whole.addLayout(bar)
        whole.addWidget(splitter, 1)

    def _connect(self) -> None:
        presenter, left, said = self.presenter, self.left, self.said
        self.microphone.message.connect(self.message)
        self.microphone.device_changed.connect(self.state_changed)
        self.modes.chosen.connect(self.show_mode)
        self.models.changed.connect(self._on_models)
        self.picker.folder_chosen.connect(self.add_engine)
        presenter.state_changed.connect(self._on_state)
        presenter.heard.connect(said.take)
        presenter.begun.connect(self._on_begun)
        presenter.finished.connect(self._on_finished)
        presenter.nothing_recorded.connect(said.show_nothing)
        presenter.failed.connect(self._on_failed)
        left.record_asked.connect(self.record)
        left.recordings.chosen.connect(self.show_recording)
        left.recordings.play_asked.connect(lambda recording: said.playback.play(recording.sound))
        left.recordings.again_asked.connect(self.transcribe_again)
        self.page.again_asked.connect(lambda: self.transcribe_again(said.recording))
        self.page.open_asked.connect(self.ask_open)
        said.message.connect(self.message)
        said.failed.connect(self.failed)
        said.changed.connect(lambda: self.kept.refresh(said.folder))
        self.kept.message.connect(self.message)
        self.kept.failed.connect(self.failed)
        self.kept.undo_offered.connect(self.undo_offered)
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
            self.modes.choose(self.mode)
            self.message.emit(self.tr("Stop the recording first."))
            return
        if mode not in MODES or mode == self.mode:
            return
        self.modes.choose(mode)
        self.presenter.use_mode(mode)
        self.picker.show_mode(mode)
        self.said.show_mode(mode)
        self.kept.refresh()
        self._on_models()
        self.state_changed.emit()

    def use_model(self, name: str) -> None:
        """Listen with model `name`, in the mode that it is made for."""
        self.models.refresh()
        mode = self.models.mode_of(name)
        if mode is None:
            return
        if not self.presenter.occupied:
            self.models.choose(mode, name)
        self.show_mode(mode)

    @Slot()
    def record(self) -> None:
        """Begin a new recording."""
        self.said.stop_editing()
        self.said.playback.stop()
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

    @Slot(object)
    def transcribe_again(self, recording: Recording | None) -> None:
        """Understand a recording anew, with the model as it is now."""
        if recording is not None:
            self._start_reading(recording.sound, recording.folder)

    @Slot(object)
    def show_recording(self, recording: Recording) -> None:
        """Show an earlier recording."""
        if not self.presenter.occupied:
            self.said.show(recording)

    @Slot(object)
    def add_engine(self, folder: Path) -> None:
        """Offer the engine in `folder` and transcribe with it."""
        self.models.add_folder(folder)
        self.state_changed.emit()

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
        if self._services.settings.current.speech.keep_ready:
            self.presenter.open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the microphone unless it records."""
        super().hideEvent(event)
        self.presenter.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words away where there is no room."""
        super().resizeEvent(event)
        self.picker.set_roomy(self.width() >= _ROOMY)

    # What happens

    @Slot()
    def _on_models(self) -> None:
        has = self.presenter.has_model()
        without = {
            COMMANDS: self.tr("No model for single words is installed: sound is recorded, but not understood."),
        }
        usual = self.tr("No speech model is installed: sound is recorded, but not understood.")
        self.missing.say("" if has else without.get(self.mode, usual))
        model = self.models.chosen(self.mode)
        self.page.board.set_vocabulary(model.words if model is not None and self.mode == COMMANDS else ())
        self.state_changed.emit()

    @Slot(str)
    def _on_state(self, state: str) -> None:
        self.said.set_live(state in (RECORDING, READING))
        self.picker.setEnabled(not self.presenter.occupied)

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        """Tell it; what had been recorded by then is in the list."""
        self.failed.emit(failure)
        self.kept.refresh(self.said.folder)

    @Slot(object)
    def _on_begun(self, folder: Path) -> None:
        if self.presenter.state != READING:
            self._begin(self.tr("Recording"))
        self.said.folder = folder

    @Slot(object)
    def _on_finished(self, result: ListenResult) -> None:
        self.said.finish(result)
        self.state_changed.emit()

    @Slot(object)
    def _on_deleted(self, folder: Path) -> None:
        if self.said.folder == folder:
            self.said.show_nothing()

    def _begin(self, title: str) -> None:
        heard = self.presenter.has_model()
        self.said.begin(title, self.tr("Listening…") if heard else self.tr("Only sound is kept."))
        self.trouble.say("")
        self.left.recordings.select(None)

    def _start_reading(self, path: Path, folder: Path | None) -> None:
        if self.presenter.occupied:
            self.message.emit(self.tr("Stop the recording first."))
            return
        if not self.presenter.has_model():
            self.message.emit(self.tr("No speech model is installed."))
            return
        self.said.stop_editing()
        self._begin(path.name)
        self.presenter.transcribe(path, folder)
