"""What a run does out of sight: its background thread, the end of the script, processes that fork or are spawned."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import weakref
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.monitor.feeder import Action, Feeder, LogCall
from deepstudio.monitor.script import git_state, is_helper_rank, script_name, surroundings
from deepstudio.monitor.values import clean, plain_settings

if TYPE_CHECKING:
    from deepstudio.store.runs import RunRow, RunStore

_MOST_WAITING = 100_000  # calls
_MOST_BYTES = 256 << 20  # of histograms and pictures waiting
_OPEN_SECONDS = 2.0
_END_SECONDS = 15.0


class Recorder:
    """The state of a run in one process. The process that made it owns the run and ends it; others only add to it."""

    def __init__(
        self, name: str, *, config: Any, tags: Iterable[str], notes: str, id: str | None, store: str | Path | None
    ) -> None:
        self.name = clean(name or script_name())
        self.id = os.urandom(16).hex()
        self._resumed = id
        self._path = None if store is None else Path(store)
        self._owner = True
        self._config: dict[str, Any] = {}
        self._about: dict[str, Any] = {"tags": (), "notes": ""}
        self._begin(ended=is_helper_rank())
        try:
            self._config = plain_settings(config)
            self._about["tags"] = tuple(clean(tag) for tag in tags)
            self._about["notes"] = clean(notes)
        except Exception as error:
            self._complain("the settings could not be recorded", error)
        if not self._ended:
            self._wait_until_open()

    def _wait_until_open(self) -> None:
        """Give the store a moment: a script that ends at once is recorded, too, and a resumed one knows its step."""
        try:
            feeder = self._start()
            if feeder is not None:
                feeder.ready.wait(_OPEN_SECONDS)
        except Exception as error:  # no memory for a thread, say
            self._complain("recording", error)

    @classmethod
    def attached(cls, run_id: str, name: str, path: str | None, ended: bool) -> Recorder:
        """Return the run in a process that was spawned (pickle calls this)."""
        found = cls.__new__(cls)
        found.name, found.id, found._resumed = name, run_id, run_id
        found._path = None if path is None else Path(path)
        found._owner = False
        found._config, found._about = {}, {"tags": (), "notes": ""}
        found._begin(ended=ended)
        found._leave_with_multiprocessing()
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to a spawned process, which writes into the same run."""
        path = None if self._path is None else str(self._path)
        return type(self).attached, (self.id, self.name, path, self._ended)

    def _begin(self, *, ended: bool) -> None:
        self._process = os.getpid()
        self._feeder: Feeder | None = None
        self._ended = ended
        self._steps = count()
        self._step = 0
        self._told: set[str] = set()
        self._dropped = 0
        self._lock = threading.Lock()
        self._bytes = 0
        if not ended:
            _recorders.add(self)
            atexit.register(self._at_exit)

    # Handing over: any thread, returns at once -----------------------------------------------------------------------

    def _put(self, call: LogCall) -> None:
        feeder = self._feeder or self._start()
        if feeder is None:
            return
        if feeder.queue.qsize() >= _MOST_WAITING:
            self._drop(feeder)
        else:
            feeder.queue.put(call)

    def _act(self, action: Action) -> bool:
        """Let the background thread call `action`; False if it cannot any more."""
        try:
            feeder = self._feeder or self._start()
            if feeder is None:
                return False
            feeder.queue.put(action)
            return True
        except Exception as error:
            self._complain("recording", error)
            return False

    def _reserve(self, size: int) -> bool:
        """Take `size` bytes of what may wait; False, and the call counts as left out, if that is too much."""
        with self._lock:
            fits = self._bytes + size <= _MOST_BYTES
            self._bytes += size if fits else 0
        if not fits and self._feeder is not None:
            self._drop(self._feeder)
        return fits

    def _release(self, size: int) -> None:
        with self._lock:
            self._bytes -= size

    def _drop(self, feeder: Feeder) -> None:
        feeder.dropped += 1
        self._dropped += 1
        if "dropped" not in self._told:
            self._complain("dropped", "calls are left out: they come faster than they can be written")

    def _start(self) -> Feeder | None:
        """Start the background thread: at the beginning, and once more in each other process that logs."""
        if self._ended:
            if not is_helper_rank():
                self._complain("ended", "the run has ended; nothing more is recorded")
            return None
        with self._lock:
            if self._feeder is None:
                self._feeder = Feeder(path=self._path, open_run=self._open, complain=self._complain)
            return self._feeder

    # In the background thread ----------------------------------------------------------------------------------------

    def _open(self, store: RunStore) -> tuple[str, bool]:
        """Find or make the run in the store; return its id and whether this process owns it. Raises StoreError."""
        # Registered again: exit handlers run last in first out, and the store's own was registered by its import.
        atexit.unregister(self._at_exit)
        atexit.register(self._at_exit)
        if not self._owner:
            return store.run(self.id).id, False
        if self._resumed is not None:
            row = _find(store, self._resumed)
            if row is not None:
                self._go_on(store, row)
                return self.id, True
            self.id = self._resumed
        store.create_run(
            self.name,
            kind="monitor",
            config=self._config,
            environment=plain_settings(surroundings()),
            git=git_state(),
            id=self.id,
            **self._about,
        )
        self._resumed = self.id
        return self.id, True

    def _go_on(self, store: RunStore, row: RunRow) -> None:
        self.id, self.name = row.id, row.name
        if row.deleted is not None:
            store.restore([row.id])
        steps = [info.last_step for info in store.metrics(row.id) if info.count]
        if steps:
            self._step = max(steps)
            self._steps = count(self._step + 1)
        self._config = {**row.config, **self._config}
        tags = tuple(dict.fromkeys((*row.tags, *self._about["tags"])))
        changes = {"config": self._config, "tags": tags, "notes": self._about["notes"] or row.notes}
        store.update(row.id, **changes)

    # The end ---------------------------------------------------------------------------------------------------------

    def _end(self, status: str) -> None:
        """Write what waits, end the run if this process owns it, and the background thread."""
        if self._ended:
            return
        if self._owner:
            self._act(lambda feeder: feeder.finish(status))
        self._ended = True
        feeder, self._feeder = self._feeder, None
        if feeder is not None and not feeder.end(_END_SECONDS):
            self._complain("end", "not everything could be written in time")
        _recorders.discard(self)
        atexit.unregister(self._at_exit)

    def _at_exit(self) -> None:
        """The script ends without having ended the run."""
        error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
        try:
            self._end("failed" if error is not None else "finished")
        except Exception as error:
            self._complain("end", error)

    def _in_forked_child(self) -> None:
        """Begin anew: the parent's thread is not here, its locks may be held, what waits in its queue is its own."""
        atexit.unregister(self._at_exit)
        _of_parents.append(self._feeder)
        dropped = self._dropped
        steps, step = self._steps, self._step
        self._owner = False
        self._begin(ended=self._ended)
        self._steps, self._step, self._dropped = steps, step, dropped
        util = sys.modules.get("multiprocessing.util")
        if util is not None:  # if this is one of its processes, it forgets the exit handlers so far and then calls this
            util.register_after_fork(self, Recorder._leave_with_multiprocessing)

    def _leave_with_multiprocessing(self) -> None:
        """Processes of multiprocessing leave by os._exit, past atexit; they have exit handlers of their own."""
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.Finalize(None, self._at_exit, exitpriority=10)

    def _complain(self, what: str, error: BaseException | str) -> None:
        """Say what went wrong, each kind once."""
        if what in self._told:
            return
        self._told.add(what)
        try:
            import logging

            log = logging.getLogger("deepstudio.monitor")
            log.warning("run '%s': %s%s", self.name, "" if isinstance(error, str) else f"{what}: ", error)
        except Exception:  # nothing may come of it, not even a complaint
            return


_recorders: weakref.WeakSet[Recorder] = weakref.WeakSet()
_of_parents: list[Feeder | None] = []
"""Kept for ever: closing a database that was opened before a fork is not safe."""


def _find(store: RunStore, wanted: str) -> RunRow | None:
    """Return the run of that id, deleted or not, or the only one whose id begins so."""
    from deepstudio.core.errors import UnknownNameError

    try:
        return store.run(wanted)
    except UnknownNameError:
        found = [row for row in store.runs() if len(wanted) >= 8 and row.id.startswith(wanted)]
        return found[0] if len(found) == 1 else None


def _after_fork() -> None:
    for recorder in list(_recorders):
        recorder._in_forked_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
