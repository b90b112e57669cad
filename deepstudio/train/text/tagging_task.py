"""Tagging as a task. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.conll import TaggedSentence, read_conll
from deepstudio.data.text.tagger_inputs import TagInputs
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.modelfile import LoadedModel
from deepstudio.train.text.cards import Figures, test_files, text_input_of
from deepstudio.train.text.measures import entity_report
from deepstudio.train.text.recipe import TextRecipe
from deepstudio.train.text.tagging import (
    TaggingObjective,
    TagMaterial,
    as_tagger,
    check_tags,
    make_network,
    predict_tags,
    read_material,
)
from deepstudio.train.text.task import TextTask

_SUFFIXES = (".conll", ".txt", ".tsv", ".bio", ".iob2")
_ON_CARD = ("entity_f1", "entity_precision", "entity_recall")


class TaggingTask(TextTask[TagMaterial]):
    """Trains, finishes and measures networks that give each word a tag."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> TagMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def network(self, recipe: TextRecipe, material: TagMaterial) -> nn.Module:
        """Return the recipe's tagger."""
        return make_network(recipe, material)

    def objective(
        self, network: nn.Module, recipe: TextRecipe, material: TagMaterial, device: torch.device
    ) -> TaggingObjective:
        """Return the likelihood of the right tags."""
        return TaggingObjective(as_tagger(network), recipe, material, device)

    def measure(
        self, loaded: LoadedModel, recipe: TextRecipe, material: TagMaterial, context: JobContext
    ) -> list[Figures]:
        """Return entity F1, precision and recall."""
        sets = {"validation": material.validation, "test": material.test}
        reports = {split: measure_sentences(loaded, sentences) for split, sentences in sets.items() if sentences}
        return [
            Figures(
                data=recipe.data.name or recipe.name,
                split=split,
                examples=len(sets[split]),
                values={key: float(report[key]) for key in _ON_CARD},
            )
            for split, report in reports.items()
        ]

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return the figures on CoNLL columns: a file, or the test files in a folder."""
        began = time.perf_counter()
        paths = test_files(loaded.card, data, _SUFFIXES)
        sentences = [sentence for path in paths for sentence in read_conll(path)]
        check_tags(sentences, loaded.card.labels, data)
        context.check()
        report = measure_sentences(loaded, sentences)
        labels = list(loaded.card.labels)
        return {**report, "labels": labels, "examples": len(sentences), "seconds": time.perf_counter() - began}


def measure_sentences(loaded: LoadedModel, sentences: Sequence[TaggedSentence]) -> dict[str, Any]:
    """Return the figures of a model on tagged sentences."""
    card = loaded.card
    tokenizer = TextTokenizer.from_card(card.tokenizer)
    inputs = TagInputs([sentence.words for sentence in sentences], tokenizer, text_input_of(card), loaded.device)
    found = predict_tags(as_tagger(loaded.network), inputs, card.labels)
    return entity_report([sentence.tags for sentence in sentences], found)
