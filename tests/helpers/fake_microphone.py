"""A microphone made of numbers: the real `Capture` and `Recorder` around a stream that a test plays by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from deepstudio.audio.capture import Callback, Capture, Opening
from deepstudio.audio.devices import Microphone
from deepstudio.core.errors import InputError


class FakeStream:
    """Stands for the sound library's stream."""

    def __init__(self, opening: Opening, callback: Callback, ended: Any) -> None:
        self.opening, self.callback, self.ended = opening, callback, ended
        self.started = self.closed = False
        self.now = 100.0

    @property
    def time(self) -> float:
        """Return the card's time; a closed stream has none, as in PortAudio."""
        if self.closed:
            raise RuntimeError("Error getting stream time")
        return self.now

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True


class FakeMicrophone:
    """Opens fake streams; `refusing` makes it say no."""

    def __init__(self, *, sample_rate: int = 16_000, channels: int = 1) -> None:
        self.opening = Opening(device=0, sample_rate=sample_rate, channels=channels)
        self.streams: list[FakeStream] = []
        self.refusing = False

    def open(self, name: str = "", *, refresh: bool = False, like: Opening | None = None) -> tuple[Capture, Microphone]:
        if self.refusing:
            raise InputError("There is no microphone.")
        assert like in (None, self.opening)
        capture = Capture(self.opening, self._stream)
        return capture, Microphone(index=0, name="Fake", channels=self.opening.channels, sample_rate=16_000)

    def _stream(self, opening: Opening, callback: Callback, ended: Any) -> FakeStream:
        self.streams.append(FakeStream(opening, callback, ended))
        return self.streams[-1]

    def say(self, sound: np.ndarray, *, block: int = 160, overflow: bool = False) -> None:
        """Give `sound` (frames, channels) to the callback, a block at a time, as a sound card would."""
        stream = self.streams[-1]
        for start in range(0, len(sound), block):
            part = sound[start : start + block]
            times = SimpleNamespace(inputBufferAdcTime=stream.now)
            stream.callback(part, len(part), times, SimpleNamespace(input_overflow=overflow))
            stream.now += len(part) / stream.opening.sample_rate

    def unplug(self) -> None:
        """End the stream as the library does when the device goes."""
        self.refusing = True
        self.streams[-1].ended()
