"""What the store tells about runs: frozen records. Any thread."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from deepstudio.store.run_columns import Columns


class Status(StrEnum):
    """Where a run stands. `INTERRUPTED`: its process died without saying how the run ended."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def alive(self) -> bool:
        """True while a process should be at work on the run."""
        return self in (Status.RUNNING, Status.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run. Times are seconds since the epoch. `sequence` grows with every change of the row."""

    id: str
    name: str
    kind: str
    status: Status
    config: dict[str, Any]
    environment: dict[str, Any]
    git: dict[str, Any]
    tags: tuple[str, ...]
    notes: str
    star: bool
    colour: str
    pinned: bool
    hidden: bool
    deleted: float | None
    folder: str
    model: str
    created: float
    ended: float | None
    heartbeat: float
    host: str
    pid: int
    key: int
    generation: int
    sequence: int

    @property
    def duration(self) -> float:
        """Return the seconds from the start to the end, or to the last sign of life."""
        return max(0.0, (self.heartbeat if self.ended is None else self.ended) - self.created)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricInfo:
    """A metric of a run and what is known of it without reading its points.

    `minimum` and `maximum` are those of the finite values, NaN if there are none; `first_bad_step` is the step of the
    first NaN or infinity. `generation` grows when points were taken away.
    """

    id: int
    run: int
    name: str
    count: int
    first_step: int
    first_wall: float
    last_step: int
    last_wall: float
    last: float
    minimum: float
    minimum_step: int
    maximum: float
    maximum_step: int
    nans: int
    infinities: int
    first_bad_step: int | None
    generation: int
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Something that happened: an alert, a NaN, a changed rate, a pause. `level`: info, good, warning or error."""

    id: int
    step: int | None
    wall: float
    kind: str
    level: str
    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaInfo:
    """A picture, histogram, text, ... of a run at a step; the payload is read apart. `size` in bytes."""

    id: int
    name: str
    kind: str
    step: int
    wall: float
    size: int
    meta: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a run takes on disk, in bytes: its points, its media, the files of its folder."""

    points: int = 0
    points_bytes: int = 0
    media_bytes: int = 0
    folder_bytes: int = 0

    @property
    def total(self) -> int:
        """Return all bytes together."""
        return self.points_bytes + self.media_bytes + self.folder_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new of a run.

    `metrics` holds the new points; for names in `reset` it holds all of them, because points were taken away (a
    resumed run); `events_reset` says the same of `events` and `media`.
    """

    run: RunRow
    infos: dict[str, MetricInfo] = field(default_factory=dict)
    metrics: dict[str, Columns] = field(default_factory=dict)
    reset: frozenset[str] = frozenset()
    events: tuple[EventRow, ...] = ()
    media: tuple[MediaInfo, ...] = ()
    events_reset: bool = False


RUN_COLUMNS = (
    "key, id, name, kind, status, config, environment, git, tags, notes, star, colour, pinned, hidden, deleted, folder,"
    " model, created, ended, heartbeat, host, pid, generation, sequence"
)
METRIC_COLUMNS = (
    "id, run, name, count, first_step, first_wall, last_step, last_wall, last, minimum, minimum_step, maximum,"
    " maximum_step, nans, infinities, first_bad_step, generation, sequence"
)
EVENT_COLUMNS = "id, step, wall, kind, level, text, data"
MEDIA_COLUMNS = "id, name, kind, step, wall, size, meta"


def run_row(row: tuple[Any, ...]) -> RunRow:
    """Return the run of a row of `RUN_COLUMNS`."""
    return RunRow(
        key=row[0],
        id=row[1],
        name=row[2],
        kind=row[3],
        status=Status(row[4]),
        config=from_json(row[5]),
        environment=from_json(row[6]),
        git=from_json(row[7]),
        tags=tuple(json.loads(row[8])),
        notes=row[9],
        star=bool(row[10]),
        colour=row[11],
        pinned=bool(row[12]),
        hidden=bool(row[13]),
        deleted=row[14],
        folder=row[15],
        model=row[16],
        created=row[17],
        ended=row[18],
        heartbeat=row[19],
        host=row[20],
        pid=row[21],
        generation=row[22],
        sequence=row[23],
    )


def metric_info(row: tuple[Any, ...]) -> MetricInfo:
    """Return the metric of a row of `METRIC_COLUMNS` (SQLite keeps NaN as NULL)."""
    return MetricInfo(
        id=row[0],
        run=row[1],
        name=row[2],
        count=row[3],
        first_step=row[4],
        first_wall=row[5],
        last_step=row[6],
        last_wall=row[7],
        last=math.nan if row[8] is None else row[8],
        minimum=math.nan if row[9] is None else row[9],
        minimum_step=row[10],
        maximum=math.nan if row[11] is None else row[11],
        maximum_step=row[12],
        nans=row[13],
        infinities=row[14],
        first_bad_step=row[15],
        generation=row[16],
        sequence=row[17],
    )


def event_row(row: tuple[Any, ...]) -> EventRow:
    """Return the event of a row of `EVENT_COLUMNS`."""
    return EventRow(id=row[0], step=row[1], wall=row[2], kind=row[3], level=row[4], text=row[5], data=from_json(row[6]))


def media_info(row: tuple[Any, ...]) -> MediaInfo:
    """Return the record of a row of `MEDIA_COLUMNS`."""
    return MediaInfo(id=row[0], name=row[1], kind=row[2], step=row[3], wall=row[4], size=row[5], meta=from_json(row[6]))


def to_json(mapping: Mapping[str, Any] | None) -> str:
    """Return `mapping` as JSON; what JSON does not know (paths, numpy numbers) becomes a number or its text."""
    return storable(json.dumps(dict(mapping or {}), ensure_ascii=False, default=_plain))


def storable(text: str) -> str:
    """Return `text` as UTF-8 can hold it: names of files may have parts of characters that it cannot."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def from_json(text: str) -> dict[str, Any]:
    """Return the mapping that `to_json` wrote."""
    return json.loads(text) if text != "{}" else {}


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return str(value)
