"""Histograms and pictures as the store keeps them. The background thread's work."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from deepstudio.monitor.values import array


def histogram(values: Any, bins: int) -> bytes | None:
    """Return packed edges [B + 1] and counts [B] of the finite values, and how many were not; None if none is."""
    import numpy as np

    from deepstudio.store.media import pack

    flat = array(values).astype(np.float64).ravel()
    finite = flat[np.isfinite(flat)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    if low == high:
        edges, counts = np.array([low, high]), np.array([finite.size])
    else:
        counts, edges = np.histogram(finite, bins=bins, range=(low, high))
    missing = np.array(flat.size - finite.size, dtype=np.int64)
    return pack({"edges": edges, "counts": counts.astype(np.float64), "non_finite": missing})


def image(value: Any) -> bytes:
    """Return a picture as an encoded file: a path, bytes, a PIL image, or H x W, H x W x C or C x H x W numbers.

    Numbers are 0 to 255 if they are whole, else 0 to 1. Raises ValueError, OSError, TypeError.
    """
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, (str, Path)):
        return Path(value).read_bytes()
    from PIL import Image

    picture = value if isinstance(value, Image.Image) else Image.fromarray(_pixels(array(value)))
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _pixels(values: Any) -> Any:
    """Return uint8 [H, W], [H, W, 3] or [H, W, 4]."""
    import numpy as np

    if values.ndim == 4 and values.shape[0] == 1:
        values = values[0]
    if values.ndim == 3 and values.shape[0] in (1, 3, 4) and values.shape[-1] not in (1, 3, 4):
        values = np.moveaxis(values, 0, -1)
    if values.ndim == 3 and values.shape[-1] == 1:
        values = values[..., 0]
    if values.ndim not in (2, 3) or (values.ndim == 3 and values.shape[-1] not in (3, 4)):
        raise ValueError(f"an array of shape {values.shape} is no picture")
    if values.dtype == bool:
        return values.astype(np.uint8) * 255
    if values.dtype.kind == "f":
        values = np.nan_to_num(values) * 255
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
