"""A recording that goes on: its folder, its pictures, its words. In the audio lane, or for it while a model is loaded.

Pictures never wait for words: as long as there is no recogniser yet, or it has not caught up since, sound is shown at
once and put aside, and it hears what was put aside in order, in bigger pieces.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.picture import SoundPicture
from deepstudio.audio.recorder import LISTEN_RATE, Recorder, Sound
from deepstudio.audio.recordings import Recording, complete_recording, discard_recording, save_transcript
from deepstudio.audio.transcripts import Transcript, as_json
from deepstudio.core.errors import StorageError
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import HeardSound, ListenResult, RecordingBegun
from deepstudio.core.speech_messages import Final, Partial, SpeechEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP

_CATCHING_UP = 2 * LISTEN_RATE
"""Samples put aside that are heard in one go; the level meter stands still meanwhile."""
_NOTHING = np.zeros(0, np.float32)


class Recognizer(Protocol):
    """What listening needs of `infer.speech.StreamingRecognizer`."""

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


class LiveRecording:
    """Begins without a recogniser; `understand_with` says which one it is. One thread at a time."""

    def __init__(self, recorder: Recorder, recording: Recording, context: JobContext) -> None:
        self._recorder = recorder
        self._recording = recording
        self._context = context
        self._recognizer: Recognizer | None = None
        self._waits, self._finished = True, False
        self._aside: list[NDArray[np.float32]] = []
        self._picture = SoundPicture()
        self._transcript = Transcript()
        self._open: dict[int, Partial] = {}
        self._seconds = 0.0
        self._captured_at = 0.0
        context.partial(RecordingBegun(folder=recording.folder))

    def understand_with(self, recognizer: Recognizer | None) -> None:
        """Have the sound understood, also what came before; by nobody where there is no recogniser."""
        self._recognizer = recognizer
        self._waits = False
        if recognizer is None:
            self._aside.clear()

    @property
    def behind(self) -> bool:
        """Return whether there is sound that was put aside, and somebody to hear it."""
        return not self._waits and bool(self._aside)

    def take(self, sound: Sound) -> None:
        """Show a piece of sound, and understand it unless what came before is still to be."""
        self._seconds += len(sound.samples) / LISTEN_RATE
        self._captured_at = sound.captured_at
        events: list[SpeechEvent] = []
        if self._waits or self._aside:
            self._aside.append(sound.samples)
        elif self._recognizer is not None:
            events = self._recognizer.feed(sound.samples)
        self._show(sound.samples, events)

    def catch_up(self) -> None:
        """Understand a part of what was put aside; only while `behind`."""
        assert self._recognizer is not None
        waiting = np.concatenate(self._aside)
        self._aside.clear()
        if len(waiting) > _CATCHING_UP:
            self._aside.append(waiting[_CATCHING_UP:])
        self._show(_NOTHING, self._recognizer.feed(waiting[:_CATCHING_UP]))

    def finish(self) -> None:
        """Understand all that is left, and the tail. Raises JobCancelled."""
        while self.behind:
            self._context.check()
            self.catch_up()
        if self._recognizer is not None:
            self._show(_NOTHING, self._recognizer.finish())
            self._finished = True

    def close(self) -> ListenResult:
        """Put the recording together and write down what was understood. Raises StorageError, and OSError.

        Where it was not understood to its end, because the window was closed, the text has what was on screen by then.
        """
        for shown in () if self._finished else self._open.values():
            self._transcript.add(_as_it_stands(shown))
        segments = self._transcript.segments
        text, written = as_json(segments), False
        if segments:
            with suppress(OSError):  # first, for there may be room for the text alone
                save_transcript(self._recording, text)
                written = True
        recording = keep_recording(self._recorder, self._recording)
        if recording is None:
            return ListenResult(folder=None)
        if self._finished and not written:  # what nobody has listened to is still to be understood
            save_transcript(recording, text)
        compute = self._recognizer.compute_seconds if self._recognizer is not None else 0.0
        return ListenResult(
            folder=recording.folder,
            seconds=recording.seconds,
            lost=self._recorder.lost,
            real_time_factor=compute / self._seconds if self._seconds else 0.0,
            segments=len(segments),
            texts=tuple(segment.text for segment in segments),
        )

    def _show(self, samples: NDArray[np.float32], events: list[SpeechEvent]) -> None:
        envelope, bands = self._picture.feed(samples)
        for event in events:
            self._transcript.add(event)
            if isinstance(event, Partial) and event.words:
                self._open[event.segment] = event
            else:
                self._open.pop(event.segment, None)
        recognizer = self._recognizer
        self._context.partial(
            HeardSound(
                seconds=self._recorder.seconds,
                envelope=envelope,
                bands=bands,
                peak=float(np.abs(samples).max(initial=0.0)),
                rms=float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0,
                speaking=recognizer is not None and recognizer.speaking,
                backlog=self._backlog(),
                latency=self._latency(events),
                lost=self._recorder.lost,
                events=tuple(events),
                guesses=getattr(recognizer, "guesses", ()),
            )
        )

    def _backlog(self) -> float:
        """Return the seconds that nobody has looked at, where somebody will."""
        if self._recognizer is not None:
            return self._recorder.seconds - self._recognizer.processed
        return self._recorder.seconds if self._waits else 0.0

    def _latency(self, events: list[SpeechEvent]) -> float | None:
        """Return the seconds from the end of the newest word, as the sound card's clock had it, to now."""
        ends = [event.words[-1].end for event in events if event.words]
        if not ends:
            return None
        return self._recorder.clock - (self._captured_at - (self._seconds - max(ends)))


def _as_it_stands(shown: Partial) -> Final:
    """Return an open segment as if it were closed now; nothing more is computed for it."""
    return Final(segment=shown.segment, text=shown.text, start=shown.start, end=shown.end, words=shown.words)


def keep_recording(recorder: Recorder, recording: Recording) -> Recording | None:
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
