"""What the window does with the files of word sets, in the lane "files". No widgets."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.word_sets import word_sets_dir
from deepstudio.core.files import atomic_path
from deepstudio.core.job import JobContext

_COLUMNS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something to do to the files of a word set."""

    act: Callable[[], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawTakes:
    """Read these sound files for a small picture of each."""

    paths: tuple[Path, ...]


def change(request: Change, context: JobContext) -> Any:
    """Job: do it and return what it returns. Raises InputError, and OSError as the disk does."""
    return request.act()


def draw_takes(request: DrawTakes, context: JobContext) -> dict[Path, NDArray[np.float32]]:
    """Job: return the `wave` of each file; files that cannot be read are left out."""
    import soundfile

    found = {}
    for path in request.paths:
        context.check()
        try:
            samples = soundfile.read(path, dtype="float32", always_2d=True)[0].mean(axis=1)
        except (OSError, soundfile.LibsndfileError):
            continue
        found[path] = wave(samples)
    return found


def wave(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how loud a sound is over its time, in 48 columns, 0..1 of the loudest moment."""
    if not len(samples):
        return np.zeros(_COLUMNS, np.float32)
    starts = np.linspace(0, len(samples), _COLUMNS, endpoint=False).astype(int)
    loud = np.maximum.reduceat(np.abs(samples), starts)
    shape: NDArray[np.float32] = (loud / max(float(loud.max()), 1e-6)).astype(np.float32)
    return shape


def zip_folder(folder: Path, target: Path) -> Path:
    """Write the sound files below `folder` into a ZIP archive, its folders as they are. Raises OSError."""
    with atomic_path(target) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
                archive.write(path, Path(folder.name) / path.relative_to(folder))
    return target


def purge_deleted() -> None:
    """Delete for good what lies aside of all word sets."""
    root = word_sets_dir()
    for aside in [*root.glob(".deleted/*"), *root.glob("*/.deleted/*")]:
        shutil.rmtree(aside) if aside.is_dir() else aside.unlink()
