"""Two towers as a task: data, network, model file, figures. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from deepstudio.core.config import from_mapping
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet, load_image_set
from deepstudio.models.card import Measured, ModelCard, RejectionInfo
from deepstudio.models.image_text import SIMILARITY, WORDS, ImageText, Similarity, table_of, words_to_tensor
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.train.batches import Normalizer
from deepstudio.train.evaluation import measure
from deepstudio.train.image_text.material import ImageTextMaterial, NamedSet, name_of, read_material, read_split
from deepstudio.train.image_text.measures import (
    Embedded,
    embedded,
    few_shot_figures,
    fit_rejection,
    fit_similarity,
    text_of,
    zero_shot,
)
from deepstudio.train.image_text.objective import ImageTextObjective
from deepstudio.train.image_text.recipe import ImageTextRecipe
from deepstudio.train.precision import pick_precision
from deepstudio.train.task import Built, Finished, bare_card

_INITIAL = 5000


class ImageTextTask:
    """Trains, finishes and measures two towers."""

    def prepare(self, recipe: ImageTextRecipe, data: Path, context: JobContext) -> ImageTextMaterial:
        """Read the sets and learn word vectors from the texts. Raises InputError, RecipeError."""
        return read_material(recipe, data, context)

    def build(self, recipe: ImageTextRecipe, material: ImageTextMaterial, device: torch.device) -> Built:
        """Return the towers, the word vectors in place, and their objective."""
        config = {**recipe.network.config, "num_words": len(material.table)}
        network = build_network(recipe.network.architecture, config, num_classes=0)
        assert isinstance(network, ImageText)
        network.word_vectors.weight.data.copy_(torch.from_numpy(material.vectors))
        network.to(device)
        if recipe.training.channels_last:
            network.tower.to(memory_format=torch.channels_last)
        normalize = Normalizer(recipe.preprocessing, device)
        share = max(1, _INITIAL // len(material.sets))
        first = torch.cat([_first(found.train, share, device) for found in material.sets])
        network.tower.init_from_data(normalize(first))
        objective = ImageTextObjective(
            network, recipe, material, device=device, dtype=pick_precision(recipe.training.precision, device)
        )
        return Built(network=network, objective=objective)

    def card(self, recipe: ImageTextRecipe, material: ImageTextMaterial) -> ModelCard:
        """Return the card without figures; its labels are the names of all classes that were learnt from."""
        return bare_card(
            recipe,
            architecture=recipe.network.architecture,
            config={**recipe.network.config, "num_words": len(material.table)},
            labels=tuple(dict.fromkeys(_names(material))),
            preprocessing=recipe.preprocessing,
        )

    def finish(
        self,
        network: nn.Module,
        recipe: ImageTextRecipe,
        material: ImageTextMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Fit how cosines become chances on validation data, write the file, measure it as it was written."""
        assert isinstance(network, ImageText)
        context.status(QT_TRANSLATE_NOOP("status", "Calibrating"))
        network.eval()
        normalize = Normalizer(recipe.preprocessing, device)
        with torch.no_grad():
            known = [(found, embedded(network, found.validation, normalize, device)) for found in material.sets]
            similarity = fit_similarity(network, material.table, known)
            threshold, slope = fit_rejection(network, material.table, known, similarity, recipe.rejection)
        examples = sum(len(found.train) for found in material.sets)
        held_out = {found.config.name: list(found.config.held_out) for found in material.sets if found.held_out}
        card = replace(
            self.card(recipe, material),
            rejection=RejectionInfo(method="max-logit", threshold=threshold, slope=slope),
            extra={"training": {**training, "training_examples": examples}, "held_out": held_out},
        )
        extras = {WORDS: words_to_tensor(material.table.words), SIMILARITY: similarity.to_tensor()}
        save_model(target, card, network, extras, eight_bits=True)
        context.status(QT_TRANSLATE_NOOP("status", "Measuring"))
        loaded = load_model(target, device)
        splits = {"validation": [(found, found.validation) for found in material.sets]}
        splits["test"] = [(found, found.test) for found in material.sets if found.test is not None]
        figures = {split: _figures(loaded, recipe, material, parts, split) for split, parts in splits.items()}
        measured = tuple(figures["validation"] + figures["test"])
        card = save_model(
            target, replace(loaded.card, metrics=measured), loaded.network, loaded_extras(loaded), eight_bits=True
        )
        return Finished(path=target, card=card, validation=figures["validation"], test=figures["test"] or None)

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return zero-shot and one-shot figures on the test splits of the recipe's sets below `data`.

        On a folder of other labelled pictures, `data/<label>/<file>`, the folders' names are the labels to tell apart.
        """
        started = time.perf_counter()
        recipe = from_mapping(ImageTextRecipe, loaded.card.recipe, where=loaded.card.name)
        present = [config for config in recipe.sets if (data / config.folder).is_dir() and config.folder]
        if not present:
            return _on_folder(loaded, data, started)
        found = []
        for config in present:
            context.check()
            test = read_split(data / config.folder, config.test, config.labels, recipe.preprocessing)
            held = tuple(config.labels.index(label) for label in config.held_out)
            found.append((NamedSet(config=config, train=test, validation=test, test=test, held_out=held), test))
        material = ImageTextMaterial(
            sets=tuple(named for named, _ in found), table=table_of(loaded), vectors=torch.zeros(0).numpy()
        )
        measured = _figures(loaded, recipe, material, found, "test")
        figures: dict[str, Any] = {f"{figure.name} ({figure.data})": figure.value for figure in measured}
        return {
            **figures,
            "figures": [{"name": f.name, "data": f.data, "value": f.value, "examples": f.examples} for f in measured],
            "examples": sum(len(test) for _, test in found),
            "seconds": time.perf_counter() - started,
            "unreadable": [],
        }


def loaded_extras(loaded: LoadedModel) -> dict[str, torch.Tensor]:
    """Return the tensors beside the network as they are written: words as bytes."""
    return {name: tensor.to(torch.uint8) if name == WORDS else tensor for name, tensor in loaded.extras.items()}


def _figures(
    loaded: LoadedModel,
    recipe: ImageTextRecipe,
    material: ImageTextMaterial,
    parts: list[tuple[NamedSet, ImageSet]],
    split: str,
) -> list[Measured]:
    network = loaded.network
    assert isinstance(network, ImageText)
    normalize = Normalizer(recipe.preprocessing, loaded.device)
    similarity = Similarity.from_tensor(loaded.extras[SIMILARITY])
    measured: list[Measured] = []
    found: list[tuple[NamedSet, Embedded]] = []
    with torch.no_grad():
        for named, image_set in parts:
            pictures = embedded(network, image_set, normalize, loaded.device)
            found.append((named, pictures))
            measured += zero_shot(network, material.table, named, pictures, similarity, split)
        measured += few_shot_figures(found, episodes=recipe.episodes, seed=recipe.seed, split=split)
    return measured


def _on_folder(loaded: LoadedModel, data: Path, started: float) -> dict[str, Any]:
    """Return figures on `data/<label>/<file>`, every folder's name a label."""
    unreadable: list[str] = []

    def left_out(name: str, error: DeepStudioError) -> None:
        unreadable.append(f"{name}: {error}")

    network, table = loaded.network, table_of(loaded)
    assert isinstance(network, ImageText)
    root = data / "test" if (data / "test").is_dir() else data
    image_set = load_image_set(root, loaded.card.preprocessing, on_unreadable=left_out)
    strange = [label for label in image_set.classes if not table.knows(label)]
    if strange:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The model knows no word like '{label}'."),
            fix=QT_TRANSLATE_NOOP("errors", "Use English words for the labels."),
            label=strange[0],
        )
    normalize = Normalizer(loaded.card.preprocessing, loaded.device)
    with torch.no_grad():
        pictures = embedded(network, image_set, normalize, loaded.device)
        t_KD = text_of(network, table, [[label] for label in image_set.classes])
    by_words = torch.zeros(len(t_KD), dtype=torch.bool, device=t_KD.device)
    weight, bias = Similarity.from_tensor(loaded.extras[SIMILARITY]).head(t_KD, by_words)
    report = measure((pictures.z @ weight.T + bias).cpu(), pictures.labels.cpu())
    return {
        "accuracy": report.accuracy,
        "balanced_accuracy": report.balanced_accuracy,
        "ece": report.ece,
        "confusion": report.confusion,
        "labels": image_set.classes,
        "examples": report.examples,
        "seconds": time.perf_counter() - started,
        "unreadable": unreadable,
    }


def _first(image_set: ImageSet, count: int, device: torch.device) -> torch.Tensor:
    step = max(1, len(image_set) // count)
    return torch.from_numpy(image_set.images[::step][:count]).permute(0, 3, 1, 2).to(device)


def _names(material: ImageTextMaterial) -> list[str]:
    return [name_of(found.config, found.config.labels[label]) for found in material.sets for label in found.seen]
