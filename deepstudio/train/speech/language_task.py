"""An n-gram language model with its lexicon, as a task without steps: counted rather than descended to. In the lane."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.audio.language import Language, Spelled, to_arrays
from deepstudio.audio.ngram import END, START, UNKNOWN, ngram_model
from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.arrayfile import save_arrays
from deepstudio.models.card import Measured, ModelCard
from deepstudio.train.notices import notice
from deepstudio.train.speech.measures import normalised_text
from deepstudio.train.speech.ngram_estimate import estimate, perplexity, prune
from deepstudio.train.speech.pronunciations import Ways, dictionary_of, guessed, look_up
from deepstudio.train.speech.recipe import LanguageRecipe
from deepstudio.train.speech.recognition_task import open_language
from deepstudio.train.speech.sets import read_sets
from deepstudio.train.task import Finished, bare_card

_MARKS = ("<unk>", "<s>", "</s>")
_WORD = re.compile(r"[a-z']+$")
_OVERLAP = 8  # words: a line that shares that many in a row with a held-out sentence is left out
_GUESSED = QT_TRANSLATE_NOOP("events", "How {count} of {total} words are spoken is a guess from their letters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFigures:
    """Perplexity of held-out sentences, and the share of their words that the vocabulary lacks."""

    perplexity: float
    unknown: float
    sentences: int


class LanguageTask:
    """Estimates n-gram models; `make` takes the place of training."""

    def make(self, recipe: LanguageRecipe, data: Path, target: Path, context: JobContext) -> Finished:
        """Read the texts, count, smooth, prune, and write the file. Raises InputError."""
        started = time.perf_counter()
        context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
        held, lines = _read(recipe, data)
        words = _vocabulary(recipe, lines)
        spoken, symbols = _spoken(recipe, data, words[len(_MARKS) :], context)
        context.status(QT_TRANSLATE_NOOP("status", "Counting words"))
        number = {word: place for place, word in enumerate(words)}
        tokens = _tokens(lines, number)
        full, raw = estimate(tokens, len(words))
        context.check()
        model = prune(full, raw, tokens, trigram_bits=recipe.trigram_threshold, bigram_bits=recipe.bigram_threshold)
        figures = LanguageFigures(
            **dict(zip(("perplexity", "unknown"), perplexity(model, _tokens(held, number)), strict=True)),
            sentences=len(held),
        )
        grams = ngram_model(
            model.num_words,
            model.unigram.astype(np.float32),
            model.unigram_left.astype(np.float32),
            model.bigram_keys,
            model.bigram.astype(np.float32),
            model.bigram_left.astype(np.float32),
            model.trigram_keys,
            model.trigram.astype(np.float32),
        )
        language = Language(words, symbols, [(), (), (), *spoken], grams)
        facts = {
            "seconds": round(time.perf_counter() - started, 1),
            "words_read": len(tokens),
            "vocabulary": len(words),
            "bigrams": len(model.bigram_keys),
            "trigrams": len(model.trigram_keys),
        }
        card = replace(
            card_of(recipe),
            metrics=tuple(
                Measured(name=name, value=value, data=recipe.data.name, split="validation", examples=len(held))
                for name, value in (("perplexity", figures.perplexity), ("unknown_words", figures.unknown))
            ),
            extra={"training": facts},
        )
        card = save_arrays(target, card, to_arrays(language, levels=recipe.levels))
        return Finished(path=target, card=card, validation=figures)

    def evaluate_file(self, path: Path, data: Path, context: JobContext) -> Mapping[str, Any]:
        """Return the perplexity of a text file, one sentence a line."""
        started = time.perf_counter()
        language = open_language(str(path))
        number = {word: place for place, word in enumerate(language.words)}
        lines = [line for line in map(normalised_text, _lines(data)) if line]
        logs, unknown, total = 0.0, 0, 0
        for line in lines:
            context.check()
            state = np.array([language.ngrams.start], np.int64)
            for word in [*(number.get(word, UNKNOWN) for word in line.split()), END]:
                score, state = language.ngrams.score(state, np.array([word], np.int64))
                total += 1
                unknown += word == UNKNOWN
                logs += float(score[0]) if word != UNKNOWN else 0.0
        return {
            "perplexity": float(np.exp(-logs / max(total - unknown, 1))),
            "unknown_words": unknown / max(total, 1),
            "examples": len(lines),
            "seconds": time.perf_counter() - started,
            "unreadable": [],
        }


def card_of(recipe: LanguageRecipe) -> ModelCard:
    """Return the card of a model of this recipe, without figures."""
    return bare_card(recipe, architecture="ngram", config={"order": 3})


def _read(recipe: LanguageRecipe, data: Path) -> tuple[list[str], list[str]]:
    """Return held-out sentences and the lines to read, none of which repeats a held-out sentence."""
    sets = read_sets(recipe.data.held_out, data)
    held = [normalised_text(one.text) for one in sets.validation]
    seen = {part for line in held for part in _parts(line)}
    lines = [line for name in recipe.data.texts for line in _lines(data / name)]
    if recipe.data.sets:
        spoken = read_sets(replace(recipe.data.held_out, sets=recipe.data.sets), data).train
        lines += [one.text for one in spoken]
    kept = [line for line in lines if not any(part in seen for part in _parts(line))]
    if not kept:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text to learn from in {path}."), path=str(data))
    return held, kept


def _parts(line: str) -> Iterable[str]:
    words = line.split()
    return (" ".join(words[at : at + _OVERLAP]) for at in range(max(1, len(words) - _OVERLAP + 1)))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{path} cannot be read as text."), path=str(path)) from error


def _vocabulary(recipe: LanguageRecipe, lines: Sequence[str]) -> list[str]:
    counts = Counter(word for line in lines for word in line.split())
    usual = [word for word, _ in counts.most_common() if _WORD.match(word)]
    return [*_MARKS, *usual[: recipe.words]]


def _tokens(lines: Iterable[str], number: Mapping[str, int]) -> np.ndarray:
    flat: list[int] = []
    for line in lines:
        flat.append(START)
        flat += [number.get(word, UNKNOWN) for word in line.split()]
        flat.append(END)
    return np.array(flat, np.int64)


def _spoken(
    recipe: LanguageRecipe, data: Path, words: Sequence[str], context: JobContext
) -> tuple[list[tuple[Spelled, ...]], tuple[str, ...]]:
    """Return how each word is spoken, and the symbols."""
    if recipe.data.dictionary:
        dictionary = read_dictionary(data / recipe.data.dictionary)
    else:
        dictionary = dictionary_of(open_language(recipe.name))
    symbols = tuple(sorted({symbol for ways in dictionary.values() for way in ways for symbol in way}))
    found = look_up(words, dictionary)
    missing = [word for word, ways in found.items() if not ways]
    if missing and recipe.data.letters_to_sounds:
        found.update(guessed(missing, dictionary, symbols, context))
        notice(context, _GUESSED, count=len(missing), total=len(words))
    number = {symbol: place + 1 for place, symbol in enumerate(symbols)}
    return [tuple(tuple(number[symbol] for symbol in way) for way in found[word]) for word in words], symbols


def read_dictionary(path: Path) -> dict[str, Ways]:
    """Return the words of a dictionary in CMUdict's form (`word(2) SOUND1 SOUND0 ... # remark`), stress left out."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in _lines(path):
        parts = line.split("#")[0].split()
        word = re.sub(r"\(\d+\)$", "", parts[0].lower()) if len(parts) > 1 else ""
        way = tuple(re.sub(r"\d", "", sound) for sound in parts[1:])
        if _WORD.match(word) and way not in found.setdefault(word, []):
            found[word].append(way)
    return {word: tuple(ways) for word, ways in found.items()}
