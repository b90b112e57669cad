"""Language modelling as a task. In the lane."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.registry import build_network
from deepstudio.models.text_language import SkipGram
from deepstudio.models.word_vectors import word_vectors
from deepstudio.train.objective import Objective
from deepstudio.train.text.analogies import analogy_report, own_analogies, read_analogies
from deepstudio.train.text.cards import Figures, recipe_of, test_files
from deepstudio.train.text.files import find_files
from deepstudio.train.text.language import (
    LanguageMaterial,
    as_language_model,
    as_stream,
    count_words,
    held_out_lines,
    make_network,
    make_objective,
    read_material,
    text_loss,
)
from deepstudio.train.text.recipe import TextRecipe
from deepstudio.train.text.task import TextTask

_SUFFIXES = (".txt", "")


class LanguageTask(TextTask[LanguageMaterial]):
    """Trains, finishes and measures networks that write on, and word vectors."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> LanguageMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def network(self, recipe: TextRecipe, material: LanguageMaterial) -> nn.Module:
        """Return the recipe's language model or skip-gram."""
        return make_network(recipe, material)

    def objective(
        self, network: nn.Module, recipe: TextRecipe, material: LanguageMaterial, device: torch.device
    ) -> Objective:
        """Return the cross-entropy of each next token; for word vectors, of neighbours."""
        return make_objective(network, recipe, material, device)

    def complete(
        self, network: nn.Module, card: ModelCard, recipe: TextRecipe, material: LanguageMaterial, device: torch.device
    ) -> tuple[nn.Module, ModelCard]:
        """Return what is worth keeping: of word vectors the half that stands for the words themselves."""
        return _without_contexts(network, card) if isinstance(network, SkipGram) else (network, card)

    def measure(
        self, loaded: LoadedModel, recipe: TextRecipe, material: LanguageMaterial, context: JobContext
    ) -> list[Figures]:
        """Return perplexities; of word vectors, which say nothing of what comes next, the analogies completed."""
        if isinstance(loaded.network, SkipGram):
            report = _analogies(loaded, own_analogies())
            values = {"analogy_accuracy": report["analogy_accuracy"]}
            return [Figures(data="analogies", split="test", examples=report["examples"], values=values)]
        data = recipe.data.name or recipe.name
        sets = [(data, "validation", material.validation, material.validation_words)]
        sets += [(f"{data}: {name}", "test", row, material.test_words[name]) for name, row in material.test.items()]
        return [
            Figures(data=name, split=split, examples=words, values=_figures(loaded, row, words))
            for name, split, row, words in sets
        ]

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return perplexity by word and by token on a text file, or on the test files in a folder.

        Of a file that the recipe divides, on the part that it held out. Of word vectors: the share of analogies that
        they complete, of a file or (for a folder) of the program's own list.
        """
        began = time.perf_counter()
        if isinstance(loaded.network, SkipGram):
            report = _analogies(loaded, data if data.is_file() else own_analogies())
            return {**report, "seconds": time.perf_counter() - began}
        recipe = recipe_of(loaded.card)
        own = data.is_dir() and recipe.data.test_share and not recipe.data.test
        paths = find_files(recipe.data.train, recipe.data, data) if own else test_files(loaded.card, data, _SUFFIXES)
        lines = [line for path in paths for line in held_out_lines(recipe, path)]
        context.check()
        row = as_stream(TextTokenizer.from_card(loaded.card.tokenizer), lines)
        words = count_words(lines)
        return {**_figures(loaded, row, words), "examples": words, "seconds": time.perf_counter() - began}


def _without_contexts(network: SkipGram, card: ModelCard) -> tuple[SkipGram, ModelCard]:
    """Return the half of the vectors that stands for the words themselves, and its card."""
    config = {**card.config, "context": False}
    bare = build_network(card.architecture, config, num_classes=1)
    assert isinstance(bare, SkipGram)
    bare.embedding = network.embedding
    return bare, replace(card, config=config)


def _analogies(loaded: LoadedModel, path: Path) -> dict[str, Any]:
    assert isinstance(loaded.network, SkipGram)
    tokens = TextTokenizer.from_card(loaded.card.tokenizer).vocabulary()
    vectors = word_vectors(tokens, loaded.network.embedding.weight.detach().float().cpu().numpy())
    return analogy_report(vectors, read_analogies(path))


def _figures(loaded: LoadedModel, row: np.ndarray, words: int) -> dict[str, float]:
    nats = text_loss(as_language_model(loaded.network), row, loaded.device)
    return {
        "perplexity": math.exp(min(nats / max(words, 1), 50.0)),
        "token_perplexity": math.exp(min(nats / max(len(row) - 1, 1), 50.0)),
    }
