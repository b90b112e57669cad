"""Brings a trained model into the library, with a way back. Runs in the files lane; knows no widget. GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.presenters.training_jobs import InstalledTrained, InstallTrained, install_trained

_PLACES = {
    "image-classification": "image",
    "image-text": "image",
    "speech-recognition": "speech",
    "keyword-spotting": "speech",
}


class Installer(QObject):
    """`open_asked` says where the installed model is used: workspace and name."""

    touched = Signal()
    """The models of the library are other ones now."""
    open_asked = Signal(str, str)
    undo_offered = Signal(str, object)
    failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._then_open = False

    def install(self, path: Path, *, then_open: bool) -> None:
        """Install the model file at `path`; with `then_open`, ask to show it where it is used."""
        self._then_open = then_open
        handle = self._services.jobs.submit(
            install_trained,
            InstallTrained(library=self._services.library, path=path),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Installing models"),
        )
        handle.done.connect(self._on_installed)
        handle.failed.connect(self.failed)

    @Slot(object)
    def _on_installed(self, installed: InstalledTrained) -> None:
        self.touched.emit()
        entry = installed.entry
        card = entry.card
        title = card.title if card is not None else entry.name
        self.undo_offered.emit(self.tr("“{title}” is installed.").format(title=title), partial(self._undo, installed))
        if self._then_open:
            task = card.task if card is not None else ""
            self.open_asked.emit(_PLACES.get(task, "text"), entry.name)

    def _undo(self, installed: InstalledTrained) -> None:
        library = self._services.library
        try:
            library.remove(installed.entry.name)
            if installed.before is not None:
                library.install(installed.before)
        except (DeepStudioError, OSError) as error:
            self.failed.emit(failure_from(error))
        self.touched.emit()
