"""What writers handed in and no transaction has written yet. Not thread-safe: the committer holds its lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deepstudio.store.run_columns import Columns, join, make_columns


class PointBuffer:
    """Points of one metric: single ones in lists, blocks as columns, in the order they came."""

    __slots__ = ("_blocks", "_steps", "_values", "_walls")

    def __init__(self) -> None:
        self._blocks: list[Columns] = []
        self._steps: list[int] = []
        self._walls: list[float] = []
        self._values: list[float] = []

    def add(self, step: int, wall: float, value: float) -> None:
        """Append one point."""
        self._steps.append(step)
        self._walls.append(wall)
        self._values.append(value)

    def extend(self, columns: Columns) -> None:
        """Append a block."""
        self._seal()
        self._blocks.append(columns)

    def columns(self) -> Columns:
        """Return all points."""
        self._seal()
        self._blocks = [join(self._blocks)]
        return self._blocks[0]

    def _seal(self) -> None:
        if self._steps:
            self._blocks.append(make_columns(self._steps, self._walls, self._values))
            self._steps, self._walls, self._values = [], [], []


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """An event to be written."""

    kind: str
    step: int | None
    wall: float
    level: str
    text: str
    data: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaDraft:
    """A record to be written."""

    name: str
    step: int
    wall: float
    kind: str
    payload: bytes
    meta: Mapping[str, Any] | None


@dataclass(slots=True)
class PendingRun:
    """What waits for one run."""

    points: dict[str, PointBuffer] = field(default_factory=dict)
    events: list[EventDraft] = field(default_factory=list)
    media: list[MediaDraft] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    """Columns of the run's row, as `run_records.row_values` makes them."""
    compact: bool = False

    def buffer(self, name: str) -> PointBuffer:
        """Return the points of a metric."""
        found = self.points.get(name)
        if found is None:
            found = self.points[name] = PointBuffer()
        return found

    def absorb(self, later: PendingRun) -> None:
        """Append what came later."""
        for name, buffer in later.points.items():
            self.buffer(name).extend(buffer.columns())
        self.events.extend(later.events)
        self.media.extend(later.media)
        self.changes.update(later.changes)
        self.compact |= later.compact
