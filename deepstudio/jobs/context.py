"""The job's side of its lane: what it says goes into the inbox, numbered, and it learns here that it should stop."""

from __future__ import annotations

import threading
import time

from deepstudio.core.errors import JobCancelled
from deepstudio.core.messages import (
    Failure,
    JobEnded,
    JobMessage,
    JobPartial,
    JobProgress,
    JobStarted,
    JobStatus,
    Outcome,
)
from deepstudio.jobs.inbox import Inbox

_PROGRESS_INTERVAL_S = 0.1
"""Nobody reads faster, and each message wakes the window, which costs a computation beside it."""


class LaneContext:
    """Implements `core.job.JobContext`. One thread at a time, save `cancel` and `cancelled`: any thread.

    A job numbers its messages from 0. Progress is thinned to what a screen can show (the last unit always gets
    through); everything else goes out as it is said. Once cancelled, nothing but the end is sent.
    """

    def __init__(self, job_id: int, inbox: Inbox) -> None:
        self._job_id = job_id
        self._inbox = inbox
        self._sequence = 0
        self._stop = threading.Event()
        self._submitted = time.perf_counter()
        self._started = self._submitted
        self._last_progress = float("-inf")

    @property
    def cancelled(self) -> bool:
        """True once the job should end at its next border."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to end. Any thread."""
        self._stop.set()

    def check(self) -> None:
        """Raise `JobCancelled` if the job should end."""
        if self._stop.is_set():
            raise JobCancelled

    def status(self, text: str) -> None:
        """Say in a few words what is happening now."""
        self._send(JobStatus(job_id=self._job_id, sequence=self._sequence, text=text))

    def progress(self, done: int, total: int) -> None:
        """Report `done` of `total` units; `total` 0 means unknown."""
        now = time.perf_counter()
        if done == total or now - self._last_progress >= _PROGRESS_INTERVAL_S:
            self._last_progress = now
            self._send(JobProgress(job_id=self._job_id, sequence=self._sequence, done=done, total=total))

    def partial(self, value: object) -> None:
        """Hand over a partial result."""
        self._send(JobPartial(job_id=self._job_id, sequence=self._sequence, value=value))

    def begin(self) -> None:
        """Say that the lane has begun. The lane calls it, not the job."""
        self._started = time.perf_counter()
        waited_ms = (self._started - self._submitted) * 1e3
        self._send(JobStarted(job_id=self._job_id, sequence=self._sequence, waited_ms=waited_ms))

    def end(self, outcome: Outcome, *, result: object = None, failure: Failure | None = None) -> None:
        """Send the one and last `JobEnded`. The lane calls it, not the job."""
        seconds = time.perf_counter() - self._started
        self._put(
            JobEnded(
                job_id=self._job_id,
                sequence=self._sequence,
                outcome=outcome,
                result=result,
                failure=failure,
                seconds=seconds,
            )
        )

    def _send(self, message: JobMessage) -> None:
        if not self._stop.is_set():
            self._put(message)

    def _put(self, message: JobMessage) -> None:
        self._sequence += 1
        self._inbox.put(message)
