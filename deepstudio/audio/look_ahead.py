"""What the language model expects of the words that may still come of a place in the tree. numpy alone; one thread.

The best probability after the last word (bigram look-ahead, Ortmanns et al. 1996) and not only by itself, so that the
right word leads while it is still being said. For each last word a row of the table is made when it is first asked for;
places from which the same words can be reached share a column.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.lexicon import ROOT, Lexicon
from deepstudio.audio.ngram import NgramModel, spans

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_ROWS = 512
"""Last words whose rows are kept, some 40 MB for 64,000 words: as many as a wide beam has at a time."""
_STEP = 0.0625
_UNSEEN = 255
_LOGS = np.append(-_STEP * np.arange(_UNSEEN), -np.inf).astype(np.float32)
"""Log probabilities by the byte that stands for them in the table; where nothing was seen the unigram speaks."""


class LookAhead:
    """Answers for many hypotheses at once; may be shared by searches of one thread."""

    def __init__(self, lexicon: Lexicon, model: NgramModel) -> None:
        self._model = model
        parents = _parents(lexicon)
        self._column = _columns(lexicon, parents)
        num_columns = int(self._column.max()) + 1
        self._unigram = np.full(num_columns, 0, np.float32)
        self._unigram[self._column] = lexicon.best
        self._columns_of, self._first = _columns_of_words(lexicon, parents, self._column, model.num_words)
        self._table = np.full((_ROWS, num_columns), _UNSEEN, np.uint8)
        self._width = num_columns
        self._row_of = np.full(model.num_words, -1, np.int64)
        self._word_of = np.full(_ROWS, -1, np.int64)
        self._asked = np.zeros(_ROWS, np.int64)
        self._now = 0

    def best(self, contexts: Ints, nodes: Ints) -> Floats:
        """Return the best log probability of a word at or below each node after each context; 0 at the root."""
        last = self._model.last_word(contexts)
        self._make_rows(np.unique(last))
        row, column = self._row_of[last], self._column[nodes]
        backed = self._unigram[column] + self._model.unigram_left[last]
        seen = np.where(row >= 0, self._table[row, column], np.uint8(_UNSEEN))
        found: Floats = np.maximum(backed, _LOGS[seen])
        found[nodes == ROOT] = 0
        return found

    def _make_rows(self, words: Ints) -> None:
        """Make the rows of these words, in place of those asked for longest ago; words beyond the table get none."""
        self._now += 1
        self._asked[self._row_of[words[self._row_of[words] >= 0]]] = self._now
        fresh = words[self._row_of[words] < 0]
        if not len(fresh):
            return
        rows = np.argsort(self._asked, kind="stable")[: len(fresh)]
        rows = rows[self._asked[rows] < self._now]
        fresh = fresh[: len(rows)]
        before = self._word_of[rows]
        self._row_of[before[before >= 0]] = -1
        self._row_of[fresh], self._word_of[rows], self._asked[rows] = rows, fresh, self._now
        self._fill(rows, fresh)

    def _fill(self, rows: Ints, words: Ints) -> None:
        following, logs, number = self._model.following(words)
        counts = self._first[following + 1] - self._first[following]
        columns = self._columns_of[spans(self._first[following], counts)]
        likely = np.minimum(logs / -_STEP, _UNSEEN - 1).astype(np.uint8)  # rounded to the likelier side
        self._table[rows] = _UNSEEN
        np.minimum.at(
            self._table.reshape(-1), np.repeat(rows[number] * self._width, counts) + columns, np.repeat(likely, counts)
        )


def _parents(lexicon: Lexicon) -> Ints:
    source, symbol = np.nonzero(lexicon.child >= 0)
    parents = np.full(len(lexicon.best), -1, np.int64)
    parents[lexicon.child[source, symbol]] = source
    return parents


def _columns(lexicon: Lexicon, parents: Ints) -> Ints:
    """Return a number for each node; a node shares its parent's where nothing else can come of the parent."""
    children = (lexicon.child >= 0).sum(axis=1)
    ends = np.diff(lexicon.first) > 0
    only = np.zeros(len(parents), bool)
    only[1:] = (children[parents[1:]] == 1) & ~ends[parents[1:]] & (parents[1:] != ROOT)
    column = np.cumsum(~only) - 1
    for node in np.flatnonzero(only):  # a parent's index is lower than its children's
        column[node] = column[parents[node]]
    return column.astype(np.int64)


def _columns_of_words(lexicon: Lexicon, parents: Ints, column: Ints, num_words: int) -> tuple[Ints, Ints]:
    """Return the columns on the way to each word, one word after the other, and where each word's begin."""
    node = np.repeat(np.arange(len(parents)), np.diff(lexicon.first))
    word = lexicon.words.astype(np.int64)
    ways: list[Ints] = []
    while len(node):
        below = node != ROOT
        node, word = node[below], word[below]
        ways.append(np.stack([word, column[node]]))
        node = parents[node]
    pairs = np.unique(np.concatenate(ways, axis=1), axis=1)
    return pairs[1], np.searchsorted(pairs[0], np.arange(num_words + 1))
