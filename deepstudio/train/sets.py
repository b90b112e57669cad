"""From a recipe and a data folder to training, validation and test sets. Torch-free, in the lane."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet, load_idx_images, load_image_set
from deepstudio.data.splits import group_split, read_groups, stratified_split
from deepstudio.train.recipe import DataConfig, Recipe

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """The two sets that a run may see."""

    train: ImageSet
    validation: ImageSet


def data_root(config: DataConfig, data_dir: Path) -> Path:
    """Return the folder of the recipe's set: below `data_dir`, or `data_dir` itself."""
    below = data_dir / config.folder
    return below if config.folder and below.is_dir() else data_dir


def load_training_sets(recipe: Recipe, data_dir: Path, context: JobContext) -> Sets:
    """Read the training split and hold out, or read, the validation split.

    Raises InputError for missing, empty or single-class data.
    """
    config, root = recipe.data, data_root(recipe.data, data_dir)
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    whole = _load_split(root, config.train, recipe)
    if len(np.unique(whole.labels)) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "All training images in {path} belong to one class."),
            fix=QT_TRANSLATE_NOOP("errors", "At least two classes are needed to learn the difference."),
            path=str(root),
        )
    if config.validation:
        return Sets(train=whole, validation=_load_split(root, config.validation, recipe, classes=whole.classes))
    if config.group_pattern:
        table = root / config.train / config.group_table if config.group_table else None
        groups = read_groups(whole.names, config.group_pattern, table)
        chosen, held = group_split(whole.labels, groups, config.validation_share, config.split_seed)
    else:
        chosen, held = stratified_split(whole.labels, config.validation_share, config.split_seed)
    return Sets(train=whole.subset(chosen), validation=whole.subset(held))


def load_test_set(recipe: Recipe, data_dir: Path, classes: Sequence[str]) -> ImageSet | None:
    """Return the test split, or None where there is none."""
    root = data_root(recipe.data, data_dir)
    try:
        return _load_split(root, recipe.data.test, recipe, classes=classes)
    except InputError as error:
        _log.warning("no test split: %s", error)
        return None


def _load_split(root: Path, split: str, recipe: Recipe, *, classes: Sequence[str] | None = None) -> ImageSet:
    """Return a split: the folder of that name, idx files that begin with it, or (for training) the root itself."""
    labels = classes or recipe.labels or None
    folder = root / split
    if split and not folder.is_dir():
        for place in (root, root / "raw"):
            images = sorted(place.glob(f"{split}*idx3-ubyte*"))
            indices = sorted(place.glob(f"{split}*idx1-ubyte*"))
            if images and indices:
                return load_idx_images(images[0], indices[0], classes=labels)
        if split != recipe.data.train:
            raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(folder))
        folder = root
    return load_image_set(folder, recipe.preprocessing, classes=labels, on_unreadable=_report_unreadable)


def _report_unreadable(name: str, error: DeepStudioError) -> None:
    _log.warning("left out %s: %s", name, error)
