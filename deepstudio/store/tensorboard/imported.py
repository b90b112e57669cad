"""One run of the store that comes from event files. One thread at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.media import pack
from deepstudio.store.runs import RunRow, RunStore, RunWriter, Status
from deepstudio.store.tensorboard.events import Batch, Occurrence
from deepstudio.store.tensorboard.folder import EventFolder
from deepstudio.store.tensorboard.hparams import Hyperparameters
from deepstudio.store.tensorboard.reader import Portion, RunReader
from deepstudio.store.tensorboard.summaries import File, Histogram, Text, Unread

LIVE_SECONDS = 600.0
"""A run counts as running while its files changed within this time. PyTorch's writer may hold back two minutes."""

_LOWEST = -(2**63)
_YEAR_10000 = 253_402_300_800.0
_AT_ONCE = 64 << 20  # bytes handed in before the disk has to catch up
_FLUSH_SECONDS = 600.0
_LEVELS = {10: "info", 20: "info", 30: "warning", 40: "error", 50: "error"}
_DAMAGED = QT_TRANSLATE_NOOP("events", "{file}: {bytes} bytes at {offset} are damaged and were left out.")
_BROKEN = QT_TRANSLATE_NOOP("events", "{file} is damaged from byte {offset} on; what came before was read.")
_BAD = QT_TRANSLATE_NOOP("events", "{file}: {count} records could not be understood and were left out.")
_UNREADABLE = QT_TRANSLATE_NOOP("events", "{file} could not be read: {reason}.")
_UNREAD = QT_TRANSLATE_NOOP("events", "{tags}: the plugin '{plugin}' of TensorBoard is not shown here.")


def recorded_files(row: RunRow) -> Mapping[str, Any]:
    """Return the files that a run was read from: name to [size, time of change in ns]."""
    files = row.environment.get("event_files")
    return files if isinstance(files, Mapping) else {}


class ImportedRun:
    """Reads a folder's event files into a run, which is made with the first thing to tell."""

    def __init__(self, store: RunStore, folder: EventFolder, known: RunRow | None) -> None:
        self._store = store
        self._folder = folder
        self._files = list(folder.files)
        self._reader = RunReader(folder.files)
        self._writer: RunWriter | None = None
        self._stale = False  # the store holds an older state of these files
        self._seen: dict[str, list[int]] = {}
        self._highest = _LOWEST
        self._walls = (float("inf"), float("-inf"))
        self._config: dict[str, Any] = {}
        self._outcome: Status | None = None
        self._alive: bool | None = None
        self._unread: set[str] = set()
        self._handed = 0
        self.id = ""
        self.points = self.items = self.bytes = self.damages = 0
        if known is not None:
            self._take_up(known)

    @property
    def modified(self) -> float:
        """Return when a file last changed, in seconds since the epoch; 0 before the first look."""
        return max((stamp for _, stamp in self._seen.values()), default=0) / 1e9

    def add(self, files: tuple[Path, ...]) -> None:
        """Read these files, too."""
        self._files.extend(path for path in files if path not in self._files)
        self._reader.add(files)

    def stirs(self) -> bool:
        """Return whether a file changed since the last `read`."""
        return self._signature() != self._seen

    def read(self, context: JobContext) -> None:
        """Hand what is new to the store. Raises JobCancelled, OSError, StoreError."""
        seen = self._signature()
        if self._stale:
            self._forget()
        for portion in self._reader.portions():
            context.check()
            self._take(portion)
        self._seen = seen
        if self._writer is not None:
            self._describe(self._writer)
            self.settle()

    def settle(self) -> None:
        """Say in the store whether the run goes on: its files changed lately, and nothing said that it had ended."""
        alive = self._outcome is None and time.time() - self.modified < LIVE_SECONDS
        if self._writer is None or alive == self._alive:
            return
        self._alive = alive
        if alive:
            self._writer = self._store.writer(self.id)
        else:
            self._end(self._writer)

    def close(self) -> None:
        """Finish what is open."""
        if self._writer is not None:
            if self._alive:
                self._end(self._writer)
            self._writer.close()
            self._writer = None

    def _take_up(self, row: RunRow) -> None:
        """Go on with a run that was read before; nothing is read if no file changed since."""
        self.id = row.id
        if row.deleted is not None:
            self._store.restore([row.id])
        recorded = {name: list(state) for name, state in recorded_files(row).items()}
        if recorded == self._signature():
            self._seen = recorded
        self._stale = True

    def _forget(self) -> None:
        if self.id:
            self._store.truncate(self.id, _LOWEST)
        self._stale = False
        self._highest = _LOWEST
        self._unread.clear()

    def _signature(self) -> dict[str, list[int]]:
        found = {}
        for path in self._files:
            try:
                status = os.stat(path)
            except OSError:
                continue
            found[path.name] = [status.st_size, status.st_mtime_ns]
        return found

    def _take(self, portion: Portion) -> None:
        if portion.anew:
            self._forget()
            return
        self.bytes += portion.size
        batch = portion.batch
        if batch.curves or batch.occurrences or portion.damages or batch.bad or portion.error:
            writer = self._open(batch)
            self._write(writer, batch)
            self._report(writer, portion)
            self._handed += portion.size
            if self._handed > _AT_ONCE:
                self._handed = 0
                writer.flush(_FLUSH_SECONDS)

    def _open(self, batch: Batch) -> RunWriter:
        if self._writer is None:
            if not self.id:
                first = min([float(_sane(curve.walls).min()) for curve in batch.curves] or [0.0])
                row = self._store.create_run(
                    self._folder.name,
                    kind="tensorboard",
                    folder=self._folder.path.resolve(),
                    status=Status.FINISHED,
                    created=first or None,
                )
                self.id = row.id
            self._writer = self._store.writer(self.id, claim=False)
        return self._writer

    def _write(self, writer: RunWriter, batch: Batch) -> None:
        """Hand a batch in, in stretches between restarts."""
        first = 0
        for restart in batch.restarts:
            self._write_between(writer, batch, first, restart.order)
            first = restart.order
            if restart.step <= self._highest:
                self._store.truncate(self.id, restart.step)
                self._highest = restart.step - 1
        self._write_between(writer, batch, first, None)

    def _write_between(self, writer: RunWriter, batch: Batch, first: int, last: int | None) -> None:
        for curve in batch.curves:
            start = int(np.searchsorted(curve.order, first)) if first else 0
            stop = len(curve.order) if last is None else int(np.searchsorted(curve.order, last))
            if start == stop:
                continue
            steps, walls = curve.steps[start:stop], _sane(curve.walls[start:stop])
            writer.write(curve.tag, steps, walls, curve.values[start:stop])
            self.points += stop - start
            self._highest = max(self._highest, int(steps.max()))
            self._note(walls)
        for occurrence in batch.occurrences:
            if first <= occurrence.order and (last is None or occurrence.order < last):
                self._occur(writer, occurrence)

    def _occur(self, writer: RunWriter, occurrence: Occurrence) -> None:
        item, step = occurrence.item, occurrence.step
        wall = float(_sane(np.array(occurrence.wall)))
        self.items += 1
        self._highest = max(self._highest, step)
        self._note(np.array([wall]))
        match item:
            case None:
                level = _LEVELS.get(occurrence.level, "info")
                writer.event(
                    "log", step=step, wall=wall, level=level, text="{message}", data={"message": occurrence.message}
                )
            case Histogram():
                payload = pack({"edges": item.edges, "counts": item.counts})
                writer.media(item.tag, step, wall, "histogram", payload)
            case File():
                name = f"{item.tag}/{item.number}" if item.number else item.tag
                writer.media(name, step, wall, item.kind, item.content, {"label": item.label})
            case Text():
                writer.media(item.tag, step, wall, "text", item.text.encode())
            case Hyperparameters():
                self._learn(item)
            case Unread() if item.plugin not in self._unread:
                self._unread.add(item.plugin)
                data = {"tags": item.tag, "plugin": item.plugin}
                writer.event("notice", step=step, wall=wall, text=_UNREAD, data=data)

    def _note(self, walls: NDArray[np.float64]) -> None:
        """Remember the first and the last time."""
        walls = walls[walls > 0]
        if walls.size:
            self._walls = (min(self._walls[0], float(walls.min())), max(self._walls[1], float(walls.max())))

    def _learn(self, hparams: Hyperparameters) -> None:
        self._config |= hparams.values
        if hparams.succeeded is not None:
            self._outcome = Status.FINISHED if hparams.succeeded else Status.FAILED

    def _report(self, writer: RunWriter, portion: Portion) -> None:
        step = max(self._highest, 0)
        for damage in portion.damages:
            self.damages += 1
            data = {"file": portion.file, "bytes": damage.length, "offset": damage.offset}
            sentence = _DAMAGED if damage.length else _BROKEN
            writer.event("notice", step=step, level="warning", text=sentence, data=data)
        if portion.error:
            self.damages += 1
            data = {"file": portion.file, "reason": portion.error}
            writer.event("notice", step=step, level="warning", text=_UNREADABLE, data=data)
        if portion.batch.bad:
            self.damages += portion.batch.bad
            data = {"file": portion.file, "count": portion.batch.bad}
            writer.event("notice", step=step, level="warning", text=_BAD, data=data)

    def _describe(self, writer: RunWriter) -> None:
        changes: dict[str, Any] = {"environment": {"event_files": self._seen}}
        if self._config:
            changes["config"] = self._config
        if self._walls[0] <= self._walls[1]:
            changes["created"] = self._walls[0]
            if self._alive is False:
                changes["ended"] = self._walls[1]
        writer.update(**changes)

    def _end(self, writer: RunWriter) -> None:
        ended = self._walls[1] if self._walls[0] <= self._walls[1] else None
        writer.update(status=self._outcome or Status.FINISHED, ended=ended)


def _sane(walls: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return times of a clock; those that are none (NaN, beyond the year 9999) as 0."""
    return np.where((walls >= 0) & (walls < _YEAR_10000), walls, 0.0)
