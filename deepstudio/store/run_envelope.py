"""Reading a metric as buckets, from the level of the pyramid that is just fine enough. Any thread."""

from __future__ import annotations

import math
import sqlite3

import numpy as np

from deepstudio.store.run_chunks import key_range
from deepstudio.store.run_columns import decode
from deepstudio.store.run_pyramid import BUCKET, Envelope, coarser, decode_summary, envelope, join_envelopes

_CHUNK = "count, step_low, step_high, minimum, maximum, nans, infinities"


def read(
    connection: sqlite3.Connection, metric: int | None, limit: int, first: int | None, last: int | None
) -> Envelope:
    """Return at most `limit` buckets of a metric that have points within the steps (None: no bound)."""
    if metric is None:
        return join_envelopes(())
    where, values = _where(metric, first, last)
    count, chunks = connection.execute(f"SELECT total(count), count(*) FROM chunk {where}", values).fetchone()
    if chunks >= limit:
        found = _chunk_level(connection, where, values)
    elif count >= limit * BUCKET:
        found = _summary_level(connection, where, values)
    else:
        parts = [envelope(decode(data), 1) for (data,) in connection.execute(f"SELECT data FROM chunk {where}", values)]
        found = join_envelopes(parts)
    return coarser(_within(found, first, last), limit)


def _where(metric: int, first: int | None, last: int | None) -> tuple[str, list[int]]:
    low, high = key_range(metric)
    where, values = "WHERE key >= ? AND key < ?", [low, high]
    if first is not None:
        where, values = where + " AND step_high >= ?", [*values, first]
    if last is not None:
        where, values = where + " AND step_low <= ?", [*values, last]
    return where + " ORDER BY key", values


def _summary_level(connection: sqlite3.Connection, where: str, values: list[int]) -> Envelope:
    parts = []
    # The data of a chunk is touched only where it has no summary: SQLite reads no further into a row than it must.
    for key, summary in connection.execute(f"SELECT key, summary FROM chunk {where}", values).fetchall():
        if summary is not None:
            parts.append(decode_summary(summary))
        else:
            (data,) = connection.execute("SELECT data FROM chunk WHERE key = ?", (key,)).fetchone()
            parts.append(envelope(decode(data)))
    return join_envelopes(parts)


def _chunk_level(connection: sqlite3.Connection, where: str, values: list[int]) -> Envelope:
    rows = connection.execute(f"SELECT {_CHUNK} FROM chunk {where}", values).fetchall()
    counts, low, high, minimum, maximum, nans, infinities = zip(*rows, strict=True)
    return Envelope(
        step_low=np.array(low, dtype=np.int64),
        step_high=np.array(high, dtype=np.int64),
        minimum=np.array([math.nan if value is None else value for value in minimum]),
        maximum=np.array([math.nan if value is None else value for value in maximum]),
        counts=np.array(counts, dtype=np.int64),
        nans=np.array(nans, dtype=np.int64),
        infinities=np.array(infinities, dtype=np.int64),
    )


def _within(found: Envelope, first: int | None, last: int | None) -> Envelope:
    wanted = np.ones(len(found), dtype=bool)
    if first is not None:
        wanted &= found.step_high >= first
    if last is not None:
        wanted &= found.step_low <= last
    if wanted.all():
        return found
    return Envelope(*(getattr(found, name)[wanted] for name in Envelope.__dataclass_fields__))
