"""One pass over the pictures of a set: what each is, and numbers by which copies of it are found. Any thread.

The feature of a picture is its 32x32 grey thumbnail in the discrete cosine basis, the lowest 12x12 frequencies without
the mean, weighted by frequency (pictures have spectra that fall off as 1/f) and of unit length: the cosine of two
features then hardly moves under recompression, resizing and changes of light, and is far from 1 for other pictures.

Shapes: N pictures, F = 143 features.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.decode import decode_image
from deepstudio.data.sample_files import image_source, split_name

_THUMB = 32
_KEPT = 12
_CHROMA = 4
_DECODE_SIDE = 64
_GREY_TOLERANCE = 6
_FLAT = 2.0
_WORKERS = 2
_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """What is known of N pictures, in the order of their names.

    `readable` bool N; `width`, `height` int32 N (upright, in pixels); `grey` and `flat` (one tone) bool N;
    `content` and `pixels` are hashes of the file and of what it shows; `features` float32 NF of unit length (0 for flat
    pictures); `chroma` int16 N,32: mean colour differences on a 4x4 grid. `problems` says why a picture is unreadable.
    """

    names: tuple[str, ...]
    readable: np.ndarray
    width: np.ndarray
    height: np.ndarray
    grey: np.ndarray
    flat: np.ndarray
    content: np.ndarray
    pixels: np.ndarray
    features: np.ndarray
    chroma: np.ndarray
    problems: dict[str, DeepStudioError]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True)
class _Print:
    width: int
    height: int
    grey: bool
    content: bytes
    pixels: bytes
    thumb: np.ndarray
    chroma: np.ndarray


def take_prints(
    root: Path,
    names: Sequence[str],
    *,
    check: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Prints:
    """Look at every picture once. `check` is called every few hundred pictures and may raise to end."""
    count = len(names)
    found = _empty(names)
    thumbs = np.zeros((count, _THUMB, _THUMB), np.uint8)

    def look(name: str) -> _Print | DeepStudioError:
        try:
            return _print_of(root, name)
        except DeepStudioError as error:
            return error

    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        for start in range(0, count, _BATCH):
            check()
            batch = names[start : start + _BATCH]
            for index, result in enumerate(pool.map(look, batch), start):
                if isinstance(result, DeepStudioError):
                    found.problems[names[index]] = result
                else:
                    _enter(found, thumbs, index, result)
            progress(start + len(batch), count)
    _describe(found, thumbs)
    return found


def _empty(names: Sequence[str]) -> Prints:
    count = len(names)
    return Prints(
        names=tuple(names),
        readable=np.zeros(count, bool),
        width=np.zeros(count, np.int32),
        height=np.zeros(count, np.int32),
        grey=np.zeros(count, bool),
        flat=np.zeros(count, bool),
        content=np.zeros(count, "S16"),
        pixels=np.zeros(count, "S16"),
        features=np.zeros((count, _KEPT * _KEPT - 1), np.float32),
        chroma=np.zeros((count, 2 * _CHROMA * _CHROMA), np.int16),
        problems={},
    )


def _enter(found: Prints, thumbs: np.ndarray, index: int, made: _Print) -> None:
    found.readable[index] = True
    found.width[index], found.height[index] = made.width, made.height
    found.grey[index] = made.grey
    found.content[index], found.pixels[index] = made.content, made.pixels
    found.chroma[index] = made.chroma
    thumbs[index] = made.thumb


def _print_of(root: Path, name: str) -> _Print:
    source, content = _read(root, name)
    decoded = decode_image(source, target_side=_DECODE_SIDE)
    pixels = decoded.pixels
    image = Image.fromarray(pixels)
    digest = hashlib.blake2b(np.ascontiguousarray(pixels).data, digest_size=15)
    digest.update(f"{decoded.width}x{decoded.height}".encode())
    spread = int(np.ptp(pixels[:: max(1, len(pixels) // 64)].astype(np.int16), axis=2).max())
    small = np.asarray(image.resize((_CHROMA, _CHROMA), Image.Resampling.BOX).convert("YCbCr"), np.int16)
    return _Print(
        width=decoded.width,
        height=decoded.height,
        grey=spread <= _GREY_TOLERANCE,
        content=_hash(content),
        pixels=_no_zero_end(digest.digest()),
        thumb=np.asarray(image.convert("L").resize((_THUMB, _THUMB), Image.Resampling.BOX)),
        chroma=small[..., 1:].reshape(-1),
    )


def _read(root: Path, name: str) -> tuple[ImageSource, bytes]:
    if split_name(name)[1] is not None:
        source = image_source(root, name)
        assert source.pixels is not None
        return source, np.ascontiguousarray(source.pixels).tobytes()
    try:
        content = (root / name).read_bytes()
    except OSError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be read: {reason}."), path=name, reason=error.strerror or "?"
        ) from error
    return ImageSource(name=name, content=content), content


def _hash(content: bytes) -> bytes:
    return _no_zero_end(hashlib.blake2b(content, digest_size=15).digest())


def _no_zero_end(digest: bytes) -> bytes:
    return digest + b"\x01"  # NumPy drops zero bytes at the end of a byte string


def _describe(found: Prints, thumbs: np.ndarray) -> None:
    """Fill `features` and `flat` from the thumbnails."""
    basis = _cosine_basis()
    weights = np.hypot(*np.meshgrid(np.arange(_KEPT), np.arange(_KEPT), indexing="ij")).astype(np.float32)
    for start in range(0, len(thumbs), 4096):
        part = thumbs[start : start + 4096].astype(np.float32)
        found.flat[start : start + 4096] = part.std(axis=(1, 2)) < _FLAT
        coefficients = (basis @ part @ basis.T) * weights
        features = coefficients.reshape(len(part), -1)[:, 1:]
        lengths = np.linalg.norm(features, axis=1, keepdims=True)
        found.features[start : start + 4096] = features / np.maximum(lengths, 1e-6)
    found.features[found.flat] = 0.0


def _cosine_basis() -> np.ndarray:
    """Return the first rows of the orthonormal DCT-II matrix, float32 (kept x thumb)."""
    row = np.arange(_KEPT)[:, None]
    column = np.arange(_THUMB)[None]
    basis = np.cos(np.pi * (2 * column + 1) * row / (2 * _THUMB)) * np.sqrt(2 / _THUMB)
    basis[0] /= np.sqrt(2)
    return basis.astype(np.float32)
