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
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.series import Plan, SeriesRequest, SeriesResult, run_series, series_tag
from deepstudio.train.sets import load_outliers, load_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossValidateRequest(SeriesRequest):
    """Train `folds` runs, each with another part of the data held out."""

    folds: int = 5


def can_be_folded(task: str) -> bool:
    """Return whether recipes of a task can be cross-validated: running text and speakers cannot be dealt out."""
    return task in ("image-classification", "text-classification", "tagging", "translation", "summarisation")


def _text_plans(recipe: BaseRecipe, request: CrossValidateRequest, context: JobContext) -> list[Plan]:
    from deepstudio.train.text.folds import text_folds
    from deepstudio.train.text.recipe import TextRecipe

    assert isinstance(recipe, TextRecipe)
    return [
        Plan(
            name=f"{recipe.name} fold {number} of {request.folds}",
            recipe=replace(recipe, name=f"{recipe.name}-fold-{number}"),
            material=material,
        )
        for number, material in enumerate(text_folds(recipe, request.data, request.folds, context), 1)
    ]


def cross_validate(request: CrossValidateRequest, context: JobContext) -> SeriesResult:
    """Return the figures of every fold, their mean and their spread.

    Raises RecipeError for a task that cannot be folded or fewer than two folds, InputError where the data cannot be
    dealt into so many, and what training raises.
    """
    recipe = request.recipe
    if not can_be_folded(recipe.task):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "Cross-validation is not there for this task: {task}."),
            fix=QT_TRANSLATE_NOOP("errors", "Train with several seeds instead to see the spread."),
            task=recipe.task,
        )
    if request.folds < 2:
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "Cross-validation needs at least two folds."))
    if not isinstance(recipe, Recipe):
        return run_series(request, series_tag("folds", recipe), _text_plans(recipe, request, context), context)
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
