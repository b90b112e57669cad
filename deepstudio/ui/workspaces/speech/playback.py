"""Playing a part of a sound, from a file or from memory. No widgets. GUI thread; files are read in the lane "files"."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.audio.player import Player
from deepstudio.core.job import JobContext

_TICK_MS = 33
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
    """Job: read the section and start to play it. Raises InputError where it cannot be read or played."""
    import soundfile

    from deepstudio.core.errors import InputError
    from deepstudio.core.words import QT_TRANSLATE_NOOP

    try:
        with soundfile.SoundFile(request.path) as sound:
            first = min(sound.frames, max(0, round((request.start - _BEFORE) * sound.samplerate)))
            sound.seek(first)
            last = sound.frames if request.end is None else round((request.end + _AFTER) * sound.samplerate)
            count = max(1, last - first)
            samples = sound.read(count, dtype="float32", always_2d=True)
            rate = sound.samplerate
    except (OSError, soundfile.LibsndfileError) as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The sound of this recording cannot be read: {path}."), path=str(request.path)
        ) from error
    context.check()
    request.player.play(samples, rate)


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
