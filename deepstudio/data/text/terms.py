"""Sums of words as people write them. Any thread."""

from __future__ import annotations

import re

_TERM = re.compile(r"(?:^|(?<=\s)|(?<=[+−–-]))\s*([+−–-])?\s*([^\s+]+)")


def parse_terms(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words to add and those to take off: "king - man + woman" gives (king, woman), (man,).

    A hyphen within a word is part of it.
    """
    plus: list[str] = []
    minus: list[str] = []
    for sign, word in _TERM.findall(query):
        if word not in "+−–-":
            (minus if sign and sign in "−–-" else plus).append(word)
    return tuple(plus), tuple(minus)
