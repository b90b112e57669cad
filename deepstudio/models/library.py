"""The models that this program knows: those it ships and those in the user's folder. Torch-free, any thread.

A user's model hides a shipped one of the same name.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import ModelFileError, StorageError
from deepstudio.core.failures import failure_from
from deepstudio.core.files import atomic_path
from deepstudio.core.messages import Failure
from deepstudio.core.paths import shipped_models_dir, user_models_dir
from deepstudio.core.registry import unknown_name
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import read_card

SUFFIX = ".safetensors"
_TRASH = ".removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A model file by name. `card` is None, and `failure` says why, where the file is damaged. `size` in bytes."""

    name: str
    path: Path
    shipped: bool
    size: int
    card: ModelCard | None = None
    failure: Failure | None = None


class ModelLibrary:
    """Lists, finds, installs and removes models. The folders are read anew on every call: they may change under us."""

    def __init__(self, shipped: Path, user: Path) -> None:
        self.shipped = shipped
        self.user = user

    def entries(self) -> list[ModelEntry]:
        """Return every model by name, damaged ones included."""
        found: dict[str, ModelEntry] = {}
        for folder, shipped in ((self.shipped, True), (self.user, False)):
            for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
                found[path.stem] = _entry(path, shipped=shipped)
        return sorted(found.values(), key=lambda entry: entry.name)

    def find(self, name: str) -> ModelEntry:
        """Return the model `name`. Raises UnknownNameError, or ModelFileError for a damaged file."""
        path = self.locate(name)
        shipped = path.parent == self.shipped
        return ModelEntry(name=name, path=path, shipped=shipped, size=path.stat().st_size, card=read_card(path))

    def locate(self, name: str) -> Path:
        """Return where the file of model `name` lies, without opening it. Raises UnknownNameError."""
        for folder in (self.user, self.shipped):
            path = folder / f"{name}{SUFFIX}"
            if name == Path(name).name and path.is_file():
                return path
        raise unknown_name("model", name, [entry.name for entry in self.entries()])

    def install(self, source: Path) -> ModelEntry:
        """Copy a model file into the user's folder under its card's name, after checking its header.

        Raises ModelFileError for what is no whole model file, StorageError where the folder cannot be written.
        """
        card = read_card(source)
        target = self.user / f"{card.name}{SUFFIX}"
        if target.exists() and os.path.samefile(source, target):
            return _entry(target, shipped=False)
        try:
            with atomic_path(target) as temporary:
                shutil.copyfile(source, temporary)
        except OSError as error:
            raise _cannot_write(target, error) from error
        return _entry(target, shipped=False)

    def remove(self, name: str) -> Path:
        """Put a model of the user's aside and return where it lies, for `restore`. Shipped models stay."""
        entry = self._own(name)
        aside = self.user / _TRASH / entry.path.name
        try:
            aside.parent.mkdir(parents=True, exist_ok=True)
            os.replace(entry.path, aside)
        except OSError as error:
            raise _cannot_write(entry.path, error) from error
        return aside

    def restore(self, aside: Path) -> ModelEntry:
        """Undo `remove`."""
        target = self.user / aside.name
        os.replace(aside, target)
        return _entry(target, shipped=False)

    def export(self, name: str, target: Path) -> Path:
        """Copy the file of model `name` to `target` (a file, or a folder to put it into) and return where it lies."""
        entry = self.find(name)
        if target.is_dir():
            target = target / entry.path.name
        try:
            with atomic_path(target) as temporary:
                shutil.copyfile(entry.path, temporary)
        except OSError as error:
            raise _cannot_write(target, error) from error
        return target

    def _own(self, name: str) -> ModelEntry:
        for entry in self.entries():
            if entry.name == name and not entry.shipped:
                return entry
        entry = self.find(name)
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "'{name}' comes with the program and cannot be removed."), name=entry.name
        )


def default_library() -> ModelLibrary:
    """Return the library over the program's and the user's folders."""
    return ModelLibrary(shipped_models_dir(), user_models_dir())


def _entry(path: Path, *, shipped: bool) -> ModelEntry:
    try:
        return ModelEntry(name=path.stem, path=path, shipped=shipped, size=path.stat().st_size, card=read_card(path))
    except (ModelFileError, OSError) as error:
        return ModelEntry(name=path.stem, path=path, shipped=shipped, size=0, failure=failure_from(error))


def _cannot_write(target: Path, error: OSError) -> StorageError:
    return StorageError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be written: {reason}."),
        path=str(target),
        reason=error.strerror or str(error),
    )
