"""What the Models workspace does: install, remove, export, and the way back. GUI thread; copying runs in a lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.library import SUFFIX, ModelEntry, ModelLibrary


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallFiles:
    """Install these files into `library`; each result comes as `Installed` or a `Failure`."""

    library: ModelLibrary
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A model that was installed; `before` is where the one of that name lies which it replaced."""

    entry: ModelEntry
    before: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportModel:
    """Copy a model to `target`."""

    library: ModelLibrary
    name: str
    target: Path


def install_files(request: InstallFiles, context: JobContext) -> int:
    """Job: install each file; one that cannot be used does not keep the others out. Returns how many were."""
    count = 0
    for number, path in enumerate(request.paths):
        context.check()
        context.progress(number, len(request.paths))
        try:
            context.partial(_install(request, path))
            count += 1
        except (DeepStudioError, OSError) as error:
            context.partial(failure_from(error))
    return count


def export_model(request: ExportModel, context: JobContext) -> Path:
    """Job: copy the file of a model; returns where it lies now."""
    return request.library.export(request.name, request.target)


def _install(request: InstallFiles, path: Path) -> Installed:
    from deepstudio.models.modelfile import read_card

    library = request.library
    if path.suffix.lower() != SUFFIX:
        from deepstudio.models.torchvision_zoo import install_local_weights

        return Installed(entry=install_local_weights(path, library))
    mine = library.user / f"{read_card(path).name}{SUFFIX}"
    before = None
    if mine.exists() and not mine.samefile(path):
        before = library.user / ".replaced" / mine.name
        before.parent.mkdir(parents=True, exist_ok=True)
        before.write_bytes(mine.read_bytes())
    return Installed(entry=library.install(path), before=before)


class ModelsPresenter(QObject):
    """Knows the library and the lanes, no widgets."""

    installed = Signal(object)
    """The `ModelEntry` that is new."""
    changed = Signal()
    failed = Signal(object)
    message = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, services: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._library: ModelLibrary = services.library
        self._jobs = services.jobs

    def entries(self) -> list[ModelEntry]:
        """Return all models: the shipped ones first, then the user's, each by title."""
        entries = self._library.entries()
        return sorted(entries, key=lambda entry: (not entry.shipped, entry.card.title if entry.card else entry.name))

    def install(self, paths: Sequence[Path]) -> None:
        """Install files in a lane."""
        handle = self._jobs.submit(
            install_files,
            InstallFiles(library=self._library, paths=tuple(paths)),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Installing models"),
        )
        handle.partial.connect(self._on_installed)
        handle.failed.connect(self.failed)

    def export(self, name: str, target: Path) -> None:
        """Copy a model's file in a lane."""
        handle = self._jobs.submit(
            export_model,
            ExportModel(library=self._library, name=name, target=target),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Exporting a model"),
        )
        handle.done.connect(self._on_exported)
        handle.failed.connect(self.failed)

    def remove(self, entry: ModelEntry, title: str) -> None:
        """Remove a model of the user's and offer to undo it."""
        try:
            aside = self._library.remove(entry.name)
        except (DeepStudioError, OSError) as error:
            self.failed.emit(failure_from(error))
            return
        self.changed.emit()
        self.undo_offered.emit(self.tr("“{title}” was removed.").format(title=title), lambda: self._restore(aside))

    @Slot(object)
    def _on_installed(self, value: object) -> None:
        if not isinstance(value, Installed):
            self.failed.emit(value)
            return
        self.changed.emit()
        self.installed.emit(value.entry)
        text = self.tr("“{title}” is installed.").format(
            title=value.entry.card.title if value.entry.card else value.entry.name
        )
        self.undo_offered.emit(text, lambda: self._take_back(value))

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self.message.emit(self.tr("The model was copied to {path}.").format(path=path))

    def _restore(self, aside: Path) -> None:
        self._try(lambda: self._library.restore(aside))

    def _take_back(self, what: Installed) -> None:
        def undo() -> None:
            self._library.remove(what.entry.name)
            if what.before is not None:
                self._library.install(what.before)

        self._try(undo)

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except (DeepStudioError, OSError) as error:
            self.failed.emit(failure_from(error))
        self.changed.emit()
