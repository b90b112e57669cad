"""k-fold cross-validation: every example is held out once. In the train lane.

Folds are stratified by class, and divide no group where the recipe has groups. The test split is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from deepstudio.core.errors import RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.splits import folds
from deepstudio.train.image_task import ImageMaterial
from deepstudio.train.outliers import training_outliers
from deepstudio.train.recipe import Recipe
from deepstudio.train.series import Plan, SeriesRequest, SeriesResult, run_series, series_tag
from deepstudio.train.sets import load_outliers, load_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossValidateRequest(SeriesRequest):
    """Train `folds` runs, each with another part of the data held out."""

    folds: int = 5


def cross_validate(request: CrossValidateRequest, context: JobContext) -> SeriesResult:
    """Return the figures of every fold, their mean and their spread.

    Raises RecipeError for a recipe that is not for images or fewer than two folds, InputError where the data cannot be
    dealt into so many, and what training raises.
    """
    recipe = request.recipe
    if not isinstance(recipe, Recipe):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "Cross-validation is for recipes of images; the task here is {task}."),
            fix=QT_TRANSLATE_NOOP("errors", "Train with several seeds instead to see the spread."),
            task=recipe.task,
        )
    if request.folds < 2:
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "Cross-validation needs at least two folds."))
    whole, groups = load_whole(recipe, request.data, context)
    outliers = load_outliers(recipe, request.data) if recipe.rejection else {}
    strange = training_outliers(recipe, request.data, whole, context)
    parts = folds(whole.labels, request.folds, recipe.data.split_seed, groups)
    everything = np.arange(len(whole))
    plans = [
        Plan(
            name=f"{recipe.name} fold {number} of {request.folds}",
            recipe=replace(recipe, name=f"{recipe.name}-fold-{number}"),
            material=ImageMaterial(
                train=whole.subset(np.setdiff1d(everything, held)),
                validation=whole.subset(held),
                outliers=outliers,
                strange=strange,
            ),
        )
        for number, held in enumerate(parts, 1)
    ]
    return run_series(request, series_tag("folds", recipe), plans, context)
