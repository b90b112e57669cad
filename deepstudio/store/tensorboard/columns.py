"""The fast way through scalars: all records of one length at once, in numpy.

A writer repeats itself: the records of a curve differ in wall time, step and value only. So one record of a group is
read by the rules, and those with the same bytes around the value are read by position. What does not fit goes back to
be read by the rules. Any thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.records import Group, Indices
from deepstudio.store.tensorboard.wire import WireError

_WALL, _STEP, _SUMMARY = 0x09, 0x10, 0x2A  # keys of the fields 1 (double), 2 (varint) and 5 (message)
_ROUNDS = 16
_FEW = 4  # fewer records are read by the rules as fast
_MULTIPLIERS = np.random.default_rng(0).integers(1, 2**63, 256, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarColumns:
    """Points of one curve: `order` int64 their places in the block, steps int64, walls and values float64."""

    tag: str
    order: Indices
    steps: Indices
    walls: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Where the value of a curve's records lies, counted from the summary's key, and its type."""

    tag: str
    start: int
    dtype: str

    @property
    def stop(self) -> int:
        return self.start + np.dtype(self.dtype).itemsize


def read_scalars(group: Group) -> tuple[list[ScalarColumns], Group]:
    """Return the curves in the group, and the records that are no plain scalars."""
    rows = group.rows
    if len(rows) < _FEW or rows.shape[1] < 20:
        return [], group
    found: list[ScalarColumns] = []
    done = np.zeros(len(rows), dtype=bool)
    for step_bytes, members in _by_step_length(rows):
        for columns, places in _read_aligned(rows, members, step_bytes, group.order):
            found.append(columns)
            done[places] = True
    return found, Group(rows=rows[~done], order=group.order[~done])


def _read_aligned(
    rows: NDArray[np.uint8], members: Indices, step_bytes: int, order: Indices
) -> Iterator[tuple[ScalarColumns, Indices]]:
    """Yield (curve, which rows) for records whose summary begins at the same byte."""
    steps = _steps(rows, members, step_bytes)
    walls = np.ascontiguousarray(rows[members, 1:9]).view("<f8")[:, 0]
    bodies = rows[members, 9 + (1 + step_bytes if step_bytes else 0) :]
    left = np.arange(len(members))
    for _ in range(_ROUNDS):
        if not left.size:
            return
        shape = _find_shape(bodies[left[0]].tobytes())
        if shape is None:
            left = left[1:]
            continue
        taken = np.zeros(len(left), dtype=bool)
        for tag, inside in _same_around(bodies[left], shape):
            taken[inside] = True
            chosen = left[inside]
            places = members[chosen]
            values = np.ascontiguousarray(bodies[chosen, shape.start : shape.stop]).view(shape.dtype)[:, 0]
            curve = ScalarColumns(
                tag=tag,
                order=order[places],
                steps=steps[chosen],
                walls=walls[chosen],
                values=values.astype(np.float64),
            )
            yield curve, places
        left = left[~taken]


def _same_around(bodies: NDArray[np.uint8], shape: _Shape) -> Iterator[tuple[str, Indices]]:
    """Yield (tag, which) for each curve whose value lies where `shape` says."""
    around = bodies.copy()
    around[:, shape.start : shape.stop] = 0
    _, first, curve = np.unique(_hashes(around), return_index=True, return_inverse=True)
    curve = curve.reshape(-1)
    same = (around == around[first[curve]]).all(axis=1)
    for number, example in enumerate(first.tolist()):
        own = shape if example == 0 else _find_shape(bodies[example].tobytes())
        if own is not None and (own.start, own.dtype) == (shape.start, shape.dtype):
            yield own.tag, np.flatnonzero(same & (curve == number))


def _by_step_length(rows: NDArray[np.uint8]) -> Iterator[tuple[int, Indices]]:
    """Yield (bytes of the step, which records) of those that are wall time, step, summary; a step of 0 is left out."""
    timed = rows[:, 0] == _WALL
    without = timed & (rows[:, 9] == _SUMMARY)
    if without.any():
        yield 0, np.flatnonzero(without)
    stepped = np.flatnonzero(timed & (rows[:, 9] == _STEP))
    if not stepped.size:
        return
    sizes = np.argmax(rows[stepped, 10:20] < 0x80, axis=1) + 1
    for size in np.unique(sizes).tolist():
        members = stepped[sizes == size]
        following = rows[members, 10 + size] if 10 + size < rows.shape[1] else np.zeros(len(members), np.uint8)
        yield size, members[following == _SUMMARY]


def _steps(rows: NDArray[np.uint8], members: Indices, step_bytes: int) -> Indices:
    steps = np.zeros(len(members), dtype=np.uint64)
    for place in range(step_bytes):
        steps |= (rows[members, 10 + place] & 0x7F).astype(np.uint64) << np.uint64(7 * place)
    return steps.view(np.int64)


def _hashes(rows: NDArray[np.uint8]) -> NDArray[np.uint64]:
    words = -(-rows.shape[1] // 8)
    padded = np.zeros((len(rows), words * 8), dtype=np.uint8)
    padded[:, : rows.shape[1]] = rows
    return (padded.view(np.uint64) * _MULTIPLIERS[:words]).sum(axis=1, dtype=np.uint64)


def _find_shape(body: bytes) -> _Shape | None:
    """Return where the value lies if `body` is one summary with one float or double and nothing else, else None."""
    try:
        return _shape_of(memoryview(body))
    except WireError:
        return None


def _shape_of(view: memoryview) -> _Shape | None:
    top = list(wire.spans(view))
    if len(top) != 1 or top[0][:2] != (5, wire.BYTES):
        return None
    summary = view[top[0][2] :]
    values = list(wire.spans(summary))
    if len(values) != 1 or values[0][:2] != (1, wire.BYTES):
        return None
    return _value_shape(summary[values[0][2] :], top[0][2] + values[0][2])


def _value_shape(value: memoryview, base: int) -> _Shape | None:
    tag, where = "", None
    for number, kind, start, stop in wire.spans(value):
        if number == 1:
            tag = wire.text(value[start:stop])
        elif number == 2 and kind == wire.FIXED32:
            where = (base + start, "<f4")
        elif number == 8:
            where = _tensor_value(value[start:stop], base + start)
        elif number == 9:
            if not _is_plain(value[start:stop]):
                return None
        elif number != 7:  # name of a node
            return None
    return None if where is None else _Shape(tag=tag, start=where[0], dtype=where[1])


def _tensor_value(tensor: memoryview, base: int) -> tuple[int, str] | None:
    """Return place and type of the only number of a tensor without dimensions."""
    dtype, where = 0, None
    for number, _, start, stop in wire.spans(tensor):
        if number == 1:
            dtype = wire.read_varint(tensor, start)[0]
        elif number == 2 and stop > start:
            return None
        elif number in (4, 5, 6):
            where = (number, base + start, stop - start)
        elif number not in (2, 3):
            return None
    if where is None:
        return None
    expected = {1: ((4, 5), 4, "<f4"), 2: ((4, 6), 8, "<f8")}.get(dtype)
    if expected is None or where[0] not in expected[0] or where[2] != expected[1]:
        return None
    return where[1], expected[2]


def _is_plain(metadata: memoryview) -> bool:
    """Return whether the plugin is the one of scalars, or none is named."""
    for number, _, start, stop in wire.spans(metadata):
        if number == 1:
            inner = metadata[start:stop]
            for key, _, first, last in wire.spans(inner):
                if key == 1 and wire.text(inner[first:last]) not in ("scalars", ""):
                    return False
    return True
