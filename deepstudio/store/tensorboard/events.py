"""Events of one file, decoded: curves as columns, everything else as single items, and where the run began anew.

tensorboard/compat/proto/event.proto. Any thread; a decoder belongs to one run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.columns import ScalarColumns, read_scalars
from deepstudio.store.tensorboard.records import Block
from deepstudio.store.tensorboard.summaries import Item, Scalar, SummaryDecoder

_START = 1  # SessionLog.SessionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """An item that is not part of a curve, or a message of the log, at a step."""

    order: int
    step: int
    wall: float
    item: Item | None = None
    message: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """A process went on from a checkpoint: what was written before with a step of `step` or more never happened."""

    order: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a block of a file holds. `order` of anything is its record's place in it. `bad` records were no events."""

    curves: tuple[ScalarColumns, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    restarts: tuple[Restart, ...] = ()
    bad: int = 0


@dataclass(slots=True)
class _Gathered:
    """What is read record by record."""

    points: dict[str, list[tuple[int, int, float, float]]] = field(default_factory=lambda: defaultdict(list))
    occurrences: list[Occurrence] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    bad: int = 0


class EventDecoder:
    """Decodes the blocks of one run, in the order of its files."""

    def __init__(self) -> None:
        self._summaries = SummaryDecoder()

    def decode(self, block: Block) -> Batch:
        """Return what the block holds."""
        curves: list[ScalarColumns] = []
        gathered = _Gathered()
        singles: list[tuple[int, memoryview]] = list(block.long)
        for group in block.groups:
            found, rest = read_scalars(group)
            curves.extend(found)
            singles.extend(
                (order, memoryview(row.tobytes())) for order, row in zip(rest.order.tolist(), rest.rows, strict=True)
            )
        for order, record in sorted(singles, key=lambda single: single[0]):
            self._read(order, record, gathered)
        curves.extend(_columns(tag, points) for tag, points in gathered.points.items())
        return Batch(
            curves=_joined(curves),
            occurrences=tuple(gathered.occurrences),
            restarts=tuple(gathered.restarts),
            bad=gathered.bad,
        )

    def _read(self, order: int, record: memoryview, gathered: _Gathered) -> None:
        """Add what one record holds. A value that is damaged spoils neither the others nor the rest of the file."""
        wall, step, summary = 0.0, 0, None
        try:
            for number, _, value in wire.fields(record):
                if number == 1:
                    wall = wire.double(value)
                elif number == 2 and isinstance(value, int):
                    step = wire.signed(value)
                elif number == 5:
                    summary = wire.blob(value)
                elif number == 6:
                    gathered.occurrences.append(_message(order, step, wall, wire.blob(value)))
                elif number == 7 and _begins(wire.blob(value)):
                    gathered.restarts.append(Restart(order=order, step=step))
            values = [wire.blob(value) for number, _, value in wire.fields(summary) if number == 1] if summary else []
        except wire.WireError:
            gathered.bad += 1
            return
        for value in values:
            try:
                for item in self._summaries.decode(value):
                    if isinstance(item, Scalar):
                        gathered.points[item.tag].append((order, step, wall, item.value))
                    else:
                        gathered.occurrences.append(Occurrence(order=order, step=step, wall=wall, item=item))
            except wire.WireError:
                gathered.bad += 1


def _begins(session_log: memoryview) -> bool:
    return any(number == 1 and value == _START for number, _, value in wire.fields(session_log))


def _message(order: int, step: int, wall: float, data: memoryview) -> Occurrence:
    level, message = 0, ""
    for number, _, value in wire.fields(data):
        if number == 1 and isinstance(value, int):
            level = value
        elif number == 2:
            message = wire.text(value)
    return Occurrence(order=order, step=step, wall=wall, message=message, level=level)


def _columns(tag: str, points: list[tuple[int, int, float, float]]) -> ScalarColumns:
    order, steps, walls, values = zip(*points, strict=True)
    return ScalarColumns(
        tag=tag,
        order=np.array(order, dtype=np.int64),
        steps=np.array(steps, dtype=np.int64),
        walls=np.array(walls, dtype=np.float64),
        values=np.array(values, dtype=np.float64),
    )


def _joined(curves: list[ScalarColumns]) -> tuple[ScalarColumns, ...]:
    """Return one entry a curve, its points in the order of the file."""
    by_tag: dict[str, list[ScalarColumns]] = defaultdict(list)
    for curve in curves:
        by_tag[curve.tag].append(curve)
    joined = []
    for tag, parts in by_tag.items():
        if len(parts) == 1 and (np.diff(parts[0].order) > 0).all():
            joined.append(parts[0])
            continue
        order = np.concatenate([part.order for part in parts])
        sorting = np.argsort(order, kind="stable")
        joined.append(
            ScalarColumns(
                tag=tag,
                order=order[sorting],
                steps=np.concatenate([part.steps for part in parts])[sorting],
                walls=np.concatenate([part.walls for part in parts])[sorting],
                values=np.concatenate([part.values for part in parts])[sorting],
            )
        )
    return tuple(joined)
