"""What the Speech workspace does: the microphone, its recording, and files. No widgets. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.listen_messages import (
    HeardSound,
    ListenControl,
    ListenRequest,
    ListenResult,
    ListenTrouble,
    Loudness,
    MicrophoneOpen,
    RecordingBegun,
    TranscribeRequest,
)
from deepstudio.core.messages import JobEnded, Outcome
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.speech.models import SpeechModel, SpeechModels
from deepstudio.ui.workspaces.speech.modes import DIGITS, TRANSCRIBE

CLOSED, OPENING, READY, RECORDING, FINISHING, READING = (
    "closed",
    "opening",
    "ready",
    "recording",
    "finishing",
    "reading",
)
"""The microphone is closed; opens; is open and nothing is kept; records; understands the rest; a file is read."""


class SpeechPresenter(QObject):
    """Steers one microphone at a time."""

    state_changed = Signal(str)
    microphone_opened = Signal(object)
    loudness = Signal(float, float)
    heard = Signal(object)
    """A `HeardSound`."""
    begun = Signal(object)
    """The folder of the recording that began, or that a file's transcript was written to."""
    trouble = Signal(object)
    """A `ListenTrouble`."""
    finished = Signal(object)
    """The `ListenResult` of a recording or a file."""
    nothing_recorded = Signal()
    """It was stopped before the first sample came, or the first word of a file."""
    progressed = Signal(float)
    """The share of a file that has been read."""
    failed = Signal(object)
    unavailable = Signal(object)
    """The `Failure` of a microphone that was opened only to be ready; nobody asked for it yet."""

    def __init__(self, services: Any, models: SpeechModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._listener = services.listener
        self._models = models
        self._opened_with: tuple[str, str] = ("", "")
        self._control: ListenControl | None = None
        self._handle: JobHandle | None = None
        self._wanted_open = False
        self._record_next = False
        self._next_file: TranscribeRequest | None = None
        self.device = ""
        self.mode = TRANSCRIBE
        self.state = CLOSED
        models.changed.connect(self._on_models)

    # What a person wants

    def open(self) -> None:
        """Open the microphone and keep it ready, as long as nothing else is going on."""
        self._wanted_open = True
        if self.state == CLOSED:
            self._listen()

    def close(self) -> None:
        """Let go of the microphone unless it records."""
        self._wanted_open = self._record_next = False
        if self.state in (OPENING, READY) and self._control is not None:
            self._control.stop()

    def record(self) -> None:
        """Begin to record; opens the microphone first where it is closed."""
        if self.state == CLOSED:
            self._listen()
        if self.state in (OPENING, READY) and self._control is None:
            self._record_next = True  # the microphone is about to be opened anew
        elif self.state in (OPENING, READY) and self._control is not None:
            self._control.record()
            self._set_state(RECORDING)

    def stop(self) -> None:
        """End the recording, which is still understood to its end, or the reading of a file: its text until now stays.

        A recording that is read once more keeps the text that it had.
        """
        if self.state == RECORDING and self._control is not None:
            self._set_state(FINISHING)
            self._control.stop()
        elif self.state == READING and self._control is not None:
            self._control.stop()
        elif self.state == READING and self._handle is not None:
            self._handle.cancel()

    def transcribe(self, path: Path, folder: Path | None = None, model: SpeechModel | None = None) -> None:
        """Understand a sound file, once the microphone is out of the way; not while something is recorded.

        Without a `model` the one that is chosen for this mode listens.
        """
        if self.state in (RECORDING, FINISHING, READING):
            return
        name, language = self.engine(model)
        self._next_file = TranscribeRequest(
            path=path,
            folder=folder,
            control=ListenControl() if folder is None else None,
            model=name,
            language_model=language,
            mode=self.mode,
        )
        if self.state == CLOSED:
            self._read_next()
        elif self._control is not None:
            self._control.stop()

    def choose_device(self, name: str) -> None:
        """Use another microphone; "" is the usual one."""
        if name == self.device:
            return
        self.device = name
        self.reopen()

    def reopen(self) -> None:
        """Close a microphone that waits, and open it again once the audio lane has done what is queued there."""
        if self.state in (OPENING, READY) and self._control is not None:
            self._control.stop()
            self._control = None
            self._set_state(OPENING)

    def use_mode(self, mode: str) -> None:
        """Listen with the model for another mode from the next recording on; not while something is recorded."""
        self.mode = mode
        self._on_models()

    @property
    def busy(self) -> bool:
        """Return whether something would be lost by leaving now."""
        return self.state in (RECORDING, FINISHING)

    @property
    def reading(self) -> bool:
        """Return whether a file is read, or about to be."""
        return self.state == READING or self._next_file is not None

    @property
    def occupied(self) -> bool:
        """Return whether something is recorded or read now."""
        return self.busy or self.state == READING

    def has_model(self) -> bool:
        """Return whether there is a model for this mode."""
        return bool(self.engine()[0])

    def engine(self, model: SpeechModel | None = None) -> tuple[str, str]:
        """Return the model and the language model to listen with, "" where there is none; `model` if it is given."""
        model = model or self._models.chosen(self.mode)
        if model is None:
            return "", ""
        return model.name, DIGITS if self.mode == DIGITS else self._models.language_model(model)

    # What the lane says

    def _listen(self) -> None:
        self._opened_with = model, language = self.engine()
        self._control = ListenControl()
        request = ListenRequest(
            control=self._control, device=self.device, model=model, language_model=language, mode=self.mode
        )
        self._set_state(OPENING)
        self._watch(self._jobs.submit(self._listener.listen, request, lane="audio", title=self.tr("Microphone")))

    def _read_next(self) -> None:
        request, self._next_file = self._next_file, None
        assert request is not None
        self._control = request.control
        self._set_state(READING)
        self._watch(self._jobs.submit(self._listener.transcribe, request, lane="audio", title=self.tr("Transcribe")))

    def _watch(self, handle: JobHandle) -> None:
        self._handle = handle
        handle.partial.connect(self._on_partial)
        handle.progress.connect(self._on_progress)
        handle.failed.connect(self._on_failed)
        handle.done.connect(self._on_done)
        handle.ended.connect(self._on_ended)

    @Slot(object)
    def _on_partial(self, value: object) -> None:
        if isinstance(value, HeardSound):
            self.heard.emit(value)
        elif isinstance(value, Loudness):
            self.loudness.emit(value.peak, value.rms)
        elif isinstance(value, RecordingBegun):
            self.begun.emit(value.folder)
        elif isinstance(value, ListenTrouble):
            self.trouble.emit(value)
        elif isinstance(value, MicrophoneOpen):
            self.microphone_opened.emit(value)
            if self.state == OPENING and self._control is not None:
                self._set_state(READY)

    @Slot("qlonglong", "qlonglong")
    def _on_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done / total if total else 0.0)

    @Slot(object)
    def _on_done(self, result: ListenResult) -> None:
        if result.folder is not None:
            self.finished.emit(result)
        elif self.state in (FINISHING, READING):
            self.nothing_recorded.emit()

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        if self.state != READING:
            self._wanted_open = False  # it would only fail again; the next press of the button tries anew
        if self.state != OPENING:
            self.failed.emit(failure)

    @Slot(object)
    def _on_ended(self, ended: JobEnded) -> None:
        if ended.outcome is Outcome.CANCELLED and self.state != READING:
            self._wanted_open = False  # the program ends: nobody else cancels the microphone
        unavailable = self.state == OPENING and ended.failure is not None
        self._handle = self._control = None
        self._set_state(CLOSED)
        if unavailable:
            self.unavailable.emit(ended.failure)
        record, self._record_next = self._record_next, False
        if self._next_file is not None:
            self._read_next()
        elif record:
            self.record()
        elif self._wanted_open:
            self._listen()

    @Slot()
    def _on_models(self) -> None:
        """Open the microphone anew where it waits with another model than the one to use now."""
        if self.engine() != self._opened_with:
            self.reopen()

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
