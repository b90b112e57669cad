"""Words of labels as rows of a table of word vectors: numbers spelled out, unseen words by their spelling.

Torch-free, any thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LEAST_ALIKE = 0.45
_NEIGHBOURS = 3


def split_words(text: str) -> list[str]:
    """Return the words of a label, lower case, numbers up to 999 spelled out, digit by digit beyond."""
    found: list[str] = []
    for token in _TOKEN.findall(text.lower()):
        found.extend(_spelled(token) if token.isdigit() else [token])
    return found


def _spelled(digits: str) -> list[str]:
    if len(digits) > 3:
        return [_ONES[int(digit)] for digit in digits]
    number = int(digits)
    words = [_ONES[number // 100], "hundred"] if number >= 100 else []
    rest = number % 100
    if rest >= 20:
        words.append(_TENS[rest // 10 - 2])
        rest %= 10
        return [*words, _ONES[rest]] if rest else words
    return [*words, _ONES[rest]] if rest or not words else words


def words_of(phrases: Iterable[str]) -> list[str]:
    """Return every word of the phrases once."""
    return list(dict.fromkeys(word for phrase in phrases for word in split_words(phrase)))


class WordTable:
    """The words that have a vector, most frequent first."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._places = {word: place for place, word in enumerate(self.words)}
        self._pieces: dict[str, list[int]] | None = None
        self._sizes: list[int] = []
        self._near = lru_cache(maxsize=512)(self._look_near)

    def __len__(self) -> int:
        return len(self.words)

    def rows(self, text: str) -> list[list[tuple[int, float]]]:
        """Return, for each word of `text` that can be understood, rows of the table with weights that sum to 1.

        A word that has no row of its own takes those that are spelled most alike; one like no other is left out.
        """
        found = [self._rows_of(word) for word in split_words(text)]
        return [rows for rows in found if rows]

    def knows(self, text: str) -> bool:
        """Return whether every word of `text` has a row or a neighbour."""
        words = split_words(text)
        return bool(words) and all(self._rows_of(word) for word in words)

    def _rows_of(self, word: str) -> list[tuple[int, float]]:
        place = self._places.get(word)
        return [(place, 1.0)] if place is not None else self._near(word)

    def _look_near(self, word: str) -> list[tuple[int, float]]:
        """Return the words whose three-letter pieces are most like those of `word` (Dice's coefficient)."""
        if self._pieces is None:
            self._index()
        assert self._pieces is not None
        pieces = _pieces(word)
        shared: dict[int, int] = {}
        for piece in pieces:
            for place in self._pieces.get(piece, ()):
                shared[place] = shared.get(place, 0) + 1
        alike = [(2 * count / (len(pieces) + self._sizes[place]), place) for place, count in shared.items()]
        best = sorted((pair for pair in alike if pair[0] >= _LEAST_ALIKE), key=lambda pair: (-pair[0], pair[1]))
        chosen = best[:_NEIGHBOURS]
        total = sum(score**4 for score, _ in chosen)
        return [(place, score**4 / total) for score, place in chosen]

    def _index(self) -> None:
        self._pieces = {}
        self._sizes = []
        for place, word in enumerate(self.words):
            pieces = _pieces(word)
            self._sizes.append(len(pieces))
            for piece in pieces:
                self._pieces.setdefault(piece, []).append(place)


def _pieces(word: str) -> set[str]:
    framed = f"<{word}>"
    return {framed[at : at + 3] for at in range(max(len(framed) - 2, 1))}
