"""The background thread of a run: takes what the script left in the queue and hands it to the store."""

from __future__ import annotations

import queue
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.monitor.values import clean, number

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore, RunWriter

_GATHER_SECONDS = 0.015
_AT_ONCE = 20_000
_LATE_SECONDS = 10.0
"""How long a forked or spawned process waits for the run of the one that began it."""
_RETRY_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)

Action = Callable[["Feeder"], None]
"""What is not a plain log call is queued as a function, called here in its turn."""

LogCall = tuple[int, float, list[tuple[str, Any]]]
"""Step, wall time, kept values."""

Curve = tuple[list[int], list[float], list[float]]
"""Steps, wall times, values."""


class Feeder:
    """Owns the thread, the store and the writer. `put` may be called by any thread of the process that made it."""

    def __init__(
        self,
        *,
        path: Path | None,
        open_run: Callable[[RunStore], tuple[str, bool]],
        complain: Callable[[str, BaseException | str], None],
    ) -> None:
        self.queue: queue.SimpleQueue[LogCall | Action] = queue.SimpleQueue()
        self.ready = threading.Event()
        self.dropped = 0
        self.writer: RunWriter | None = None
        self._told_dropped = 0
        self._told_aside = 0
        self._path = path
        self._open_run = open_run
        self._complain = complain
        self._store: RunStore | None = None
        self._aside: tempfile.TemporaryDirectory[str] | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="deepstudio-monitor", daemon=True)
        self._thread.start()

    @property
    def open_writer(self) -> RunWriter:
        """Return what writes the run, for actions: the background thread only."""
        assert self.writer is not None
        return self.writer

    def finish(self, status: str) -> None:
        """End the run after all that was queued before. Background thread."""
        from deepstudio.store.run_errors import StoreError

        self._tell_dropped()
        try:
            self.open_writer.close(status)
        except StoreError as error:  # what waits is tried once more, and then kept in a file for the next program
            self._complain("the end of the run could not be written yet", error)

    def end(self, timeout: float) -> bool:
        """Ask the thread to end once the queue is empty; return whether it did so in time."""
        self._ending.set()
        self.queue.put(_nothing)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            if self._open():
                while self._turn():
                    pass
        except Exception as error:  # a mistake of ours must not show up as a traceback in somebody's training
            self._complain("recording ended", error)
        finally:
            self.ready.set()
            self._close()

    def _open(self) -> bool:
        """Open the store and the run, again and again if need be; False if not even a file aside can be made."""
        from deepstudio.core.errors import DeepStudioError, UnknownNameError

        attempt, late = 0, time.monotonic() + _LATE_SECONDS
        while True:
            try:
                self._open_once()
                return True
            except UnknownNameError as error:  # the process that began the run has not opened it yet
                if time.monotonic() > late:
                    self._complain("the run is lost in this process", error)
                    return False
                self.ready.set()
                time.sleep(_RETRY_SECONDS[0])
                continue
            except (DeepStudioError, OSError) as error:
                self._complain("the run is not recorded for now", error)
                self.ready.set()
                if self._ending.is_set():
                    return self._open_aside()
            self._ending.wait(_RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)])
            attempt += 1

    def _open_aside(self) -> bool:
        """The script ends and the store never opened: record into a store of our own, which becomes an archive."""
        from deepstudio.core.errors import DeepStudioError

        if self._store is not None:
            self._store.close()
            self._store = None
        self._aside = tempfile.TemporaryDirectory(prefix="deepstudio-run-")
        self._path = Path(self._aside.name) / "runs.db"
        try:
            self._open_once()
        except (DeepStudioError, OSError) as error:
            self._complain("the run is lost", error)
            return False
        return True

    def _archive_aside(self) -> None:
        assert self._store is not None and self.writer is not None
        row = self._store.run(self.writer.run_id)
        name = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in row.name)[:60]
        target = Path(tempfile.gettempdir()) / f"{name}-{row.id[:8]}.dsrun"
        self._store.archive(row.id, target)
        self._complain("aside", f"the run was kept in {target}: drop it on the window, or 'deepstudio runs import' it")

    def _open_once(self) -> None:
        from deepstudio.store.runs import RunStore

        if self._store is None:
            self._store = RunStore(self._path)
        run_id, claim = self._open_run(self._store)
        self.writer = self._store.writer(run_id, claim=claim)
        self.ready.set()

    def _turn(self) -> bool:
        """Write what is there, waiting for it if there is nothing; False once all is done."""
        entries = [self.queue.get()]
        if not self._ending.is_set():
            self._ending.wait(_GATHER_SECONDS)
        for _ in range(_AT_ONCE):
            try:
                entries.append(self.queue.get_nowait())
            except queue.Empty:
                break
        self._take(entries)
        self._tell_dropped()
        self._tell_set_aside()
        # While the disk refuses, things wait in our queue, which is bounded, and not in the store's memory.
        while self.open_writer.problem is not None and not self._ending.wait(_RETRY_SECONDS[0]):
            pass
        return not (self._ending.is_set() and self.queue.empty())

    def _take(self, entries: list[LogCall | Action]) -> None:
        """Write log calls curve by curve, which is ten times as fast as point by point, and call actions in turn."""
        curves: dict[str, Curve] = {}
        for entry in entries:
            if isinstance(entry, tuple):
                self._add(entry, curves)
                continue
            self._write(curves)
            try:
                entry(self)
            except Exception as error:
                self._complain("a value could not be recorded", error)
        self._write(curves)

    def _add(self, call: LogCall, curves: dict[str, Curve]) -> None:
        step, wall, items = call
        for name, value in items:
            if type(value) is not float:
                try:
                    value = number(value)
                except Exception as error:  # the value is the script's: anything may be in it
                    self._complain(f"'{name}' could not be recorded", error)
                    continue
            curve = curves.get(name)
            if curve is None:
                curve = curves[name] = ([], [], [])
            curve[0].append(step)
            curve[1].append(wall)
            curve[2].append(value)

    def _write(self, curves: dict[str, Curve]) -> None:
        for name, (steps, walls, values) in curves.items():
            try:
                self.open_writer.write(clean(name), steps, walls, values)
            except Exception as error:
                self._complain(f"'{name}' could not be recorded", error)
        curves.clear()

    def _tell_dropped(self) -> None:
        if self.dropped > self._told_dropped and self.writer is not None:
            from deepstudio.core.words import QT_TRANSLATE_NOOP

            text = QT_TRANSLATE_NOOP(
                "events", "{count} calls were left out: they came faster than they could be written."
            )
            self.writer.event("dropped", level="warning", text=text, data={"count": self.dropped - self._told_dropped})
            self._told_dropped = self.dropped

    def _tell_set_aside(self) -> None:
        aside = self.writer.set_aside if self.writer is not None else 0
        if aside > self._told_aside:
            self._told_aside = aside
            self._complain("the store could not take some records", f"{aside} are kept beside it")

    def _close(self) -> None:
        try:
            if self.writer is not None:
                self.writer.close()
                self._tell_set_aside()
            if self._aside is not None and self.writer is not None:
                self._archive_aside()
            if self._store is not None:
                self._store.close()
            if self._aside is not None:
                self._aside.cleanup()
        except Exception as error:
            self._complain("the end of the run could not be written", error)


def _nothing(feeder: Feeder) -> None:
    """Wake the thread."""
