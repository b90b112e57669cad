"""Keeps what the microphone gives: to disk at once, and in order for whoever listens. A thread of its own.

The callback of the sound card fills a ring; this thread empties it, writes every sample to the spool and hands mono
sound at 16 kHz on. It waits for nobody: a recogniser that falls behind, a full disk, an unplugged microphone cost no
sample that was captured.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from deepstudio.audio.capture import Capture
from deepstudio.audio.devices import Microphone
from deepstudio.audio.mixing import Mixer
from deepstudio.audio.recordings import Recording
from deepstudio.audio.ring import Samples
from deepstudio.audio.spool import SpoolWriter
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.failures import failure_from
from deepstudio.core.listen_messages import ListenCommand
from deepstudio.core.messages import Failure
from deepstudio.core.words import QT_TRANSLATE_NOOP

LISTEN_RATE = 16_000
_SILENT_SECONDS = 3.0
"""A microphone that says nothing for so long, not even silence, is gone; a busy computer may keep it waiting."""
_RETRY_SECONDS = 1.0
_MOST_SILENCE = 60.0
"""Longest silence put in place of what nobody heard."""
_log = logging.getLogger(__name__)

OpenMicrophone = Callable[..., tuple[Capture, Microphone]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A piece of mono sound at 16 kHz, read-only, and when its last sample was at the microphone (the card's clock)."""

    samples: NDArray[np.float32]
    captured_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How loud it is while nothing is recorded yet: the largest amplitude and the root mean square, 0..1."""

    peak: float
    rms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something went wrong, or is well again (`failure` None): `what` is "microphone" or "disk"."""

    what: str
    failure: Failure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The microphone is there again after `gap` seconds, of which the recording has at most a minute, as silence."""

    name: str
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """All is written; nothing follows."""


Piece = Sound | Heard | Trouble | Reopened | Ended


class Recorder:
    """From the microphone to the spool and to `pieces`. Built by whoever listens; its thread starts with `start`.

    Until `record` is called only the last `pre_roll` seconds are kept, and nothing is written.
    """

    def __init__(self, open_microphone: OpenMicrophone, *, device: str = "", pre_roll: float = 1.0) -> None:
        self.pieces: queue.SimpleQueue[Piece | ListenCommand | Recording] = queue.SimpleQueue()
        self._open = open_microphone
        self._device = device
        self._pre_roll = pre_roll
        self._capture, self.microphone = open_microphone(device)
        self.opening = self._capture.opening
        self._spool: SpoolWriter | None = None
        self._resampler = soxr.ResampleStream(self.opening.sample_rate, LISTEN_RATE, 1, "float32")
        self._mixer = Mixer(self.opening.sample_rate)
        self._stopping = threading.Event()
        self._recording = threading.Event()
        self._held: deque[Samples] = deque()
        self._holding = False
        self._place: Callable[[], Path | None] | None = None
        self._frames = 0
        self._disk_full = False
        self._lost_before = 0
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Begin to empty the ring."""
        self._thread.start()

    def record_at(self, place: Callable[[], Path | None]) -> None:
        """Forget nothing from now on, and record into the folder that `place` makes in the recorder's thread.

        Where `place` returns None, nothing is recorded. Any thread; does not wait for the disk.
        """
        self._holding = True
        self._place = place
        self._capture.arrived.set()

    def record(self, folder: Path) -> None:
        """From now on, and from `pre_roll` seconds ago, write everything into `folder`. Any thread."""
        self._spool = SpoolWriter(folder, sample_rate=self.opening.sample_rate, channels=self.opening.channels)
        self._recording.set()
        self._capture.arrived.set()

    def stop(self) -> None:
        """End after everything captured so far is written and handed on; `Ended` comes last. Any thread."""
        self._stopping.set()
        self._capture.arrived.set()

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()

    @property
    def seconds(self) -> float:
        """Return how much has been recorded so far."""
        return self._frames / self.opening.sample_rate

    @property
    def clock(self) -> float:
        """Return the sound card's time now, in seconds."""
        return self._capture.clock

    @property
    def overflows(self) -> int:
        """Return how often the sound system itself dropped samples since the microphone was opened."""
        return self._capture.overflows

    @property
    def lost(self) -> int:
        """Return the frames that came too fast for the ring. Zero, unless this thread stood still for half a minute."""
        return self._lost_before + self._capture.ring.lost

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                arrived = self._capture.arrived.wait(_SILENT_SECONDS)
                self._capture.arrived.clear()
                self._begin()
                self._empty_ring()
                if self._capture.ended.is_set() or not arrived:
                    self._reopen()
            self._begin()  # the buttons may have been pressed shortly after one another
            self._capture.close()  # a closed microphone still has its ring
            self._empty_ring()
            self._hand_on(self._resampler.resample_chunk(np.zeros(0, np.float32), last=True))
            self._write_the_rest()
        except Exception as error:  # the listener must hear of it: this thread has nobody else to tell
            _log.exception("The recorder stopped")
            self.pieces.put(Trouble(what="microphone", failure=failure_from(error)))
        finally:
            self.pieces.put(Ended())

    def _begin(self) -> None:
        place, self._place = self._place, None
        folder = place() if place is not None else None
        if folder is not None:
            self.record(folder)

    def _empty_ring(self) -> None:
        block = self._capture.ring.take()
        if not self._recording.is_set():
            self._hold(block)
            return
        if self._held:
            block = np.concatenate([*self._held, block])
            self._held.clear()
        if not len(block):
            return
        self._keep(block)

    def _hold(self, block: Samples) -> None:
        """Remember the last moment before the button is pressed."""
        if not len(block):
            return
        self._held.append(block)
        enough = round(self._pre_roll * self.opening.sample_rate)
        while not self._holding and sum(map(len, self._held)) - len(self._held[0]) >= enough:
            self._held.popleft()
        self.pieces.put(Heard(peak=float(np.abs(block).max()), rms=float(np.sqrt(np.mean(block**2)))))

    def _keep(self, block: Samples) -> None:
        self._write(block)
        self._frames += len(block)
        self._hand_on(self._resampler.resample_chunk(self._mixer.mix(block)))

    def _hand_on(self, samples: NDArray[np.float32]) -> None:
        if len(samples):
            samples.flags.writeable = False
            newest = self._capture.time_of(self._capture.ring.position)
            self.pieces.put(Sound(samples=samples, captured_at=newest))

    def _write(self, block: Samples) -> None:
        assert self._spool is not None
        try:
            self._spool.write(block)
        except OSError as error:
            if not self._disk_full:
                self._disk_full = True
                self.pieces.put(Trouble(what="disk", failure=failure_from(error)))
        else:
            if self._disk_full:
                self._disk_full = False
                self.pieces.put(Trouble(what="disk", failure=None))

    def _write_the_rest(self) -> None:
        if self._spool is None:
            return
        try:
            self._spool.close()
        except OSError as error:
            self.pieces.put(Trouble(what="disk", failure=failure_from(error)))

    def _reopen(self) -> None:
        """Say that the microphone is gone, and try until it is back or the user stops."""
        gone_at = time.monotonic()
        self._capture.close()
        self._empty_ring()  # what came while it was being closed
        self._lost_before += self._capture.ring.lost
        told = False
        while not self._stopping.wait(_RETRY_SECONDS if told else 0):
            self._begin()
            try:
                self._capture, self.microphone = self._open(self._device, refresh=True, like=self.opening)
            except DeepStudioError as error:
                if not told:
                    self.pieces.put(Trouble(what="microphone", failure=failure_from(_gone(error))))
                    told = True
                continue
            gap = time.monotonic() - gone_at
            self._fill(gap)
            self.pieces.put(Reopened(name=self.microphone.name, gap=gap))
            return

    def _fill(self, seconds: float) -> None:
        """Put silence where nobody listened, so that times in the recording stay those of the clock.

        Not for a night: of a computer that slept only the first minute is kept.
        """
        if self._recording.is_set():
            frames = round(min(seconds, _MOST_SILENCE) * self.opening.sample_rate)
            self._keep(np.zeros((frames, self.opening.channels), np.float32))


def _gone(error: DeepStudioError) -> DeepStudioError:
    """Return what to say of a microphone that was open a moment ago; what the system says of it are details."""
    gone = InputError(
        QT_TRANSLATE_NOOP("errors", "The microphone is gone: it was unplugged, or another program took it."),
        fix=QT_TRANSLATE_NOOP("errors", "As soon as it is back, DeepStudio listens on."),
    )
    gone.__cause__ = error
    return gone
