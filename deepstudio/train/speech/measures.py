"""Error rates of recognition. Any thread."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray


def edit_distance(found: Sequence[Hashable], truth: Sequence[Hashable]) -> int:
    """Return the fewest insertions, deletions and substitutions between two sequences (Levenshtein)."""
    numbers: dict[Hashable, int] = {}
    a = np.array([numbers.setdefault(item, len(numbers)) for item in found], np.int64)
    b = np.array([numbers.setdefault(item, len(numbers)) for item in truth], np.int64)
    offsets = np.arange(len(b) + 1)
    row = offsets.copy()
    for item in a:
        change = np.minimum(row[:-1] + (b != item), row[1:] + 1)
        candidates = np.concatenate([[row[0] + 1], change])
        row = np.minimum.accumulate(candidates - offsets) + offsets  # insertions, all at once
    return int(row[-1])


def greedy(logits_UK: NDArray[np.float32]) -> list[int]:
    """Return the most likely symbol of each output, repetitions and blanks (0) taken out."""
    best = logits_UK.argmax(axis=1)
    fresh = np.concatenate([[True], best[1:] != best[:-1]])
    return [int(symbol) for symbol in best[fresh] if symbol]


def normalised_text(text: str) -> str:
    """Return text as it is compared: lower case, letters, digits and apostrophes, single spaces."""
    kept = [letter if letter.isalnum() or letter == "'" else " " for letter in text.lower().replace("’", "'")]
    return " ".join("".join(kept).split())
