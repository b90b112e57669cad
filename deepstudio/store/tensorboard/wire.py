"""The wire format of protocol buffers: enough to read and write TensorBoard's events. Any thread.

https://protobuf.dev/programming-guides/encoding. Unknown fields are walked over; groups (wire types 3 and 4), which no
event uses, and anything cut short raise `WireError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5

_UINT64 = (1 << 64) - 1


class WireError(ValueError):
    """The bytes are no protocol buffer message."""


def read_varint(data: memoryview | bytes, position: int) -> tuple[int, int]:
    """Return the unsigned number at `position` and the position after it."""
    result = shift = 0
    try:
        while True:
            byte = data[position]
            position += 1
            result |= (byte & 0x7F) << shift
            if byte < 0x80:
                return result & _UINT64, position
            shift += 7
            if shift > 63:
                raise WireError("a number is longer than ten bytes")
    except IndexError:
        raise WireError("the message is cut short") from None


def spans(data: memoryview | bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield (field number, wire type, start, end) of each field; a varint's span holds its bytes."""
    position, end = 0, len(data)
    while position < end:
        key, position = read_varint(data, position)
        wire = key & 7
        if wire == VARINT:
            start = position
            _, position = read_varint(data, position)
        elif wire == BYTES:
            size, start = read_varint(data, position)
            position = start + size
        elif wire in (FIXED64, FIXED32):
            start = position
            position = start + (8 if wire == FIXED64 else 4)
        else:
            raise WireError(f"wire type {wire} is unknown")
        if position > end:
            raise WireError("the message is cut short")
        yield key >> 3, wire, start, position


def fields(data: memoryview) -> Iterator[tuple[int, int, int | memoryview]]:
    """Yield (field number, wire type, value): an unsigned int for varints, else the field's bytes."""
    for number, wire, start, end in spans(data):
        yield number, wire, read_varint(data, start)[0] if wire == VARINT else data[start:end]


def signed(value: int) -> int:
    """Return a varint read as int32, int64 or enum."""
    return value - (1 << 64) if value >= 1 << 63 else value


def double(value: int | memoryview) -> float:
    """Return a field of type double."""
    return float(struct.unpack("<d", _bytes(value, 8))[0])


def single(value: int | memoryview) -> float:
    """Return a field of type float."""
    return float(struct.unpack("<f", _bytes(value, 4))[0])


def text(value: int | memoryview) -> str:
    """Return a field of type string; bytes that are not UTF-8 become replacement characters."""
    return str(_bytes(value), "utf-8", "replace")


def blob(value: int | memoryview) -> memoryview:
    """Return a field of type bytes or message."""
    return _bytes(value)


def fixed_array(value: int | memoryview, dtype: str) -> NDArray[np.generic]:
    """Return a repeated field of floats or doubles, packed or one element of it."""
    raw = _bytes(value)
    if len(raw) % np.dtype(dtype).itemsize:
        raise WireError("a packed field is cut short")
    return np.frombuffer(raw, dtype=dtype)


def varint_array(value: int | memoryview) -> list[int]:
    """Return a repeated field of varints, packed or one element of it, unsigned."""
    if isinstance(value, int):
        return [value]
    numbers, position = [], 0
    while position < len(value):
        number, position = read_varint(value, position)
        numbers.append(number)
    return numbers


def _bytes(value: int | memoryview, size: int | None = None) -> memoryview:
    if isinstance(value, int) or (size is not None and len(value) != size):
        raise WireError("a field has another type than it should")
    return value


def varint(number: int) -> bytes:
    """Return `number` (negative ones as int64) as a varint."""
    number &= _UINT64
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def put_int(number: int, value: int) -> bytes:
    """Return an int, enum or bool field."""
    return varint(number << 3 | VARINT) + varint(value)


def put_double(number: int, value: float) -> bytes:
    """Return a double field."""
    return varint(number << 3 | FIXED64) + struct.pack("<d", value)


def put_single(number: int, value: float) -> bytes:
    """Return a float field."""
    return varint(number << 3 | FIXED32) + struct.pack("<f", value)


def put_bytes(number: int, value: bytes | str) -> bytes:
    """Return a bytes, string or message field."""
    raw = value.encode("utf-8") if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(raw)) + raw
