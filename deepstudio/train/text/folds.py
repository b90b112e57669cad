"""Folds of labelled texts, tagged sentences, pairs and running text for cross-validation. In the lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.splits import folds
from deepstudio.data.text.examples import joined
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.data.text.words import folded
from deepstudio.train.text import classification, language, tagging, translation
from deepstudio.train.text.recipe import TextRecipe


def text_folds(recipe: TextRecipe, data: Path, count: int, context: JobContext) -> Iterator[Any]:
    """Yield the material of each fold; the vocabulary is learnt from its training part alone.

    Raises InputError where there are fewer examples than folds.
    """
    recipe = replace(recipe, pretraining=replace(recipe.pretraining, epochs=0))
    if recipe.task == "text-classification":
        yield from _labelled(recipe, data, count, context)
    elif recipe.task == "tagging":
        yield from _tagged(recipe, data, count, context)
    elif recipe.task in ("language-model", "word-vectors"):
        yield from _running(recipe, data, count, context)
    else:
        yield from _paired(recipe, data, count, context)


def _labelled(recipe: TextRecipe, data: Path, count: int, context: JobContext) -> Iterator[Any]:
    found = classification.read_material(recipe, data, context)
    whole = joined([found.train, *found.validation.values()], found.train.name)
    everything = np.arange(len(whole))
    for held in folds(whole.labels, count, recipe.data.split_seed, None):
        train = whole.subset(np.setdiff1d(everything, held))
        tokenizer = TextTokenizer.train(train.texts, recipe.text)
        yield replace(
            found,
            train=train,
            validation={train.name: whole.subset(held)},
            test={},
            tokenizer=tokenizer,
            tokens=classification.shortened(tokenizer.encode_all(train.texts), recipe.text),
        )


def _tagged(recipe: TextRecipe, data: Path, count: int, context: JobContext) -> Iterator[Any]:
    found = tagging.read_material(recipe, data, context)
    whole = [*found.train, *found.validation]
    for held in _dealt(len(whole), count, recipe.data.split_seed, data):
        out = set(held.tolist())
        train = [one for place, one in enumerate(whole) if place not in out]
        words = Counter(word for sentence in train for word in folded(sentence.words))
        yield replace(
            found,
            train=train,
            validation=[whole[place] for place in held],
            test=[],
            tokenizer=TextTokenizer.from_words(words, recipe.text),
            untagged=None,
        )


def _paired(recipe: TextRecipe, data: Path, count: int, context: JobContext) -> Iterator[Any]:
    found = translation.read_material(recipe, data, context)
    whole = found.train + found.validation
    everything = np.arange(len(whole))
    for held in _dealt(len(whole), count, recipe.data.split_seed, data):
        train = whole.subset(np.setdiff1d(everything, held))
        tokenizer = TextTokenizer.train([*train.sources, *train.targets], recipe.text)
        targets = tokenizer.encode_all(train.targets)
        yield replace(
            found,
            train=train,
            validation=whole.subset(held),
            test={},
            tokenizer=tokenizer,
            sources=translation.encode_sources(tokenizer, train.sources, recipe.text),
            targets=[ids[: recipe.text.max_target_tokens] for ids in targets],
        )


def _running(recipe: TextRecipe, data: Path, count: int, context: JobContext) -> Iterator[Any]:
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    stretches = language.read_stretches(recipe, data, count)
    for held in _dealt(len(stretches), count, recipe.data.split_seed, data):
        out = set(held.tolist())
        train = [line for place, part in enumerate(stretches) if place not in out for line in part]
        validation = [line for place in held for line in stretches[place]]
        yield language.material_of(recipe, train, validation, {}, context)


def _dealt(total: int, count: int, seed: int, data: Path) -> Sequence[np.ndarray]:
    if total < count:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} has fewer examples than folds were asked for."), path=str(data)
        )
    return [np.sort(part) for part in np.array_split(np.random.default_rng(seed).permutation(total), count)]
