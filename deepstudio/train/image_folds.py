"""Folds of pictures for cross-validation. In the lane."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.data.splits import folds
from deepstudio.train.image_task import ImageMaterial
from deepstudio.train.outliers import training_outliers
from deepstudio.train.recipe import Recipe
from deepstudio.train.sets import load_outliers, load_whole


def image_folds(recipe: Recipe, data: Path, count: int, context: JobContext) -> Iterator[ImageMaterial]:
    """Yield the material of each fold: stratified by class, no group divided where the recipe has groups."""
    whole, groups = load_whole(recipe, data, context)
    outliers = load_outliers(recipe, data) if recipe.rejection else {}
    strange = training_outliers(recipe, data, whole, context)
    everything = np.arange(len(whole))
    for held in folds(whole.labels, count, recipe.data.split_seed, groups):
        yield ImageMaterial(
            train=whole.subset(np.setdiff1d(everything, held)),
            validation=whole.subset(held),
            outliers=outliers,
            strange=strange,
        )
