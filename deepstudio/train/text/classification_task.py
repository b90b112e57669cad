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
from deepstudio.train.task import Built, Finished
from deepstudio.train.text.cards import Figures, finish_text, recipe_of, test_files, text_card, text_input_of
from deepstudio.train.text.classification import (
    ClassMaterial,
    make_network,
    make_objective,
    predict_logits,
    read_material,
    read_sets,
    shortened,
)
from deepstudio.train.text.files import columns_of
from deepstudio.train.text.measures import classification_report
from deepstudio.train.text.recipe import TextRecipe

_SUFFIXES = (".csv", ".tsv", ".txt", "")
_ON_CARD = ("accuracy", "macro_f1", "f1", "ece")


class TextClassificationTask:
    """Trains, finishes and measures networks that put texts into classes."""

    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> ClassMaterial:
        """Read every file and learn the vocabulary."""
        return read_material(recipe, data, context)

    def build(self, recipe: TextRecipe, material: ClassMaterial, device: torch.device) -> Built:
        """Return network and objective."""
        network = make_network(recipe, material).to(device)
        return Built(network=network, objective=make_objective(network, recipe, material, device))

    def card(self, recipe: TextRecipe, material: ClassMaterial) -> ModelCard:
        """Return the card without figures."""
        return text_card(recipe, material.tokenizer, material.labels)

    def finish(
        self,
        network: nn.Module,
        recipe: TextRecipe,
        material: ClassMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Calibrate on validation data, write the file and measure it, on the test data once."""
        held = joined(list(material.validation.values()), "validation")
        tokens = shortened(material.tokenizer.encode_all(held.texts), recipe.text)
        temperature = fit_temperature(predict_logits(network.eval(), tokens, device), torch.from_numpy(held.labels))
        card = replace(self.card(recipe, material), temperature=temperature)
        facts = {**training, "training_examples": len(material.train)}

        def measure(loaded: LoadedModel) -> list[Figures]:
            parts = [("validation", material.validation), ("test", material.test)]
            return [
                _on_card(name, split, texts, measure_texts(loaded, texts))
                for split, sets in parts
                for name, texts in sets.items()
            ]

        return finish_text(network, card, target, context, device=device, training=facts, measure=measure)

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
