"""Image classification as a task: from folders of pictures to a model file. In the lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.registry import InitialisedFromData, build_network
from deepstudio.train.batches import BatchPlan, Normalizer, to_device
from deepstudio.train.evaluate import evaluate_folder
from deepstudio.train.finish import finish
from deepstudio.train.image_objective import ImageObjective
from deepstudio.train.losses import build_loss
from deepstudio.train.outliers import OutlierPlan, held_out_outliers, training_outliers
from deepstudio.train.precision import pick_precision
from deepstudio.train.recipe import Recipe
from deepstudio.train.sets import load_outliers, load_test_set, load_training_sets
from deepstudio.train.task import Built, Finished, bare_card

_IMAGES_FOR_INITIALISATION = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageMaterial:
    """The two sets that a run may see, the test set if there is one, and pictures of other things.

    `outliers` are held out, by name, to fit and measure "none of these"; `strange` are learnt from.
    """

    train: ImageSet
    validation: ImageSet
    test: ImageSet | None = None
    outliers: Mapping[str, ImageSet] = field(default_factory=dict)
    strange: ImageSet | None = None


class ImageTask:
    """Trains, finishes and measures image classifiers."""

    def prepare(self, recipe: Recipe, data: Path, context: JobContext) -> ImageMaterial:
        """Read every set. Raises InputError for missing, empty or single-class data."""
        context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
        sets = load_training_sets(recipe, data, context)
        held_out = held_out_outliers(recipe, sets.validation, context) if recipe.rejection else {}
        return ImageMaterial(
            train=sets.train,
            validation=sets.validation,
            test=load_test_set(recipe, data, sets.train.classes, context),
            outliers={**load_outliers(recipe, data), **held_out} if recipe.rejection else {},
            strange=training_outliers(recipe, data, sets.train, context),
        )

    def build(self, recipe: Recipe, material: ImageMaterial, device: torch.device) -> Built:
        """Return the network, initialised from the first images where it asks for that, and its objective."""
        train, validation = to_device(material.train, device), to_device(material.validation, device)
        normalize = Normalizer(recipe.preprocessing, device)
        network = build_network(recipe.network.architecture, recipe.network.config, num_classes=train.num_classes)
        network.to(device)
        training = recipe.training
        if training.channels_last:
            network.to(memory_format=torch.channels_last)
        if isinstance(network, InitialisedFromData):
            network.init_from_data(normalize(train.images[:_IMAGES_FOR_INITIALISATION]))
        plan = BatchPlan(train, normalize, recipe.augment, batch_size=training.batch_size, seed=recipe.seed)
        objective = ImageObjective(
            plan=plan,
            forward=torch.compile(network) if training.compile else network,
            loss=build_loss(recipe.loss, torch.bincount(train.labels, minlength=train.num_classes)),
            validation=validation,
            normalize=normalize,
            views=recipe.preprocessing,
            dtype=pick_precision(training.precision, device),
            classes=material.train.classes,
            outliers=_outlier_plan(recipe, material, normalize, plan.steps_per_epoch, device),
        )
        return Built(network=network, objective=objective)

    def card(self, recipe: Recipe, material: ImageMaterial) -> ModelCard:
        """Return the card without figures."""
        return bare_card(
            recipe,
            architecture=recipe.network.architecture,
            config=recipe.network.config,
            labels=material.train.classes,
            preprocessing=recipe.preprocessing,
        )

    def finish(
        self,
        network: nn.Module,
        recipe: Recipe,
        material: ImageMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Calibrate, fit "none of these", write the file and measure it."""
        facts = {**training, "training_examples": len(material.train)}
        card = self.card(recipe, material)
        return finish(network, recipe, card, material, target, context, device=device, training=facts)

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return the figures on `data/<class>/<file>` or idx files."""
        evaluation = evaluate_folder(loaded, data, context)
        return {
            **asdict(evaluation.report),
            "labels": loaded.card.labels,
            "rejected": evaluation.rejected,
            "unreadable": list(evaluation.unreadable),
            "seconds": evaluation.seconds,
        }


def _outlier_plan(
    recipe: Recipe, material: ImageMaterial, normalize: Normalizer, steps_per_epoch: int, device: torch.device
) -> OutlierPlan | None:
    if material.strange is None:
        return None
    return OutlierPlan(
        material.strange, normalize, recipe.augment, recipe, steps_per_epoch=steps_per_epoch, device=device
    )
