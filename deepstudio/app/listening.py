"""The audio lane's objects, made inside the lane: what the window holds imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from deepstudio.app.preload import preload_torch
from deepstudio.audio.devices import Microphone, microphones, refresh_devices
from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import ListenRequest, ListenResult, LookForMicrophones, TranscribeRequest
from deepstudio.models.library import default_library

if TYPE_CHECKING:
    from deepstudio.core.take_messages import TakeRequest, TakeResult, WordTrainRequest, WordTrainResult

_MOST_KEPT = 3
"""Models ready to listen: sentences, digits, single words."""


class SoundSource(Protocol):
    """Where microphones come from."""

    def list(self) -> tuple[Microphone, ...]:
        """Return the microphones there are."""

    def refresh(self) -> None:
        """Ask the system anew which there are; none may be open then."""

    def open(self, name: str = "", *, refresh: bool = False, like: Any = None) -> tuple[Any, Microphone]:
        """Open a microphone, as `audio.capture.open_microphone` does."""


class TrueMicrophones:
    """Those of the sound system."""

    def list(self) -> tuple[Microphone, ...]:
        """Return the microphones there are."""
        return microphones()

    def refresh(self) -> None:
        """Ask the system anew which there are."""
        refresh_devices()

    def open(self, name: str = "", *, refresh: bool = False, like: Any = None) -> tuple[Any, Microphone]:
        """Open one; the module that does it is imported in the lane."""
        from deepstudio.audio.capture import open_microphone

        return open_microphone(name, refresh=refresh, like=like)


class LaneListener:
    """Stands for `Listener` and `FileTranscriber` of the engine. Its jobs run in the audio lane only."""

    def __init__(self) -> None:
        self.source: SoundSource = TrueMicrophones()
        """Whose microphones are listened to. Replace it in the GUI thread, before the first job."""
        self._kept: dict[tuple[str, str, int], Any] = {}

    def microphones(self, request: LookForMicrophones, context: JobContext) -> tuple[Microphone, ...]:
        """Return the microphones there are; may run in any lane, to look anew in the audio lane only."""
        if request.anew:
            self.source.refresh()
        return self.source.list()

    def listen(self, request: ListenRequest, context: JobContext) -> ListenResult:
        """Open the microphone and wait for the window's commands."""
        from deepstudio.infer.listen import Listener

        return Listener(self._open, self.source.open).listen(request, context)

    def transcribe(self, request: TranscribeRequest, context: JobContext) -> ListenResult:
        """Understand a sound file."""
        from deepstudio.infer.transcribe import FileTranscriber

        return FileTranscriber(self._open).transcribe(request, context)

    def record_takes(self, request: TakeRequest, context: JobContext) -> TakeResult:
        """Record takes of a word."""
        from deepstudio.infer.take_recorder import TakeRecorder

        return TakeRecorder(self.source.open).record(request, context)

    def train_words(self, request: WordTrainRequest, context: JobContext) -> WordTrainResult:
        """Train on a word set; in the train lane."""
        preload_torch()
        from deepstudio.train.words_job import WordTrainer

        return WordTrainer().train(request, context)

    def _open(self, request: ListenRequest | TranscribeRequest) -> Any:
        """Return what hears, at the start of a stream; None where the request names no model."""
        if not request.model:
            return None
        wanted = (request.model, request.language_model, _stamp(request.model))
        hearing = self._kept.pop(wanted, None)
        if hearing is None:
            preload_torch()
            from deepstudio.core.torch_threads import stay_alone
            from deepstudio.infer.hearing import open_hearing

            stay_alone()  # blocks of sound are far too small to share
            hearing = open_hearing(request.model, request.language_model)
        self._kept[wanted] = hearing
        while len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        hearing.reset()
        return hearing


def _stamp(model: str) -> int:
    """Return when the file of a model was written: one that was trained again has its old name."""
    try:
        return default_library().find(model).path.stat().st_mtime_ns
    except (DeepStudioError, OSError):
        return 0
