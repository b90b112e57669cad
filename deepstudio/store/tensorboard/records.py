"""TFRecord framing: bytes of a growing file in, checked records out.

A record is its length (uint64), the masked CRC-32C of the length, its bytes, and their masked CRC-32C, all in
little-endian order. A record cut short at the end is kept until the rest arrives. A record with a wrong CRC is left
out and reported; where a length is wrong, the next place whose length has its CRC is searched.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from deepstudio.store.tensorboard.crc32c import crc32c, crc32c_rows, masked, masked_crc32c

_LENGTH = struct.Struct("<Q")
_HEADER = 12
_FRAME = 16
_LONG = 1024  # records from this length on are checked one by one
_SEARCH = 1 << 20

Bytes = NDArray[np.uint8]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch of a file that could not be used: position in the (uncompressed) file and length, in bytes."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All records of one length: `rows` uint8 [n, length], `order` int64 [n] their places in the block."""

    rows: Bytes
    order: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The records that became whole with one piece of a file. Long ones come singly, in `long`, as (place, bytes)."""

    count: int = 0
    groups: tuple[Group, ...] = ()
    long: tuple[tuple[int, memoryview], ...] = ()
    damages: tuple[Damage, ...] = field(default=())


class RecordSplitter:
    """Cuts one file into records. Feed it the file's bytes in order. One thread at a time."""

    def __init__(self) -> None:
        self._rest = b""
        self._offset = 0  # of the first byte of `_rest` in the file

    @property
    def waiting(self) -> int:
        """Return how many bytes wait for the rest of their record."""
        return len(self._rest)

    def feed(self, piece: bytes) -> Block:
        """Return the records that are whole with `piece`."""
        data = self._rest + piece if self._rest else piece
        starts, lengths, used, damages = _split(data, self._offset)
        self._rest = data[used:]
        base, self._offset = self._offset, self._offset + used
        return _checked(np.frombuffer(data, dtype=np.uint8), starts, lengths, damages, base)


def frame(record: bytes) -> bytes:
    """Return `record` as it stands in a file."""
    length = _LENGTH.pack(len(record))
    return b"".join(
        (length, struct.pack("<I", masked_crc32c(length)), record, struct.pack("<I", masked_crc32c(record)))
    )


def _split(data: bytes, base: int) -> tuple[Indices, Indices, int, list[Damage]]:
    """Return starts and lengths of the whole records, how many bytes are done with, and what was damaged."""
    starts: list[int] = []
    lengths: list[int] = []
    damages: list[Damage] = []
    position, end, unpack = 0, len(data), _LENGTH.unpack_from
    checked = 0
    while True:
        while position + _FRAME <= end:
            (length,) = unpack(data, position)
            following = position + _FRAME + length
            if following > end:
                break
            starts.append(position + _HEADER)
            lengths.append(length)
            position = following
        wrong = _first_wrong_header(data, starts, checked)
        if wrong is not None:
            position = starts[wrong] - _HEADER
            del starts[wrong:], lengths[wrong:]
        elif position + _HEADER > end or _header_is_right(data, position):
            break  # the rest of a record is still to come
        if not data[position:].strip(b"\0"):
            break  # zeros are what some file systems show until the bytes are there
        found = _next_header(data, position + 1)
        damages.append(Damage(offset=base + position, length=found - position))
        position, checked = found, len(starts)
    return np.array(starts, dtype=np.int64), np.array(lengths, dtype=np.int64), position, damages


def _first_wrong_header(data: bytes, starts: list[int], checked: int) -> int | None:
    if checked == len(starts):
        return None
    at = np.array(starts[checked:], dtype=np.int64) - _HEADER
    headers = sliding_window_view(np.frombuffer(data, dtype=np.uint8), _HEADER)[at]
    right = _right_headers(headers)
    return None if right.all() else checked + int(np.argmin(right))


def _right_headers(headers: Bytes) -> NDArray[np.bool_]:
    stored = np.ascontiguousarray(headers[:, 8:]).view("<u4")[:, 0]
    return masked(crc32c_rows(headers[:, :8])) == stored


def _header_is_right(data: bytes, position: int) -> bool:
    header = np.frombuffer(data, dtype=np.uint8, count=_HEADER, offset=position)
    return bool(_right_headers(header[None, :])[0])


def _next_header(data: bytes, position: int) -> int:
    """Return where the next right header begins, or where to look on once more bytes have come."""
    last = len(data) - _HEADER
    raw = np.frombuffer(data, dtype=np.uint8)
    while position <= last:
        stop = min(position + _SEARCH, last + 1)
        windows = sliding_window_view(raw[position : stop + _HEADER - 1], _HEADER)
        # Records of 16 MB and more are so rare that it pays to look only where the upper bytes are 0.
        candidates = np.flatnonzero((windows[:, 4] | windows[:, 5] | windows[:, 6] | windows[:, 7]) == 0)
        right = candidates[_right_headers(windows[candidates])] if candidates.size else candidates
        if right.size:
            return position + int(right[0])
        position = stop
    return max(position, last + 1)


def _checked(raw: Bytes, starts: Indices, lengths: Indices, damages: list[Damage], base: int) -> Block:
    groups: list[Group] = []
    long: list[tuple[int, memoryview]] = []
    for length in np.unique(lengths).tolist():
        order = np.flatnonzero(lengths == length)
        if length < _LONG:
            windows = sliding_window_view(raw, length + 4)[starts[order]]
            rows = windows[:, :length]
            stored = np.ascontiguousarray(windows[:, length:]).view("<u4")[:, 0]
            right = masked(crc32c_rows(rows)) == stored
            if right.any():
                groups.append(Group(rows=rows if right.all() else rows[right], order=order[right]))
        else:
            right = np.array([_is_right(raw, int(starts[place]), length) for place in order], dtype=bool)
            for place in order[right].tolist():
                long.append((place, raw[starts[place] : starts[place] + length].data))
        damages.extend(
            Damage(offset=base + int(starts[place]) - _HEADER, length=length + _FRAME) for place in order[~right]
        )
    damages.sort(key=lambda damage: damage.offset)
    return Block(count=len(starts), groups=tuple(groups), long=tuple(long), damages=tuple(damages))


def _is_right(raw: Bytes, start: int, length: int) -> bool:
    stored = int(raw[start + length : start + length + 4].view("<u4")[0])
    return int(masked(np.array([crc32c(raw[start : start + length])], dtype=np.uint32))[0]) == stored
