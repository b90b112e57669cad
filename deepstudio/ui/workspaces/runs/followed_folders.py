"""The folders of event files that are read as they grow, each in a thread of its own. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from deepstudio.core.messages import Failure
from deepstudio.jobs.endless import EndlessJob
from deepstudio.ui.workspaces.runs import jobs
from deepstudio.ui.workspaces.runs.jobs import OfRuns

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore

_MOST = 20
"""Folders that are remembered from one session to the next."""


class FollowedFolders(QObject):
    """Folders from `follow` to `unfollow`, or to the end of the program."""

    began = Signal(str)
    """A folder is being read for the first time: its name."""
    advanced = Signal(int, int)
    """Runs of that folder read, and all of them."""
    caught_up = Signal()
    """The folder that was being read for the first time has been, or no longer is."""
    found = Signal(object)
    """Ids of the runs of a folder that was asked for, a list; once, when it has been read."""
    failed = Signal(object)
    changed = Signal()
    """Other folders are followed than before."""

    def __init__(self, open_store: Callable[[], RunStore], parent: QObject) -> None:
        super().__init__(parent)
        self._open_store = open_store
        self._tails: dict[Path, EndlessJob] = {}
        self._ending: list[EndlessJob] = []
        self._runs: dict[Path, tuple[str, ...]] = {}
        self._first: Path | None = None
        self._read: set[Path] = set()
        """Folders that were read once: their runs are not selected anew whenever they grow."""
        self._away: list[Path] = []

    def folders(self) -> list[Path]:
        """Return the folders that are followed."""
        return list(self._tails)

    def idle(self) -> bool:
        """Return whether every folder that was left is left indeed."""
        return not self._ending

    def follow_again(self, folders: Sequence[str]) -> None:
        """Go on with folders of an earlier session, without a word; those that are away now are only remembered."""
        for folder in map(Path, folders[:_MOST]):
            if folder in self._tails:
                continue
            if folder.exists():
                self._start(folder)
                self._read.add(folder)
            else:
                self._away.append(folder)

    def remembered(self) -> list[str]:
        """Return the folders for a later session, newest first."""
        return [str(folder) for folder in [*reversed(self._tails), *self._away]][:_MOST]

    def follow(self, folder: Path) -> None:
        """Read a folder and what is added to it; one that is followed already is only found again."""
        folder = Path(folder).absolute()
        if folder in self._tails:
            self.found.emit(list(self._runs.get(folder, ())))
            return
        self._start(folder)
        self._first = folder
        self.began.emit(folder.name)
        self.changed.emit()

    def _start(self, folder: Path) -> None:
        request = OfRuns(open_store=self._open_store, target=folder)
        tail = EndlessJob(jobs.follow_folder, request, title=f"tensorboard-{folder.name}", parent=self)
        self._tails[folder] = tail
        tail.handle.progress.connect(partial(self._on_progress, folder))
        tail.handle.partial.connect(partial(self._on_read, folder))
        tail.handle.failed.connect(partial(self._on_failed, folder))

    def unfollow(self, folder: Path | None = None) -> None:
        """Read a folder no longer; without one, that which is being read for the first time. Its runs stay."""
        folder = folder or self._first
        tail = self._tails.pop(folder, None) if folder is not None else None
        self._read.discard(folder or Path())
        if tail is not None:
            self._ending.append(tail)  # it ends at its next border; nobody waits for that
            tail.handle.ended.connect(partial(self._on_ended, tail))
            tail.handle.cancel()
        self._end_first(folder)
        self.changed.emit()

    def stop(self) -> None:
        """Leave all folders, waiting for what is being read."""
        for tail in [*self._tails.values(), *self._ending]:
            tail.stop()
        self._tails.clear()
        self._ending.clear()

    def _on_progress(self, folder: Path, done: int, total: int) -> None:
        if folder == self._first:
            self.advanced.emit(done, total)

    def _end_first(self, folder: Path | None) -> None:
        if folder is not None and folder == self._first:
            self._first = None
            self.caught_up.emit()

    def _on_read(self, folder: Path, report: Any) -> None:
        self._end_first(folder)
        self._runs[folder] = report.runs
        if report.runs and folder not in self._read:
            self.found.emit(list(report.changed or report.runs))
        self._read.add(folder)

    def _on_ended(self, tail: EndlessJob, message: object) -> None:
        if tail in self._ending:
            self._ending.remove(tail)
            tail.deleteLater()

    def _on_failed(self, folder: Path, failure: Failure) -> None:
        tail = self._tails.pop(folder, None)
        if tail is not None:
            tail.deleteLater()
        self._end_first(folder)
        self.changed.emit()
        self.failed.emit(failure)
