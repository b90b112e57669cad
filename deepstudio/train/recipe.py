"""A training recipe: everything that makes a run, as one TOML file. Torch-free, any thread."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deepstudio.core.config import from_mapping, option
from deepstudio.core.errors import RecipeError
from deepstudio.core.paths import recipes_dir
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.models.card import DataSource


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
class OptimizerConfig:
    """How weights follow gradients. Rates are for gradients of the mean loss."""

    name: str = option("sgd", "Optimiser.", choices=("sgd", "adam", "adamw", "rmsprop"))
    lr: float = option(0.01, "Highest learning rate.", low=0.0, high=100.0)
    momentum: float = option(0.9, "Momentum (SGD, RMSprop).", low=0.0, high=0.9999)
    nesterov: bool = option(True, "Look ahead along the momentum (SGD).")
    betas: tuple[float, ...] = option(
        (0.9, 0.999), "Averages of gradient and squared gradient (Adam).", low=0.0, high=0.99999
    )
    l2: float = option(0.0, "Weight decay (L2 penalty; decoupled in AdamW).", low=0.0, high=1.0)
    l1: float = option(0.0, "L1 penalty on weights.", low=0.0, high=1.0)
    norm_bias_lr: float = option(
        1.0, "Multiplies the rate, and divides the decay, of the biases of norms.", low=0.0, high=1000.0
    )
    clip_norm: float = option(0.0, "Longest gradient, as a norm; 0 leaves it as it is.", low=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleConfig:
    """How the learning rate moves over the run, as a share of the highest."""

    name: str = option("constant", "Schedule.", choices=("constant", "step", "cosine", "one-cycle"))
    start: float = option(0.2, "Share at the first step (cosine, one-cycle).", low=0.0, high=1.0)
    end: float = option(0.0, "Share at the last step (cosine, one-cycle).", low=0.0, high=1.0)
    warmup: float = option(0.2, "Part of the run until the highest rate (cosine, one-cycle).", low=0.0, high=0.99)
    restart_at: float = option(
        1.0, "Part of the run after which the rate jumps up and falls again; 1 is never.", low=0.1, high=1.0
    )
    restart_share: float = option(0.3, "Share that it jumps to.", low=0.0, high=1.0)
    step_epochs: int = option(10, "Epochs between drops (step).", low=1)
    step_factor: float = option(0.1, "What a drop multiplies by (step).", low=0.0, high=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LossConfig:
    """What is minimised."""

    name: str = option(
        "cross-entropy", "Loss.", choices=("cross-entropy", "binary-cross-entropy", "mean-squared-error")
    )
    label_smoothing: float = option(0.0, "Share of each target spread over all classes.", low=0.0, high=0.9)
    balance_classes: bool = option(False, "Weigh classes by how rare they are.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """The loop."""

    epochs: int = option(10, "Passes over the training split.", low=1, high=100_000)
    batch_size: int = option(128, "Examples a step.", low=1, high=1_000_000)
    precision: str = option(
        "auto", "Arithmetic; auto takes bf16 where the processor is fast at it.", choices=("auto", "float32", "bf16")
    )
    channels_last: bool = option(True, "Memory order of images that convolutions like best.")
    compile: bool = option(False, "Compile the network with torch.compile.")
    ema: float = option(0.0, "Average of the weights: share kept a step; 0 is off.", low=0.0, high=0.99999)
    checkpoint_every: int = option(1, "Epochs between checkpoints.", low=1)
    keep: str = option(
        "last", "Which weights become the model: the last, or the best on validation data.", choices=("last", "best")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole run, as written in TOML."""

    name: str
    title: str = ""
    task: str = option("image-classification", "What the network does.", choices=("image-classification",))
    description: str = ""
    warning: str = ""
    labels: tuple[str, ...] = option((), "Names of the classes, in order; empty takes the folder names.")
    seed: int = option(0, "Seed of weights, order and augmentation.", low=0)
    rejection: float = option(
        0.0, "Share of known pictures that 'none of these' may take; 0 is off.", low=0.0, high=0.5
    )
    version: str = "1"
    data: DataConfig = field(default_factory=DataConfig)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    sources: tuple[DataSource, ...] = ()


def load_recipe(path: str | Path, overrides: Sequence[str] = ()) -> Recipe:
    """Return the recipe in the TOML file `path`, or the shipped one of that name, with `key=value` overrides applied.

    A key may be dotted (`training.epochs=3`); a value is TOML, or a bare word. Raises RecipeError.
    """
    file = Path(path)
    if not file.is_file() and (recipes_dir() / f"{path}.toml").is_file():
        file = recipes_dir() / f"{path}.toml"
    try:
        mapping = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(sorted(found.stem for found in recipes_dir().glob("*.toml")))
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "There is no recipe {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "Shipped recipes: {known}."),
            path=str(path),
            known=known,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{path} is not valid TOML: {reason}."), path=str(path), reason=str(error)
        ) from error
    for override in overrides:
        _apply_override(mapping, override)
    return from_mapping(Recipe, mapping, where=file.name)


def _apply_override(mapping: dict[str, Any], override: str) -> None:
    key, separator, text = override.partition("=")
    if not separator or not key.strip():
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "'{override}' is not of the form key=value."), override=override)
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *path, last = key.strip().split(".")
    place: Any = mapping
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, Mapping):
            raise RecipeError(QT_TRANSLATE_NOOP("errors", "'{key}' is a value, not a table."), key=part)
    place[last] = value
