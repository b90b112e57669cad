"""A trigram language model to ask many questions at once. numpy alone; read-only, any thread.

A context is one integer: below `num_words` the last word alone, from there on the index of a bigram that trigrams go on
from. Probabilities are natural logarithms. Words 0, 1, 2 are the unknown word, the start and the end of a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

UNKNOWN, START, END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class NgramModel:
    """Back-off arrays; sorted `bigram_keys` (first * V + second), `trigram_keys` (bigram's index * V + third)."""

    num_words: int
    unigram: Floats
    unigram_left: Floats
    bigram_keys: Ints
    bigram: Floats
    bigram_left: Floats
    trigram_keys: Ints
    trigram: Floats
    continues: NDArray[np.bool_]

    @property
    def start(self) -> int:
        """The context at the start of a sentence."""
        return START

    def last_word(self, contexts: Ints) -> Ints:
        """Return the last word of each context."""
        long = contexts >= self.num_words
        last: Ints = np.where(
            long, self.bigram_keys[np.where(long, contexts - self.num_words, 0)] % self.num_words, contexts
        )
        return last

    def following(self, words: Ints) -> tuple[Ints, Floats, Ints]:
        """Return the words that were seen after some words, their log probabilities, and after which each was seen."""
        V = self.num_words
        first = np.searchsorted(self.bigram_keys, words * V)
        counts = np.searchsorted(self.bigram_keys, (words + 1) * V) - first
        place = spans(first, counts)
        return self.bigram_keys[place] % V, self.bigram[place], np.repeat(np.arange(len(words)), counts)

    def score(self, contexts: Ints, words: Ints) -> tuple[Floats, Ints]:
        """Return log p(word | context) and the context after it, elementwise for arrays of the same length."""
        V = self.num_words
        long = contexts >= V
        bigram_of = np.where(long, contexts - V, 0)
        last = self.last_word(contexts)
        pair = last * V + words
        place = _find(self.bigram_keys, pair)
        seen = self.bigram_keys[place] == pair
        logs = np.where(seen, self.bigram[place], self.unigram_left[last] + self.unigram[words])
        after = np.where(seen & self.continues[place], V + place, words)
        if len(self.trigram_keys) and long.any():
            triple = bigram_of * V + words
            place3 = _find(self.trigram_keys, triple)
            found = long & (self.trigram_keys[place3] == triple)
            backed = logs + np.where(long, self.bigram_left[bigram_of], np.float32(0))
            logs = np.where(found, self.trigram[place3], backed)
        return logs, after


def ngram_model(
    num_words: int,
    unigram: Floats,
    unigram_left: Floats,
    bigram_keys: Ints,
    bigram: Floats,
    bigram_left: Floats,
    trigram_keys: Ints,
    trigram: Floats,
) -> NgramModel:
    """Return the model of these arrays; trigram keys in base `num_words`, first word highest."""
    V = num_words
    history = np.searchsorted(bigram_keys, trigram_keys // V)
    continues = np.zeros(len(bigram_keys), bool)
    continues[history] = True
    return NgramModel(
        V,
        unigram.astype(np.float32),
        unigram_left.astype(np.float32),
        bigram_keys,
        bigram.astype(np.float32),
        bigram_left.astype(np.float32),
        history * V + trigram_keys % V,
        trigram.astype(np.float32),
        continues,
    )


def _find(keys: Ints, wanted: Ints) -> Ints:
    return np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)


def spans(first: Ints, counts: Ints) -> Ints:
    """Return the integers of several ranges, one after the other: `counts` from each of `first` on."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - ends + counts, counts)
