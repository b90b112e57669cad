"""Playing a part of a sound, from a file or from memory. No widgets. GUI thread; files are read in the lane "files"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.audio.player import Player
from deepstudio.audio.sound_files import SoundReader
from deepstudio.core.job import JobContext

_TICK_MS = 33
_BLOCK_SECONDS = 0.5
_HIGHEST_RATE, _MOST_CHANNELS = 48_000, 2
"""What every sound card can play; files may have more."""
_BEFORE, _AFTER = 0.05, 0.08
"""Seconds played around a section, so that no word sounds cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaySection:
    """Play `path` from `start` to `end` seconds; to its end where `end` is None."""

    player: Player
    path: Path
    start: float = 0.0
    end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaySamples:
    """Play samples (frames, channels) at `rate`."""

    player: Player
    samples: NDArray[np.float32]
    rate: int


def play_samples(request: PlaySamples, context: JobContext) -> None:
    """Job: start to play. Raises InputError where nothing can play it."""
    request.player.play(request.samples, request.rate)


def play_section(request: PlaySection, context: JobContext) -> None:
    """Job: start to play; the file is read on meanwhile. Raises InputError where it cannot be read or played."""
    opened = SoundReader(request.path, sample_rate=None)
    opened.sample_rate = min(opened.rate, _HIGHEST_RATE)
    context.check()
    channels = opened.channels if opened.channels <= _MOST_CHANNELS else 1
    request.player.play_blocks(_section(opened, request, channels), opened.sample_rate, channels)


def _section(opened: SoundReader, request: PlaySection, channels: int) -> Iterator[NDArray[np.float32]]:
    """Yield the blocks of a section (frames, channels), and close the file after the last."""
    first = max(0.0, request.start - _BEFORE)
    left = None if request.end is None else max(1, round((request.end + _AFTER - first) * opened.sample_rate))
    with opened:
        for block in opened.all_channels(_BLOCK_SECONDS, start=first):
            part = block if left is None else block[:left]
            yield part if part.shape[1] == channels else part.mean(axis=1, keepdims=True)
            if left is not None:
                left -= len(part)
                if left <= 0:
                    return


class Playback(QObject):
    """Plays one piece at a time."""

    failed = Signal(object)
    """A `Failure`."""
    moved = Signal(object)
    """The seconds of the file that are heard now, thirty times a second while it plays; None when it is over."""

    def __init__(self, jobs: Any, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._title = title
        self._player = Player()
        self._start = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._look)

    def play(self, path: Path, start: float = 0.0, end: float | None = None) -> None:
        """Play a part of a sound file."""
        request = PlaySection(player=self._player, path=path, start=start, end=end)
        handle = self._jobs.submit(play_section, request, lane="files", supersede="speech.play", title=self._title)
        handle.failed.connect(self.failed)
        handle.done.connect(self._on_playing)
        self._start = max(0.0, start - _BEFORE)

    def play_samples(self, samples: NDArray[np.float32], rate: int, start: float = 0.0) -> None:
        """Play sound in memory (frames, channels) from `start` seconds on."""
        request = PlaySamples(player=self._player, samples=samples[round(start * rate) :], rate=rate)
        handle = self._jobs.submit(play_samples, request, lane="files", supersede="speech.play", title=self._title)
        handle.failed.connect(self.failed)
        handle.done.connect(self._on_playing)
        self._start = start

    @property
    def playing(self) -> bool:
        """Return whether something is heard now."""
        return self._tick.isActive()

    def stop(self) -> None:
        """Be silent."""
        self._player.stop()
        self._look()

    @Slot(object)
    def _on_playing(self, _result: object) -> None:
        self._tick.start()

    @Slot()
    def _look(self) -> None:
        played = self._player.played
        if played is None and self._tick.isActive():
            self._tick.stop()
            self.moved.emit(None)
        elif played is not None:
            self.moved.emit(self._start + played)
