"""Understanding a sound file, piece by piece, however long it is. In the audio lane."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from deepstudio.audio.picture import SoundPicture
from deepstudio.audio.recordings import Recording, note_file, note_hearing, open_recording, save_transcript
from deepstudio.audio.sound_files import SoundReader
from deepstudio.audio.transcripts import Transcript, as_json
from deepstudio.core.errors import InputError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import (
    HeardSound,
    ListenCommand,
    ListenResult,
    ListenTrouble,
    RecordingBegun,
    TranscribeRequest,
)
from deepstudio.core.speech_messages import SpeechEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.infer.live_recording import Recognizer

OpenRecognizer = Callable[[TranscribeRequest], Recognizer | None]
_PIECE_SECONDS = 0.5


class FileTranscriber:
    """Answers `TranscribeRequest`; what is understood comes as `HeardSound`, as it does from a microphone."""

    def __init__(self, open_recognizer: OpenRecognizer) -> None:
        self._open_recognizer = open_recognizer

    def transcribe(self, request: TranscribeRequest, context: JobContext) -> ListenResult:
        """Return what the file says, written beside its recording too.

        A cancelled job writes nothing, and one that is stopped before the first word neither. Raises InputError for a
        file that cannot be read or where no model is installed, OSError as the disk does, and JobCancelled.
        """
        with SoundReader(request.path) as reader:
            recognizer = self._open_recognizer(request)
            if recognizer is None:
                raise InputError(
                    QT_TRANSLATE_NOOP("errors", "There is no speech model."),
                    fix=QT_TRANSLATE_NOOP("errors", "Install one in the Models workspace."),
                )
            context.status(QT_TRANSLATE_NOOP("status", "Listening to the file"))
            stopped = _stop_of(request)
            transcript, seconds = self._understand(reader, recognizer, stopped, context)
        if reader.trouble is not None:
            context.partial(ListenTrouble(what="file", failure=failure_from(reader.trouble)))
        segments = transcript.segments
        if stopped.is_set() and not segments:
            return ListenResult(folder=None)
        recording = _recording(request, reader.duration)
        context.partial(RecordingBegun(folder=recording.folder))
        save_transcript(recording, as_json(segments))
        return ListenResult(
            folder=recording.folder,
            seconds=seconds,
            whole=not stopped.is_set(),
            real_time_factor=recognizer.compute_seconds / seconds if seconds else 0.0,
            segments=len(segments),
            texts=tuple(segment.text for segment in segments),
        )

    def _understand(
        self, reader: SoundReader, recognizer: Recognizer, stopped: threading.Event, context: JobContext
    ) -> tuple[Transcript, float]:
        transcript, picture, samples = Transcript(), SoundPicture(), 0
        for block in reader.blocks(_PIECE_SECONDS):
            context.check()
            if stopped.is_set():
                break
            samples += len(block)
            events = recognizer.feed(block)
            envelope, bands = picture.feed(block)
            context.partial(
                HeardSound(
                    seconds=samples / 16_000,
                    envelope=envelope,
                    bands=bands,
                    peak=float(np.abs(block).max(initial=0.0)),
                    rms=float(np.sqrt(np.mean(block**2))),
                    speaking=recognizer.speaking,
                    backlog=0.0,
                    latency=None,
                    lost=0,
                    events=_kept(events, transcript),
                )
            )
            context.progress(round(1000 * samples / 16_000), round(1000 * reader.duration))
        context.partial(_words_alone(samples / 16_000, _kept(recognizer.finish(), transcript)))
        return transcript, samples / 16_000


def _stop_of(request: TranscribeRequest) -> threading.Event:
    """Return what is set when somebody stops the reading, from any thread."""
    stopped = threading.Event()

    def deliver(command: ListenCommand) -> None:
        if command is ListenCommand.STOP:
            stopped.set()

    if request.control is not None:
        request.control.connect(deliver)
    return stopped


def _kept(events: list[SpeechEvent], transcript: Transcript) -> tuple[SpeechEvent, ...]:
    for event in events:
        transcript.add(event)
    return tuple(events)


def _words_alone(seconds: float, events: tuple[SpeechEvent, ...]) -> HeardSound:
    return HeardSound(
        seconds=seconds,
        envelope=np.zeros((0, 2), np.float32),
        bands=np.zeros((0, 0), np.uint8),
        peak=0.0,
        rms=0.0,
        speaking=False,
        backlog=0.0,
        latency=None,
        lost=0,
        events=events,
    )


def _recording(request: TranscribeRequest, seconds: float) -> Recording:
    """Return the recording, new or as it is, with the note of how it was heard now."""
    if request.folder is None:
        return note_file(request.path, seconds=seconds, mode=request.mode, model=request.model)
    return note_hearing(open_recording(request.folder), mode=request.mode, model=request.model)
