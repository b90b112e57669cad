"""Characters of a Python string and places in a Qt document, which counts in UTF-16. No widgets."""

from __future__ import annotations

from collections.abc import Iterator

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
