"""Records takes of a word, one after another, each cut out by itself. No widgets. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.listen_messages import ListenControl, Loudness, MicrophoneOpen
from deepstudio.core.take_messages import TakeHeard, TakeRequest
from deepstudio.jobs.handle import JobHandle

IDLE, OPENING, LISTENING, ENDING = "idle", "opening", "listening", "ending"


class TakesPresenter(QObject):
    """One word at a time; a take without a problem is handed on by `heard` the moment it is over."""

    state_changed = Signal(str)
    loudness = Signal(float, float)
    heard = Signal(str, object)
    """The word and a `TakeHeard`."""
    completed = Signal(str)
    """All wanted takes of a word came."""
    failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._listener = services.listener
        self._control: ListenControl | None = None
        self._handle: JobHandle | None = None
        self._good = 0
        self._wanted = 0
        self.word = ""
        self.state = IDLE

    def begin(self, word: str, wanted: int, device: str) -> None:
        """Listen for `wanted` takes of `word`; nothing happens while another word is recorded."""
        if self.state != IDLE:
            return
        self.word, self._wanted, self._good = word, wanted, 0
        self._control = ListenControl()
        request = TakeRequest(control=self._control, device=device, wanted=wanted)
        self._set_state(OPENING)
        handle = self._jobs.submit(self._listener.record_takes, request, lane="audio", title=self.tr("Record takes"))
        self._handle = handle
        handle.partial.connect(self._on_partial)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)

    @Slot()
    def stop(self) -> None:
        """Listen no more; takes that came stay."""
        if self.state in (OPENING, LISTENING) and self._control is not None:
            self._set_state(ENDING)
            self._control.stop()

    @Slot(object)
    def _on_partial(self, value: object) -> None:
        if isinstance(value, MicrophoneOpen):
            if self.state == OPENING:
                self._set_state(LISTENING)
        elif isinstance(value, Loudness):
            self.loudness.emit(value.peak, value.rms)
        elif isinstance(value, TakeHeard):
            self._good += value.problem is None
            self.heard.emit(self.word, value)

    @Slot(object)
    def _on_ended(self, ended: object) -> None:
        complete = self._good >= self._wanted and self.state != ENDING
        self._handle = self._control = None
        self._set_state(IDLE)
        if complete:
            self.completed.emit(self.word)

    def _set_state(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
