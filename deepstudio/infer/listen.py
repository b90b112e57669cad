"""Live transcription: from the microphone to the disk, the screen and the recogniser. In the audio lane.

Capturing and writing happen in the recorder's own thread and wait for nobody; this job draws what they hand on and has
it recognised, in bigger pieces when it has fallen behind. While the recogniser is being opened, which takes seconds
where torch has to be imported first, a helper's thread does all but the understanding. Stop ends after the last
captured sample is understood.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.audio.capture import open_microphone
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
from deepstudio.audio.recordings import Recording, begin_recording
from deepstudio.core.job import JobContext
from deepstudio.core.listen_messages import (
    ListenCommand,
    ListenRequest,
    ListenResult,
    ListenTrouble,
    Loudness,
    MicrophoneOpen,
)
from deepstudio.infer.live_recording import LiveRecording, Recognizer, keep_recording

_LARGEST_PIECE = 10 * LISTEN_RATE
_LOOK_SECONDS = 0.25
"""How long silence of the recorder may hide that the job was cancelled."""

OpenRecognizer = Callable[[ListenRequest], Recognizer | None]


class Listener:
    """Answers `ListenRequest`; `open_recognizer` is called once the microphone is open, in the thread of the job."""

    def __init__(self, open_recognizer: OpenRecognizer, open_device: OpenMicrophone = open_microphone) -> None:
        self._open_recognizer = open_recognizer
        self._open_device = open_device

    def listen(self, request: ListenRequest, context: JobContext) -> ListenResult:
        """Open the microphone, wait for `record`, and go on until `stop`; what happens comes as partial results.

        A cancelled job keeps the recording and the text until then, but nothing more is understood. Raises InputError
        where no microphone can be opened, what opening the model raises, and JobCancelled.
        """
        recorder = Recorder(self._open_device, device=request.device, pre_roll=request.pre_roll)
        attendant = _Attendant(recorder, context)
        recorder.start()
        beginning = _Beginning(recorder, request)
        try:
            context.partial(_about(recorder))
            request.control.connect(beginning.deliver)
            with attendant.at_work():
                recognizer = self._open_recognizer(request)
            attendant.understand_with(recognizer)
        finally:
            recorder.stop()
            recorder.join()
            live = attendant.recording
            result = live.close() if live is not None else ListenResult(folder=None)
            if live is None and beginning.recording is not None:
                keep_recording(recorder, beginning.recording)
        if beginning.error is not None:
            raise beginning.error
        return result


class _Loaded:
    """The recogniser is there, or will never be: the lane itself deals with what follows."""


class _Attendant:
    """Deals with what the recorder and the window send: first in a helper's thread, then in the lane, never in both.

    So the thread that feeds the recogniser is the one that opened it, with the priority and the share of torch's
    threads that it has had from the first time on; the helper's never computes with torch.
    """

    def __init__(self, recorder: Recorder, context: JobContext) -> None:
        self.recording: LiveRecording | None = None
        self._recorder = recorder
        self._context = context
        self._inbox = _Inbox(recorder, context)
        self._recognizer: Recognizer | None = None
        self._loaded = self._ended = False

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block lasts, show in another thread what comes. Raises at its end what went wrong there."""
        with ThreadPoolExecutor(1, thread_name_prefix="listening") as helper:
            helped = helper.submit(self._attend)
            try:
                yield
            finally:
                self._inbox.put(_Loaded())
                helped.result()

    def understand_with(self, recognizer: Recognizer | None) -> None:
        """Go on to the end in this thread, and have everything understood. Raises JobCancelled."""
        self._recognizer, self._loaded = recognizer, True
        if self.recording is not None:
            self.recording.understand_with(recognizer)
        self._attend()
        if self.recording is not None:
            self.recording.finish()

    def _attend(self) -> None:
        while not self._ended:
            live = self.recording
            piece = self._inbox.next(wait=live is None or not live.behind)
            if isinstance(piece, _Loaded):
                return
            if isinstance(piece, Ended):
                self._ended = True
            elif piece is ListenCommand.STOP:
                self._recorder.stop()
            elif isinstance(piece, Recording):
                self._begin(piece)
            elif live is not None and isinstance(piece, Sound):
                live.take(self._inbox.with_what_follows(piece))
            elif live is not None and piece is None:
                live.catch_up()
            else:
                _tell(piece, self._context)

    def _begin(self, recording: Recording) -> None:
        self.recording = LiveRecording(self._recorder, recording, self._context)
        if self._loaded:
            self.recording.understand_with(self._recognizer)


class _Inbox:
    """What the recorder and the window sent, in order. One thread at a time."""

    def __init__(self, recorder: Recorder, context: JobContext) -> None:
        self._pieces: queue.SimpleQueue[Any] = recorder.pieces
        self._context = context
        self._ahead: deque[Any] = deque()

    def put(self, piece: Any) -> None:
        """Append something of one's own."""
        self._pieces.put(piece)

    def next(self, *, wait: bool = True) -> Any:
        """Return the next piece or command, None where there is none and nobody is to `wait`. Raises JobCancelled."""
        while not self._ahead:
            self._context.check()
            with suppress(queue.Empty):
                self._ahead.append(self._pieces.get(timeout=_LOOK_SECONDS) if wait else self._pieces.get_nowait())
            if not wait:
                break
        return self._ahead.popleft() if self._ahead else None

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
