"""Words as a tagger sees them: where they lie in a text, and the letters in them as numbers. Any thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from deepstudio.core.text_input import CHARACTER_CODES

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\b(?:St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|Gen|Col|Capt|Lt|Sgt|Rev|Mt|Ft|No|vs|Inc|Ltd|Co|Corp)\."
    r"|\w[\w\u0300-\u036f]*(?:[-'’&]\w[\w\u0300-\u036f]*)*"  # accents may be characters of their own
    r"|(?:https?://|www\.)\S+"
    r"|[^\w\s]",
)
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?\w)|\n\s*\n|\n")
_ABBREVIATED = re.compile(r"(?:\b(?:St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|Gen|Col|Capt|Lt|Sgt|Rev|Mt|Ft|No|vs)|\b\w)\.$")


def split_words(text: str) -> list[tuple[int, int]]:
    """Return start and end of each word and sign in `text`."""
    return [match.span() for match in _WORD.finditer(text)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence in `text`: after . ! ? and at line ends; abbreviations don't end one."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _BREAK.finditer(text):
        piece = text[begin : match.start()]
        if "\n" not in match.group() and _ABBREVIATED.search(piece[-12:]):
            continue
        if piece.strip():
            spans.append((begin, match.start()))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


def character_codes(words: Sequence[str], most: int) -> np.ndarray:
    """Return codes int64 [words, most] of the first half and the last half of each word's letters, padded with 0."""
    codes = np.zeros((len(words), most), np.int64)
    for row, word in enumerate(words):
        shown = word if len(word) <= most else word[: most // 2] + word[len(word) - (most - most // 2) :]
        codes[row, : len(shown)] = [code_of(character) for character in shown]
    return codes


def code_of(character: str) -> int:
    """Return the number of a character, 1 to CHARACTER_CODES - 1."""
    code = ord(character)
    return max(code, 1) if code < 256 else 256 + code % (CHARACTER_CODES - 256)


def folded(words: Iterable[str]) -> list[str]:
    """Return words as a tagger's vocabulary has them: small letters, every digit 0."""
    return [re.sub(r"\d", "0", word.lower()) for word in words]
