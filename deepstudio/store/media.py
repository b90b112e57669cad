"""Arrays and their description in one payload of bytes: histograms, sample grids, confusion matrices.

The form is a length, a JSON header, and the raw arrays: quick, and nothing in it can run code. Any thread.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_MAGIC = b"DSA1"
_LENGTH = struct.Struct("<I")
_KINDS = "biuf"
"""Bytes, whole and real numbers; no objects."""
_WORTH_PACKING = 4096


def pack(arrays: Mapping[str, np.ndarray], meta: Mapping[str, Any] | None = None) -> bytes:
    """Return `arrays` (of numbers, any shape) and `meta` (JSON) as bytes. Raises TypeError for arrays of objects."""
    described, parts = [], []
    for name, array in arrays.items():
        array = np.asarray(array, order="C")
        if array.dtype.kind not in _KINDS:
            raise TypeError(f"{name} holds {array.dtype}, not numbers")
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        data = array.tobytes()
        small = zlib.compress(data, 1) if len(data) >= _WORTH_PACKING else data
        packed = len(small) < len(data)
        parts.append(small if packed else data)
        described.append([name, array.dtype.str, list(array.shape), len(parts[-1]), packed])
    header = json.dumps({"arrays": described, "meta": dict(meta or {})}, ensure_ascii=False).encode()
    return b"".join((_MAGIC, _LENGTH.pack(len(header)), header, *parts))


def unpack(payload: bytes) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Return the arrays (read-only) and the description. Raises InputError if the payload is damaged."""
    try:
        if payload[:4] != _MAGIC:
            raise ValueError("magic")
        (length,) = _LENGTH.unpack_from(payload, 4)
        offset = 8 + length
        header = json.loads(payload[8:offset])
        arrays = {}
        for name, dtype, shape, size, packed in header["arrays"]:
            data = payload[offset : offset + size]
            offset += size
            array = np.frombuffer(zlib.decompress(data) if packed else data, np.dtype(dtype)).reshape(shape)
            array.flags.writeable = False
            arrays[name] = array
        return arrays, header["meta"]
    except (ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "A stored record of the run is damaged.")) from error


def pack_payload(payload: Mapping[str, Any]) -> bytes:
    """Return the payload of a `Media` message (arrays, texts and tuples of texts by name) as bytes."""
    arrays = {name: value for name, value in payload.items() if isinstance(value, (np.ndarray, np.generic))}
    return pack(
        {name: np.asarray(value) for name, value in arrays.items()},
        {name: value for name, value in payload.items() if name not in arrays},
    )


def unpack_payload(payload: bytes) -> dict[str, Any]:
    """Return what `pack_payload` was given: lists come back as tuples. Raises InputError if it is damaged."""
    arrays, meta = unpack(payload)
    texts = {name: tuple(value) if isinstance(value, list) else value for name, value in meta.items()}
    return {**arrays, **texts}
