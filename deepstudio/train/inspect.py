"""What a network says of every single sample of a split: for the samples behind a figure. In a lane.

Shapes: N samples, K classes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.device import pick_device
from deepstudio.core.errors import InputError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.torch_threads import use_usual_threads
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet
from deepstudio.models.modelfile import load_model, read_card
from deepstudio.train.batches import Normalizer, to_device
from deepstudio.train.evaluation import predict_set
from deepstudio.train.recipe import Recipe
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.recipe_files import recipe_from_mapping
from deepstudio.train.sets import data_root, load_test_set, load_training_sets, name_prefix
from deepstudio.train.sound_tiles import SoundPlace

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectRequest:
    """Look at the split `split` of the set at `data` with the model in the file `model`.

    `recipe` says how the set is split; None takes the recipe on the model's card.
    """

    model: Path
    data: Path
    recipe: BaseRecipe | None = None
    split: str = "validation"
    device: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """Samples by name (below `root`, as corrections and thumbnails know them) with label and answer.

    `labels` and `predicted` int64 N into `classes`; `losses` (cross-entropy, calibrated) and `confidence` (of the
    predicted class) float32 N; `confusion` int64 KK, a row is a true class. Arrays are read-only. `texts` are the
    samples themselves where they are texts, cut where they are long; `sounds` where they are recordings.
    """

    root: Path
    split: str
    names: tuple[str, ...]
    labels: np.ndarray
    predicted: np.ndarray
    losses: np.ndarray
    confidence: np.ndarray
    classes: tuple[str, ...]
    confusion: np.ndarray
    texts: tuple[str, ...] = ()
    sounds: tuple[SoundPlace, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.labels, self.predicted, self.losses, self.confidence, self.confusion):
            array.setflags(write=False)

    def top_losses(self, count: int = 100) -> np.ndarray:
        """Return the indices of the samples with the greatest loss, greatest first."""
        order: np.ndarray = np.argsort(-self.losses, kind="stable")[:count]
        return order

    def cell(self, truth: int, predicted: int) -> np.ndarray:
        """Return the indices of the samples in a cell of the confusion matrix, the most confident first."""
        members = np.flatnonzero((self.labels == truth) & (self.predicted == predicted))
        order: np.ndarray = members[np.argsort(-self.confidence[members], kind="stable")]
        return order


def inspect_samples(request: InspectRequest, context: JobContext) -> Inspected:
    """Return every sample of the split with its answer and its loss.

    Raises ModelFileError for a model that classifies neither images nor texts nor spoken words, InputError for a
    missing split.
    """
    use_usual_threads()
    assert request.split in SPLITS, f"there is no split {request.split!r}"
    task = read_card(request.model).task
    if task == "text-classification":
        from deepstudio.train.inspect_text import inspect_texts

        return inspect_texts(request, context)
    if task == "keyword-spotting":
        from deepstudio.train.inspect_words import inspect_words

        return inspect_words(request, context)
    loaded = load_model(request.model, pick_device(request.device))
    card = loaded.card
    recipe = request.recipe if isinstance(request.recipe, Recipe) else _recipe_of(card.recipe, card.name)
    # Labels in the model's own order, whatever the folder's order is now.
    image_set = _read(replace(recipe, labels=card.labels, preprocessing=card.preprocessing), request, context)
    context.status(QT_TRANSLATE_NOOP("status", "Looking at every sample"))
    outputs = predict_set(
        loaded.network.eval(),
        to_device(image_set, loaded.device),
        Normalizer(card.preprocessing, loaded.device),
        views=card.preprocessing,
        check=context.check,
    )
    logits = outputs.logits / card.temperature
    confidence, predicted = torch.softmax(logits, dim=1).max(dim=1)
    confusion = np.zeros((len(card.labels), len(card.labels)), np.int64)
    np.add.at(confusion, (image_set.labels, predicted.numpy()), 1)
    prefix = name_prefix(recipe, request.data, request.split)
    return Inspected(
        root=data_root(recipe.data, request.data),
        split=request.split,
        names=tuple(prefix + name for name in image_set.names),
        labels=image_set.labels.copy(),
        predicted=predicted.numpy(),
        losses=F.cross_entropy(logits, outputs.labels, reduction="none").numpy(),
        confidence=confidence.numpy(),
        classes=card.labels,
        confusion=confusion,
    )


def _recipe_of(mapping: object, name: str) -> Recipe:
    recipe = recipe_from_mapping(mapping, where=name) if isinstance(mapping, dict) and mapping else None
    if not isinstance(recipe, Recipe):
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "'{name}' does not say how its data were split."), name=name)
    return recipe


def _read(recipe: Recipe, request: InspectRequest, context: JobContext) -> ImageSet:
    if request.split != "test":
        sets = load_training_sets(recipe, request.data, context)
        return sets.train if request.split == "train" else sets.validation
    found = load_test_set(recipe, request.data, recipe.labels, context)
    if found is None:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no test split in {path}."), path=str(request.data))
    return found
