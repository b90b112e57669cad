"""A language model and its words as the arrays of a model file, and back. numpy alone; any thread.

Probabilities and back-off weights are rounded to a few levels (the means of equally full bins); following words are
stored as differences. That and xz bring an n-gram to about two and a half bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.lexicon import Lexicon, build_lexicon
from deepstudio.audio.ngram import UNKNOWN, NgramModel
from deepstudio.core.errors import ModelFileError
from deepstudio.core.packing import packed, unpacked
from deepstudio.core.words import QT_TRANSLATE_NOOP

Spelled = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Words, how each is spoken (one or more sequences of symbols, from 1 on), the symbols, and the n-grams."""

    words: Sequence[str]
    symbols: Sequence[str]
    spoken: Sequence[Sequence[Spelled]]
    ngrams: NgramModel

    def lexicon(self, symbols: Sequence[str], *, unknown: bool = False) -> Lexicon:
        """Return the tree of all words for a network with these symbols. Raises ModelFileError if they do not fit.

        With `unknown` any single sound is a piece of the unknown word too.
        """
        missing = set(self.symbols) - set(symbols)
        if missing:
            raise ModelFileError(
                QT_TRANSLATE_NOOP("errors", "The language model is made for other sounds than the speech model has."),
                fix=QT_TRANSLATE_NOOP("errors", "Use a pair that was trained together."),
            )
        place = [0, *(symbols.index(symbol) + 1 for symbol in self.symbols)]
        entries = [
            (word, [place[symbol] for symbol in sequence])
            for word, sequences in enumerate(self.spoken)
            for sequence in sequences
        ]
        if unknown:
            entries += [(UNKNOWN, [number]) for number in place[1:]]
        return build_lexicon(self.words, entries, self.ngrams.unigram, len(symbols) + 1)


def to_arrays(language: Language, *, levels: int = 64) -> dict[str, NDArray]:
    """Return the arrays of a model file."""
    grams = language.ngrams
    V = grams.num_words
    spoken = [[len(sequences), *(x for s in sequences for x in (len(s), *s))] for sequences in language.spoken]
    arrays: dict[str, NDArray] = {
        "words": _text(language.words),
        "symbols": _text(language.symbols),
        "spoken": packed(np.array([value for entry in spoken for value in entry], np.uint8)),
    }
    _put_grams(arrays, "bigram", grams.bigram_keys // V, grams.bigram_keys % V, V)
    histories = np.flatnonzero(grams.continues)
    position = np.cumsum(grams.continues) - 1
    _put_grams(arrays, "trigram", position[grams.trigram_keys // V], grams.trigram_keys % V, len(histories))
    arrays["continues"] = packed(np.packbits(grams.continues))
    for name, values, count in (
        ("unigram", grams.unigram, 256),
        ("unigram_left", grams.unigram_left, 256),
        ("bigram", grams.bigram, levels),
        ("bigram_left", grams.bigram_left[histories], levels),
        ("trigram", grams.trigram, levels),
    ):
        codes, table = _rounded(values, count)
        arrays[f"{name}_codes"], arrays[f"{name}_levels"] = packed(codes), table
    return arrays


def from_arrays(arrays: Mapping[str, NDArray]) -> Language:
    """Return the language model of a model file. Raises ModelFileError where something is missing or contradicts."""
    try:
        words, symbols = _lines(arrays["words"]), _lines(arrays["symbols"])
        V = len(words)
        first, second = _get_grams(arrays, "bigram", V)
        continues = np.unpackbits(unpacked(arrays["continues"]))[: len(first)].astype(bool)
        histories = np.flatnonzero(continues)
        of, third = _get_grams(arrays, "trigram", len(histories))
        left = np.zeros(len(first), np.float32)
        left[histories] = _values(arrays, "bigram_left")
        ngrams = NgramModel(
            V,
            _values(arrays, "unigram"),
            _values(arrays, "unigram_left"),
            first * V + second,
            _values(arrays, "bigram"),
            left,
            histories[of] * V + third,
            _values(arrays, "trigram"),
            continues,
        )
        spoken = _spoken(unpacked(arrays["spoken"]), V)
    except (KeyError, IndexError, ValueError) as error:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "The tables of the language model are incomplete.")) from error
    return Language(words, symbols, spoken, ngrams)


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return packed(np.frombuffer("\n".join(lines).encode(), np.uint8))


def _lines(stream: NDArray) -> list[str]:
    return bytes(unpacked(stream)).decode().split("\n")


def _put_grams(arrays: dict[str, NDArray], name: str, history: NDArray, word: NDArray, num_histories: int) -> None:
    counts = np.bincount(history, minlength=num_histories)
    steps = np.diff(word, prepend=0)
    starts = (np.cumsum(counts) - counts)[counts > 0]
    steps[starts] = word[starts]
    arrays[f"{name}_counts"] = packed(counts.astype(np.uint16 if counts.max(initial=0) < 2**16 else np.uint32))
    arrays[f"{name}_steps"] = packed(steps.astype(np.uint16 if steps.max(initial=0) < 2**16 else np.uint32))


def _get_grams(arrays: Mapping[str, NDArray], name: str, num_histories: int) -> tuple[NDArray, NDArray]:
    counts = unpacked(arrays[f"{name}_counts"]).astype(np.int64)
    steps = unpacked(arrays[f"{name}_steps"]).astype(np.int64)
    if len(counts) != num_histories or counts.sum() != len(steps):
        raise ValueError(name)
    history = np.repeat(np.arange(num_histories), counts)
    running = np.cumsum(steps)
    starts = (np.cumsum(counts) - counts)[counts > 0]
    before = np.repeat(running[starts] - steps[starts], counts[counts > 0])
    return history, running - before


def _rounded(values: NDArray, levels: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    if not len(values):
        return np.zeros(0, np.uint8), np.zeros(1, np.float32)
    order = np.sort(values)
    edges = np.unique(order[np.linspace(0, len(order) - 1, levels + 1).astype(np.int64)[1:-1]])
    codes = np.searchsorted(edges, values, side="right")
    sums = np.bincount(codes, values, len(edges) + 1)
    counts = np.maximum(np.bincount(codes, minlength=len(edges) + 1), 1)
    return codes.astype(np.uint8), (sums / counts).astype(np.float32)


def _values(arrays: Mapping[str, NDArray], name: str) -> NDArray[np.float32]:
    return np.asarray(arrays[f"{name}_levels"], np.float32)[unpacked(arrays[f"{name}_codes"])]


def _spoken(flat: NDArray, num_words: int) -> list[list[Spelled]]:
    values = flat.tolist()
    spoken: list[list[Spelled]] = []
    place = 0
    for _ in range(num_words):
        count = values[place]
        place += 1
        sequences = []
        for _ in range(count):
            length = values[place]
            sequences.append(tuple(values[place + 1 : place + 1 + length]))
            place += 1 + length
        spoken.append(sequences)
    return spoken
