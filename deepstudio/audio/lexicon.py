"""Words as a prefix tree over the network's symbols. numpy alone; read-only, any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

ROOT = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tree: `child[node, symbol]` is a node or -1; words of a node are `words[first[node] : first[node + 1]]`.

    `best[node]` is the highest unigram log probability of the words at and below it, so that the language model can
    speak before a word is complete (Ortmanns et al. 1996, unigram look-ahead); 0 at the root.
    """

    names: Sequence[str]
    child: NDArray[np.int32]
    first: NDArray[np.int32]
    words: NDArray[np.int32]
    best: NDArray[np.float32]
    is_leaf: NDArray[np.bool_]


def build_lexicon(
    names: Sequence[str],
    entries: Sequence[tuple[int, Sequence[int]]],
    unigram: NDArray[np.float32],
    num_symbols: int,
) -> Lexicon:
    """Return the tree of `entries`, pairs of a word's index and its symbols (from 1 on; 0 is the blank)."""
    child: dict[tuple[int, int], int] = {}
    parents = [-1]
    symbols = [0]
    at: list[list[int]] = [[]]
    for word, spelled in entries:
        node = ROOT
        for symbol in spelled:
            following = child.get((node, symbol))
            if following is None:
                following = len(parents)
                child[node, symbol] = following
                parents.append(node)
                symbols.append(symbol)
                at.append([])
            node = following
        if word not in at[node]:
            at[node].append(word)
    table = np.full((len(parents), num_symbols), -1, np.int32)
    table[parents[1:], symbols[1:]] = np.arange(1, len(parents), dtype=np.int32)
    first = np.concatenate([[0], np.cumsum([len(words) for words in at])]).astype(np.int32)
    words = np.array([word for found in at for word in found], np.int32)
    best = np.array([max((unigram[word] for word in found), default=-np.inf) for found in at], np.float32)
    for node in range(len(parents) - 1, 0, -1):  # a parent's index is lower than its children's
        parent = parents[node]
        if best[node] > best[parent]:
            best[parent] = best[node]
    best[ROOT] = 0
    is_leaf: NDArray[np.bool_] = np.all(table < 0, axis=1)
    return Lexicon(names, table, first, words, best, is_leaf)
