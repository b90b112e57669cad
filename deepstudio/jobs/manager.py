"""Gives jobs an id and a lane, and brings what they say back to the GUI thread, in order and by job."""

from __future__ import annotations

import itertools
import logging
import time
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from deepstudio.core.device import BEHIND_ANSWERS, BEHIND_THE_WINDOW
from deepstudio.core.job import Job
from deepstudio.core.messages import JobEnded, JobMessage, JobStarted, Outcome
from deepstudio.jobs.context import LaneContext
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.inbox import Inbox
from deepstudio.jobs.lane import Lane, Task

_log = logging.getLogger(__name__)

LANES = {
    "train": BEHIND_ANSWERS,
    "predict": BEHIND_THE_WINDOW,
    "audio": BEHIND_THE_WINDOW,
    "files": BEHIND_THE_WINDOW,
}
"""One lane per scarce resource, and its niceness. The last is for disk and network: copies and downloads never hold up
an answer."""

_PACE_S = 0.004
"""Least time between two drains: a job that talks without pause wakes the window 250 times a second, not 20,000."""
_DRAIN_BUDGET_S = 0.006
"""Longest time that one drain may hold the event loop; what is left waits for the next turn."""
_NESTED_MS = 20


class _LaneState:
    """What waits and runs on a lane, as far as the GUI thread knows."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.waiting: set[int] = set()
        self.running: int | None = None
        self.shown: tuple[int, str] = (0, "")


class JobManager(QObject):
    """The only bridge between the window and the engine. Lives in the GUI thread; call it there."""

    lane_load_changed = Signal(str, int, str)
    """Lane, number of waiting jobs, title of the running one (empty if none)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._lanes: dict[str, _LaneState] = {}
        self._handles: dict[int, JobHandle] = {}
        self._contexts: dict[int, LaneContext] = {}
        self._latest: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        self._closed = False
        self._last_drain = float("-inf")
        self._inbox = Inbox()
        self._inbox.filled.connect(self._on_filled, Qt.ConnectionType.QueuedConnection)
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setTimerType(Qt.TimerType.PreciseTimer)
        self._pace.timeout.connect(self._drain)

    def submit(
        self,
        function: Job[Any, Any],
        request: object,
        *,
        lane: str,
        supersede: str | None = None,
        title: str = "",
    ) -> JobHandle:
        """Queue `function(request, context)` on `lane` and return its handle; no signal comes before the next turn.

        A job with a `supersede` key cancels the job submitted before with the same key. `title` names the job in the
        status strip and the log.
        """
        assert lane in LANES, f"there is no lane {lane!r}"
        job_id = next(self._ids)
        title = title or getattr(function, "__name__", type(function).__name__)
        handle = JobHandle(job_id, title, lane, self._cancel)
        context = LaneContext(job_id, self._inbox)
        self._handles[job_id] = handle
        self._contexts[job_id] = context
        if supersede is not None:
            self._supersede(supersede, job_id)
        if self._closed:
            context.cancel()
            context.end(Outcome.CANCELLED)
            return handle
        state = self._lanes.get(lane) or self._lanes.setdefault(lane, _LaneState(Lane(lane, LANES[lane])))
        state.waiting.add(job_id)
        state.lane.submit(
            Task(job_id=job_id, title=title, function=function, request=request, context=context),
        )
        self._show_load(lane)
        return handle

    def cancel_all(self) -> None:
        """Cancel every job that has not ended."""
        for handle in list(self._handles.values()):
            handle.cancel()

    def busy(self) -> bool:
        """Return whether any job has not ended yet."""
        return bool(self._handles)

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything, end the lanes' threads, and deliver each job's end; True if all stopped in time.

        Blocks up to `timeout_ms`. Later submits are cancelled at once.
        """
        self._closed = True
        self.cancel_all()
        for state in self._lanes.values():
            state.lane.stop()
        deadline = time.monotonic() + timeout_ms / 1e3
        for name, state in list(self._lanes.items()):
            left_ms = max(0, round((deadline - time.monotonic()) * 1e3))
            if state.lane.wait(left_ms):
                del self._lanes[name]
            else:
                _log.warning("The lane %s did not stop within %d ms.", name, timeout_ms)
                state.lane.abandon()
        self._pace.stop()
        while (message := self._inbox.take()) is not None:
            self._route(message)
        return not self._lanes

    def _supersede(self, key: str, job_id: int) -> None:
        before = self._handles.get(self._latest.get(key, 0))
        self._latest[key] = job_id
        self._keys[job_id] = key
        if before is not None:
            before.cancel()

    def _cancel(self, job_id: int) -> None:
        context = self._contexts.get(job_id)
        if context is None or context.cancelled:
            return
        context.cancel()
        lane = self._handles[job_id].lane
        state = self._lanes.get(lane)
        if state is not None and state.lane.withdraw(job_id) is not None:
            state.waiting.discard(job_id)
            context.end(Outcome.CANCELLED)
            self._show_load(lane)

    @Slot()
    def _on_filled(self) -> None:
        wait_s = self._last_drain + _PACE_S - time.perf_counter()
        if wait_s <= 0 or self._closed:  # a signal that was under way at the end must not start the timer again
            self._drain()
        else:
            self._pace.start(max(1, round(wait_s * 1e3)))

    @Slot()
    def _drain(self) -> None:
        deadline = time.perf_counter() + _DRAIN_BUDGET_S
        # Armed while messages are routed: if a listener opens a dialog, its own event loop goes on with the rest.
        self._pace.start(_NESTED_MS)
        while (message := self._inbox.take()) is not None:
            self._route(message)
            if time.perf_counter() > deadline and len(self._inbox):
                self._pace.start(0)
                break
        else:
            self._pace.stop()
        self._last_drain = time.perf_counter()

    def _route(self, message: JobMessage) -> None:
        handle = self._handles.get(message.job_id)
        if handle is None:
            return
        if isinstance(message, JobEnded):
            self._forget(message.job_id)
        self._note_load(handle.lane, message)
        # A handle that its owner gave a parent may have been deleted with it; the job itself goes on.
        if shiboken6.isValid(handle):
            handle.deliver(message)

    def _forget(self, job_id: int) -> None:
        del self._handles[job_id]
        del self._contexts[job_id]
        key = self._keys.pop(job_id, None)
        if key is not None and self._latest.get(key) == job_id:
            del self._latest[key]

    def _note_load(self, lane: str, message: JobMessage) -> None:
        state = self._lanes.get(lane)
        if state is None:
            return
        if isinstance(message, JobStarted):
            state.waiting.discard(message.job_id)
            state.running = message.job_id
            self._show_load(lane)
        elif isinstance(message, JobEnded):
            state.waiting.discard(message.job_id)
            if state.running == message.job_id:
                state.running = None
            self._show_load(lane)

    def _show_load(self, lane: str) -> None:
        state = self._lanes[lane]
        handle = self._handles.get(state.running) if state.running is not None else None
        load = (len(state.waiting), handle.title if handle is not None else "")
        if load != state.shown:
            state.shown = load
            self.lane_load_changed.emit(lane, *load)
