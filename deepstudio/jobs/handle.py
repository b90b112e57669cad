"""What the one who submitted a job holds: signals in the GUI thread, and `cancel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from deepstudio.core.messages import JobEnded, JobMessage, JobPartial, JobProgress, JobStarted, JobStatus, Outcome


class JobHandle(QObject):
    """One submitted job. Lives in the GUI thread; the manager keeps it alive until the job has ended.

    The order is always: `started`, any of `status`, `progress` and `partial`, then exactly one of `done`, `failed` and
    `cancelled`, then `ended`. After `cancel()`, or once superseded, only `cancelled` and `ended` still come, when the
    job has really stopped. Dropping the handle does not cancel the job.
    """

    started = Signal()
    status = Signal(str)
    progress = Signal(object, object)
    """Units done and in all. As objects: of bytes there may be more than an int of Qt can count."""
    partial = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal(object)

    def __init__(self, job_id: int, title: str, lane: str, cancel: Callable[[int], None]) -> None:
        super().__init__()
        self.job_id = job_id
        self.title = title
        self.lane = lane
        self.outcome: Outcome | None = None
        """How the job ended, None while it has not."""
        self._cancel = cancel
        self._muted = False

    def cancel(self) -> None:
        """Ask the job to stop at its next border; one that has not begun never runs. Safe to call again or late."""
        self._muted = True
        self._cancel(self.job_id)

    def deliver(self, message: JobMessage) -> None:
        """Emit the signal that fits `message`. The manager calls it, in the GUI thread."""
        if isinstance(message, JobEnded):
            self._deliver_end(message)
        elif self._muted:
            return
        elif isinstance(message, JobPartial):
            self.partial.emit(message.value)
        elif isinstance(message, JobProgress):
            self.progress.emit(message.done, message.total)
        elif isinstance(message, JobStatus):
            self.status.emit(message.text)
        elif isinstance(message, JobStarted):
            self.started.emit()

    def _deliver_end(self, message: JobEnded) -> None:
        if self._muted and message.outcome is not Outcome.CANCELLED:
            # The job ended before the wish to cancel reached it, but its owner wants no result any more.
            message = JobEnded(
                job_id=message.job_id,
                sequence=message.sequence,
                outcome=Outcome.CANCELLED,
                seconds=message.seconds,
            )
        self.outcome = message.outcome
        match message.outcome:
            case Outcome.DONE:
                self.done.emit(message.result)
            case Outcome.FAILED:
                self.failed.emit(message.failure)
            case Outcome.CANCELLED:
                self.cancelled.emit()
            case _ as never:
                assert_never(never)
        self.ended.emit(message)
