"""Whole labelled image sets in memory, as one uint8 array: from folders, and from the idx files of MNIST.

Shapes: N images, H height, W width, C channels. Any thread.
"""

from __future__ import annotations

import gzip
import re
import struct
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.decode import decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.sources import natural_key, pictures_below

_TEST_NAMES = ("t10k", "test")  # MNIST calls its test split t10k


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSet:
    """Images NHWC uint8, labels N int64 into `classes`, and the name of each image (path below the root)."""

    images: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, indices: np.ndarray) -> ImageSet:
        """Return the images at `indices`, in that order."""
        names = tuple(self.names[index] for index in indices)
        return ImageSet(images=self.images[indices], labels=self.labels[indices], classes=self.classes, names=names)


def load_image_set(
    root: Path,
    preprocessing: Preprocessing,
    *,
    classes: Sequence[str] | None = None,
    limit: int | None = None,
    on_unreadable: Callable[[str, DeepStudioError], None] | None = None,
) -> ImageSet:
    """Return the set under `root`: idx files if there are any, else `root/<class>/<file>`.

    `classes` are the labels of the model or recipe: folders may carry their names or their indices. Without it, the
    sorted folder names are the classes. `limit` takes that many files, evenly spaced. A file that cannot be read is
    passed to `on_unreadable` and left out; without that function its error is raised. Raises InputError for a missing,
    empty or unlabelled folder.
    """
    root = Path(root)
    if not root.is_dir():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(root))
    if idx := _idx_pair(root):
        return _load_idx(*idx, classes=classes)
    return _load_folders(root, preprocessing, classes, limit, on_unreadable)


def _load_folders(
    root: Path,
    preprocessing: Preprocessing,
    classes: Sequence[str] | None,
    limit: int | None,
    on_unreadable: Callable[[str, DeepStudioError], None] | None,
) -> ImageSet:
    shown = (path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    folders = sorted(shown, key=lambda path: natural_key(path.name))
    files = {folder: found for folder in folders if (found := pictures_below(folder))}
    if not files:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The folder {path} holds no labelled images."),
            fix=QT_TRANSLATE_NOOP(
                "errors", "Put the images of each class into a folder of its own: {path}/<class>/<file>."
            ),
            path=str(root),
        )
    names = tuple(classes) if classes is not None else tuple(folder.name for folder in files)
    jobs = [(path, _label_of(folder.name, names, root)) for folder, found in files.items() for path in found]
    if limit is not None and len(jobs) > limit:
        jobs = [jobs[index * len(jobs) // limit] for index in range(limit)]
    images: list[np.ndarray] = []
    labels: list[int] = []
    kept: list[str] = []

    def read(job: tuple[Path, int]) -> np.ndarray | DeepStudioError:
        try:
            source = ImageSource(name=job[0].name, path=job[0])
            decoded = decode_image(source, target_side=decoding_side(preprocessing))
            return fit_image(decoded.pixels, preprocessing).pixels
        except DeepStudioError as error:
            return error

    with ThreadPoolExecutor(max_workers=2) as pool:
        for (path, label), result in zip(jobs, pool.map(read, jobs), strict=True):
            name = str(path.relative_to(root))
            if isinstance(result, DeepStudioError):
                if on_unreadable is None:
                    raise result
                on_unreadable(name, result)
                continue
            images.append(result)
            labels.append(label)
            kept.append(name)
    if not images:
        raise InputError(QT_TRANSLATE_NOOP("errors", "No image in {path} could be read."), path=str(root))
    return ImageSet(images=np.stack(images), labels=np.array(labels, np.int64), classes=names, names=tuple(kept))


def _label_of(folder: str, classes: Sequence[str], root: Path) -> int:
    """Return the index of the class that a folder's name means: by name (any case), else by index."""
    plain = [_plain(name) for name in classes]
    if _plain(folder) in plain:
        return plain.index(_plain(folder))
    if folder.isdigit() and int(folder) < len(classes):
        return int(folder)
    raise InputError(
        QT_TRANSLATE_NOOP("errors", "The folder '{folder}' in {path} names no class that is known here."),
        fix=QT_TRANSLATE_NOOP("errors", "Known classes: {classes}."),
        folder=folder,
        path=str(root),
        classes=", ".join(classes[:20]) + (" ..." if len(classes) > 20 else ""),
    )


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().lower()


def _idx_pair(root: Path) -> tuple[Path, Path] | None:
    """Return the images and labels file of the one pair in `root`, of the test split where there are several."""
    images, labels = sorted(root.glob("*idx3-ubyte*")), sorted(root.glob("*idx1-ubyte*"))
    if len(images) > 1:
        images, labels = ([path for path in paths if path.name.startswith(_TEST_NAMES)] for paths in (images, labels))
    return (images[0], labels[0]) if len(images) == 1 and len(labels) == 1 else None


def load_idx_images(images: Path, labels: Path, *, classes: Sequence[str] | None = None) -> ImageSet:
    """Return the set in a pair of idx files (Y. LeCun's MNIST format), gzip-compressed or not."""
    return _load_idx(images, labels, classes=classes)


def _load_idx(images: Path, labels: Path, *, classes: Sequence[str] | None) -> ImageSet:
    pixels = _read_idx(images, dimensions=3)
    indices = _read_idx(labels, dimensions=1).astype(np.int64)
    names = tuple(classes) if classes is not None else tuple(str(k) for k in range(int(indices.max(initial=0)) + 1))
    if len(pixels) != len(indices) or (len(indices) and indices.max() >= len(names)):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} and {labels} do not belong together."),
            path=str(images),
            labels=labels.name,
        )
    return ImageSet(
        images=pixels[..., None],
        labels=indices,
        classes=names,
        names=tuple(f"{images.name}#{k}" for k in range(len(pixels))),
    )


def _read_idx(path: Path, *, dimensions: int) -> np.ndarray:
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
