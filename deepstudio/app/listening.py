"""The audio lane's objects, made inside the lane: what the window holds imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deepstudio.app.preload import preload_torch
from deepstudio.audio.devices import Microphone, microphones, refresh_devices
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import ListenRequest, ListenResult, LookForMicrophones, TranscribeRequest

if TYPE_CHECKING:
    from deepstudio.audio.recognizer import StreamingRecognizer


class LaneListener:
    """Stands for `Listener` and `FileTranscriber` of the engine. Its jobs run in the audio lane only."""

    def __init__(self) -> None:
        self._recognizer: StreamingRecognizer | None = None
        self._opened: tuple[str, str] = ("", "")

    def microphones(self, request: LookForMicrophones, context: JobContext) -> tuple[Microphone, ...]:
        """Return the microphones there are; may run in any lane, to look anew in the audio lane only."""
        if request.anew:
            refresh_devices()
        return microphones()

    def listen(self, request: ListenRequest, context: JobContext) -> ListenResult:
        """Open the microphone and wait for the window's commands."""
        from deepstudio.infer.listen import Listener

        return Listener(self._open).listen(request, context)

    def transcribe(self, request: TranscribeRequest, context: JobContext) -> ListenResult:
        """Understand a sound file."""
        from deepstudio.infer.transcribe import FileTranscriber

        return FileTranscriber(self._open).transcribe(request, context)

    def _open(self, request: ListenRequest | TranscribeRequest) -> StreamingRecognizer | None:
        """Return the recogniser at the start of a stream; None where the request names no model."""
        if not request.model:
            return None
        wanted = (request.model, request.language_model)
        if self._recognizer is None or self._opened != wanted:
            preload_torch()
            from deepstudio.infer.speech import open_recognizer

            self._recognizer = open_recognizer(*wanted)
            self._opened = wanted
        self._recognizer.reset()
        return self._recognizer
