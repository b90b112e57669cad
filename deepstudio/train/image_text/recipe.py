"""The recipe of two towers for pictures and words. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deepstudio.core.config import option
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.train.recipe_base import BaseRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """One labelled image set, and the words for its classes."""

    name: str = option("", "Name of the set, as it appears on the card.")
    folder: str = option("", "Folder of the set below the data folder.")
    train: str = option("train", "Folder or idx prefix of the training split.")
    validation: str = option("", "Folder of the validation split; empty holds out a share of the training split.")
    test: str = option("test", "Folder or idx prefix of the test split.")
    validation_share: float = option(0.05, "Share held out for validation.", low=0.001, high=0.9)
    group_pattern: str = option("", "Pattern that finds an image's group in its name; a group is never divided.")
    group_table: str = option("", "Text file with one original name a line, found by number, for the pattern.")
    limit: int = option(0, "Most training pictures, evenly spaced; 0 takes all.", low=0)
    flip: bool = option(False, "Whether mirror images show the same thing.")
    labels: tuple[str, ...] = option((), "The classes, in order: as folders are named or numbered.")
    held_out: tuple[str, ...] = option((), "Classes that are never learnt from, to measure what is new.")
    templates: tuple[str, ...] = option(("{}",), "Sentences around a class's words, {} in their place.")
    unseen_templates: tuple[str, ...] = option(("{}",), "Sentences that are only measured with.")
    phrases: dict[str, Any] = option({}, "Words for each class, several of each; the first is its name.")
    unseen: dict[str, Any] = option({}, "Words for each class that are only measured with.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsConfig:
    """Where word vectors come from."""

    files: tuple[str, ...] = option((), "Running text below the data folder.")
    most_words: int = option(8_000_000, "Most words read, from all files alike.", low=1000)
    window: int = option(4, "Words to each side that count as neighbours.", low=1, high=20)
    contexts: int = option(3000, "Most frequent words that neighbours are counted for.", low=10, high=20_000)
    noise: float = option(0.3, "Noise on word vectors while training, as a share of their length.", low=0.0, high=3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TowersConfig:
    """Which network, with which options."""

    architecture: str = option("image-text", "Name of the network in the registry.", choices=("image-text",))
    config: dict[str, Any] = option({}, "Options of that network.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTextRecipe(BaseRecipe):
    """A whole run of two towers, as written in TOML."""

    task: str = option("image-text", "What the network does.", choices=("image-text",))
    sets: tuple[LabelledSet, ...] = ()
    words: WordsConfig = field(default_factory=WordsConfig)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    network: TowersConfig = field(default_factory=TowersConfig)
    label_smoothing: float = option(0.05, "Share of each target spread over all labels.", low=0.0, high=0.9)
    rejection: float = option(0.05, "Share of right pictures that 'none of these' may take.", low=0.001, high=0.5)
    episodes: int = option(1000, "Episodes that one-shot accuracy is measured over.", low=1)
