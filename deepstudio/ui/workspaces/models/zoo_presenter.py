"""Published models: their list, and the downloads that the user asked for. GUI thread; the work runs in lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.job import Job, JobContext
from deepstudio.core.requests import DownloadModel
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.jobs.handle import JobHandle

if TYPE_CHECKING:
    from deepstudio.models.torchvision_zoo import ZooEntry


@dataclass(slots=True)
class DownloadState:
    """How far a download is; `total` 0 means that it has not begun."""

    handle: JobHandle
    done: int = 0
    total: int = 0
    status: str = ""


def list_published(request: None, context: JobContext) -> tuple[ZooEntry, ...]:
    """Job: return all published weights (imports torchvision)."""
    from deepstudio.models.torchvision_zoo import zoo_entries

    return zoo_entries()


def download_published(request: DownloadModel, context: JobContext) -> Path:
    """Job: download and install; returns the model file."""
    from deepstudio.infer.downloads import download

    return download(request, _InKilobytes(context))


class _InKilobytes:
    """Passes everything on, progress in kilobytes: some files are larger than Qt's 32-bit integers can count."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self.status = context.status
        self.partial = context.partial
        self.check = context.check

    @property
    def cancelled(self) -> bool:
        return self._context.cancelled

    def progress(self, done: int, total: int) -> None:
        self._context.progress(done // 1000, max(1, total // 1000))


class ZooPresenter(QObject):
    """Knows the published models once they were listed, and every running download."""

    listed = Signal()
    failed = Signal(object)
    progressed = Signal(str)
    """The download of this model began, went on or ended."""
    installed = Signal(str)

    def __init__(
        self,
        services: Any,
        parent: QObject,
        *,
        listing: Job[None, Sequence[ZooEntry]] = list_published,
        downloading: Job[DownloadModel, Path] = download_published,
    ) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self.listing = listing
        self.downloading = downloading
        self._asked = False
        self.entries: dict[str, ZooEntry] = {}
        self._downloads: dict[str, DownloadState] = {}

    def ask_for_list(self) -> None:
        """List what is published, once."""
        if self._asked:
            return
        self._asked = True
        title = QT_TRANSLATE_NOOP("status", "Listing published models")
        handle = self._jobs.submit(self.listing, None, lane="predict", title=title)
        handle.done.connect(self._on_listed)
        handle.failed.connect(self._on_list_failed)

    def state(self, name: str) -> DownloadState | None:
        """Return the running download of a model, None if there is none."""
        return self._downloads.get(name)

    def download(self, name: str) -> None:
        """Download a model; one that was broken off goes on where it was."""
        if name in self._downloads:
            return
        entry = self.entries[name]
        request = DownloadModel(name=name, url=entry.url, size=entry.size, sha256=entry.sha256)
        title = QT_TRANSLATE_NOOP("status", "Downloading a model")
        handle = self._jobs.submit(self.downloading, request, lane="files", title=title)
        handle.setProperty("model", name)
        self._downloads[name] = DownloadState(handle)
        handle.progress.connect(self._on_progress)
        handle.status.connect(self._on_status)
        handle.done.connect(self._on_done)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)
        self.progressed.emit(name)

    def cancel(self, name: str) -> None:
        """Break a download off; what has come is kept."""
        if name in self._downloads:
            self._downloads[name].handle.cancel()

    @Slot(object)
    def _on_listed(self, entries: Sequence[ZooEntry]) -> None:
        self.entries = {entry.name: entry for entry in entries}
        self.listed.emit()

    @Slot(object)
    def _on_list_failed(self, failure: object) -> None:
        self._asked = False
        self.failed.emit(failure)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        name = self._sender_name()
        if name in self._downloads:
            self._downloads[name].done, self._downloads[name].total = done, total
            self.progressed.emit(name)

    @Slot(str)
    def _on_status(self, text: str) -> None:
        name = self._sender_name()
        if name in self._downloads:
            self._downloads[name].status = text
            self.progressed.emit(name)

    @Slot(object)
    def _on_done(self, path: Path) -> None:
        self.installed.emit(path.stem)

    @Slot(object)
    def _on_ended(self, _message: object) -> None:
        name = self._sender_name()
        self._downloads.pop(name, None)
        self.progressed.emit(name)

    def _sender_name(self) -> str:
        handle = self.sender()
        return str(handle.property("model")) if handle is not None else ""
