"""Whole labelled image sets in memory, as one uint8 array: from folders, tables, and the idx files of MNIST.

Everything is read through the corrections kept beside the data. Shapes: N images, H height, W width, C channels. Any
thread.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.corrections import CorrectionView
from deepstudio.data.csv_images import read_image_table
from deepstudio.data.csv_table import is_table
from deepstudio.data.decode import decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.sample_files import open_idx
from deepstudio.data.sources import natural_key, pictures_below

_TEST_NAMES = ("t10k", "test")  # MNIST calls its test split t10k
_log = logging.getLogger(__name__)

OnUnreadable = Callable[[str, DeepStudioError], None]


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


def joined_sets(parts: Sequence[ImageSet]) -> ImageSet:
    """Return sets of the same classes and image size as one."""
    return ImageSet(
        images=np.concatenate([part.images for part in parts]),
        labels=np.concatenate([part.labels for part in parts]),
        classes=parts[0].classes,
        names=tuple(name for part in parts for name in part.names),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A picture to read: its name below the root, its file, and its label as a word."""

    name: str
    path: Path
    label: str


def load_image_set(
    root: Path,
    preprocessing: Preprocessing,
    *,
    classes: Sequence[str] | None = None,
    limit: int | None = None,
    on_unreadable: OnUnreadable | None = None,
    split: str = "",
) -> ImageSet:
    """Return the set at `root`: a table of pictures, idx files if there are any, else `root/<class>/<file>`.

    `classes` are the labels of the model or recipe: folders may carry their names or their indices. Without it, the
    sorted labels found are the classes. `limit` takes that many files, evenly spaced. `split` (train, validation, test)
    takes those rows of a table. A file that cannot be read is passed to `on_unreadable` and left out; without that
    function its error is raised. Raises InputError for a missing, empty or unlabelled set.
    """
    root = Path(root)
    if is_table(root):
        entries = _table_entries(root, split)
        return _load_entries(entries, root, preprocessing, classes, limit, on_unreadable)
    if not root.is_dir():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(root))
    if idx := _idx_pair(root):
        return _load_idx(*idx, classes=classes)
    return _load_entries(_folder_entries(root), root, preprocessing, classes, limit, on_unreadable)


def _folder_entries(root: Path) -> list[_Entry]:
    shown = (path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    folders = sorted(shown, key=lambda path: natural_key(path.name))
    entries = [
        _Entry(name=path.relative_to(root).as_posix(), path=path, label=folder.name)
        for folder in folders
        for path in pictures_below(folder)
    ]
    if not entries:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The folder {path} holds no labelled images."),
            fix=QT_TRANSLATE_NOOP(
                "errors", "Put the images of each class into a folder of its own: {path}/<class>/<file>."
            ),
            path=str(root),
        )
    return entries


def _table_entries(path: Path, split: str) -> list[_Entry]:
    table = read_image_table(path)
    rows = table.of(split) if split and table.has_splits else table.rows
    if not rows or (split == "test" and not table.has_splits):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The table {path} has no rows of the split '{split}'."),
            path=str(path),
            split=split or "train",
        )
    return [_Entry(name=row.name, path=table.root / row.name, label=row.label) for row in rows]


def _corrected(entries: list[_Entry], root: Path) -> list[_Entry]:
    """Return the entries as the corrections beside the data have them."""
    view = CorrectionView(root)
    if view.empty:
        return entries
    for state in view.states:
        if state.stale:
            _log.warning("%d corrections in %s no longer hold: those files changed.", len(state.stale), state.path)
    labels = [view.label(entry.name, entry.label) for entry in entries]
    return [
        _Entry(name=entry.name, path=entry.path, label=label)
        for entry, label in zip(entries, labels, strict=True)
        if label is not None
    ]


def _load_entries(
    entries: list[_Entry],
    root: Path,
    preprocessing: Preprocessing,
    classes: Sequence[str] | None,
    limit: int | None,
    on_unreadable: OnUnreadable | None,
) -> ImageSet:
    entries = _corrected(entries, root)
    found = sorted({entry.label for entry in entries}, key=natural_key)
    names = tuple(classes) if classes is not None else tuple(found)
    index_of = {label: label_index(label, names, root) for label in found}
    if limit is not None and len(entries) > limit:
        entries = [entries[index * len(entries) // limit] for index in range(limit)]
    images: list[np.ndarray] = []
    labels: list[int] = []
    kept: list[str] = []

    def read(entry: _Entry) -> np.ndarray | DeepStudioError:
        try:
            source = ImageSource(name=entry.name, path=entry.path)
            decoded = decode_image(source, target_side=decoding_side(preprocessing))
            return fit_image(decoded.pixels, preprocessing).pixels
        except DeepStudioError as error:
            return error

    with ThreadPoolExecutor(max_workers=2) as pool:
        for entry, result in zip(entries, pool.map(read, entries), strict=True):
            if isinstance(result, DeepStudioError):
                if on_unreadable is None:
                    raise result
                on_unreadable(entry.name, result)
                continue
            images.append(result)
            labels.append(index_of[entry.label])
            kept.append(entry.name)
    if not images:
        raise InputError(QT_TRANSLATE_NOOP("errors", "No image in {path} could be read."), path=str(root))
    return ImageSet(images=np.stack(images), labels=np.array(labels, np.int64), classes=names, names=tuple(kept))


def label_index(label: str, classes: Sequence[str], root: Path) -> int:
    """Return the index of the class that a folder's name, or a label in a table, means: by name, else by index.

    Case, spaces, dashes and underscores do not matter. Raises InputError where it names no class.
    """
    if (found := find_label(label, classes)) is not None:
        return found
    sentence = (
        QT_TRANSLATE_NOOP("errors", "The label '{folder}' in {path} names no class that is known here.")
        if root.is_file()
        else QT_TRANSLATE_NOOP("errors", "The folder '{folder}' in {path} names no class that is known here.")
    )
    raise InputError(
        sentence,
        fix=QT_TRANSLATE_NOOP("errors", "Known classes: {classes}."),
        folder=label,
        path=str(root),
        classes=", ".join(classes[:20]) + (" ..." if len(classes) > 20 else ""),
    )


def find_label(label: str, classes: Sequence[str]) -> int | None:
    """Return the index of the class that `label` means, None where it means none; a label spelled exactly so wins."""
    if label in classes:
        return classes.index(label)
    plain = [_plain(name) for name in classes]
    if _plain(label) in plain:
        return plain.index(_plain(label))
    return int(label) if label.isdigit() and label.isascii() and int(label) < len(classes) else None


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
    pixels = open_idx(images, dimensions=3)
    indices = open_idx(labels, dimensions=1).astype(np.int64)
    names = tuple(classes) if classes is not None else tuple(str(k) for k in range(int(indices.max(initial=0)) + 1))
    if len(pixels) != len(indices) or (len(indices) and indices.max() >= len(names)):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} and {labels} do not belong together."),
            path=str(images),
            labels=labels.name,
        )
    whole = ImageSet(
        images=pixels[..., None],
        labels=indices,
        classes=names,
        names=tuple(f"{images.name}#{k}" for k in range(len(pixels))),
    )
    return _corrected_idx(whole, images.parent)


def _corrected_idx(whole: ImageSet, folder: Path) -> ImageSet:
    view = CorrectionView(folder)
    if view.empty:
        return whole
    shown = [view.label(name, whole.classes[label]) for name, label in zip(whole.names, whole.labels, strict=True)]
    index_of = {label: label_index(label, whole.classes, folder) for label in set(shown) if label is not None}
    kept = np.array([index for index, label in enumerate(shown) if label is not None], np.int64)
    labels = np.array([index_of[label] for label in shown if label is not None], np.int64)
    return ImageSet(
        images=whole.images[kept],
        labels=labels,
        classes=whole.classes,
        names=tuple(whole.names[index] for index in kept),
    )
