"""Folds of several labelled sets for cross-validation: each set is dealt out by itself. In the lane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.data.image_sets import joined_sets
from deepstudio.data.splits import folds
from deepstudio.train.image_text.material import ImageTextMaterial, NamedSet, groups_of, read_material
from deepstudio.train.image_text.recipe import ImageTextRecipe


def set_folds(recipe: ImageTextRecipe, data: Path, count: int, context: JobContext) -> Iterator[ImageTextMaterial]:
    """Yield the material of each fold: stratified by class, groups never divided; the words are the same in all."""
    found = read_material(recipe, data, context)
    wholes = [joined_sets([named.train, named.validation]) for named in found.sets]
    dealt = [
        folds(whole.labels, count, 0, None if named.config.validation else groups_of(named.config, data, whole))
        for whole, named in zip(wholes, found.sets, strict=True)
    ]
    for fold in range(count):
        sets: list[NamedSet] = []
        for named, whole, parts in zip(found.sets, wholes, dealt, strict=True):
            rest = np.setdiff1d(np.arange(len(whole)), parts[fold])
            sets.append(replace(named, train=whole.subset(rest), validation=whole.subset(parts[fold]), test=None))
        yield replace(found, sets=tuple(sets))
