"""A job with a thread of its own, for what has no end by itself: following a folder must not keep a lane busy."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot

from deepstudio.core.job import Job
from deepstudio.jobs.context import LaneContext
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.inbox import Inbox
from deepstudio.jobs.lane import Task, run_task


class EndlessJob(QObject):
    """Runs `function(request, context)` at once in its own thread; `handle` has the signals. GUI thread."""

    def __init__(self, function: Job[Any, Any], request: object, *, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = Inbox()
        self._inbox.filled.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self._context = LaneContext(0, self._inbox)
        self.handle = JobHandle(0, title, "", lambda job_id: self._context.cancel())
        self.handle.setParent(self)
        task = Task(job_id=0, title=title, function=function, request=request, context=self._context)
        self._thread = threading.Thread(target=run_task, args=(task,), name=f"endless-{title}", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Ask it to end and wait for that; True if it has ended. Nothing arrives after this."""
        self._inbox.filled.disconnect(self._drain)
        self._context.cancel()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @Slot()
    def _drain(self) -> None:
        while (message := self._inbox.take()) is not None:
            self.handle.deliver(message)
