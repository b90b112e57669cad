"""Samples by name: the bytes, and the mark by which a changed file is noticed. Torch-free, any thread.

A name is the path below the root of the set (posix, `train/cat/1.png`), `images-idx3-ubyte#12` for the thirteenth
picture of an idx file (Y. LeCun's MNIST format), or `train.csv#17` for a row of a text file (`data.text.rows`).
"""

from __future__ import annotations

import gzip
import hashlib
import re
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP

_IN_IDX = re.compile(r"(.+)#(\d+)")
_MARK_BYTES = 12


def split_name(name: str) -> tuple[str, int | None]:
    """Return the file's part of a sample's name, and the index within an idx file (None for ordinary files)."""
    found = _IN_IDX.fullmatch(name)
    if found and "idx" in found[1].rsplit("/", 1)[-1]:
        return found[1], int(found[2])
    return name, None


def image_source(root: Path, name: str) -> ImageSource:
    """Return the picture of that name below `root`. Raises InputError for an idx file that is gone or cut short."""
    file, index = split_name(name)
    if index is None:
        return ImageSource(name=name, path=root / file)
    pixels = open_idx(root / file, dimensions=3)
    if index >= len(pixels):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} holds {count} pictures, none with the number {index}."),
            path=str(root / file),
            count=len(pixels),
            index=index,
        )
    return ImageSource(name=name, pixels=pixels[index])


def content_mark(root: Path, name: str) -> str:
    """Return a short hash of the sample's content, "" if it cannot be read."""
    file, index = split_name(name)
    try:
        if index is None and (row := _IN_IDX.fullmatch(name)) and not (root / file).exists():
            from deepstudio.data.text.rows import mark_text

            content = mark_text(root / row[1], int(row[2]))
            return "" if content is None else mark_of(content)
        if index is None:
            return mark_of((root / file).read_bytes())
        return mark_of(np.ascontiguousarray(open_idx(root / file, dimensions=3)[index]).tobytes())
    except (OSError, InputError, IndexError):
        return ""


def mark_of(content: bytes) -> str:
    """Return the mark of `content`."""
    return hashlib.blake2b(content, digest_size=_MARK_BYTES).hexdigest()


def open_idx(path: Path, *, dimensions: int) -> np.ndarray:
    """Return the uint8 array in an idx file, gzip-compressed or not; the last few files are kept in memory.

    Raises InputError for a file that is no whole idx file, OSError as the disk does.
    """
    return _open_idx(path, path.stat().st_mtime_ns, dimensions)


@lru_cache(maxsize=4)
def _open_idx(path: Path, changed: int, dimensions: int) -> np.ndarray:
    raw = path.read_bytes()
    try:
        content = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        magic, *shape = struct.unpack_from(f">{1 + dimensions}I", content)
        body = np.frombuffer(content, np.uint8, offset=4 * (1 + dimensions))
        if magic != 0x0800 + dimensions or body.size != int(np.prod(shape, dtype=np.int64)):
            raise ValueError(f"magic {magic:#x}, shape {shape}, {body.size} bytes")
    except (ValueError, struct.error, OSError, EOFError) as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} is not a whole idx file: {reason}."), path=str(path), reason=str(error)
        ) from error
    return body.reshape(shape)
