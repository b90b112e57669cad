"""Language modelling as a task. In the lane."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.text_language import SkipGram
from deepstudio.train.task import Built, Finished
from deepstudio.train.text.cards import Figures, finish_text, recipe_of, test_files, text_card
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

_SUFFIXES = (".txt", "")


class LanguageTask:
    """Trains, finishes and measures networks that write on."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> LanguageMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def build(self, recipe: TextRecipe, material: LanguageMaterial, device: torch.device) -> Built:
        """Return network and objective."""
        network = make_network(recipe, material).to(device)
        return Built(network=network, objective=make_objective(network, recipe, material, device))

    def card(self, recipe: TextRecipe, material: LanguageMaterial) -> ModelCard:
        """Return the card without figures."""
        return text_card(recipe, material.tokenizer)

    def finish(
        self,
        network: nn.Module,
        recipe: TextRecipe,
        material: LanguageMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Write the file and measure it, on the test text once."""
        facts = {**training, "training_examples": len(material.train)}

        def measure(loaded: LoadedModel) -> list[Figures]:
            if isinstance(loaded.network, SkipGram):  # says what stands near, not what comes next: no perplexity
                return []
            sets = [(recipe.data.name or recipe.name, "validation", material.validation, material.validation_words)]
            sets += [
                (f"{recipe.data.name or recipe.name}: {name}", "test", row, material.test_words[name])
                for name, row in material.test.items()
            ]
            return [
                Figures(data=name, split=split, examples=words, values=_figures(loaded, row, words))
                for name, split, row, words in sets
            ]

        card = self.card(recipe, material)
        return finish_text(network, card, target, context, device=device, training=facts, measure=measure)

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return perplexity by word and by token on a text file, or on the test files in a folder.

        Of a file that the recipe divides, on the part that it held out.
        """
        began = time.perf_counter()
        recipe = recipe_of(loaded.card)
        own = data.is_dir() and recipe.data.test_share and not recipe.data.test
        paths = find_files(recipe.data.train, recipe.data, data) if own else test_files(loaded.card, data, _SUFFIXES)
        lines = [line for path in paths for line in held_out_lines(recipe, path)]
        context.check()
        row = as_stream(TextTokenizer.from_card(loaded.card.tokenizer), lines)
        words = count_words(lines)
        return {**_figures(loaded, row, words), "examples": words, "seconds": time.perf_counter() - began}


def _figures(loaded: LoadedModel, row: np.ndarray, words: int) -> dict[str, float]:
    nats = text_loss(as_language_model(loaded.network), row, loaded.device)
    return {
        "perplexity": math.exp(min(nats / max(words, 1), 50.0)),
        "token_perplexity": math.exp(min(nats / max(len(row) - 1, 1), 50.0)),
    }
