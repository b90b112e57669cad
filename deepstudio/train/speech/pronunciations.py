"""How words are spoken: from a pronouncing dictionary, after the stem of a possessive, or guessed from their letters.

In the lane, as guessing learns from the dictionary first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import torch

from deepstudio.audio.language import Language
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.speech.letters_to_sounds import learn

Ways = tuple[tuple[str, ...], ...]

_WRITTEN = re.compile(r"[a-z']+$")
_LEARNING = QT_TRANSLATE_NOOP("status", "Learning how letters sound")
_VOICELESS = frozenset(("P", "T", "K", "F", "TH"))
_HISSING = frozenset(("S", "Z", "SH", "ZH", "CH", "JH"))


def dictionary_of(language: Language) -> dict[str, Ways]:
    """Return how each word of a language model is spoken; words that it cannot speak are left out."""
    return {
        word: tuple(tuple(language.symbols[symbol - 1] for symbol in way) for way in ways)
        for word, ways in zip(language.words, language.spoken, strict=True)
        if ways
    }


def look_up(words: Sequence[str], dictionary: Mapping[str, Ways]) -> dict[str, Ways]:
    """Return the ways in which each word is spoken; empty for a word that neither it nor its stem is in there."""
    return {word: dictionary.get(word) or with_ending(word, dictionary) for word in words}


def guessed(
    words: Sequence[str], dictionary: Mapping[str, Ways], symbols: Sequence[str], context: JobContext
) -> dict[str, Ways]:
    """Return a guess of how each word is spoken, the same in every run. Learns for a minute or two of one core."""
    if not words:
        return {}
    context.status(_LEARNING)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        guesses = learn(dictionary, symbols, context).guess(words)
    return {word: (way,) for word, way in zip(words, guesses, strict=True)}


def pronounced(words: Iterable[str], language: Language, context: JobContext) -> dict[str, tuple[int, ...]]:
    """Return the sounds of each word, as numbers of the language model's symbols from 1 on.

    A word that the model lacks is guessed; one with other letters than a to z and the apostrophe is left out.
    """
    dictionary = dictionary_of(language)
    found = look_up([word for word in sorted(set(words)) if _WRITTEN.match(word)], dictionary)
    missing = [word for word, ways in found.items() if not ways]
    found.update(guessed(missing, dictionary, language.symbols, context))
    number = {symbol: place + 1 for place, symbol in enumerate(language.symbols)}
    return {word: tuple(number[symbol] for symbol in ways[0]) for word, ways in found.items()}


def with_ending(word: str, dictionary: Mapping[str, Ways]) -> Ways:
    """Return how a possessive is spoken whose stem the dictionary has; empty for other words."""
    if word.endswith("s'") and word[:-1] in dictionary:
        return dictionary[word[:-1]]
    if not word.endswith("'s") or word[:-2] not in dictionary:
        return ()
    return tuple((*way, *_plural(way[-1])) for way in dictionary[word[:-2]])


def _plural(last: str) -> tuple[str, ...]:
    if last in _HISSING:
        return ("IH", "Z")
    return ("S",) if last in _VOICELESS else ("Z",)
