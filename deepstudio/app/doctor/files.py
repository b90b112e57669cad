"""Folders that must be writable, and models that must be whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deepstudio.app.doctor.finding import Finding, State
from deepstudio.core import paths

_GIB = 1 << 30
_LOW_DISK = _GIB


def check_folders() -> Iterator[Finding]:
    """The user's folders: can be written, and the disk has room."""
    folders = {
        "Settings": paths.config_dir(),
        "Data": paths.data_dir(),
        "Cache": paths.cache_dir(),
        "Log": paths.log_dir(),
    }
    for name, folder in folders.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            fix = f"Give yourself the right to write {folder}, or set DEEPSTUDIO_HOME to another folder."
            value = f"{folder}: {error.strerror or error}"
            yield Finding(check=f"{name} folder", state=State.PROBLEM, value=value, fix=fix)
        else:
            yield _room(name, folder)


def _room(name: str, folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    low = free < _LOW_DISK
    return Finding(
        check=f"{name} folder",
        state=State.NOTE if low else State.OK,
        value=f"{folder} ({free / _GIB:.1f} GiB free)",
        fix="Make room on this disk." if low else "",
    )


def check_models() -> Iterator[Finding]:
    """Every model of the library: its file is whole, its weights are those that its card names."""
    import torch

    from deepstudio.core.errors import DeepStudioError
    from deepstudio.models.arrayfile import load_arrays
    from deepstudio.models.library import default_library
    from deepstudio.models.modelfile import load_model

    for entry in default_library().entries():
        check = f"Model {entry.name}"
        if entry.failure is not None:
            yield Finding(check=check, state=State.PROBLEM, value=entry.failure.text(), fix=_replace(entry.shipped))
            continue
        try:
            if entry.card is not None and entry.card.architecture == "ngram":
                load_arrays(entry.path)
            else:
                load_model(entry.path, torch.device("cpu"))
        except DeepStudioError as error:
            yield Finding(check=check, state=State.PROBLEM, value=str(error), fix=_replace(entry.shipped))
        else:
            yield Finding(check=check, state=State.OK, value="whole" + (", shipped" if entry.shipped else ""))


def _replace(shipped: bool) -> str:
    return "Install the program again." if shipped else "Remove it with deepstudio models remove, and install it again."
