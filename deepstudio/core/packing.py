"""Integer tables as compressed bytes, for files that must stay small. numpy alone; any thread."""

from __future__ import annotations

import json
import lzma
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.errors import ModelFileError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_HEADER = 64


def packed(array: NDArray[Any]) -> NDArray[np.uint8]:
    """Return an integer array as the bytes of an xz stream: dtype, then the bytes of each significance together."""
    flat = np.ascontiguousarray(array).reshape(-1)
    planes = flat.view(np.uint8).reshape(-1, flat.itemsize).T
    header = json.dumps({"dtype": flat.dtype.str, "size": len(flat)}).encode().ljust(_HEADER)
    return np.frombuffer(header + lzma.compress(planes.tobytes(), preset=9), np.uint8)


def unpacked(stream: NDArray[np.uint8], *, most: int = 2**28) -> NDArray[Any]:
    """Return what `packed` took. Raises ModelFileError for a stream that is damaged or larger than `most` bytes."""
    try:
        header = json.loads(bytes(stream[:_HEADER]))
        dtype, size = np.dtype(header["dtype"]), int(header["size"])
        if not 0 <= size * dtype.itemsize <= most or dtype.kind not in "iu":
            raise ValueError(size)
        content = lzma.LZMADecompressor(memlimit=2**28).decompress(bytes(stream[_HEADER:]), size * dtype.itemsize)
        planes = np.frombuffer(content, np.uint8).reshape(dtype.itemsize, size)
    except (ValueError, KeyError, TypeError, lzma.LZMAError) as error:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "A packed table in a model file is damaged.")) from error
    whole: NDArray[Any] = np.ascontiguousarray(planes.T).view(dtype).reshape(-1)
    return whole
