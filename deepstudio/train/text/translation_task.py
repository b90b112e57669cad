"""Translation and headlines as tasks. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.pairs import TextPairs
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.text_repeats import REPEATS
from deepstudio.train.text.cards import Figures, recipe_of, text_input_of
from deepstudio.train.text.measures import rouge_l
from deepstudio.train.text.recipe import TextRecipe
from deepstudio.train.text.task import TextTask
from deepstudio.train.text.translation import (
    PairMaterial,
    PairObjective,
    as_translator,
    held_out_pairs,
    make_network,
    measure_written,
    read_material,
    rouge_words,
    write_all,
)

BEAM = 5
_LEADS = range(5, 26, 2)


class WritingTask(TextTask[PairMaterial]):
    """Trains, finishes and measures networks that write one text from another."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> PairMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def network(self, recipe: TextRecipe, material: PairMaterial) -> nn.Module:
        """Return the recipe's encoder and decoder."""
        return make_network(recipe, material)

    def objective(
        self, network: nn.Module, recipe: TextRecipe, material: PairMaterial, device: torch.device
    ) -> PairObjective:
        """Return the cross-entropy of the target's tokens."""
        return PairObjective(as_translator(network), recipe, material, device)

    def measure(
        self, loaded: LoadedModel, recipe: TextRecipe, material: PairMaterial, context: JobContext
    ) -> list[Figures]:
        """Return BLEU and chrF, or ROUGE-L, by beam search."""
        data = recipe.data.name or recipe.name
        sets = [(data, "validation", material.validation)]
        sets += [(f"{data}: {name}", "test", pairs) for name, pairs in material.test.items()]
        return [
            Figures(data=name, split=split, examples=len(pairs), values=measure_pairs(loaded, pairs, context))
            for name, split, pairs in sets
        ]

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return the figures on pairs: a TSV file `source<TAB>target`, or a folder with what the recipe tested on.

        In a folder of several test sets the first one is measured.
        """
        began = time.perf_counter()
        pairs = held_out_pairs(recipe_of(loaded.card), data)
        report = measure_pairs(loaded, pairs, context)
        return {**report, "examples": len(pairs), "seconds": time.perf_counter() - began}


def measure_pairs(loaded: LoadedModel, pairs: TextPairs, context: JobContext) -> dict[str, float]:
    """Return the figures of a model on pairs; for headlines also that of the lead baseline."""
    card = loaded.card
    tokenizer = TextTokenizer.from_card(card.tokenizer)
    config = text_input_of(card)
    written = write_all(
        as_translator(loaded.network),
        tokenizer,
        pairs.sources,
        config,
        loaded.device,
        width=BEAM,
        check=context.check,
        repeats=REPEATS[card.task],
    )
    figures = measure_written(card.task, written, pairs.targets)
    if card.task == "summarisation":
        figures["rouge_l_lead"] = lead_baseline(pairs)
    return figures


def lead_baseline(pairs: TextPairs) -> float:
    """Return the ROUGE-L of the first words of each source, as many as suit these very pairs best."""
    sources, targets = ([rouge_words(text) for text in side] for side in (pairs.sources, pairs.targets))

    def score(length: int) -> float:
        scores = (rouge_l(target, source[:length]) for source, target in zip(sources, targets, strict=True))
        return sum(scores) / max(len(pairs), 1)

    return max(score(length) for length in _LEADS)
