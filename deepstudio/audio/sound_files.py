"""Sound files, read piece by piece: whatever libsndfile knows, any rate and number of channels. Any thread.

Hours of sound take no more memory than a second: blocks are mixed to mono and resampled as they come (soxr).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.mixing import Mixer
from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

Samples = NDArray[np.float32]
_LARGEST = 2.0**31
"""Beyond any sound, 32-bit whole numbers kept as fractions included; squares of it can still be added up."""
_SHORT_SECONDS = 1.0
"""A file that has so much less than it says was cut short; lengths of some formats are estimates."""


class SoundReader:
    """A sound file opened for reading. A context manager; `rate`, `channels` and `duration` are the file's own.

    Of a file that was cut short, all that can be read is read; `trouble` then says where it broke off, and `duration`
    is what there was. Blocks come at `sample_rate` (None: the file's own).
    """

    def __init__(self, path: str | Path, *, sample_rate: int | None = 16_000) -> None:
        import soundfile

        self.path = Path(path)
        try:
            self._file: Any = soundfile.SoundFile(str(self.path))
        except (soundfile.LibsndfileError, OSError, TypeError) as error:
            raise _unreadable(self.path) from error
        self.rate = int(self._file.samplerate)
        self.channels = int(self._file.channels)
        self.sample_rate = self.rate if sample_rate is None else sample_rate
        self.duration = float(self._file.frames / self.rate) if self.rate else 0.0
        self.trouble: InputError | None = None

    def __enter__(self) -> SoundReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def blocks(self, seconds: float = 0.5) -> Iterator[Samples]:
        """Yield mono float32 at the rate asked for, about `seconds` at a time, to the end (see `audio.mixing`).

        Raises InputError where not even the beginning can be read.
        """
        for block in self._resampled(self._mono(seconds), 1):
            yield block[:, 0]

    def all_channels(self, seconds: float = 0.5, *, start: float = 0.0) -> Iterator[Samples]:
        """Yield blocks (frames, channels) from `start` seconds on, otherwise as `blocks` does."""
        self._file.seek(min(self._file.frames, max(0, round(start * self.rate))))
        yield from self._resampled(self._as_it_is(seconds), self.channels)

    def _mono(self, seconds: float) -> Iterator[Samples]:
        mixer = Mixer(self.rate)
        for block in self._as_it_is(seconds):
            yield mixer.mix(block)[:, None]

    def _resampled(self, blocks: Iterator[Samples], channels: int) -> Iterator[Samples]:
        """Yield `blocks` (frames, channels) at the rate asked for."""
        import soxr

        if self.rate == self.sample_rate:
            yield from blocks
            return
        resampler = soxr.ResampleStream(self.rate, self.sample_rate, channels, dtype="float32")
        for block in chain(blocks, (np.zeros((0, channels), np.float32),)):
            made = resampler.resample_chunk(block, last=not len(block)).reshape(-1, channels)
            if len(made):
                yield made

    def _as_it_is(self, seconds: float) -> Iterator[Samples]:
        """Yield blocks (frames, channels) as they are in the file, as far as it can be read; what is no number is 0."""
        import soundfile

        frames = max(1, round(seconds * self.rate))
        first, count = self._file.tell(), 0
        while True:
            try:
                block = self._file.read(frames, dtype="float32", always_2d=True)
            except (soundfile.LibsndfileError, RuntimeError) as error:
                if not count:
                    raise _unreadable(self.path) from error
                self._break_off(first + count)
                return
            count += len(block)
            if not len(block):
                if self._file.frames - first - count >= _SHORT_SECONDS * self.rate:
                    self._break_off(first + count)
                return
            yield np.clip(np.nan_to_num(block, posinf=0.0, neginf=0.0), -_LARGEST, _LARGEST)

    def _break_off(self, frames: int) -> None:
        """Note that there are only so many frames."""
        self.duration = frames / self.rate
        self.trouble = _broken(self.path, self.duration)


def read_sound(path: str | Path, *, sample_rate: int = 16_000) -> Samples:
    """Return a whole (short) file as mono float32. Raises InputError."""
    with SoundReader(path, sample_rate=sample_rate) as reader:
        parts = list(reader.blocks(10.0))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _broken(path: Path, seconds: float) -> InputError:
    return InputError(
        QT_TRANSLATE_NOOP("errors", "{path} breaks off after {seconds} s."),
        fix=QT_TRANSLATE_NOOP("errors", "Everything before that was read."),
        path=path.name,
        seconds=round(seconds, 1),
    )


def _unreadable(path: Path) -> InputError:
    if not path.is_file():
        return InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(path))
    return InputError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read as sound."),
        fix=QT_TRANSLATE_NOOP("errors", "WAV, FLAC, OGG, Opus, MP3, AIFF and many more can."),
        path=path.name,
    )
