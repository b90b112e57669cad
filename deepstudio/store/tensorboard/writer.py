"""Event files written: what TensorBoard's own readers read. Whole curves at once, in numpy. One thread at a time.

Numbers go out as `simple_value`, float32: TensorBoard's data server shows no others. Other exports keep float64.
"""

from __future__ import annotations

from typing import IO

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.crc32c import crc32c_rows, masked
from deepstudio.store.tensorboard.records import frame
from deepstudio.store.tensorboard.tensors import STRING

_VERSION = "brain.Event:2"


class EventWriter:
    """Appends events to `stream`, which the caller opens (binary) and closes."""

    def __init__(self, stream: IO[bytes], *, wall: float) -> None:
        self._stream = stream
        self._stream.write(frame(wire.put_double(1, wall) + wire.put_bytes(3, _VERSION)))

    def scalars(
        self, tag: str, steps: NDArray[np.int64], walls: NDArray[np.float64], values: NDArray[np.float64]
    ) -> None:
        """Append a curve: arrays of one length; walls in seconds since the epoch."""
        before = wire.put_bytes(1, tag) + b"\x15"
        with np.errstate(over="ignore", under="ignore"):
            value = values.astype("<f4")
        for first in range(0, len(steps), 1 << 16):
            part = slice(first, first + (1 << 16))
            self._stream.write(_records(before, steps[part], walls[part], value[part]))

    def histogram(
        self, tag: str, step: int, wall: float, edges: NDArray[np.float64], counts: NDArray[np.float64]
    ) -> None:
        """Append a histogram of `counts` [B] between `edges` [B + 1]."""
        middles = (edges[1:] + edges[:-1]) / 2
        total, sums, squares = counts.sum(), (counts * middles).sum(), (counts * middles**2).sum()
        content = b"".join(
            wire.put_double(number, float(value))
            for number, value in enumerate((edges[0], edges[-1], total, sums, squares), start=1)
        )
        content += wire.put_bytes(6, edges[1:].astype("<f8").tobytes())
        content += wire.put_bytes(7, counts.astype("<f8").tobytes())
        self._value(step, wall, wire.put_bytes(1, tag) + wire.put_bytes(5, content))

    def image(self, tag: str, step: int, wall: float, encoded: bytes, size: tuple[int, int]) -> None:
        """Append an encoded picture of width and height `size`."""
        content = wire.put_int(1, size[1]) + wire.put_int(2, size[0]) + wire.put_int(3, 3) + wire.put_bytes(4, encoded)
        self._value(step, wall, wire.put_bytes(1, tag) + wire.put_bytes(4, content))

    def audio(self, tag: str, step: int, wall: float, encoded: bytes, *, rate: int, channels: int, frames: int) -> None:
        """Append a WAV file."""
        content = wire.put_single(1, rate) + wire.put_int(2, channels) + wire.put_int(3, frames)
        content += wire.put_bytes(4, encoded) + wire.put_bytes(5, "audio/wav")
        self._value(step, wall, wire.put_bytes(1, tag) + wire.put_bytes(6, content))

    def text(self, tag: str, step: int, wall: float, text: str) -> None:
        """Append a text (Markdown)."""
        tensor = wire.put_int(1, STRING) + wire.put_bytes(2, b"") + wire.put_bytes(8, text)
        value = wire.put_bytes(1, tag) + wire.put_bytes(8, tensor) + wire.put_bytes(9, _plugin("text"))
        self._value(step, wall, value)

    def metadata(self, tag: str, wall: float, plugin: str, content: bytes) -> None:
        """Append a summary that is all metadata, as the hparams plugin has them."""
        tensor = wire.put_int(1, 1) + wire.put_bytes(2, wire.put_bytes(2, b""))  # of no elements
        value = wire.put_bytes(1, tag) + wire.put_bytes(8, tensor) + wire.put_bytes(9, _plugin(plugin, content))
        self._value(0, wall, value)

    def _value(self, step: int, wall: float, value: bytes) -> None:
        event = wire.put_double(1, wall) + wire.put_int(2, step) + wire.put_bytes(5, wire.put_bytes(1, value))
        self._stream.write(frame(event))


def _plugin(name: str, content: bytes = b"") -> bytes:
    inner = wire.put_bytes(1, name) + (wire.put_bytes(2, content) if content else b"")
    return wire.put_bytes(1, inner)


def _records(
    before: bytes, steps: NDArray[np.int64], walls: NDArray[np.float64], values: NDArray[np.floating]
) -> bytes:
    """Return framed events with one value each, which ends the event; `before` stands before it in the summary."""
    size = len(before) + values.itemsize
    summary = b"\x2a" + wire.varint(1 + len(wire.varint(size)) + size) + b"\x0a" + wire.varint(size) + before
    numbers = steps.astype(np.int64).view(np.uint64)
    step_bytes = _varint_sizes(numbers)
    fixed = 10 + len(summary) + values.itemsize
    lengths = fixed + step_bytes
    ends = np.cumsum(lengths + 16)
    out = np.zeros(int(ends[-1]), dtype=np.uint8)
    for count in np.unique(step_bytes).tolist():
        rows = np.flatnonzero(step_bytes == count)
        length = fixed + count
        body = np.zeros((len(rows), length), dtype=np.uint8)
        body[:, 0] = 0x09
        body[:, 1:9] = _raw(walls[rows].astype("<f8"))
        body[:, 9] = 0x10
        for place in range(count):
            more = 0x80 if place < count - 1 else 0
            body[:, 10 + place] = ((numbers[rows] >> np.uint64(7 * place)) & np.uint64(0x7F)).astype(np.uint8) | more
        at = 10 + count
        body[:, at : at + len(summary)] = np.frombuffer(summary, dtype=np.uint8)
        at += len(summary)
        body[:, at:] = _raw(values[rows])
        header = np.frombuffer(frame(b"\0" * length)[:12], dtype=np.uint8)
        framed = np.empty((len(rows), length + 16), dtype=np.uint8)
        framed[:, :12] = header
        framed[:, 12:-4] = body
        framed[:, -4:] = _raw(masked(crc32c_rows(body)).astype("<u4"))
        sliding_window_view(out, length + 16, writeable=True)[ends[rows] - (length + 16)] = framed
    return out.tobytes()


def _varint_sizes(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    sizes = np.ones(len(numbers), dtype=np.int64)
    for shift in range(7, 64, 7):
        sizes += numbers >= np.uint64(1 << shift)
    return sizes


def _raw(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), values.itemsize)
