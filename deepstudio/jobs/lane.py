"""A lane: one worker thread for one scarce resource. Its jobs run one after the other; no lane waits for another."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from deepstudio.core.device import yield_to_window
from deepstudio.core.errors import DeepStudioError, JobCancelled
from deepstudio.core.failures import failure_from
from deepstudio.core.messages import Failure, Outcome
from deepstudio.core.openmp import give_back_threads
from deepstudio.jobs.context import LaneContext

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A job with its request, waiting for or running on a lane."""

    job_id: int
    title: str
    function: Callable[[Any, LaneContext], object]
    request: object
    context: LaneContext


class TaskQueue:
    """The tasks that have not begun yet. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: deque[Task] = deque()

    def put(self, task: Task) -> None:
        """Append `task`."""
        with self._lock:
            self._tasks.append(task)

    def take(self) -> Task | None:
        """Remove and return the oldest task, None if there is none."""
        with self._lock:
            return self._tasks.popleft() if self._tasks else None

    def remove(self, job_id: int) -> Task | None:
        """Remove and return the task of that id if it has not begun, else None."""
        with self._lock:
            for task in self._tasks:
                if task.job_id == job_id:
                    self._tasks.remove(task)
                    return task
        return None


class LaneWorker(QObject):
    """Lives in the lane's thread and runs one task per call of `run_next`."""

    def __init__(self, queue: TaskQueue, niceness: int) -> None:
        super().__init__()
        self._queue = queue
        self._niceness = niceness

    @Slot()
    def prepare(self) -> None:
        """Lower the thread's priority, before anything in it starts threads of its own."""
        # A program that was started with a lower priority still may not raise its own.
        with contextlib.suppress(OSError):
            yield_to_window(self._niceness)

    @Slot()
    def run_next(self) -> None:
        """Run the oldest waiting task, if one is left (a cancelled one was taken out of the queue)."""
        task = self._queue.take()
        if task is not None:
            run_task(task)


def run_task(task: Task) -> None:
    """Run `task` in this thread and send exactly one `JobEnded`, whatever the job does. Errors end here."""
    try:
        _run(task)
    finally:
        give_back_threads()


def _run(task: Task) -> None:
    context = task.context
    try:
        context.check()
        context.begin()
        result = task.function(task.request, context)
    except JobCancelled:
        context.end(Outcome.CANCELLED)
    except BaseException as error:  # sys.exit and Ctrl-C too: a job must not take the program with it
        _end_failed(task, error)
    else:
        if context.cancelled:
            context.end(Outcome.CANCELLED)
        else:
            context.end(Outcome.DONE, result=result)


def _end_failed(task: Task, error: BaseException) -> None:
    if task.context.cancelled:
        _log.info("Job %d (%s) was cancelled and ended with %r.", task.job_id, task.title, error)
        task.context.end(Outcome.CANCELLED)
        return
    failure = _failure(error)
    if isinstance(error, DeepStudioError):
        _log.warning("Job %d (%s) failed: %s", task.job_id, task.title, error)
        _log.debug("%s", failure.details)
    else:
        _log.error("Job %d (%s) failed:\n%s", task.job_id, task.title, failure.details)
    task.context.end(Outcome.FAILED, failure=failure)


def _failure(error: BaseException) -> Failure:
    try:
        return failure_from(error)
    except Exception as second:  # an exception whose own __str__ raises must still end the job
        return failure_from(RuntimeError(f"{type(error).__name__} could not be described: {type(second).__name__}"))


class Lane(QObject):
    """The GUI thread's end of a lane: starts the thread on the first task, and ends it."""

    wanted = Signal()

    def __init__(self, name: str, niceness: int) -> None:
        super().__init__()
        self.name = name
        self._queue = TaskQueue()
        self._thread = QThread()
        self._thread.setObjectName(f"lane-{name}")
        self._worker = LaneWorker(self._queue, niceness)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.prepare)
        self.wanted.connect(self._worker.run_next)

    def submit(self, task: Task) -> None:
        """Queue `task`. GUI thread."""
        if not self._thread.isRunning():
            self._thread.start()
        self._queue.put(task)
        self.wanted.emit()

    def withdraw(self, job_id: int) -> Task | None:
        """Take a task that has not begun out of the queue and return it. GUI thread."""
        return self._queue.remove(job_id)

    def stop(self) -> None:
        """Let the thread end after the running task; returns at once."""
        self._thread.quit()

    def abandon(self) -> None:
        """Never let go of the thread: its job did not stop in time, and Qt aborts where a running one is destroyed."""
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self))

    def wait(self, timeout_ms: int) -> bool:
        """Wait for the thread to end; True if it did."""
        return self._thread.wait(timeout_ms)
