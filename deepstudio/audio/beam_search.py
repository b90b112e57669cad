"""Prefix beam search over CTC outputs with a word tree and a trigram, one output at a time. numpy alone.

Hypotheses are rows of parallel arrays, so one step costs some thirty numpy calls however wide the beam is. A
hypothesis is a place in the tree, the last symbol emitted, and the language model's context; those that agree in all
three are added up and keep the history of the better one.
After Graves et al. 2006 (section 3.2, prefix search) and Hannun et al. 2014.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.lexicon import ROOT, Lexicon
from deepstudio.audio.look_ahead import LookAhead
from deepstudio.audio.ngram import END, UNKNOWN, NgramModel
from deepstudio.core.config import option

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NOTHING = np.float32(-1e30)
_UNLIKELY_END = 3.0
"""How much less likely (natural logarithm) than the best word on its way a word may be that is shown already."""
_NEAR_BEST = 4.0
"""How far below the best hypothesis one may be that has ended the word which the best one is still in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeamOptions:
    """How wide the search looks and what it trusts."""

    beam: int = option(200, "Hypotheses kept after each step.", low=1, high=100_000)
    width: float = option(14.0, "Hypotheses further below the best (natural logarithm) are dropped.", low=0.1)
    symbol_width: float = option(9.0, "Symbols less likely than this (natural logarithm) are not tried.", low=0.1)
    lm_weight: float = option(0.9, "What the language model counts for.", low=0.0, high=10.0)
    word_bonus: float = option(0.5, "Added for each word.", low=-20.0, high=20.0)
    blank_penalty: float = option(
        0.0,
        "Taken from the blank's logarithm: outputs trained by CTC favour it, and words get lost.",
        low=0.0,
        high=10.0,
    )
    unknown_cost: float = option(
        0.0, "Taken for each sound of a word that the lexicon lacks; 0: there are no such words.", low=0.0, high=100.0
    )
    blank_only: float = option(0.9995, "Above this probability of the blank nothing else is tried.", low=0.5, high=1.0)


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of the best hypothesis: index, first and last output, mean log probability of its symbols."""

    word: int
    first: int
    last: int
    log_confidence: float


@dataclass(slots=True)
class _Rows:
    node: Ints
    last: Ints
    context: Ints
    history: Ints
    ends_blank: Floats
    ends_symbol: Floats
    language: Floats
    ahead: Floats
    start: Ints
    sound: Floats
    symbols: Ints

    def take(self, index: Ints | NDArray[np.bool_]) -> _Rows:
        return _Rows(*(getattr(self, field.name)[index] for field in fields(self)))

    def total(self) -> Floats:
        return np.logaddexp(self.ends_blank, self.ends_symbol) + self.language


class BeamSearch:
    """A search in progress. Not for two threads at once; lexicon and model may be shared."""

    def __init__(
        self, lexicon: Lexicon, model: NgramModel, options: BeamOptions, ahead: LookAhead | None = None
    ) -> None:
        self._lexicon = lexicon
        self._ahead = ahead or LookAhead(lexicon, model)
        self._model = model
        self._options = options
        self.reset()

    def reset(self, context: int | None = None, step: int = 0) -> None:
        """Begin a segment, in a context of the language model or at the start of a sentence."""
        start = np.array([self._model.start if context is None else context], np.int64)
        zero, none = np.zeros(1, np.float32), np.full(1, _NOTHING)
        root = np.zeros(1, np.int64)
        self._rows = _Rows(
            root,
            root.copy(),
            start,
            root - 1,
            zero,
            none,
            zero.copy(),
            zero.copy(),
            root.copy(),
            zero.copy(),
            root.copy(),
        )
        self._parents: list[int] = []
        self._words: list[FoundWord] = []
        self.step_number = step

    def step(self, logs_K: Floats) -> None:
        """Take the log probabilities of one output of the network, the blank first."""
        rows = self._rows
        sure_blank = logs_K[0] > np.log(self._options.blank_only)
        logs_K = logs_K.copy()
        logs_K[0] -= np.float32(self._options.blank_penalty)
        total = np.logaddexp(rows.ends_blank, rows.ends_symbol)
        stay_symbol = np.where(rows.last > 0, rows.ends_symbol + logs_K[rows.last], _NOTHING)
        if sure_blank:
            rows.ends_blank, rows.ends_symbol = total + logs_K[0], stay_symbol
        else:
            grown, words = self._grow(rows, total, logs_K)
            rows.ends_blank, rows.ends_symbol = total + logs_K[0], stay_symbol
            self._keep_best(rows, grown, words)
        self.step_number += 1

    def best(self) -> list[FoundWord]:
        """Return the complete words of the best hypothesis so far."""
        return self._trace(int(self._rows.history[int(self._rows.total().argmax())]))

    def shown(self) -> list[FoundWord]:
        """Return the words of the best hypothesis, and the word that it may just have ended.

        A hypothesis stands at the end of "the" on its way to "them", and the language model may prefer the way on until
        the next word decides: whoever reads along would wait for that long. Where the best hypothesis stands inside a
        word, one that is nearly as good and has ended a word there speaks for it.
        """
        rows = self._rows
        total = rows.total()
        top = int(total.argmax())
        history = int(rows.history[top])
        found = self._trace(history)
        if rows.node[top] == ROOT:
            return found
        if (word := self._ended(top)) is not None:
            return [*found, word]
        near = np.flatnonzero((rows.node == ROOT) & (total > total[top] - np.float32(_NEAR_BEST)))
        for row in near[np.argsort(-total[near])]:
            entry = int(rows.history[row])
            if entry >= 0 and self._parents[entry] == history:
                return [*found, self._words[entry]]
        return found

    def _ended(self, row: int) -> FoundWord | None:
        """Return the word that a hypothesis inside a longer word stands at the end of, if it is likely enough."""
        rows, tree = self._rows, self._lexicon
        node = int(rows.node[row])
        ending = tree.words[tree.first[node] : tree.first[node + 1]].astype(np.int64)
        if not len(ending):
            return None
        logs, _ = self._score(np.full(len(ending), rows.context[row]), ending)
        best = int(logs.argmax())
        if logs[best] <= rows.ahead[row] - _UNLIKELY_END:
            return None
        sound = float(rows.sound[row]) / max(1, int(rows.symbols[row]))
        return FoundWord(int(ending[best]), int(rows.start[row]), self.step_number - 1, sound)

    def finish(self) -> tuple[list[FoundWord], int]:
        """Return words and context of the best hypothesis that ends with a word, the sentence's end counted."""
        rows = self._rows
        scores = rows.total() + self._end_scores(rows)
        scores = np.where(rows.node == ROOT, scores, scores - np.float32(1e6))
        top = int(scores.argmax())
        return self._trace(int(rows.history[top])), int(rows.context[top])

    @property
    def in_word(self) -> bool:
        """Whether the best hypothesis stands inside a word."""
        return bool(self._rows.node[int(self._rows.total().argmax())] != ROOT)

    def _score(self, contexts: Ints, words: Ints) -> tuple[Floats, Ints]:
        logs, after = self._model.score(contexts, words)
        return logs - np.where(words == UNKNOWN, np.float32(self._options.unknown_cost), np.float32(0)), after

    def _end_scores(self, rows: _Rows) -> Floats:
        logs, _ = self._model.score(rows.context, np.full(len(rows.context), END, np.int64))
        return np.float32(self._options.lm_weight) * logs

    def _grow(self, rows: _Rows, total: Floats, logs_K: Floats) -> tuple[_Rows, Ints]:
        """Return the rows that one more symbol makes, and the word each completes (-1 for none)."""
        options, tree = self._options, self._lexicon
        symbols = np.flatnonzero(logs_K[1:] > -options.symbol_width) + 1
        table = tree.child[rows.node[:, None], symbols[None, :]]
        source, column = np.nonzero(table >= 0)
        node, symbol = table[source, column].astype(np.int64), symbols[column]
        base = np.where(symbol == rows.last[source], rows.ends_blank[source], total[source]) + logs_K[symbol]
        # Less can be hoped for at each symbol: what is too bad with the hope of before need not be asked about.
        floor = float((total + rows.language).max() + logs_K[0]) - options.width
        near = base + rows.language[source] > floor
        source, node, symbol, base = source[near], node[near], symbol[near], base[near]
        ahead = self._ahead.best(rows.context[source], node)
        language = rows.language[source] + np.float32(options.lm_weight) * (ahead - rows.ahead[source])
        score = base + language
        near = score > max(float(score.max(initial=_NOTHING)) - options.width, floor)
        source, node, symbol, base, language = source[near], node[near], symbol[near], base[near], language[near]
        fresh = rows.node[source] == ROOT
        grown = _Rows(
            node,
            symbol,
            rows.context[source],
            rows.history[source],
            np.full(len(node), _NOTHING),
            base,
            language,
            ahead[near],
            np.where(fresh, self.step_number, rows.start[source]),
            np.where(fresh, np.float32(0), rows.sound[source]) + logs_K[symbol],
            np.where(fresh, 0, rows.symbols[source]) + 1,
        )
        return self._complete(grown)

    def _complete(self, grown: _Rows) -> tuple[_Rows, Ints]:
        """Add, for each row at the end of a word, that word's row at the root; leave out rows that cannot go on."""
        tree, options = self._lexicon, self._options
        counts = tree.first[grown.node + 1] - tree.first[grown.node]
        source = np.repeat(np.arange(len(counts)), counts)
        offset = np.arange(len(source)) - np.repeat(np.cumsum(counts) - counts, counts)
        words = tree.words[tree.first[grown.node[source]] + offset].astype(np.int64)
        done = grown.take(source)
        logs, done.context = self._score(done.context, words)
        done.language = done.language + np.float32(options.lm_weight) * (logs - done.ahead)
        done.ahead = np.zeros_like(done.ahead)
        done.language = done.language + np.float32(options.word_bonus)
        done.node = np.zeros_like(done.node)
        alive = ~tree.is_leaf[grown.node]
        both = _join(grown.take(alive), done)
        return both, np.concatenate([np.full(int(alive.sum()), -1, np.int64), words])

    def _keep_best(self, rows: _Rows, grown: _Rows, words: Ints) -> None:
        everything = _join(rows, grown)
        words = np.concatenate([np.full(len(rows.node), -1, np.int64), words])
        total = everything.total()
        options = self._options
        near = np.flatnonzero(total > total.max() - options.width)
        if len(near) > 4 * options.beam:
            near = near[np.argpartition(-total[near], 4 * options.beam)[: 4 * options.beam]]
        near = near[np.argsort(-total[near], kind="stable")]
        everything, words = everything.take(near), words[near]
        key = (everything.node * len(self._lexicon.child[0]) + everything.last) * (2**31) + everything.context
        _, first, group = np.unique(key, return_index=True, return_inverse=True)
        if len(first) < len(near):
            # Same place, same context: probabilities add, measured against the better one's language score.
            shift = everything.language - everything.language[first][group]
            blank = _add_groups(everything.ends_blank + shift, group, len(first))
            symbol = _add_groups(everything.ends_symbol + shift, group, len(first))
            everything = everything.take(first)
            everything.ends_blank, everything.ends_symbol = blank, symbol
            words = words[first]
        total = everything.total()
        if len(total) > options.beam:
            top = np.argpartition(-total, options.beam)[: options.beam]
            everything, words = everything.take(top), words[top]
        self._record(everything, words)
        # A constant taken from all keeps float32 exact over long segments.
        self._rows = everything

    def _record(self, rows: _Rows, words: Ints) -> None:
        for row in np.flatnonzero(words >= 0):
            sound = float(rows.sound[row]) / max(1, int(rows.symbols[row]))
            self._parents.append(int(rows.history[row]))
            self._words.append(FoundWord(int(words[row]), int(rows.start[row]), self.step_number, sound))
            rows.history[row] = len(self._words) - 1

    def _trace(self, entry: int) -> list[FoundWord]:
        found: list[FoundWord] = []
        while entry >= 0:
            found.append(self._words[entry])
            entry = self._parents[entry]
        return found[::-1]


def _join(first: _Rows, second: _Rows) -> _Rows:
    return _Rows(*(np.concatenate([getattr(first, f.name), getattr(second, f.name)]) for f in fields(_Rows)))


def _add_groups(logs: Floats, group: Ints, count: int) -> Floats:
    """Return log of the sums of exp over each group."""
    top = np.full(count, _NOTHING)
    np.maximum.at(top, group, logs)
    sums = np.bincount(group, np.exp(logs - top[group]), count)
    return (np.log(np.maximum(sums, 1e-30)) + top).astype(np.float32)
