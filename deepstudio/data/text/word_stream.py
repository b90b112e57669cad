"""Running text as one row of words, for learning from text without labels. Any thread.

Each form (a word as it is written) is kept once, with its number in the vocabulary and its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.tables import read_table, texts_of
from deepstudio.data.text.words import split_words

_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStream:
    """`row` int32 [words] counts into `forms`."""

    row: np.ndarray
    forms: tuple[str, ...]


def read_texts(path: Path, columns: Sequence[str] = ()) -> list[str]:
    """Return the texts of a table, or the paragraphs of a plain file."""
    if path.suffix.lower() in _TABLES:
        return texts_of(read_table(path), columns)
    return [line for line in read_text(path).text.split("\n") if line.strip()]


def word_stream(texts: Iterable[str], most_words: int) -> WordStream:
    """Return the words of `texts` in a row, at most so many."""
    places: dict[str, int] = {}
    row = np.fromiter((places.setdefault(word, len(places)) for word in _words(texts, most_words)), np.int32, count=-1)
    return WordStream(row=row, forms=tuple(places))


def _words(texts: Iterable[str], most: int) -> Iterator[str]:
    left = most
    for text in texts:
        spans = split_words(text)[:left]
        left -= len(spans)
        yield from (text[begin:end] for begin, end in spans)
        if left <= 0:
            return
