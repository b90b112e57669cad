"""The points of a metric on disk: appended in small chunks that are merged as they grow.

Eight chunks of about one size at the end become one, and so on, until a chunk is full. Each point is thus written five
times at most, and a metric of a million points lies in some fifty chunks. Functions of a connection inside a
transaction; any thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from deepstudio.store.run_columns import Columns, Decoder, decode, encode, join
from deepstudio.store.run_metrics import MetricState, save_state
from deepstudio.store.run_pyramid import encode_summary
from deepstudio.store.run_schema import POINT_BITS

FULL = 32768
"""Points of a chunk that grows no more."""
_RADIX = 8
_POINT_MASK = (1 << POINT_BITS) - 1


def append(connection: sqlite3.Connection, state: MetricState, columns: Columns, sequence: int) -> None:
    """Append points to a metric and write its summary."""
    if not len(columns):
        return
    tail = _tail(connection, state)
    start = state.count
    state.note(columns)
    tail.append((start, len(columns)))
    _rewrite(connection, state, _to_merge([count for _, count in tail]), columns)
    save_state(connection, state, sequence)


def compact(connection: sqlite3.Connection, state: MetricState) -> None:
    """Make the small chunks at the end of a metric one; its points stay as they are."""
    tail = _tail(connection, state)
    if len(tail) > 1:
        _rewrite(connection, state, len(tail), Columns.empty())


def truncate(connection: sqlite3.Connection, state: MetricState, from_step: int, sequence: int) -> bool:
    """Take away the points with step >= `from_step`; True if there were any."""
    low, high = key_range(state.id)
    (key,) = connection.execute(
        "SELECT min(key) FROM chunk WHERE key >= ? AND key < ? AND step_high >= ?", (low, high, from_step)
    ).fetchone()
    if key is None:
        return False
    columns = read(connection, state.id)
    kept = columns.steps < from_step
    start = key - low
    kept_before = int(kept[:start].sum())
    assert kept_before == start, "a chunk before the first that reaches `from_step` has no point beyond it"
    left = Columns(columns.steps[kept], columns.walls[kept], columns.values[kept])
    connection.execute("DELETE FROM chunk WHERE key >= ? AND key < ?", (key, high))
    fresh = MetricState(id=state.id, generation=state.generation + 1)
    fresh.note(left)
    for name in MetricState.__dataclass_fields__:
        setattr(state, name, getattr(fresh, name))
    if len(left) > start:
        _insert(connection, state.id, start, left[start:])
    save_state(connection, state, sequence)
    return True


def read(connection: sqlite3.Connection, metric: int, first: int | None = None, last: int | None = None) -> Columns:
    """Return the points of a metric with first <= step <= last, in the order they were written."""
    low, high = key_range(metric)
    sql, values = "SELECT data FROM chunk WHERE key >= ? AND key < ?", [low, high]
    if first is not None:
        sql += " AND step_high >= ?"
        values.append(first)
    if last is not None:
        sql += " AND step_low <= ?"
        values.append(last)
    columns = join([decode(data) for (data,) in connection.execute(sql + " ORDER BY key", values)])
    if first is None and last is None:
        return columns
    wanted = np.ones(len(columns), dtype=bool)
    if first is not None:
        wanted &= columns.steps >= first
    if last is not None:
        wanted &= columns.steps <= last
    if wanted.all():
        return columns
    return Columns(columns.steps[wanted], columns.walls[wanted], columns.values[wanted])


def read_from(connection: sqlite3.Connection, metric: int, position: int) -> Columns:
    """Return the points of a metric from the one numbered `position` on."""
    low, high = key_range(metric)
    rows = connection.execute(
        "SELECT key, data FROM chunk WHERE key >= (SELECT max(key) FROM chunk WHERE key <= ?) AND key < ? ORDER BY key",
        (low + position, high),
    )
    start: int | None = None
    parts = []
    for key, data in rows:
        start = key - low if start is None else start
        parts.append(decode(data))
    return join(parts)[max(0, position - (start or 0)) :]


def read_many(connection: sqlite3.Connection, metrics: Sequence[int]) -> Iterator[tuple[int, Columns]]:
    """Yield (metric, its points), in the order of the ids; metrics without points are left out."""
    parts: list[Columns] = []
    current = -1
    decoder = Decoder()
    for low, high in _neighbours(sorted(metrics)):
        rows = connection.execute(
            "SELECT key, data FROM chunk WHERE key >= ? AND key < ? ORDER BY key",
            (low << POINT_BITS, (high + 1) << POINT_BITS),
        )
        for key, data in rows:
            metric = key >> POINT_BITS
            if metric != current:
                if parts:
                    yield current, decoder.join(parts)
                current, parts = metric, []
            parts.append(decoder(data))
    if parts:
        yield current, decoder.join(parts)


def key_range(metric: int) -> tuple[int, int]:
    """Return the first key of the chunks of a metric and the one after its last."""
    return metric << POINT_BITS, (metric + 1) << POINT_BITS


def _neighbours(sorted_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive ids as (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in sorted_ids:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _tail(connection: sqlite3.Connection, state: MetricState) -> list[tuple[int, int]]:
    if state.tail is None:
        low, high = key_range(state.id)
        state.tail = []
        for key, count in connection.execute(
            "SELECT key, count FROM chunk WHERE key >= ? AND key < ? ORDER BY key DESC", (low, high)
        ):
            if count >= FULL:
                break
            state.tail.insert(0, (key - low, count))
    return state.tail


def _to_merge(counts: Sequence[int]) -> int:
    """Return how many chunks at the end of `counts` should become one (1: the new one stays alone)."""
    merged, total = 1, counts[-1]
    while True:
        reach, sum_of_reach = merged, total
        while reach < len(counts) and _level(counts[-reach - 1]) <= _level(total):
            reach += 1
            sum_of_reach += counts[-reach]
        if reach - merged + 1 < _RADIX and sum_of_reach < FULL:
            return merged
        if reach == merged:
            return merged
        merged, total = reach, sum_of_reach


def _level(count: int) -> int:
    return (count.bit_length() - 1) // 3


def _rewrite(connection: sqlite3.Connection, state: MetricState, merged: int, new: Columns) -> None:
    """Replace the last `merged` chunks of the tail, the newest of which may be `new`, by full ones and a rest."""
    tail = state.tail
    assert tail is not None
    start = tail[-merged][0]
    low, high = key_range(state.id)
    old: list[Columns] = []
    if merged > 1 or not len(new):
        keys = (low + start, high)
        rows = connection.execute("SELECT data FROM chunk WHERE key >= ? AND key < ? ORDER BY key", keys)
        old = [decode(data) for (data,) in rows]
        connection.execute("DELETE FROM chunk WHERE key >= ? AND key < ?", keys)
    del tail[-merged:]
    tail.extend(_insert(connection, state.id, start, join([*old, new])))


def _insert(connection: sqlite3.Connection, metric: int, start: int, columns: Columns) -> list[tuple[int, int]]:
    """Write points as chunks; returns (start, count) of those that are not full."""
    open_chunks = []
    for offset in range(0, len(columns), FULL):
        part = columns[offset : offset + FULL]
        connection.execute(
            "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((metric << POINT_BITS) + start + offset, *_chunk_summary(part), encode_summary(part), encode(part)),
        )
        if len(part) < FULL:
            open_chunks.append((start + offset, len(part)))
    return open_chunks


def _chunk_summary(part: Columns) -> tuple[int, int, int, float | None, float | None, float, int, int]:
    finite_N = np.isfinite(part.values)
    good = part.values if finite_N.all() else part.values[finite_N]
    nans = int(np.isnan(part.values).sum()) if len(good) != len(part) else 0
    return (
        len(part),
        int(part.steps.min()),
        int(part.steps.max()),
        float(good.min()) if len(good) else None,
        float(good.max()) if len(good) else None,
        float(part.values[-1]),
        nans,
        len(part) - len(good) - nans,
    )
