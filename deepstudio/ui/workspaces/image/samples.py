"""The samples that ship with the program, with their titles and the model that each is meant for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageReader

from deepstudio.core.paths import resources_dir

_SMALL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One picture to start from; `model` is the name of the model that knows its subject."""

    path: Path
    title: str
    model: str


@cache
def shipped_samples() -> tuple[Sample, ...]:
    """Return the samples in the order of their index; none where the folder is missing."""
    folder = resources_dir() / "samples"
    index = folder / "samples.json"
    if not index.is_file():
        return ()
    entries = json.loads(index.read_text(encoding="utf-8"))
    return tuple(Sample(path=folder / entry["file"], title=entry["title"], model=entry["model"]) for entry in entries)


def read_small(path: Path) -> QImage:
    """Return a small version of a sample. Quick: a JPEG file is decoded at the size that is wanted."""
    reader = QImageReader(str(path))
    size = reader.size()
    reader.setScaledSize(size.scaled(_SMALL, _SMALL, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
