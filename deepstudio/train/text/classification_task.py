"""Text classification as a task. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.examples import LabelledTexts, joined, read_labelled
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.train.evaluation import fit_temperature
from deepstudio.train.text.cards import Figures, recipe_of, test_files, text_input_of
from deepstudio.train.text.classification import (
    ClassificationObjective,
    ClassMaterial,
    make_network,
    predict_logits,
    read_material,
    read_sets,
    shortened,
)
from deepstudio.train.text.files import columns_of
from deepstudio.train.text.measures import classification_report
from deepstudio.train.text.recipe import TextRecipe
from deepstudio.train.text.task import TextTask

_SUFFIXES = (".csv", ".tsv", ".txt", "")
_ON_CARD = ("accuracy", "macro_f1", "f1", "ece")


class TextClassificationTask(TextTask[ClassMaterial]):
    """Trains, finishes and measures networks that put texts into classes."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> ClassMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def network(self, recipe: TextRecipe, material: ClassMaterial) -> nn.Module:
        """Return the recipe's classifier."""
        return make_network(recipe, material)

    def objective(
        self, network: nn.Module, recipe: TextRecipe, material: ClassMaterial, device: torch.device
    ) -> ClassificationObjective:
        """Return the cross-entropy of the classes."""
        return ClassificationObjective(network, recipe, material, device)

    def complete(
        self, network: nn.Module, card: ModelCard, recipe: TextRecipe, material: ClassMaterial, device: torch.device
    ) -> tuple[nn.Module, ModelCard]:
        """Return the network and a card with the temperature that suits the validation data."""
        held = joined(list(material.validation.values()), "validation")
        tokens = shortened(material.tokenizer.encode_all(held.texts), recipe.text)
        temperature = fit_temperature(predict_logits(network.eval(), tokens, device), torch.from_numpy(held.labels))
        return network, replace(card, temperature=temperature)

    def measure(
        self, loaded: LoadedModel, recipe: TextRecipe, material: ClassMaterial, context: JobContext
    ) -> list[Figures]:
        """Return accuracy, F1 and calibration of each set."""
        parts = [("validation", material.validation), ("test", material.test)]
        return [
            _on_card(name, split, texts, measure_texts(loaded, texts))
            for split, sets in parts
            for name, texts in sets.items()
        ]

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return the figures on a CSV or TSV file with the columns text and label, or on a folder with test files.

        A folder with the one file that the recipe split itself means the part that it held out. Several test files are
        measured together, and each alone under `sets`.
        """
        began = time.perf_counter()
        recipe = recipe_of(loaded.card)
        if data.is_dir() and recipe.data.test_share and not recipe.data.test:
            sets = read_sets(recipe, data).test
        else:
            paths = test_files(loaded.card, data, _SUFFIXES)
            found = [read_labelled(path, loaded.card.labels, columns=columns_of(recipe.data)) for path in paths]
            sets = {f"{texts.name}/{path.stem}": texts for texts, path in zip(found, paths, strict=True)}
        context.check()
        report = measure_texts(loaded, joined(list(sets.values()), "all"))
        if len(sets) > 1:
            names = ("accuracy", "macro_f1", "ece")
            each = {name: measure_texts(loaded, texts) for name, texts in sets.items()}
            report["sets"] = {name: {key: figures[key] for key in names} for name, figures in each.items()}
        examples = sum(len(texts) for texts in sets.values())
        return {
            **report,
            "labels": list(loaded.card.labels),
            "examples": examples,
            "seconds": time.perf_counter() - began,
        }


def measure_texts(loaded: LoadedModel, texts: LabelledTexts) -> dict[str, Any]:
    """Return the figures of a model on labelled texts."""
    tokenizer = TextTokenizer.from_card(loaded.card.tokenizer)
    tokens = shortened(tokenizer.encode_all(texts.texts), text_input_of(loaded.card))
    logits_NK = predict_logits(loaded.network, tokens, loaded.device)
    probabilities_NK: np.ndarray = torch.softmax(logits_NK / loaded.card.temperature, dim=1).numpy()
    return classification_report(probabilities_NK, texts.labels)


def _on_card(name: str, split: str, texts: LabelledTexts, report: Mapping[str, Any]) -> Figures:
    values = {key: float(report[key]) for key in _ON_CARD if key in report}
    return Figures(data=name, split=split, examples=len(texts), values=values)
