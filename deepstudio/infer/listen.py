"""Live transcription: from the microphone to the disk, the screen and the recogniser. In the audio lane.

Capturing and writing happen in the recorder's own thread and wait for nobody; this job draws what they hand on and has
it recognised, in bigger pieces when it has fallen behind. Stop ends after the last captured sample is understood.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.capture import open_microphone
from deepstudio.audio.picture import SoundPicture
from deepstudio.audio.recorder import (
    LISTEN_RATE,
    Ended,
    Heard,
    OpenMicrophone,
    Recorder,
    Reopened,
    Sound,
    Trouble,
)
from deepstudio.audio.recordings import (
    Recording,
    begin_recording,
    complete_recording,
    discard_recording,
    save_transcript,
)
from deepstudio.audio.transcripts import Transcript, as_json
from deepstudio.core.errors import StorageError
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import (
    HeardSound,
    ListenCommand,
    ListenRequest,
    ListenResult,
    ListenTrouble,
    Loudness,
    MicrophoneOpen,
    RecordingBegun,
)
from deepstudio.core.speech_messages import SpeechEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP

_LARGEST_PIECE = 10 * LISTEN_RATE
_LOOK_SECONDS = 0.25
"""How long silence of the recorder may hide that the job was cancelled."""


class Recognizer(Protocol):
    """What this job needs of `infer.speech.StreamingRecognizer`."""

    @property
    def processed(self) -> float:
        """Seconds of sound understood so far."""

    @property
    def speaking(self) -> bool:
        """True while somebody speaks."""

    @property
    def compute_seconds(self) -> float:
        """Seconds spent so far."""

    def feed(self, samples: NDArray[np.float32]) -> list[SpeechEvent]:
        """Take mono sound at 16 kHz; return what is new."""

    def finish(self) -> list[SpeechEvent]:
        """Understand the tail."""


OpenRecognizer = Callable[[ListenRequest], Recognizer | None]


class Listener:
    """Answers `ListenRequest`; `open_recognizer` is called once the microphone is open."""

    def __init__(self, open_recognizer: OpenRecognizer, open_device: OpenMicrophone = open_microphone) -> None:
        self._open_recognizer = open_recognizer
        self._open_device = open_device

    def listen(self, request: ListenRequest, context: JobContext) -> ListenResult:
        """Open the microphone, wait for `record`, and go on until `stop`; what happens comes as partial results.

        A cancelled job keeps the recording, but nothing more of it is understood. Raises InputError where no microphone
        can be opened, what opening the model raises, and JobCancelled.
        """
        recorder = Recorder(self._open_device, device=request.device, pre_roll=request.pre_roll)
        inbox = _Inbox(recorder, context)
        recorder.start()
        session: _Session | None = None
        beginning = _Beginning(recorder, request)
        try:
            context.partial(_about(recorder))
            request.control.connect(beginning.deliver)
            recognizer = self._open_recognizer(request)
            while not isinstance(piece := inbox.next(), Ended):
                if piece is ListenCommand.STOP:
                    recorder.stop()
                elif isinstance(piece, Recording):
                    session = _Session(recorder, recognizer, piece, context)
                elif isinstance(piece, Sound) and session is not None:
                    session.take(inbox.with_what_follows(piece))
                else:
                    _tell(piece, context)
            if session is not None:
                session.finish()
        finally:
            recorder.stop()
            recorder.join()
            result = session.close() if session is not None else ListenResult(folder=None)
            if session is None and beginning.recording is not None:
                _keep(recorder, beginning.recording)
        if beginning.error is not None:
            raise beginning.error
        return result


class _Inbox:
    """What the recorder and the window sent, in order."""

    def __init__(self, recorder: Recorder, context: JobContext) -> None:
        self._pieces = recorder.pieces
        self._context = context
        self._ahead: deque[Any] = deque()

    def next(self) -> Any:
        """Return the next piece or command; raises JobCancelled while waiting."""
        while not self._ahead:
            self._context.check()
            with suppress(queue.Empty):
                self._ahead.append(self._pieces.get(timeout=_LOOK_SECONDS))
        return self._ahead.popleft()

    def with_what_follows(self, first: Sound) -> Sound:
        """Return `first` and the sound waiting behind it as one piece: who has fallen behind takes bigger ones."""
        sounds = [first]
        with suppress(queue.Empty):
            while sum(len(sound.samples) for sound in sounds) < _LARGEST_PIECE:
                following = self._pieces.get_nowait()
                if not isinstance(following, Sound):
                    self._ahead.append(following)
                    break
                sounds.append(following)
        samples = np.concatenate([sound.samples for sound in sounds])
        return Sound(samples=samples, captured_at=sounds[-1].captured_at)


class _Beginning:
    """Begins the recording the moment it is asked for, also while the model is still being loaded."""

    def __init__(self, recorder: Recorder, request: ListenRequest) -> None:
        self._recorder = recorder
        self._request = request
        self._asked = False
        self.recording: Recording | None = None
        self.error: OSError | None = None

    def deliver(self, command: ListenCommand) -> None:
        """Pass a command on. Any thread; does not wait for the disk."""
        if command is not ListenCommand.RECORD:
            self._recorder.pieces.put(command)
        elif not self._asked:
            self._asked = True
            self._recorder.record_at(self._place)

    def _place(self) -> Path | None:
        """Make the folder, and tell the listener before the first sample comes. The recorder's thread."""
        opening = self._recorder.opening
        try:
            self.recording = begin_recording(
                microphone=self._recorder.microphone.name,
                sample_rate=opening.sample_rate,
                channels=opening.channels,
                mode=self._request.mode,
                model=self._request.model,
            )
        except OSError as error:  # the listener raises it
            self.error = error
            self._recorder.stop()
            return None
        self._recorder.pieces.put(self.recording)
        return self.recording.folder


class _Session:
    """One recording: its folder, its pictures, its words."""

    def __init__(
        self, recorder: Recorder, recognizer: Recognizer | None, recording: Recording, context: JobContext
    ) -> None:
        self._recorder = recorder
        self._recognizer = recognizer
        self._context = context
        self._picture = SoundPicture()
        self._transcript = Transcript()
        self._seconds = 0.0
        self._captured_at = 0.0
        self._recording = recording
        context.partial(RecordingBegun(folder=self._recording.folder))

    def take(self, sound: Sound) -> None:
        """Show and understand a piece of sound."""
        self._seconds += len(sound.samples) / LISTEN_RATE
        self._captured_at = sound.captured_at
        events = self._recognizer.feed(sound.samples) if self._recognizer is not None else []
        self._show(sound.samples, events)

    def finish(self) -> None:
        """Understand the tail."""
        if self._recognizer is not None:
            self._show(np.zeros(0, np.float32), self._recognizer.finish())

    def close(self) -> ListenResult:
        """Put the recording together and write down what was understood. Raises StorageError, and OSError."""
        segments = self._transcript.segments
        text, written = as_json(segments), False
        if segments:
            with suppress(OSError):  # first, for there may be room for the text alone
                save_transcript(self._recording, text)
                written = True
        recording = _keep(self._recorder, self._recording)
        if recording is None:
            return ListenResult(folder=None)
        if self._recognizer is not None and not written:  # without one it is still to be understood
            save_transcript(recording, text)
        compute = self._recognizer.compute_seconds if self._recognizer is not None else 0.0
        return ListenResult(
            folder=recording.folder,
            seconds=recording.seconds,
            lost=self._recorder.lost,
            real_time_factor=compute / max(self._seconds, 1e-9),
            segments=len(segments),
            texts=tuple(segment.text for segment in segments),
        )

    def _show(self, samples: NDArray[np.float32], events: list[SpeechEvent]) -> None:
        envelope, bands = self._picture.feed(samples)
        for event in events:
            self._transcript.add(event)
        recognizer = self._recognizer
        self._context.partial(
            HeardSound(
                seconds=self._recorder.seconds,
                envelope=envelope,
                bands=bands,
                peak=float(np.abs(samples).max(initial=0.0)),
                rms=float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0,
                speaking=recognizer is not None and recognizer.speaking,
                backlog=self._recorder.seconds - recognizer.processed if recognizer is not None else 0.0,
                latency=self._latency(events),
                lost=self._recorder.lost,
                events=tuple(events),
                guesses=getattr(recognizer, "guesses", ()),
            )
        )

    def _latency(self, events: list[SpeechEvent]) -> float | None:
        """Return the seconds from the end of the newest word, as the sound card's clock had it, to now."""
        ends = [event.words[-1].end for event in events if event.words]
        if not ends:
            return None
        return self._recorder.clock - (self._captured_at - (self._seconds - max(ends)))


def _keep(recorder: Recorder, recording: Recording) -> Recording | None:
    """Put a recording together; None where it was stopped before the first sample came. Raises StorageError."""
    if not recorder.seconds:
        discard_recording(recording)
        return None
    try:
        return complete_recording(recording)
    except OSError as error:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "The recording could not be put together: the disk is full or fails."),
            fix=QT_TRANSLATE_NOOP("errors", "Make room and start DeepStudio again; what was captured waits till then."),
        ) from error


def _about(recorder: Recorder) -> MicrophoneOpen:
    opening = recorder.opening
    return MicrophoneOpen(name=recorder.microphone.name, sample_rate=opening.sample_rate, channels=opening.channels)


def _tell(piece: Any, context: JobContext) -> None:
    if isinstance(piece, Heard):
        context.partial(Loudness(peak=piece.peak, rms=piece.rms))
    elif isinstance(piece, Trouble):
        context.partial(ListenTrouble(what=piece.what, failure=piece.failure))
    elif isinstance(piece, Reopened):
        context.partial(ListenTrouble(what="microphone", failure=None, gap=piece.gap))
