"""Tells of runs that go on elsewhere: alerts and ends, in the window and on the desktop. GUI thread."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.manager import JobManager
from deepstudio.store.run_process import host_name
from deepstudio.store.run_rows import RunRow, Status
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.workspaces.runs.watch_job import Told, Watched, WatchRuns, watch_runs
from deepstudio.ui.workspaces.train.notify import DesktopNotes

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore

_PAUSE_MS = 1000
_TOGETHER_MS = 400
_MOST_TOLD = 3
"""Alerts told at once; all of them are events of their runs."""
_MOST = 50
"""Runs that are looked at, should hundreds go on at once: the newest."""


class RunWatch(QObject):
    """Is told of every row that changes (`take`); looks once a second while a run goes on elsewhere."""

    message = Signal(str)

    def __init__(self, jobs: JobManager, open_store: Callable[[], RunStore], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._open_store = open_store
        self._since = time.time()
        self._watched: dict[str, Watched] = {}
        self._ended: set[str] = set()
        """Runs that are looked at once more: what they said last may not have been read."""
        self._job: JobHandle | None = None
        self._news = False
        self.notes = DesktopNotes(self)
        self._ends: dict[Status, list[str]] = {}
        self._end_timer = QTimer(self)
        self._end_timer.setSingleShot(True)
        self._end_timer.setInterval(_TOGETHER_MS)
        self._end_timer.timeout.connect(self._tell_ends)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)

    def take(self, rows: Iterable[RunRow]) -> None:
        """Take runs that are new or changed."""
        for row in rows:
            if row.id in self._watched:
                self._watched[row.id].name = row.name
                if not row.status.alive and row.id not in self._ended:
                    self._ended.add(row.id)
                    if row.status is not Status.STOPPED:  # whoever stopped it knows
                        self._ends.setdefault(row.status, []).append(row.name)
                        self._end_timer.start()
            elif row.status.alive and row.deleted is None and not _is_ours(row) and row.kind != "tensorboard":
                self._watched[row.id] = Watched(
                    run_id=row.id,
                    name=row.name,
                    began_here=row.created >= self._since,
                    says_itself=row.kind == "deepstudio",
                )
            self._news = self._news or row.id in self._watched
        if self._news and not self._timer.isActive() and self._job is None:
            self._timer.start()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()
        self._end_timer.stop()
        self._watched.clear()
        self._ended.clear()

    @Slot()
    def _look(self) -> None:
        self._news = False
        runs = tuple(list(self._watched.values())[-_MOST:])
        for run_id in self._ended:
            self._watched.pop(run_id, None)
        self._ended.clear()
        if runs:
            title = QT_TRANSLATE_NOOP("status", "Watching runs")
            self._job = self._jobs.submit(watch_runs, WatchRuns(self._open_store, runs), lane="files", title=title)
            self._job.done.connect(self._on_told)
            self._job.ended.connect(self._on_ended)

    @Slot(object)
    def _on_told(self, told: list[Told]) -> None:
        for one in told[:_MOST_TOLD]:
            words = translate_sentence(one.sentence, "events", **dict(one.values))
            self._tell(self.tr("“{name}”: {words}").format(name=one.name, words=words))

    @Slot(object)
    def _on_ended(self, message: object) -> None:
        self._job = None
        if self._news:
            self._timer.start()

    @Slot()
    def _tell_ends(self) -> None:
        """Tell of the runs that ended within a moment: each by its name, or how many if they are several."""
        ends, self._ends = self._ends, {}
        for status, names in ends.items():
            one, many = {
                Status.FINISHED: (self.tr("“{name}” has finished."), self.tr("{count} runs have finished.")),
                Status.FAILED: (self.tr("“{name}” has failed."), self.tr("{count} runs have failed.")),
                Status.INTERRUPTED: (
                    self.tr("“{name}” was interrupted: its program ended without a word."),
                    self.tr("{count} runs were interrupted: their programs ended without a word."),
                ),
            }[status]
            self._tell(one.format(name=names[0]) if len(names) == 1 else many.format(count=len(names)))

    def _tell(self, text: str) -> None:
        self.message.emit(text)
        self.notes.show(self.tr("Runs"), text)


def _is_ours(row: RunRow) -> bool:
    """Return whether this process, or one that it started, trains the run: then the Train workspace tells of it."""
    if row.host != host_name() or row.kind != "deepstudio":
        return False
    if row.pid == os.getpid():
        return True
    try:
        return any(parent.pid == os.getpid() for parent in psutil.Process(row.pid).parents())
    except (psutil.Error, ValueError):
        return False
