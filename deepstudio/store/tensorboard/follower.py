"""Runs of the store kept in step with a folder of TensorBoard's event files. One thread at a time; no Qt.

Read once or as long as it grows. A run is known again by its folder and the names of its files: what did not change
since it was read is not read again, what did is read anew.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.runs import RunRow, RunStore
from deepstudio.store.tensorboard.folder import EventFolder, find_event_folders
from deepstudio.store.tensorboard.imported import ImportedRun, recorded_files

KIND = "tensorboard"
_LOOK_SECONDS = 0.2
_QUIET_SECONDS = 60.0
_QUIET_LOOK_SECONDS = 1.0
"""A folder in which nothing has happened for long is looked at more rarely: many of them may be followed."""
_SEARCH_SECONDS = 2.0  # looking for new folders costs more than looking at known files


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowReport:
    """What was read: ids of the runs, those that were new or grew, points and other items, damaged stretches."""

    runs: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    points: int = 0
    items: int = 0
    bytes: int = 0
    damages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowRequest:
    """Read the event files in `folder` (or one file) into `store`; with `live` until the job is cancelled."""

    folder: Path
    store: RunStore
    live: bool = True


class TensorBoardFollower:
    """Call `poll` as often as wanted and `close` in the end."""

    def __init__(self, folder: Path, store: RunStore) -> None:
        self._root = Path(folder)
        self._store = store
        self._runs: dict[Path, ImportedRun] = {}
        self._known = _known_runs(store)
        self._searched = float("-inf")

    def poll(self, context: JobContext | None = None) -> FollowReport:
        """Read what is new and hand it to the store. Raises JobCancelled, OSError, StoreError."""
        context = context or SilentContext()
        self._search()
        changed: list[str] = []
        points = items = size = damages = 0
        runs = list(self._runs.values())
        for place, run in enumerate(runs):
            if not run.stirs():
                continue
            context.progress(place, len(runs))
            before = (run.points, run.items, run.bytes, run.damages)
            run.read(context)
            points += run.points - before[0]
            items += run.items - before[1]
            size += run.bytes - before[2]
            damages += run.damages - before[3]
            if run.bytes != before[2]:
                changed.append(run.id)
        for run in runs:
            run.settle()
        return FollowReport(
            runs=tuple(run.id for run in runs if run.id),
            changed=tuple(identity for identity in changed if identity),
            points=points,
            items=items,
            bytes=size,
            damages=damages,
        )

    def close(self) -> None:
        """End the following: what was running is finished as far as can be known. Raises StoreError."""
        for run in self._runs.values():
            run.close()
        self._runs.clear()

    def _search(self) -> None:
        now = time.monotonic()
        if now - self._searched < _SEARCH_SECONDS:
            return
        for folder in find_event_folders(self._root):
            run = self._runs.get(folder.path)
            if run is None:
                self._runs[folder.path] = ImportedRun(self._store, folder, self._known_run(folder))
            else:
                run.add(folder.files)
        self._searched = time.monotonic()

    def _known_run(self, folder: EventFolder) -> RunRow | None:
        names = {path.name for path in folder.files}
        for row in self._known.get(str(folder.path.resolve()), []):
            if names & recorded_files(row).keys():
                return row
        return None


def follow_tensorboard(request: FollowRequest, context: JobContext) -> FollowReport:
    """Read a folder, and go on as it grows if asked: a job. Partial results are reports of what was read.

    Raises InputError if the folder holds no event files, OSError, StoreError.
    """
    if not find_event_folders(request.folder):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} holds no TensorBoard event files."),
            fix=QT_TRANSLATE_NOOP("errors", "Such files have 'tfevents' in their names."),
            path=str(request.folder),
        )
    context.status(QT_TRANSLATE_NOOP("status", "Reading event files"))
    follower = TensorBoardFollower(request.folder, request.store)
    pause = threading.Event()
    try:
        report = follower.poll(context)
        context.partial(report)
        moved = time.monotonic()
        while request.live and not context.cancelled:
            quiet = time.monotonic() - moved > _QUIET_SECONDS
            pause.wait(_QUIET_LOOK_SECONDS if quiet else _LOOK_SECONDS)
            news = follower.poll(context)
            if news.changed:
                moved = time.monotonic()
                context.partial(news)
        return report
    finally:
        follower.close()


def _known_runs(store: RunStore) -> dict[str, list[RunRow]]:
    known: dict[str, list[RunRow]] = {}
    for row in [*store.runs(), *store.runs(deleted=True)]:
        if row.kind == KIND:
            known.setdefault(row.folder, []).append(row)
    return known
