"""Words and their vectors: what lies near, and sums of words. Torch-free, any thread.

Shapes: N words, E embedding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deepstudio.core.text_input import SPECIAL_TOKENS

_PIECE = "▁"  # as `data.text.tokens.WORD_BEGINS`


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """Words (no pieces of words, most frequent first) and their vectors of length 1, float32 [N, E]."""

    words: tuple[str, ...]
    places: dict[str, int]
    vectors: np.ndarray

    def nearest(self, plus: Sequence[int], minus: Sequence[int], count: int) -> list[tuple[int, float]]:
        """Return places and cosines of the words nearest to plus minus minus, those asked about left out.

        Cosines are multiplied by signs and added (3CosAdd: Levy and Goldberg 2014).
        """
        target_E = self.vectors[list(plus)].sum(axis=0) - self.vectors[list(minus)].sum(axis=0)
        cosine_N = self.vectors @ (target_E / max(float(np.linalg.norm(target_E)), 1e-9))
        cosine_N[[*plus, *minus]] = -np.inf
        best = np.argsort(-cosine_N)[:count]
        return [(int(place), float(cosine_N[place])) for place in best if cosine_N[place] > -np.inf]


def word_vectors(tokens: Sequence[str], table_VE: np.ndarray) -> WordVectors:
    """Return the whole words among the tokens of a vocabulary, the common mean taken off their vectors, of length 1."""
    pieces = any(token.startswith(_PIECE) for token in tokens)
    words: dict[str, int] = {}
    for number, token in enumerate(tokens):
        word = token.removeprefix(_PIECE)
        if token in SPECIAL_TOKENS or (pieces and not token.startswith(_PIECE)) or len(word) < 2 or not word.isalpha():
            continue
        words.setdefault(word, number)
    table = table_VE[list(words.values())]
    table = table - table.mean(axis=0)
    table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    names = tuple(words)
    return WordVectors(words=names, places={word: place for place, word in enumerate(names)}, vectors=table)
