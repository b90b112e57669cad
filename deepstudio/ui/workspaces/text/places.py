"""Characters of a Python string and places in a Qt document, which counts in UTF-16. No widgets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def counted_twice(text: str) -> NDArray[np.int64]:
    """Return the places in `text`, rising, of the characters that Qt counts as two: those beyond U+FFFF."""
    if text.isascii():
        return np.zeros(0, np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.flatnonzero(codes > 0xFFFF)


def to_qt(text: str, offsets: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return `offsets` (N, 2) of characters of `text` as places in a Qt document."""
    return offsets + np.searchsorted(counted_twice(text), offsets)


def break_lines(text: str, longest: int) -> str:
    """Return `text` with lines of more than `longest` characters broken at a space where there is one.

    A space becomes the line end, so that places stay; a stretch without spaces gets one more character.
    """
    if all(len(line) <= longest for line in text.split("\n")):
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, longest))


def _pieces(line: str, longest: int) -> Iterator[str]:
    start = 0
    while len(line) - start > longest:
        space = line.rfind(" ", start + longest // 2, start + longest)
        end = space if space > 0 else start + longest
        yield line[start:end]
        start = end + (space > 0)
    yield line[start:]
