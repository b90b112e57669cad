"""Listening to a microphone: what the window asks, how it steers, and what comes back. Torch-free; arrays read-only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.messages import Failure
from deepstudio.core.speech_messages import SpeechEvent


class ListenCommand(Enum):
    """What a person may want of a microphone that is open."""

    RECORD = "record"
    STOP = "stop"


class ListenControl:
    """The window's hand on a running job: begin to record, stop and keep, or close without having recorded.

    Any thread. A command given before the job runs waits for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deliver: Callable[[ListenCommand], None] | None = None
        self._waiting: list[ListenCommand] = []

    def record(self) -> None:
        """Begin to record, with the moment before."""
        self._give(ListenCommand.RECORD)

    def stop(self) -> None:
        """End; everything said so far is still written and understood. Without `record` before, only close."""
        self._give(ListenCommand.STOP)

    def connect(self, deliver: Callable[[ListenCommand], None]) -> None:
        """Send commands to `deliver` from now on, those that waited first. The job's thread."""
        with self._lock:
            self._deliver = deliver
            for command in self._waiting:
                deliver(command)
            self._waiting.clear()

    def _give(self, command: ListenCommand) -> None:
        with self._lock:
            if self._deliver is None:
                self._waiting.append(command)
            else:
                self._deliver(command)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenRequest:
    """Open `device` (empty: the usual one) and wait for `control`; `model` empty records without understanding."""

    control: ListenControl
    device: str = ""
    pre_roll: float = 1.0
    model: str = "english"
    language_model: str = "english-lm"
    mode: str = ""
    """What it is listened for, as the window calls it: kept with the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookForMicrophones:
    """List the microphones; with `anew` the sound system is asked which there are now, while none is open."""

    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscribeRequest:
    """Understand a sound file. `folder` is the recording that it belongs to; None makes an entry of its own.

    A stop by `control` ends the reading early and keeps what was understood until then.
    """

    path: Path
    folder: Path | None = None
    control: ListenControl | None = None
    model: str = "english"
    language_model: str = "english-lm"
    mode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneOpen:
    """The microphone is open; nothing is recorded yet."""

    name: str
    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBegun:
    """From now on everything is kept, in `folder`."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """The largest amplitude and the root mean square of the last moment, 0..1, while nothing is recorded."""

    peak: float
    rms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSound:
    """A piece of the recording as pictures need it, and what was understood since the last one.

    `envelope` float32 (columns, 2) holds least and greatest amplitude of each hundredth of a second, `bands` uint8
    (columns, mels) the log-mel energy of the same hundredths. `seconds` is how much is recorded, `backlog` how much of
    it the recogniser has not looked at, `latency` the seconds from the end of the newest word at the microphone to now
    (None where no word came). `lost` counts samples that never arrived. `guesses` are what a spotter of single words
    takes the last moment for: labels and probabilities, the best first.
    """

    seconds: float
    envelope: NDArray[np.float32]
    bands: NDArray[np.uint8]
    peak: float
    rms: float
    speaking: bool
    backlog: float
    latency: float | None
    lost: int
    events: tuple[SpeechEvent, ...] = ()
    guesses: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenTrouble:
    """Something went wrong ("microphone", "disk"), or is well again (`failure` None). Recording goes on meanwhile.

    A "file" that breaks off is read as far as it goes.
    """

    what: str
    failure: Failure | None
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenResult:
    """How it ended. `folder` is None where nothing was recorded; `seconds` of sound were understood."""

    folder: Path | None
    seconds: float = 0.0
    whole: bool = True
    """False where a file was not read to its end, because somebody stopped."""
    lost: int = 0
    real_time_factor: float = 0.0
    segments: int = 0
    texts: tuple[str, ...] = field(default=())
