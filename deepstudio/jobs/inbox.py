"""The thread-safe box that carries messages from the lanes to the GUI thread.

Lanes put messages in from their own threads; one queued signal wakes the GUI thread, which takes them out in order. The
signal is emitted only when the box was empty, so a job that sends ten thousand messages a second does not post ten
thousand Qt events.
"""

from __future__ import annotations

import threading
from collections import deque

from PySide6.QtCore import QObject, Signal

from deepstudio.core.messages import JobMessage


class Inbox(QObject):
    """First in, first out, over all lanes; the messages of one job keep their order."""

    filled = Signal()
    """Emitted in the thread of the sender when the first message after a `take` that emptied the box arrives."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._messages: deque[JobMessage] = deque()

    def put(self, message: JobMessage) -> None:
        """Append `message`. Any thread."""
        with self._lock:
            was_empty = not self._messages
            self._messages.append(message)
        if was_empty:
            self.filled.emit()

    def take(self) -> JobMessage | None:
        """Remove and return the oldest message, None if there is none. GUI thread."""
        with self._lock:
            return self._messages.popleft() if self._messages else None

    def __len__(self) -> int:
        with self._lock:
            return len(self._messages)
