"""Characters of a Python string and places in a Qt document, which counts in UTF-16. No widgets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def qt_places(text: str) -> NDArray[np.int64] | None:
    """Return where each character (and the end) lies in UTF-16, shape (characters + 1,); None where it is the same."""
    if text.isascii():
        return None
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    wide = codes > 0xFFFF
    if not wide.any():
        return None
    places = np.arange(len(codes) + 1)
    places[1:] += np.cumsum(wide)
    return places


def to_qt(text: str, offsets: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return `offsets` (N, 2) of characters of `text` as places in a Qt document."""
    places = qt_places(text)
    return offsets.astype(np.int64) if places is None else places[offsets]
