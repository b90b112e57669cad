"""TensorFlow's TensorProto, as a numpy array or as byte strings. Any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.store.tensorboard import wire
from deepstudio.store.tensorboard.wire import WireError

FLOAT, DOUBLE, STRING = 1, 2, 7
_BFLOAT16, _HALF, _BOOL = 14, 19, 10
_STORED = {  # the type in `tensor_content`
    1: "<f4", 2: "<f8", 3: "<i4", 4: "u1", 5: "<i2", 6: "i1", 8: "<c8", 9: "<i8", 10: "?",
    14: "<u2", 17: "<u2", 18: "<c16", 19: "<f2", 22: "<u4", 23: "<u8",
}  # fmt: skip
_FIXED = {5: "<f4", 6: "<f8", 9: "<f4", 12: "<f8"}  # fields of floats: float, double, complex64, complex128
_VARINTS = (7, 10, 11, 13, 16, 17)  # fields of int, int64, bool, half, uint32, uint64
_MOST_ELEMENTS = 1 << 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """`numbers` (bfloat16 as float32), or `strings` in row-major order. `shape` holds for both."""

    shape: tuple[int, ...]
    numbers: NDArray[np.generic] | None = None
    strings: tuple[bytes, ...] = ()


def decode_tensor(data: memoryview) -> Tensor:
    """Return the tensor of a TensorProto. Raises WireError if it is damaged or of a type that summaries never have."""
    dtype, content = 0, None
    shape: tuple[int, ...] = ()
    parts: list[NDArray[np.generic]] = []
    integers: list[int] = []
    strings: list[bytes] = []
    for number, _, value in wire.fields(data):
        if number == 1 and isinstance(value, int):
            dtype = value
        elif number == 2:
            shape = _shape(wire.blob(value))
        elif number == 4:
            content = wire.blob(value)
        elif number in _FIXED:
            parts.append(wire.fixed_array(value, _FIXED[number]))
        elif number in _VARINTS:
            integers.extend(wire.varint_array(value))
        elif number == 8:
            strings.append(bytes(wire.blob(value)))
    count = math.prod(shape)
    if count > _MOST_ELEMENTS:
        raise WireError("a tensor is too large")
    if dtype == STRING:
        return Tensor(shape=shape, strings=tuple(_filled_strings(strings, count)))
    if dtype not in _STORED:
        raise WireError(f"tensors of type {dtype} are not known")
    if content is not None and len(content):
        flat = wire.fixed_array(content, _STORED[dtype])
    elif parts:
        flat = np.concatenate(parts)
        flat = flat.view(_STORED[dtype]) if dtype in (8, 18) else flat
    else:
        flat = _from_integers(integers, dtype)
    return Tensor(shape=shape, numbers=_widened(_filled(flat, count), dtype).reshape(shape))


def _shape(data: memoryview) -> tuple[int, ...]:
    sizes = []
    for number, _, value in wire.fields(data):
        if number == 2:
            inner = {key: size for key, _, size in wire.fields(wire.blob(value))}
            size = inner.get(1, 0)
            sizes.append(wire.signed(size) if isinstance(size, int) else -1)
        elif number == 3 and value:
            raise WireError("a tensor has no shape")
    if any(size < 0 for size in sizes):
        raise WireError("a tensor has no shape")
    return tuple(sizes)


def _from_integers(integers: list[int], dtype: int) -> NDArray[np.generic]:
    unsigned = np.array(integers, dtype=np.uint64)
    if dtype in (_HALF, _BFLOAT16):
        return unsigned.astype("<u2").view(_STORED[dtype])
    return unsigned.view(np.int64).astype(_STORED[dtype])


def _widened(flat: NDArray[np.generic], dtype: int) -> NDArray[np.generic]:
    if dtype != _BFLOAT16:
        return flat
    return (flat.astype(np.uint32) << np.uint32(16)).view(np.float32)


def _filled(flat: NDArray[np.generic], count: int) -> NDArray[np.generic]:
    """Return exactly `count` elements: a tensor may store fewer and mean that the last goes on to the end."""
    if flat.size == count:
        return flat
    if flat.size > count:
        raise WireError("a tensor has more elements than its shape")
    last = flat[-1] if flat.size else flat.dtype.type(0)
    return np.concatenate([flat, np.full(count - flat.size, last, dtype=flat.dtype)])


def _filled_strings(strings: list[bytes], count: int) -> list[bytes]:
    if len(strings) > count:
        raise WireError("a tensor has more elements than its shape")
    last = strings[-1] if strings else b""
    return strings + [last] * (count - len(strings))
