"""From a recipe and a data folder to training, validation and test sets. Torch-free, in the lane."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.csv_images import read_image_table
from deepstudio.data.csv_table import is_table
from deepstudio.data.image_sets import ImageSet, joined_sets, load_idx_images, load_image_set
from deepstudio.data.listing import idx_files
from deepstudio.data.splits import group_split, read_groups, stratified_split
from deepstudio.train.notices import notice
from deepstudio.train.recipe import DataConfig, Recipe

_log = logging.getLogger(__name__)
_NO_TEST = QT_TRANSLATE_NOOP(
    "events", "There is no test split, so the model will only be measured on validation data: {reason}"
)
_UNREADABLE = QT_TRANSLATE_NOOP(
    "events", "Files below {path} that cannot be read and are left out: {count}, the first of them {name}."
)


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
    whole = _load_split(root, config.train, recipe, context)
    if len(np.unique(whole.labels)) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "All training images in {path} belong to one class."),
            fix=QT_TRANSLATE_NOOP("errors", "At least two classes are needed to learn the difference."),
            path=str(root),
        )
    if validation := config.validation or _validation_of_table(root):
        return Sets(train=whole, validation=_load_split(root, validation, recipe, context, classes=whole.classes))
    if groups := _groups_of(whole, config, root / config.train):
        chosen, held = group_split(whole.labels, groups, config.validation_share, config.split_seed)
    else:
        chosen, held = stratified_split(whole.labels, config.validation_share, config.split_seed)
    return Sets(train=whole.subset(chosen), validation=whole.subset(held))


def load_whole(recipe: Recipe, data_dir: Path, context: JobContext) -> tuple[ImageSet, list[str] | None]:
    """Return training and validation split as one set, and the group of each image where the recipe has groups.

    Raises InputError as `load_training_sets`.
    """
    config, root = recipe.data, data_root(recipe.data, data_dir)
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    parts = [_load_split(root, config.train, recipe, context)]
    groups = _groups_of(parts[0], config, root / config.train)
    if validation := config.validation or _validation_of_table(root):
        parts.append(_load_split(root, validation, recipe, context, classes=parts[0].classes))
        if groups is not None:
            groups += _groups_of(parts[1], config, root / validation) or []
    return joined_sets(parts), groups


def _groups_of(image_set: ImageSet, config: DataConfig, folder: Path) -> list[str] | None:
    if not config.group_pattern:
        return None
    table = folder / config.group_table if config.group_table else None
    return read_groups(image_set.names, config.group_pattern, table)


def name_prefix(recipe: Recipe, data_dir: Path, split: str) -> str:
    """Return what stands before the names of a split's images so that they start at the root of the set.

    `split` is train, validation or test.
    """
    config, root = recipe.data, data_root(recipe.data, data_dir)
    folder = {"train": config.train, "validation": config.validation or config.train, "test": config.test}[split]
    if root.is_file():
        return ""
    if folder and (root / folder).is_dir():
        return f"{folder}/"
    pair = idx_files(root, folder)
    return "raw/" if pair is not None and pair[0].parent != root else ""


def load_test_set(recipe: Recipe, data_dir: Path, classes: Sequence[str], context: JobContext) -> ImageSet | None:
    """Return the test split, or None, having said so, where there is none or it cannot be read."""
    root = data_root(recipe.data, data_dir)
    try:
        return _load_split(root, recipe.data.test, recipe, context, classes=classes)
    except InputError as error:
        reason = Phrase(error.sentence, error.values)
        if (root / recipe.data.test).is_dir():
            notice(context, QT_TRANSLATE_NOOP("events", "The test split cannot be used: {reason}"), reason=reason)
        else:
            notice(context, _NO_TEST, reason=reason)
        return None


def load_outliers(recipe: Recipe, data_dir: Path) -> dict[str, ImageSet]:
    """Return the recipe's sets of other things, by name; folders that are not there are left out."""
    found = {}
    for name in recipe.data.outliers:
        if (data_dir / name).is_dir():
            found[name] = load_image_set(
                data_dir / name,
                recipe.preprocessing,
                limit=recipe.data.outlier_limit,
                on_unreadable=lambda name, error: _log.warning("left out %s: %s", name, error),
            )
    return found


def recipe_for_data(recipe: Recipe, data_dir: Path) -> Recipe:
    """Return the recipe with the data set's name and sources as `data_dir` has them.

    A recipe that names a folder of its own speaks of that set; on another folder its name and sources would be wrong on
    the card, so the folder's name takes their place.
    """
    config, folder = recipe.data, data_dir.resolve()
    if not config.folder or data_root(config, data_dir) != data_dir or folder.name == Path(config.folder).name:
        return recipe
    return replace(recipe, data=replace(config, name=folder.name, folder=""), sources=())


def _load_split(
    root: Path, split: str, recipe: Recipe, context: JobContext, *, classes: Sequence[str] | None = None
) -> ImageSet:
    """Return a split: rows of a table, the folder of that name, idx files that begin with it, or the root itself."""
    labels = classes or recipe.labels or None
    folder = root / split
    if root.is_file():
        folder = root
    elif split and not folder.is_dir():
        if pair := idx_files(root, split):
            return load_idx_images(*pair, classes=labels)
        if split != recipe.data.train:
            raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(folder))
        folder = root
    left_out: list[str] = []

    def note(name: str, error: DeepStudioError) -> None:
        _log.warning("left out %s: %s", name, error)
        left_out.append(name)

    rows = _rows_of(split, recipe.data) if root.is_file() else ""
    image_set = load_image_set(folder, recipe.preprocessing, classes=labels, on_unreadable=note, split=rows)
    if left_out:
        notice(context, _UNREADABLE, count=len(left_out), path=str(folder), name=left_out[0])
    return image_set


def _validation_of_table(root: Path) -> str:
    """Return "validation" where the table at `root` has such rows, else nothing."""
    return "validation" if is_table(root) and read_image_table(root).has_rows("validation") else ""


def _rows_of(split: str, config: DataConfig) -> str:
    """Return which rows of a table stand for a split of the recipe."""
    return "test" if split == config.test else "train" if split == config.train else "validation"
