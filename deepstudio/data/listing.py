"""What a data set consists of, without decoding any of it: samples with label and split, stray files, empty folders.

Reads the standard forms as the training does: `DIR/<class>/<file>`, `DIR/<split>/<class>/<file>`, pairs of idx files,
and tables of pictures. Torch-free, any thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.csv_images import read_image_table
from deepstudio.data.csv_table import is_table
from deepstudio.data.sample_files import open_idx
from deepstudio.data.sources import IMAGE_SUFFIXES, is_picture, natural_key

ROLES = ("train", "validation", "test")
VALIDATION_FOLDERS = ("val", "valid", "validation", "dev")
_IGNORED = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the splits lie: folder of the set below the data folder, and folders or idx prefixes of the splits."""

    folder: str = ""
    train: str = "train"
    validation: str = ""
    test: str = "test"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled sample. `name` is its path below the root, or `images-idx3-ubyte#12`; `split` one of ROLES."""

    name: str
    label: str
    split: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A whole set. `data` is what was named, `root` where the samples' names start, `kind` folders, idx or csv."""

    data: Path
    root: Path
    kind: str
    samples: tuple[Sample, ...]
    strays: tuple[str, ...] = ()
    empty_folders: tuple[str, ...] = ()
    has_splits: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the labels that occur, in natural order."""
        return tuple(sorted({sample.label for sample in self.samples}, key=natural_key))

    @property
    def splits(self) -> tuple[str, ...]:
        """Return the splits that occur."""
        found = {sample.split for sample in self.samples}
        return tuple(role for role in ROLES if role in found)


@dataclass(slots=True)
class _Found:
    samples: list[Sample] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def data_root(data: Path, folder: str) -> Path:
    """Return the root of a set: the folder of that name below `data`, or `data` itself."""
    below = data / folder
    return below if folder and below.is_dir() else data


def list_data(data: Path, layout: Layout | None = None, check: Callable[[], None] = lambda: None) -> Listing:
    """Return what lies at `data`. `check` is called now and then and may raise to end.

    Raises InputError for a missing folder, a table without pictures, or a folder that holds nothing labelled.
    """
    layout = layout or Layout()
    root = data_root(Path(data), layout.folder)
    if is_table(root):
        table = read_image_table(root)
        rows = [Sample(name=row.name, label=row.label, split=row.split) for row in table.rows]
        return Listing(data=root, root=table.root, kind="csv", samples=tuple(rows), has_splits=table.has_splits)
    if not root.is_dir():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(root))
    found, kind, has_splits = _list_folder(root, layout, check)
    if not found.samples:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The folder {path} holds no labelled images."),
            fix=QT_TRANSLATE_NOOP(
                "errors", "Put the images of each class into a folder of its own: {path}/<class>/<file>."
            ),
            path=str(root),
        )
    return Listing(
        data=root,
        root=root,
        kind=kind,
        samples=tuple(found.samples),
        strays=tuple(found.strays),
        empty_folders=tuple(found.empty),
        has_splits=has_splits,
    )


def _list_folder(root: Path, layout: Layout, check: Callable[[], None]) -> tuple[_Found, str, bool]:
    found, kind = _Found(), "folders"
    places = {"train": layout.train, "validation": layout.validation, "test": layout.test}
    has_splits = False
    for role, place in places.items():
        if not place:
            continue
        if (root / place).is_dir():
            has_splits = True
            _list_classes(root / place, root, role, found, check)
        elif pair := idx_files(root, place):
            has_splits, kind = True, "idx"
            _list_idx(pair, root, role, layout.labels, found)
    if not any(sample.split == "train" for sample in found.samples) and not (root / layout.train).is_dir():
        others = {place for place in places.values() if place}
        _list_classes(root, root, "train", found, check, leave_out=others)
    return found, kind, has_splits


def _list_classes(
    folder: Path, root: Path, role: str, found: _Found, check: Callable[[], None], leave_out: set[str] | None = None
) -> None:
    """Add `folder/<class>/...`; files beside the classes and files that are no pictures are strays."""
    below: list[str] = []
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.name.lower() in _IGNORED or entry.name in (leave_out or ()):
            continue
        if entry.is_dir():
            below.append(entry.name)
        else:
            found.strays.append(Path(entry.path).relative_to(root).as_posix())
    for name in sorted(below, key=natural_key):
        check()
        _list_class(folder / name, root, role, found)


def _list_class(folder: Path, root: Path, role: str, found: _Found) -> None:
    names: list[str] = []
    start = len(str(root)) + 1
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = place[start:].replace(os.sep, "/")
        for name in files:
            if name.startswith(".") or name.lower() in _IGNORED:
                continue
            suffix = os.path.splitext(name)[1].lower()
            if suffix in IMAGE_SUFFIXES or (not suffix and is_picture(Path(place, name))):
                names.append(f"{below}/{name}")
            else:
                found.strays.append(f"{below}/{name}")
    if not names:
        found.empty.append(folder.relative_to(root).as_posix())
    names.sort(key=natural_key)
    found.samples.extend(Sample(name=name, label=folder.name, split=role) for name in names)


def idx_files(root: Path, prefix: str) -> tuple[Path, Path] | None:
    """Return images and labels of the idx pair in `root`, or in `root/raw`, whose names begin with `prefix`."""
    for place in (root, root / "raw"):
        images = sorted(place.glob(f"{prefix}*idx3-ubyte*"))
        indices = sorted(place.glob(f"{prefix}*idx1-ubyte*"))
        if images and indices:
            return images[0], indices[0]
    return None


def _list_idx(pair: tuple[Path, Path], root: Path, role: str, labels: tuple[str, ...], found: _Found) -> None:
    name = pair[0].relative_to(root).as_posix()
    for index, label in enumerate(open_idx(pair[1], dimensions=1).tolist()):
        shown = labels[label] if label < len(labels) else str(label)
        found.samples.append(Sample(name=f"{name}#{index}", label=shown, split=role))
