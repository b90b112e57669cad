"""A microphone that hears, in real time, what the tour plays to it: for machines without one, and for equal pictures.

Everything behind it is the program's own: capture, ring, recorder, recogniser.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.capture import Callback, Capture, Opening
from deepstudio.audio.devices import Microphone

RATE = 16_000
_BLOCK = 320
_HISS = 0.0004
"""A true microphone is never quite silent."""


class SimulatedMicrophone:
    """Opens streams that give silence, and whatever `play` was handed."""

    def __init__(self) -> None:
        self.name = "Simulated microphone"
        self._lock = threading.Lock()
        self._waiting: deque[NDArray[np.float32]] = deque()

    def list(self) -> tuple[Microphone, ...]:
        """Return this microphone alone."""
        return (Microphone(index=0, name=self.name, channels=1, sample_rate=RATE, default=True),)

    def refresh(self) -> None:
        """There is never another one."""

    def open(self, name: str = "", *, refresh: bool = False, like: Opening | None = None) -> tuple[Capture, Microphone]:
        """Open it, as `audio.capture.open_microphone` does a true one."""
        opening = Opening(device=0, sample_rate=RATE, channels=1)
        return Capture(opening, self._stream), self.list()[0]

    def play(self, sound: NDArray[np.float32]) -> None:
        """Let it hear `sound`, mono at 16 kHz, after what it still has to hear. Any thread."""
        with self._lock:
            self._waiting.append(sound)

    def hush(self) -> None:
        """Forget what it still has to hear. Any thread."""
        with self._lock:
            self._waiting.clear()

    @property
    def silent(self) -> bool:
        """Return whether everything was heard."""
        return not self._waiting

    def take(self, frames: int) -> NDArray[np.float32]:
        """Return the next `frames` of what there is to hear."""
        block = np.zeros(frames, np.float32)
        filled = 0
        with self._lock:
            while self._waiting and filled < frames:
                sound = self._waiting[0]
                part = sound[: frames - filled]
                block[filled : filled + len(part)] = part
                filled += len(part)
                if len(part) == len(sound):
                    self._waiting.popleft()
                else:
                    self._waiting[0] = sound[len(part) :]
        return block

    def _stream(self, opening: Opening, callback: Callback, ended: object) -> _SimulatedStream:
        return _SimulatedStream(self, callback)


class _SimulatedStream:
    """Calls back every twentieth of a second or so from a thread of its own, with as much sound as time has passed."""

    def __init__(self, microphone: SimulatedMicrophone, callback: Callback) -> None:
        self._microphone = microphone
        self._callback = callback
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulated-microphone", daemon=True)

    @property
    def time(self) -> float:
        """Return the clock that blocks are stamped with."""
        return time.monotonic()

    def start(self) -> None:
        """Begin to call back."""
        self._thread.start()

    def close(self) -> None:
        """End."""
        self._closed.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        random = np.random.default_rng(0)
        began, given = time.monotonic(), 0
        while not self._closed.wait(_BLOCK / RATE):
            due = int((time.monotonic() - began) * RATE) - given
            block = self._microphone.take(due) + _HISS * random.standard_normal(due).astype(np.float32)
            stamp = SimpleNamespace(inputBufferAdcTime=began + given / RATE)
            self._callback(block[:, None], due, stamp, SimpleNamespace(input_overflow=False))
            given += due
