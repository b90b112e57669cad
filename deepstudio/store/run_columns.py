"""Columns of a metric and their form on disk: delta-coded where that is shorter, raw where it is not.

A chunk is 24 bytes of header, three parts and a checksum:

steps   nothing if they rise evenly (first and stride are in the header); else int32 differences; else raw int64
walls   uint32 microseconds after the first; else raw int64 microseconds
values  nothing if all are the same; float32 if that is exact; else raw float64

No compression beyond that: a run of five million points is read in a tenth of a second. Any thread.
"""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Int64Array: TypeAlias = npt.NDArray[np.int64]
Float64Array: TypeAlias = npt.NDArray[np.float64]

_HEADER = struct.Struct("<BBBBIqq")
"""Kinds of steps, walls and values, a zero, the count, the first step, the first wall in microseconds."""
_CHECK = struct.Struct("<I")
_STRIDE = struct.Struct("<q")
_VALUE = struct.Struct("<d")
_MICRO = 1e6
_LONGEST = 2**32
_BEYOND = 2.0**63
_EVEN, _DIFFERENCES, _RAW = 0, 1, 2
_SAME, _SINGLE, _DOUBLE = 0, 1, 2
_MOST_CLOCKS = 256
"""Clocks that a decoder remembers: as many as a live metric may have chunks, and some."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The points of a metric in the order they were written.

    Steps int64[N], walls float64[N] in seconds since the epoch (kept to the microsecond), values float64[N]. The
    arrays are read-only.
    """

    steps: Int64Array
    walls: Float64Array
    values: Float64Array

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, part: slice) -> Columns:
        return Columns(self.steps[part], self.walls[part], self.values[part])

    @staticmethod
    def empty() -> Columns:
        """Return columns without points."""
        return make_columns((), (), ())


def make_columns(steps: object, walls: object, values: object) -> Columns:
    """Return columns of copies; scalars become one point, one wall serves all steps.

    A wall that is no time of day (NaN, infinity) counts as now. Raises ValueError for lengths that differ and for steps
    that int64 cannot hold.
    """
    step_N = _whole_numbers(steps)
    value_N = np.array(values, dtype=np.float64, ndmin=1)
    wall_N = np.array(walls, dtype=np.float64, ndmin=1)
    if not np.isfinite(wall_N).all():
        wall_N = np.where(np.isfinite(wall_N), wall_N, time.time())
    if len(wall_N) == 1 and len(step_N) != 1:
        wall_N = np.full(len(step_N), wall_N[0])
    if not step_N.shape == value_N.shape == wall_N.shape or step_N.ndim != 1:
        raise ValueError(f"steps {step_N.shape}, walls {wall_N.shape} and values {value_N.shape} must be of one length")
    return _frozen(step_N, wall_N, value_N)


def join(parts: Sequence[Columns]) -> Columns:
    """Return `parts` one after the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Columns.empty()
    return _frozen(
        np.concatenate([part.steps for part in parts]),
        np.concatenate([part.walls for part in parts]),
        np.concatenate([part.values for part in parts]),
    )


def encode(columns: Columns) -> bytes:
    """Return the bytes of a chunk of at least one point."""
    micros = _micros(columns.walls)
    step_kind, step_part = _encode_steps(columns.steps)
    wall_kind, wall_part = _encode_walls(micros)
    value_kind, value_part = _encode_values(columns.values)
    header = _HEADER.pack(step_kind, wall_kind, value_kind, 0, len(columns), int(columns.steps[0]), int(micros[0]))
    data = b"".join((header, step_part, wall_part, value_part))
    return data + _CHECK.pack(zlib.crc32(data))


def is_whole(data: bytes) -> bool:
    """Return whether a chunk is as `encode` made it. Reading does not ask; saving a damaged file does."""
    return len(data) > _CHECK.size and _CHECK.unpack_from(data, len(data) - _CHECK.size)[0] == zlib.crc32(
        data[: -_CHECK.size]
    )


def decode(data: bytes) -> Columns:
    """Return the points of a chunk. Raises ValueError or struct.error if the bytes are damaged."""
    return Decoder()(data)


class Decoder:
    """Decodes one chunk after the other. Metrics that were logged together share the arrays of steps and walls."""

    __slots__ = ("_clocks", "_joined")

    def __init__(self) -> None:
        self._clocks: dict[bytes, tuple[bytes, Int64Array, Float64Array]] = {}
        self._joined: tuple[list[Columns], Int64Array, Float64Array] | None = None

    def __call__(self, data: bytes) -> Columns:
        """Return the points of a chunk. Raises ValueError or struct.error if the bytes are damaged."""
        key = data[:2] + data[3 : _HEADER.size]  # the third byte is the kind of values
        known = self._clocks.get(key)
        if known is None or data[_HEADER.size : _HEADER.size + len(known[0])] != known[0]:
            step_N, wall_N, end = _decode_clock(data)
            step_N.flags.writeable = False
            wall_N.flags.writeable = False
            if len(self._clocks) >= _MOST_CLOCKS:
                self._clocks.clear()
            known = self._clocks[key] = (data[_HEADER.size : end], step_N, wall_N)
        clock, step_N, wall_N = known
        value_N = _decode_values(data, len(step_N), _HEADER.size + len(clock))
        value_N.flags.writeable = False
        return Columns(step_N, wall_N, value_N)

    def join(self, parts: Sequence[Columns]) -> Columns:
        """Return chunks one after the other."""
        if len(parts) < 2:
            return join(parts)
        last = self._joined
        if last is not None and [id(part.steps) for part in last[0]] == [id(part.steps) for part in parts]:
            return _frozen(last[1], last[2], np.concatenate([part.values for part in parts]))
        found = join(parts)
        self._joined = (list(parts), found.steps, found.walls)
        return found


def _decode_clock(data: bytes) -> tuple[Int64Array, Float64Array, int]:
    """Return steps, walls and where the values begin."""
    step_kind, wall_kind, _, _, count, first_step, first_micros = _HEADER.unpack_from(data)
    offset = _HEADER.size
    if step_kind == _EVEN:
        (stride,) = _STRIDE.unpack_from(data, offset)
        offset += _STRIDE.size
        step_N = np.arange(count, dtype=np.int64)
        if stride != 1:
            step_N *= stride
        if first_step:
            step_N += first_step
    elif step_kind == _DIFFERENCES:
        step_N = np.empty(count, dtype=np.int64)
        step_N[0] = first_step
        np.cumsum(np.frombuffer(data, "<i4", count - 1, offset), dtype=np.int64, out=step_N[1:])
        step_N[1:] += first_step
        offset += 4 * (count - 1)
    else:
        step_N = np.frombuffer(data, "<i8", count, offset)
        offset += 8 * count
    if wall_kind == _DIFFERENCES:
        wall_N = np.frombuffer(data, "<u4", count, offset) + np.float64(first_micros)
        offset += 4 * count
    else:
        wall_N = np.frombuffer(data, "<i8", count, offset).astype(np.float64)
        offset += 8 * count
    wall_N /= _MICRO
    return step_N, wall_N, offset


def _decode_values(data: bytes, count: int, offset: int) -> Float64Array:
    kind = data[2]
    if kind == _SAME:
        return np.full(count, _VALUE.unpack_from(data, offset)[0])
    if kind == _SINGLE:
        return np.frombuffer(data, "<f4", count, offset).astype(np.float64)
    return np.frombuffer(data, "<f8", count, offset)


def _whole_numbers(steps: object) -> Int64Array:
    try:
        kind = getattr(getattr(steps, "dtype", None), "kind", "i")
        if kind in "fu" and not (np.abs(np.asarray(steps, dtype=np.float64)) < _BEYOND).all():
            raise OverflowError
        return np.array(steps, dtype=np.int64, ndmin=1)
    except OverflowError:
        raise ValueError("a step is beyond 64 bits") from None


def _frozen(step_N: Int64Array, wall_N: Float64Array, value_N: Float64Array) -> Columns:
    step_N.flags.writeable = False
    wall_N.flags.writeable = False
    value_N.flags.writeable = False
    return Columns(step_N, wall_N, value_N)


def _micros(wall_N: Float64Array) -> Int64Array:
    # A clock that says nothing (NaN, infinity) or is beyond reason counts as 0, the epoch itself.
    sane = np.where(np.abs(wall_N) < 9e12, wall_N, 0.0)
    return np.rint(sane * _MICRO).astype(np.int64)


def _encode_steps(step_N: Int64Array) -> tuple[int, bytes]:
    if len(step_N) == 1:
        return _EVEN, _STRIDE.pack(1)
    first, last = int(step_N[0]), int(step_N[-1])
    stride, rest = divmod(last - first, len(step_N) - 1)
    # The differences of steps near both ends of int64 wrap around: then the steps are stored as they are.
    if abs(first) < 2**61 and abs(last) < 2**61:
        difference = np.diff(step_N)
        if rest == 0 and (difference == stride).all():
            return _EVEN, _STRIDE.pack(stride)
        if abs(int(step_N.min())) < 2**61 and abs(int(step_N.max())) < 2**61:
            short = difference.astype("<i4")
            if (short == difference).all():
                return _DIFFERENCES, short.tobytes()
    return _RAW, step_N.astype("<i8").tobytes()


def _encode_walls(micros: Int64Array) -> tuple[int, bytes]:
    since = micros - micros[0]
    if since.min() >= 0 and since.max() < _LONGEST:
        return _DIFFERENCES, since.astype("<u4").tobytes()
    return _RAW, micros.astype("<i8").tobytes()


def _encode_values(value_N: Float64Array) -> tuple[int, bytes]:
    bits = value_N.view(np.int64)
    if (bits == bits[0]).all():
        return _SAME, _VALUE.pack(value_N[0])
    with np.errstate(over="ignore", invalid="ignore"):
        single = value_N.astype("<f4")
        exact = ((single == value_N) | np.isnan(value_N)).all()
    return (_SINGLE, single.tobytes()) if exact else (_DOUBLE, value_N.astype("<f8").tobytes())
