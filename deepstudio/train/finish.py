"""From trained weights to a model file whose card tells the truth about it. In the lane.

Calibration and rejection are fitted on validation data; the test split is touched once, by the file as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.job import JobContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet
from deepstudio.models.card import Measured, ModelCard, RejectionInfo
from deepstudio.models.modelfile import load_model, save_model
from deepstudio.models.rejection import SCORES, fit_statistics
from deepstudio.train.batches import Normalizer, to_device
from deepstudio.train.evaluate import Evaluation, evaluate_model
from deepstudio.train.evaluation import Outputs, fit_temperature, predict_set
from deepstudio.train.precision import pick_precision
from deepstudio.train.recipe import Recipe
from deepstudio.train.task import Finished

if TYPE_CHECKING:
    from deepstudio.train.image_task import ImageMaterial

_FOR_STATISTICS = 10_000
_SHOWN = ("accuracy", "balanced_accuracy", "macro_f1", "ece")


def finish(
    network: nn.Module,
    recipe: Recipe,
    card: ModelCard,
    material: ImageMaterial,
    target: Path,
    context: JobContext,
    *,
    device: torch.device,
    training: Mapping[str, Any],
) -> Finished:
    """Calibrate, fit the rejection, write the file, load it again, measure it, and write the figures on its card.

    `card` has no figures yet; `training` is what is known of the run (seconds, peak memory, device), for the card.
    """
    context.status(QT_TRANSLATE_NOOP("status", "Calibrating"))
    normalize = Normalizer(recipe.preprocessing, device)
    network.eval()

    def outputs(
        image_set: ImageSet, views: Preprocessing = recipe.preprocessing, dtype: torch.dtype = torch.float32
    ) -> Outputs:
        on_device = to_device(image_set, device)
        return predict_set(network, on_device, normalize, views=views, dtype=dtype, check=context.check)

    validation = outputs(material.validation)
    temperature = fit_temperature(validation.logits, validation.labels)
    card = replace(card, temperature=temperature, extra={"training": dict(training)})
    extras: dict[str, Tensor] = {}
    if recipe.rejection:
        one_view = replace(recipe.preprocessing, mirror=False, shift=False)  # features have no other
        quick = pick_precision(recipe.training.precision, device)  # only means and spreads are taken from these
        strange = [outputs(image_set, dtype=quick) for image_set in material.outliers.values()]
        known = outputs(_spread(material.train, _FOR_STATISTICS), one_view, quick)
        info, extras = _fit_rejection(known, validation, strange, recipe.rejection)
        card = replace(card, rejection=info)
    save_model(target, card, network, extras)
    return _measure_file(target, recipe, material, context, device)


def _spread(image_set: ImageSet, most: int) -> ImageSet:
    """Return up to `most` pictures of a set, evenly spaced."""
    if len(image_set) <= most:
        return image_set
    return image_set.subset(np.linspace(0, len(image_set) - 1, most).astype(int))


def _fit_rejection(
    train: Outputs, validation: Outputs, strange: list[Outputs], share: float
) -> tuple[RejectionInfo, dict[str, Tensor]]:
    """Return the score that rejects most pictures of other things, and its tensors.

    The threshold is where `share` of the validation pictures are rejected; the slope is fitted to both kinds. Each set
    of other things weighs alike.
    """
    extras = fit_statistics(train.features, train.labels, train.logits.shape[1])
    known = {name: score(extras, validation.features, validation.logits) for name, score in SCORES.items()}
    thresholds = {name: float(torch.quantile(scores, 1 - share)) for name, scores in known.items()}
    unknown = {name: [score(extras, out.features, out.logits) for out in strange] for name, score in SCORES.items()}

    def rejected(name: str) -> float:
        return sum(float((scores > thresholds[name]).float().mean()) for scores in unknown[name])

    method = max(SCORES, key=rejected) if strange else "energy"
    threshold = thresholds[method]
    alone = 2 / max(float(known[method].std()), 1e-6)
    slope = _fit_slope(known[method], torch.cat(unknown[method]), threshold) if strange else alone
    needed = extras if method == "mahalanobis" else {}
    return RejectionInfo(method=method, threshold=threshold, slope=slope), needed


def _fit_slope(known: Tensor, unknown: Tensor, threshold: float) -> float:
    """Return the likeliest slope of the logistic curve through `threshold`, both kinds weighing alike."""
    scale = float(torch.cat([known, unknown]).std().clamp(min=1e-6))
    slopes = torch.logspace(-1.5, 1.5, 121, dtype=torch.float64) / scale
    right = nn.functional.logsigmoid(slopes[:, None] * (unknown.double() - threshold)).mean(dim=1)
    left = nn.functional.logsigmoid(-slopes[:, None] * (known.double() - threshold)).mean(dim=1)
    return float(slopes[(right + left).argmax()])


def _measure_file(
    target: Path, recipe: Recipe, material: ImageMaterial, context: JobContext, device: torch.device
) -> Finished:
    """Load the file as anybody would, measure it, and write it again with the figures on its card."""
    context.status(QT_TRANSLATE_NOOP("status", "Measuring"))
    loaded = load_model(target, device)
    validation = evaluate_model(loaded, material.validation, context)
    test = evaluate_model(loaded, material.test, context) if material.test is not None else None
    data = recipe.data.name or recipe.name
    measured = _figures(validation, data, "validation") + (_figures(test, data, "test") if test else [])
    for name, image_set in material.outliers.items():
        share = evaluate_model(loaded, _unlabelled(image_set, len(loaded.card.labels)), context).rejected
        if share is not None:
            measured.append(
                Measured(name="rejected", value=share, data=name, split="other things", examples=len(image_set))
            )
    card = save_model(target, replace(loaded.card, metrics=tuple(measured)), loaded.network, loaded.extras)
    return Finished(path=target, card=card, validation=validation, test=test)


def _unlabelled(image_set: ImageSet, num_classes: int) -> ImageSet:
    """Return the set with label 0 throughout: pictures of other things have none of the model's labels."""
    return replace(image_set, labels=np.zeros(len(image_set), np.int64), classes=tuple(map(str, range(num_classes))))


def _figures(evaluation: Evaluation, data: str, split: str) -> list[Measured]:
    report = evaluation.report
    found = [
        Measured(name=name, value=getattr(report, name), data=data, split=split, examples=report.examples)
        for name in _SHOWN
    ]
    if evaluation.rejected is not None:
        found.append(
            Measured(name="rejected", value=evaluation.rejected, data=data, split=split, examples=report.examples)
        )
    return found
