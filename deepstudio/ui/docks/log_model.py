"""The log as a list for the window: a handler that any thread may write to, and a bounded model of what came."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

LEVEL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
MAX_LINES = 5000

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One record made ready to be shown."""

    level: int
    time: datetime
    source: str
    text: str

    def whole(self) -> str:
        """Return the line as it is copied."""
        level = logging.getLevelName(self.level)
        return f"{self.time:%Y-%m-%d %H:%M:%S} {level:<7} {self.source}: {self.text}"


class _Bridge(QObject):
    came = Signal()


class LogHandler(logging.Handler):
    """Collects records from any thread and wakes the GUI thread once for many of them."""

    def __init__(self, level: int = logging.INFO) -> None:
        super().__init__(level)
        self.bridge = _Bridge()
        self._waiting: deque[LogLine] = deque(maxlen=MAX_LINES)
        self._told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take one record. The lock of `logging.Handler` is held."""
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        time = datetime.fromtimestamp(record.created)
        self._waiting.append(LogLine(level=record.levelno, time=time, source=record.name, text=text))
        if not self._told:
            self._told = True
            self.bridge.came.emit()

    def take(self) -> list[LogLine]:
        """Return what came since the last call. GUI thread."""
        self.acquire()
        try:
            lines = list(self._waiting)
            self._waiting.clear()
            self._told = False
        finally:
            self.release()
        return lines


class LogModel(QAbstractListModel):
    """The last `MAX_LINES` lines of the log. GUI thread only."""

    def __init__(self, handler: LogHandler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler = handler
        self._lines: list[LogLine] = []
        handler.bridge.came.connect(self._fetch, Qt.ConnectionType.QueuedConnection)
        self._fetch()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the short text, the level, or the whole line."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return f"{line.time:%H:%M:%S}   {line.text.splitlines()[0] if line.text else ''}"
        if role == LEVEL_ROLE:
            return line.level
        if role == LINE_ROLE:
            return line.whole()
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return line.whole()
        return None

    def whole_text(self, rows: Iterable[int]) -> str:
        """Return the lines at `rows`, one below the other."""
        return "\n".join(self._lines[row].whole() for row in rows)

    def clear(self) -> None:
        """Forget all lines; the log file keeps them."""
        self.beginResetModel()
        self._lines = []
        self.endResetModel()

    @Slot()
    def _fetch(self) -> None:
        lines = self._handler.take()
        if not lines:
            return
        surplus = len(self._lines) + len(lines) - MAX_LINES
        if surplus > 0:
            kept = max(0, len(self._lines) - surplus)
            self.beginRemoveRows(QModelIndex(), 0, len(self._lines) - kept - 1)
            self._lines = self._lines[len(self._lines) - kept :]
            self.endRemoveRows()
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines.extend(lines)
        self.endInsertRows()
