"""The min/max pyramid over the points of a metric: exact at every level, NaN and infinity counted apart.

Level 0 are the points, level 1 buckets of `BUCKET` points that lie beside the points of each long chunk, level 2 the
chunks themselves. Buckets are runs of points in the order they were written, so steps may repeat or go
back. Any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deepstudio.store.run_columns import Columns, Float64Array, Int64Array

BUCKET = 64
"""Points in a bucket of level 1."""
_LEAST = 4 * BUCKET
"""Chunks shorter than this have no level 1: their points are as quick to read."""

_RECORD = np.dtype(
    [
        ("step_low", "<i8"),
        ("step_high", "<i8"),
        ("minimum", "<f8"),
        ("maximum", "<f8"),
        ("counts", "<u4"),
        ("nans", "<u4"),
        ("infinities", "<u4"),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """Buckets of consecutive points, B of them.

    Steps lie within [step_low, step_high], finite values within [minimum, maximum] (NaN where a bucket has no finite
    value); `nans` and `infinities` say how many points are none.
    """

    step_low: Int64Array
    step_high: Int64Array
    minimum: Float64Array
    maximum: Float64Array
    counts: Int64Array
    nans: Int64Array
    infinities: Int64Array

    def __len__(self) -> int:
        return len(self.counts)


def envelope(columns: Columns, size: int = BUCKET) -> Envelope:
    """Return the buckets of `size` points each (the last may be shorter)."""
    starts = np.arange(0, len(columns), size)
    if not len(starts):
        return join_envelopes(())
    finite = np.isfinite(columns.values)
    nan = np.isnan(columns.values)
    whole = bool(finite.all())
    low = columns.values if whole else np.where(finite, columns.values, np.inf)
    high = columns.values if whole else np.where(finite, columns.values, -np.inf)
    return Envelope(
        step_low=np.minimum.reduceat(columns.steps, starts),
        step_high=np.maximum.reduceat(columns.steps, starts),
        minimum=_or_nan(np.minimum.reduceat(low, starts)),
        maximum=_or_nan(np.maximum.reduceat(high, starts)),
        counts=np.diff(np.append(starts, len(columns))),
        nans=np.add.reduceat(nan.astype(np.int64), starts),
        infinities=np.add.reduceat((~finite & ~nan).astype(np.int64), starts),
    )


def coarser(fine: Envelope, limit: int) -> Envelope:
    """Return at most `limit` buckets, each a run of consecutive buckets of `fine`."""
    size = -(-len(fine) // max(1, limit))
    if size <= 1:
        return fine
    starts = np.arange(0, len(fine), size)
    low = np.where(np.isnan(fine.minimum), np.inf, fine.minimum)
    high = np.where(np.isnan(fine.maximum), -np.inf, fine.maximum)
    return Envelope(
        step_low=np.minimum.reduceat(fine.step_low, starts),
        step_high=np.maximum.reduceat(fine.step_high, starts),
        minimum=_or_nan(np.minimum.reduceat(low, starts)),
        maximum=_or_nan(np.maximum.reduceat(high, starts)),
        counts=np.add.reduceat(fine.counts, starts),
        nans=np.add.reduceat(fine.nans, starts),
        infinities=np.add.reduceat(fine.infinities, starts),
    )


def join_envelopes(parts: Sequence[Envelope]) -> Envelope:
    """Return the buckets of `parts` one after the other."""
    if len(parts) == 1:
        return parts[0]
    whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)

    def column(name: str, nothing: Int64Array | Float64Array) -> np.ndarray:
        return np.concatenate([nothing, *(getattr(part, name) for part in parts)])

    return Envelope(
        step_low=column("step_low", whole),
        step_high=column("step_high", whole),
        minimum=column("minimum", real),
        maximum=column("maximum", real),
        counts=column("counts", whole),
        nans=column("nans", whole),
        infinities=column("infinities", whole),
    )


def encode_summary(columns: Columns) -> bytes | None:
    """Return level 1 of a chunk for the disk, None for a short one."""
    if len(columns) < _LEAST:
        return None
    buckets = envelope(columns)
    record = np.empty(len(buckets), dtype=_RECORD)
    for name in _RECORD.names or ():
        record[name] = getattr(buckets, name)
    return record.tobytes()


def decode_summary(data: bytes) -> Envelope:
    """Return what `encode_summary` wrote. Raises ValueError if the bytes are damaged."""
    record = np.frombuffer(data, dtype=_RECORD)
    return Envelope(
        step_low=record["step_low"],
        step_high=record["step_high"],
        minimum=record["minimum"],
        maximum=record["maximum"],
        counts=record["counts"].astype(np.int64),
        nans=record["nans"].astype(np.int64),
        infinities=record["infinities"].astype(np.int64),
    )


def _or_nan(value_B: Float64Array) -> Float64Array:
    return np.where(np.isinf(value_B), np.nan, value_B)
