"""Sound files, read piece by piece: whatever libsndfile knows, any rate and number of channels. Any thread.

Hours of sound take no more memory than a second: blocks are mixed to mono and resampled as they come (soxr).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

Samples = NDArray[np.float32]


class SoundReader:
    """A sound file opened for reading. A context manager; `rate`, `channels` and `duration` are the file's own."""

    def __init__(self, path: str | Path, *, sample_rate: int = 16_000) -> None:
        import soundfile

        self.path = Path(path)
        self._target = sample_rate
        try:
            self._file: Any = soundfile.SoundFile(str(self.path))
        except (soundfile.LibsndfileError, OSError, TypeError) as error:
            raise _unreadable(self.path) from error
        self.rate = int(self._file.samplerate)
        self.channels = int(self._file.channels)
        self.duration = float(self._file.frames / self.rate) if self.rate else 0.0

    def __enter__(self) -> SoundReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def blocks(self, seconds: float = 0.5) -> Iterator[Samples]:
        """Yield mono float32 at the rate asked for, about `seconds` at a time, to the end.

        Raises InputError where the file breaks off in an unreadable place.
        """
        import soundfile
        import soxr

        resampler = None
        if self.rate != self._target:
            resampler = soxr.ResampleStream(self.rate, self._target, 1, dtype="float32")
        frames = max(1, round(seconds * self.rate))
        while True:
            try:
                block = self._file.read(frames, dtype="float32", always_2d=True)
            except (soundfile.LibsndfileError, RuntimeError) as error:
                raise _unreadable(self.path) from error
            last = len(block) == 0
            mono = np.nan_to_num(block.mean(axis=1, dtype=np.float32)) if not last else np.zeros(0, np.float32)
            if resampler is not None:
                mono = resampler.resample_chunk(mono, last=last)
            if len(mono):
                yield mono
            if last:
                return


def read_sound(path: str | Path, *, sample_rate: int = 16_000) -> Samples:
    """Return a whole (short) file as mono float32. Raises InputError."""
    with SoundReader(path, sample_rate=sample_rate) as reader:
        parts = list(reader.blocks(10.0))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _unreadable(path: Path) -> InputError:
    if not path.is_file():
        return InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(path))
    return InputError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read as sound."),
        fix=QT_TRANSLATE_NOOP("errors", "WAV, FLAC, OGG, Opus, MP3, AIFF and many more can."),
        path=path.name,
    )
