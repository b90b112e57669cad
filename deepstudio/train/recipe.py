"""The recipe of an image classifier. Torch-free, any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deepstudio.core.config import option
from deepstudio.core.errors import RecipeError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.train.recipe_base import BaseRecipe, OptimizerConfig, ScheduleConfig, TrainingConfig
from deepstudio.train.recipe_files import load_recipe

__all__ = [
    "DataConfig",
    "LossConfig",
    "NetworkConfig",
    "OptimizerConfig",
    "OutlierConfig",
    "Recipe",
    "ScheduleConfig",
    "TrainingConfig",
    "load_image_recipe",
    "load_recipe",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataConfig:
    """Where the examples lie below the data folder, and how they are split."""

    name: str = option("", "Name of the data set, as it appears on the card.")
    folder: str = option("", "Folder of the set below the data folder; the data folder itself where it is missing.")
    train: str = option("train", "Folder or idx prefix of the training split.")
    test: str = option("test", "Folder or idx prefix of the test split; it is never looked at while training.")
    validation: str = option("", "Folder of the validation split; empty holds out a share of the training split.")
    validation_share: float = option(0.1, "Share of the training split held out for validation.", low=0.001, high=0.9)
    group_pattern: str = option("", "Pattern that finds an image's group in its name; a group is never divided.")
    group_table: str = option("", "Text file with one original name a line, found by number, for the pattern.")
    outliers: tuple[str, ...] = option((), "Folders with pictures of nothing that the network knows, to fit rejection.")
    outlier_limit: int = option(2000, "Most pictures taken from each of them, evenly spaced.", low=1)
    split_seed: int = option(0, "Seed of the split.", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """Which network, with which options."""

    architecture: str = option("speednet", "Name of the network in the registry.")
    config: dict[str, Any] = option({}, "Options of that network.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LossConfig:
    """What is minimised."""

    name: str = option(
        "cross-entropy", "Loss.", choices=("cross-entropy", "binary-cross-entropy", "mean-squared-error")
    )
    label_smoothing: float = option(0.0, "Share of each target spread over all classes.", low=0.0, high=0.9)
    balance_classes: bool = option(False, "Weigh classes by how rare they are.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlierConfig:
    """Pictures of other things that the network sees while it learns, and is to stay unsure about.

    D. Hendrycks et al. 2019, arXiv:1812.04606. Each batch gets `share` of its size in them; their loss is the
    cross-entropy to equal chances for all classes.
    """

    kinds: tuple[str, ...] = option((), "Kinds of pictures that the program draws; none leaves this out.")
    folders: tuple[str, ...] = option((), "Image sets below the data folder that show none of the classes.")
    count: int = option(2000, "Pictures of each kind and from each set.", low=1, high=1_000_000)
    share: float = option(0.25, "Pictures of other things for each known picture in a batch.", low=0.01, high=4.0)
    weight: float = option(0.5, "Weight of their loss.", low=0.0, high=100.0)
    from_epoch: int = option(0, "Epochs before they are first shown.", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(BaseRecipe):
    """A whole run of an image classifier, as written in TOML."""

    task: str = option("image-classification", "What the network does.", choices=("image-classification",))
    labels: tuple[str, ...] = option((), "Names of the classes, in order; empty takes the folder names.")
    rejection: float = option(
        0.0, "Share of known pictures that 'none of these' may take; 0 is off.", low=0.0, high=0.5
    )
    data: DataConfig = field(default_factory=DataConfig)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    outliers: OutlierConfig = field(default_factory=OutlierConfig)


def load_image_recipe(path: str | Path, overrides: Sequence[str] = ()) -> Recipe:
    """Return `load_recipe(path, overrides)`; raises RecipeError if it is a recipe of another task."""
    recipe = load_recipe(path, overrides)
    if not isinstance(recipe, Recipe):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{path} is a recipe for another task: {task}."),
            path=str(path),
            task=recipe.task,
        )
    return recipe
