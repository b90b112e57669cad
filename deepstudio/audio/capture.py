"""The microphone: opening it the way it wants to be opened, and copying what it gives.

The sound library is imported when a microphone is opened, never before. Its callback runs in a thread of the library's
own; it copies into the ring, sets an event, and returns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from deepstudio.audio.devices import TURN, Microphone, exclusive, microphones, refresh_devices
from deepstudio.audio.ring import SampleRing, Samples
from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_RATES = (48_000, 44_100, 16_000, 32_000, 96_000, 8_000, 192_000)
_RING_SECONDS = 30
_LATENCY_SECONDS = 0.04
_MOST_CHANNELS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a microphone is opened: index in the sound system, hertz, channels."""

    device: int
    sample_rate: int
    channels: int


class Stream(Protocol):
    """What a stream of the sound library can do."""

    def start(self) -> None:
        """Begin to call back."""

    def close(self) -> None:
        """Stop and let go of the device."""

    @property
    def time(self) -> float:
        """Return the sound card's clock in seconds."""


Callback = Callable[[Samples, int, Any, Any], None]
OpenStream = Callable[[Opening, Callback, Callable[[], None]], Stream]


class Capture:
    """An open microphone. Build it and read it in one thread; the callback is the sound library's."""

    def __init__(self, opening: Opening, open_stream: OpenStream) -> None:
        self.opening = opening
        self.ring = SampleRing(_RING_SECONDS * opening.sample_rate, opening.channels)
        self.arrived = threading.Event()
        """Set by the callback whenever there is something to take."""
        self.ended = threading.Event()
        """Set when the library gave the stream up: the device was unplugged, say."""
        self.overflows = 0
        """How often the sound system itself dropped samples before it called."""
        self._frames = 0
        self._last: tuple[int, float] = (0, 0.0)
        self._closing = threading.Lock()
        self._closed_at: tuple[float, float] | None = None
        self._stream = open_stream(opening, self._on_block, self._on_end)
        self._stream.start()

    @property
    def clock(self) -> float:
        """Return the sound card's time in seconds; once the microphone is closed, what it would be now. Any thread."""
        with self._closing:
            if self._closed_at is None:
                return self._last_time()
            card, own = self._closed_at
            return card + time.monotonic() - own

    def time_of(self, frame: int) -> float:
        """Return when, on the sound card's clock, `frame` (counted from 0) was at the microphone. Any thread."""
        known, seconds = self._last
        return seconds + (frame - known) / self.opening.sample_rate

    def close(self) -> None:
        """Let go of the microphone. Safe to call again."""
        with TURN, self._closing:
            if self._closed_at is None:
                self._closed_at = (self._last_time(), time.monotonic())
                self._stream.close()

    def _last_time(self) -> float:
        """Return the card's time where it still tells: that of an unplugged device does not."""
        try:
            return self._stream.time
        except Exception:  # PortAudio's error, whose module may not be imported here
            return self.time_of(self._frames)

    def _on_block(self, block: Samples, frames: int, times: Any, status: Any) -> None:
        self._last = (self._frames, times.inputBufferAdcTime)
        self.ring.write(block)
        self._frames += frames
        if status.input_overflow:
            self.overflows += 1
        self.arrived.set()

    def _on_end(self) -> None:
        self.ended.set()
        self.arrived.set()


def open_microphone(
    name: str = "", *, refresh: bool = False, like: Opening | None = None
) -> tuple[Capture, Microphone]:
    """Open the microphone called `name`, or the usual one, and return it running.

    With `refresh` the sound system is asked anew which devices there are; no stream may be open then. With `like` it is
    opened at that rate with those channels or not at all. Raises InputError: no microphone, none of that name, or no
    access.
    """
    if refresh:
        refresh_devices()
    microphone = find_microphone(name, microphones())
    ways = _ways(microphone) if like is None else [(like.sample_rate, like.channels)]
    return Capture(_opening(microphone, ways), _open_stream), microphone


def find_microphone(name: str, found: tuple[Microphone, ...]) -> Microphone:
    """Return the microphone called `name` among `found`, or the usual one where `name` is empty."""
    if not found:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is no microphone."),
            fix=QT_TRANSLATE_NOOP("errors", "Plug one in, or drop a sound file on the window."),
        )
    if not name:
        return next((microphone for microphone in found if microphone.default), found[0])
    named = [microphone for microphone in found if microphone.name == name]
    if not named:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The microphone '{name}' is not there."),
            fix=QT_TRANSLATE_NOOP("errors", "Plug it in again, or choose another one."),
            name=name,
        )
    return named[0]


def _opening(microphone: Microphone, ways: Iterable[tuple[int, int]]) -> Opening:
    """Return the first of `ways` (hertz, channels) that the device accepts."""
    reason = ""
    with exclusive() as library:
        for rate, channels in ways:
            try:
                library.check_input_settings(microphone.index, channels=channels, dtype="float32", samplerate=rate)
            except (library.PortAudioError, ValueError) as error:
                reason = reason or str(error)
            else:
                return Opening(device=microphone.index, sample_rate=rate, channels=channels)
    raise _refused(microphone.name, reason)


def _ways(microphone: Microphone) -> Iterator[tuple[int, int]]:
    """Yield rates and channels to try: the device's own rate first, one channel before several."""
    most = min(microphone.channels, _MOST_CHANNELS)
    for rate in dict.fromkeys((microphone.sample_rate, *_RATES)):
        for channels in dict.fromkeys((1, min(2, most), most)):
            yield rate, channels


def _open_stream(opening: Opening, callback: Callback, ended: Callable[[], None]) -> Stream:
    with exclusive() as library:
        try:
            stream: Stream = library.InputStream(
                device=opening.device,
                samplerate=opening.sample_rate,
                channels=opening.channels,
                dtype="float32",
                latency=_LATENCY_SECONDS,
                callback=callback,
                finished_callback=ended,
            )
        except (library.PortAudioError, ValueError) as error:
            raise _refused(str(opening.device), str(error)) from error
    return stream


def _refused(name: str, reason: str) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The microphone '{name}' cannot be opened: {reason}."),
        fix=QT_TRANSLATE_NOOP(
            "errors",
            "See whether another program holds it, and whether the system's privacy settings allow microphones.",
        ),
        name=name,
        reason=reason.split(" [", 1)[0].rstrip("."),  # without the numbers that the sound library gives errors
    )
