"""The one thread of a store that writes what the writers handed in: batched by time, tried again until it is written.

Handing in never touches the disk. A transaction follows within `interval` seconds; while the disk refuses, everything
waits in memory. Any thread may hand in.
"""

from __future__ import annotations

import atexit
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from typing import Any

from deepstudio.store.run_batch import Batch
from deepstudio.store.run_columns import Columns
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import StoreError, store_error
from deepstudio.store.run_pending import EventDraft, MediaDraft, PendingRun

_log = logging.getLogger(__name__)

_HEARTBEAT_SECONDS = 5.0
_LONGEST_PAUSE = 0.5
_SHARE = 4.0
"""After a transaction the thread rests this many times as long as it took: a huge run must not take a whole core."""
_RETRY_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0)


class Committer:
    """The thread and its queue. `rescue` takes what could not be written when the store is closed."""

    def __init__(
        self, database: RunDatabase, *, interval: float, rescue: Callable[[Mapping[str, PendingRun]], None]
    ) -> None:
        self._batch = Batch(database)
        self._interval = interval
        self._rescue = rescue
        self._alive_runs: set[str] = set()
        self._changed = threading.Condition()
        self._waiting: dict[str, PendingRun] = {}
        self._handed = 0
        self._committed = 0
        self._hurry = False
        self._idle = False
        self._closed = False
        self.set_aside = 0
        """How many records the store never takes; they lie in a file beside it."""
        self._problem: StoreError | None = None
        self._thread: threading.Thread | None = None
        _committers.add(self)

    def point(self, run_id: str, name: str, step: int, wall: float, value: float) -> None:
        """Hand in one point."""
        with self._changed:
            self._run(run_id).buffer(name).add(step, wall, value)
            self._hand_in()

    def columns(self, run_id: str, name: str, columns: Columns) -> None:
        """Hand in a block of points."""
        with self._changed:
            self._run(run_id).buffer(name).extend(columns)
            self._hand_in()

    def event(self, run_id: str, event: EventDraft) -> None:
        """Hand in an event."""
        with self._changed:
            self._run(run_id).events.append(event)
            self._hand_in()

    def media(self, run_id: str, media: MediaDraft) -> None:
        """Hand in a record."""
        with self._changed:
            self._run(run_id).media.append(media)
            self._hand_in()

    def change(self, run_id: str, values: Mapping[str, Any], *, compact: bool = False) -> None:
        """Hand in columns of the run's row; they are written after the points handed in before."""
        with self._changed:
            pending = self._run(run_id)
            pending.changes.update(values)
            pending.compact |= compact
            self._hand_in()

    def keep_alive(self, run_id: str, alive: bool) -> None:
        """Say from now on every few seconds that this process is at work on the run, or no longer."""
        with self._changed:
            (self._alive_runs.add if alive else self._alive_runs.discard)(run_id)
            self._changed.notify_all()

    @property
    def problem(self) -> StoreError | None:
        """Return why the last transaction failed, None if it did not."""
        return self._problem

    def flush(self, timeout: float) -> bool:
        """Wait until everything handed in before is committed; False if that did not happen in time."""
        with self._changed:
            target = self._handed
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._committed >= target, timeout)

    def close(self, timeout: float) -> None:
        """Write what waits and end the thread; what cannot be written goes to `rescue`. May be called again."""
        if self._closed:
            return
        self.flush(timeout)
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        with self._changed:
            left, self._waiting = self._waiting, {}
        if left:
            self._rescue(left)

    def after_fork(self) -> None:
        """Begin anew in a forked child: the parent writes what it handed in, and its locks are not ours."""
        Committer.__init__(self, self._batch.database, interval=self._interval, rescue=self._rescue)

    def _run(self, run_id: str) -> PendingRun:
        if self._closed:
            raise ValueError("the store of runs is closed")
        found = self._waiting.get(run_id)
        if found is None:
            found = self._waiting[run_id] = PendingRun()
        return found

    def _hand_in(self) -> None:
        self._handed += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="run-store", daemon=True)
            self._thread.start()
        elif self._idle:
            self._changed.notify_all()

    def _work(self) -> None:
        failures = 0
        while True:
            taken = self._take()
            if taken is None:
                return
            pending, number = taken
            began = time.monotonic()
            problem = self._try(pending)
            with self._changed:
                if problem is None:
                    self._committed = number
                    failures = 0
                else:
                    self._give_back(pending)
                    failures += 1
                self._problem = problem
                self._changed.notify_all()
                if self._closed and problem is not None:
                    return
                self._changed.wait_for(self._in_a_hurry, self._pause(failures, time.monotonic() - began))
                self._hurry = False

    def _pause(self, failures: int, took: float) -> float:
        if failures:
            return _RETRY_SECONDS[min(failures, len(_RETRY_SECONDS)) - 1]
        return min(max(self._interval, _SHARE * took), max(self._interval, _LONGEST_PAUSE))

    def _in_a_hurry(self) -> bool:
        return self._closed or (self._hurry and self._problem is None)

    def _take(self) -> tuple[dict[str, PendingRun], int] | None:
        """Wait for something to write and take it; None once the store is closed and nothing waits."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._idle = True
                woken = self._changed.wait(_HEARTBEAT_SECONDS if self._alive_runs else None)
                self._idle = False
                if not woken and self._alive_runs and not self._waiting:
                    return {run_id: PendingRun() for run_id in self._alive_runs}, self._handed
            if not self._waiting:
                return None
            pending, self._waiting = self._waiting, {}
            return pending, self._handed

    def _give_back(self, pending: dict[str, PendingRun]) -> None:
        later, self._waiting = self._waiting, pending
        for run_id, changes in later.items():
            if run_id in self._waiting:
                self._waiting[run_id].absorb(changes)
            else:
                self._waiting[run_id] = changes

    def _try(self, pending: Mapping[str, PendingRun]) -> StoreError | None:
        try:
            self.set_aside += self._batch.commit(pending)
        except StoreError as error:
            if type(error) is not type(self._problem):
                _log.warning("%s", error)
            return error
        except Exception as error:  # a mistake of ours must not end the thread: what waits goes to the rescue file
            _log.exception("The runs could not be written.")
            return store_error(sqlite3.OperationalError(repr(error)), self._batch.database.path)
        return None


_committers: weakref.WeakSet[Committer] = weakref.WeakSet()


def _close_all() -> None:
    for committer in list(_committers):
        try:
            committer.close(5.0)
        except StoreError as error:
            _log.error("%s", error)


def _after_fork() -> None:
    for committer in list(_committers):
        committer.after_fork()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
