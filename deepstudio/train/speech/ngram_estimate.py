"""An n-gram language model with interpolated modified Kneser-Ney smoothing, pruned by relative entropy. numpy alone.

Chen and Goodman 1998 (section 3, discounts from counts of counts); Stolcke 1998 (pruning), with the probability of a
history taken from raw counts, because Kneser-Ney's lower orders are no estimate of it (Chelba et al. 2010).
Order is three. Words are indices below `num_words`; an n-gram is one int64 key in base `num_words`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.ngram import END, START, UNKNOWN

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ngrams:
    """A back-off model: natural logarithms; bigram and trigram keys are sorted. `left` are back-off weights."""

    num_words: int
    unigram: Floats
    unigram_left: Floats
    bigram_keys: Ints
    bigram: Floats
    bigram_left: Floats
    trigram_keys: Ints
    trigram: Floats


@dataclass(frozen=True, slots=True)
class _Counts:
    keys: Ints
    counts: Floats


def estimate(tokens: Ints, num_words: int, weights: Floats | None = None) -> tuple[Ngrams, Floats]:
    """Return the unpruned model of a stream of sentences `START w w ... END`, and the raw counts of its bigrams.

    `weights` repeats tokens' n-grams by a factor (integers work best: discounts come from counts of counts).
    """
    V = num_words
    first, second, third = tokens[:-2], tokens[1:-1], tokens[2:]
    inside = (first != END) & (second != END)
    inside3 = inside & (third != START)
    tri = _count(
        (first[inside3] * V + second[inside3]) * V + third[inside3], None if weights is None else weights[2:][inside3]
    )
    a, b = tokens[:-1], tokens[1:]
    inside2 = (a != END) & (b != START)
    raw2 = _count(a[inside2] * V + b[inside2], None if weights is None else weights[1:][inside2])
    # Continuation counts: in how many contexts; a bigram that starts a sentence has no context and keeps its count.
    left2 = _count(tri.keys % (V * V), None)
    starts = raw2.keys // V == START
    bi_keys = np.concatenate([left2.keys, raw2.keys[starts]])
    bi_counts = np.concatenate([left2.counts, raw2.counts[starts]])
    order = np.argsort(bi_keys, kind="stable")
    bi = _Counts(bi_keys[order], bi_counts[order])
    uni = np.bincount(raw2.keys % V, minlength=V).astype(np.float64)
    return _assemble(V, uni, bi, tri), _lookup(raw2.keys, raw2.counts, bi.keys)


def _assemble(V: int, uni: Floats, bi: _Counts, tri: _Counts) -> Ngrams:
    uni = uni.copy()
    uni[START] = 0
    d1 = _discounts(uni[uni > 0])
    p1 = np.maximum(uni - _discount(uni, d1), 0) / uni.sum()
    spare = (_discount(uni, d1)).sum() / uni.sum()
    alive = np.ones(V)
    alive[START] = 0
    p1 = p1 + spare * alive / alive.sum()
    # bigrams
    context2 = bi.keys // V
    total2 = np.bincount(context2, bi.counts, V)
    d2 = _discounts(bi.counts)
    held2 = np.bincount(context2, _discount(bi.counts, d2), V)
    left1 = np.divide(held2, total2, out=np.ones(V), where=total2 > 0)
    p2 = (bi.counts - _discount(bi.counts, d2)) / total2[context2] + left1[context2] * p1[bi.keys % V]
    # trigrams
    at = np.searchsorted(bi.keys, tri.keys // V)
    total3 = np.bincount(at, tri.counts, len(bi.keys))
    d3 = _discounts(tri.counts)
    held3 = np.bincount(at, _discount(tri.counts, d3), len(bi.keys))
    left2 = np.divide(held3, total3, out=np.ones(len(bi.keys)), where=total3 > 0)
    lower = np.searchsorted(bi.keys, tri.keys % (V * V))
    p3 = (tri.counts - _discount(tri.counts, d3)) / total3[at] + left2[at] * p2[lower]
    with np.errstate(divide="ignore"):
        return Ngrams(V, np.log(p1), np.log(left1), bi.keys, np.log(p2), np.log(left2), tri.keys, np.log(p3))


def prune(model: Ngrams, raw_bigrams: Floats, tokens: Ints, *, trigram_bits: float, bigram_bits: float) -> Ngrams:
    """Return the model without the n-grams whose loss costs less than the thresholds (relative entropy, nats).

    A bigram stays while a trigram goes on from it. Back-off weights are made anew so that each context sums to one.
    """
    V = model.num_words
    total = float(len(tokens))
    # trigrams: history is a bigram
    history = np.searchsorted(model.bigram_keys, model.trigram_keys // V)
    lower = np.searchsorted(model.bigram_keys, model.trigram_keys % (V * V))
    p, q = np.exp(model.trigram), np.exp(model.bigram[lower])
    loss = _loss(p, q, history, len(model.bigram_keys), np.exp(model.bigram_left), raw_bigrams / total)
    keep3 = loss > trigram_bits
    keys3, p3 = model.trigram_keys[keep3], p[keep3]
    needed = np.zeros(len(model.bigram_keys), bool)
    needed[history[keep3]] = True
    # bigrams: history is a word
    counts1 = np.bincount(tokens, minlength=V) / total
    context, word = model.bigram_keys // V, model.bigram_keys % V
    p2, q2 = np.exp(model.bigram), np.exp(model.unigram[word])
    loss2 = _loss(p2, q2, context, V, np.exp(model.unigram_left), counts1)
    keep2 = needed | (loss2 > bigram_bits)
    keys2 = model.bigram_keys[keep2]
    p2 = p2[keep2]
    left1 = _back_off(p2, np.exp(model.unigram[keys2 % V]), keys2 // V, V)
    # The lower order that a trigram backs off to may itself have been pruned.
    at = np.searchsorted(keys2, keys3 // V)
    low = keys3 % (V * V)
    place = np.minimum(np.searchsorted(keys2, low), len(keys2) - 1)
    seen = keys2[place] == low
    q3 = np.where(seen, p2[place], left1[low // V] * np.exp(model.unigram[low % V]))
    left2 = _back_off(p3, q3, at, len(keys2))
    return Ngrams(V, model.unigram, np.log(left1), keys2, np.log(p2), np.log(left2), keys3, np.log(p3))


def perplexity(model: Ngrams, tokens: Ints) -> tuple[float, float]:
    """Return perplexity and the share of unknown words of sentences `START w ... END`.

    The perplexity is per word and end of sentence; unknown words are left out.
    """
    first = np.concatenate([[END], tokens[:-2]])
    second, third = tokens[:-1], tokens[1:]
    here = third != START
    logs = score(model, first[here], second[here], third[here])
    known = third[here] != UNKNOWN
    return float(np.exp(-logs[known].mean())), float(1 - known.sum() / len(known))


def score(model: Ngrams, first: Ints, second: Ints, third: Ints) -> Floats:
    """Return log p(third | first second); where `second` is START, `first` does not matter."""
    V = model.num_words
    pair = second * V + third
    place = np.minimum(np.searchsorted(model.bigram_keys, pair), len(model.bigram_keys) - 1)
    low = np.where(
        model.bigram_keys[place] == pair, model.bigram[place], model.unigram_left[second] + model.unigram[third]
    )
    context = first * V + second
    at = np.minimum(np.searchsorted(model.bigram_keys, context), len(model.bigram_keys) - 1)
    known = (model.bigram_keys[at] == context) & (second != START)
    triple = context * V + third
    if not len(model.trigram_keys):
        return np.where(known, model.bigram_left[at], 0.0) + low
    place3 = np.minimum(np.searchsorted(model.trigram_keys, triple), len(model.trigram_keys) - 1)
    full = known & (model.trigram_keys[place3] == triple)
    return np.where(full, model.trigram[place3], np.where(known, model.bigram_left[at], 0.0) + low)


def _count(keys: Ints, weights: Floats | None) -> _Counts:
    if weights is None:
        found, counts = np.unique(keys, return_counts=True)
        return _Counts(found, counts.astype(np.float64))
    order = np.argsort(keys)
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return _Counts(keys[starts], np.add.reduceat(weights[order], starts))


def _lookup(keys: Ints, values: Floats, wanted: Ints) -> Floats:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Floats = np.where(keys[place] == wanted, values[place], 0.0)
    return found


def _discounts(counts: Floats) -> tuple[float, float, float]:
    n1, n2, n3, n4 = (float((counts == k).sum()) for k in (1, 2, 3, 4))
    if min(n1, n2, n3, n4) == 0:
        return 0.5, 0.75, 0.9
    y = n1 / (n1 + 2 * n2)
    return 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3


def _discount(counts: Floats, discounts: tuple[float, float, float]) -> Floats:
    table = np.array([0.0, *discounts])
    taken: Floats = np.minimum(table[np.clip(np.ceil(counts), 0, 3).astype(np.int64)], counts)
    return taken


def _loss(p: Floats, q: Floats, history: Ints, num: int, left: Floats, weight: Floats) -> Floats:
    """Relative entropy that removing each n-gram alone would cost (Stolcke 1998, equation 5)."""
    mass_p = np.bincount(history, p, num)[history]
    mass_q = np.bincount(history, q, num)[history]
    above = np.maximum(1 - mass_p, 1e-12)
    below = np.maximum(1 - mass_q, 1e-12)
    old, new = np.log(left[history]), np.log((above + p) / (below + q))
    delta = p * (np.log(q) + new - np.log(p)) + above * (new - old)
    cost: Floats = -weight[history] * delta
    return cost


def _back_off(p: Floats, q: Floats, history: Ints, num: int) -> Floats:
    above = np.maximum(1 - np.bincount(history, p, num), 1e-9)
    below = np.maximum(1 - np.bincount(history, q, num), 1e-9)
    left: Floats = np.where(np.bincount(history, minlength=num) > 0, above / below, 1.0)
    return left
