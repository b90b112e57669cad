"""Every captured sample goes to disk at once, so that a crash loses nothing.

A recording is a folder while it grows: `part-0000.flac`, `part-0001.flac`... of some seconds each, and the part to come
as bare 16-bit numbers, `tail-0002.pcm`. A FLAC stream cut short by a crash cannot be opened again by libsndfile; bare
numbers can. `join_parts` makes one `recording.flac` of it, after a crash just as after a proper end.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import numpy as np
import soundfile
from numpy.typing import NDArray

from deepstudio.core.errors import InputError
from deepstudio.core.files import atomic_path
from deepstudio.core.words import QT_TRANSLATE_NOOP

RECORDING = "recording.flac"
_SYNC_SECONDS = 1.0
_SCALE = 32767.0
_LITTLE_ROOM = 1 << 20
"""Bytes; the sound library does not say why it could not write."""


class SpoolWriter:
    """Appends float32 frames to a recording's folder. One thread at a time."""

    def __init__(self, folder: Path, *, sample_rate: int, channels: int, part_seconds: float = 10.0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._rate = sample_rate
        self._channels = channels
        self._part_frames = max(1, round(part_seconds * sample_rate))
        self._tail: IO[bytes] | None = None
        self._held: list[NDArray[np.int16]] = []
        self._in_tail = 0
        self._unsynced = 0
        self._number = len(_parts(folder))
        self.frames = 0
        """Frames that are on disk."""

    def write(self, block: NDArray[np.float32]) -> None:
        """Append `block` (frames, channels), values from -1 to 1.

        Raises OSError as the disk does; what was handed over is kept and written by the next call that succeeds.
        """
        if len(block):
            self._held.append(np.round(np.clip(block, -1, 1) * _SCALE).astype("<i2"))
        while self._held:
            self._append(self._held[0])
            self._held.pop(0)
        if self._in_tail >= self._part_frames:
            self._close_part()

    def close(self) -> None:
        """Write what is left as a last part. Raises OSError as the disk does."""
        try:
            self.write(np.zeros((0, self._channels), np.float32))
            if self._in_tail:
                self._close_part()
        finally:
            if self._tail is not None:
                self._tail.close()
                self._tail = None

    def _append(self, numbers: NDArray[np.int16]) -> None:
        if self._tail is None:
            self._tail = open(_tail(self._folder, self._number), "ab", buffering=0)  # noqa: SIM115 - closed by close()
        content = numbers.tobytes()
        whole = 2 * self._channels * self._in_tail
        written = 0
        try:
            while written < len(content):
                written += self._tail.write(content[written:])
        except OSError as error:
            error.filename = self._tail.name  # to be named to the user
            self._tail.seek(whole)  # no half frames: the block is written again from its start
            self._tail.truncate()
            raise
        self._in_tail += len(numbers)
        self.frames += len(numbers)
        self._unsynced += len(numbers)
        if self._unsynced >= _SYNC_SECONDS * self._rate:
            os.fsync(self._tail.fileno())
            self._unsynced = 0

    def _close_part(self) -> None:
        """Turn the tail into a part. Until the part has its name the tail is what counts, from then on the part."""
        assert self._tail is not None
        tail = _tail(self._folder, self._number)
        _write_flac(_part(self._folder, self._number), [_read_tail(tail, self._channels)], self._rate, self._channels)
        self._tail.close()
        self._tail = None
        tail.unlink()
        self._number += 1
        self._in_tail = 0


def join_parts(folder: Path, *, sample_rate: int, channels: int) -> Path:
    """Make `recording.flac` of the parts and the tail in `folder`, then remove them; return its path.

    Parts are streamed, so hours need no memory. Called again after a crash at any moment it gives the same file. Raises
    OSError as the disk does, InputError if there is no sound in the folder.
    """
    target = folder / RECORDING
    parts = _parts(folder)
    tails = sorted(folder.glob("tail-*.pcm"))
    if not target.exists():
        kept = [tail for tail in tails if _number(tail) not in {_number(part) for part in parts}]
        blocks = [numbers for tail in kept if len(numbers := _read_tail(tail, channels))]
        if not parts and not blocks:
            raise InputError(QT_TRANSLATE_NOOP("errors", "There is no sound in {path}."), path=str(folder))
        _write_flac(target, _blocks(parts, blocks), sample_rate, channels)
    for left in (*parts, *tails):
        left.unlink()
    return target


def _blocks(parts: list[Path], tails: list[NDArray[np.int16]]) -> Iterator[NDArray[np.int16]]:
    for part in parts:
        yield soundfile.read(part, dtype="int16", always_2d=True)[0]
    yield from tails


def _write_flac(path: Path, blocks: Iterable[NDArray[np.int16]], sample_rate: int, channels: int) -> None:
    with atomic_path(path) as temporary:
        try:
            with soundfile.SoundFile(temporary, "w", sample_rate, channels, format="FLAC", subtype="PCM_16") as sound:
                for block in blocks:
                    sound.write(block)
        except (soundfile.LibsndfileError, AssertionError) as error:  # the library asserts that all was written
            reason = errno.ENOSPC if shutil.disk_usage(path.parent).free < _LITTLE_ROOM else errno.EIO
            raise OSError(reason, os.strerror(reason), str(path)) from error


def _read_tail(path: Path, channels: int) -> NDArray[np.int16]:
    """Return the frames in a tail; half a frame at its end was cut short by a crash and is left out."""
    content = path.read_bytes()
    whole = len(content) // (2 * channels) * 2 * channels
    return np.frombuffer(content[:whole], "<i2").reshape(-1, channels)


def _tail(folder: Path, number: int) -> Path:
    return folder / f"tail-{number:04}.pcm"


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:04}.flac"


def _number(path: Path) -> int:
    return int(path.stem.split("-")[1])


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*.flac"), key=_number)
