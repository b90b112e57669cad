"""The recipe of every task on text. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deepstudio.core.config import option
from deepstudio.core.text_input import TextInput
from deepstudio.train.recipe_base import BaseRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDataConfig:
    """Which files are read below the data folder, and how they are split.

    A name of a file is taken from `folder`, else from the data folder itself. Pairs of parallel files are written
    `train.en|train.de`.
    """

    name: str = option("", "Name of the data set, as it appears on the card.")
    folder: str = option("", "Folder of the set below the data folder; the data folder itself where it is missing.")
    train: tuple[str, ...] = option(("train.csv",), "Files to learn from.")
    validation: tuple[str, ...] = option((), "Files to choose by; none holds out a share of the first training file.")
    test: tuple[str, ...] = option((), "Files that are measured once, at the end.")
    text_columns: tuple[str, ...] = option((), "Columns that make the text, in order; none finds the column itself.")
    target_column: str = option("", "Column with the text to be written (translation, headline).")
    label_column: str = option("", "Column with the label; empty finds it.")
    header: str = option(
        "auto", "Whether the first row of a table holds the names of its columns.", choices=("auto", "yes", "no")
    )
    validation_share: float = option(0.1, "Share of the first training file held out.", low=0.0, high=0.9)
    test_share: float = option(
        0.0, "Share of training files held out for the test: of those listed there too, else of all.", high=0.9
    )
    deduplicate: bool = option(True, "Leave out copies, and training texts that occur in the validation or test data.")
    split_seed: int = option(0, "Seed of the split.", low=0)
    limit: int = option(0, "Most training examples, for a quick try; 0 takes all.", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextNetworkConfig:
    """Which network, with which options; the size of the vocabulary fills itself in."""

    architecture: str = option("text-lstm", "Name of the network in the registry.")
    config: dict[str, Any] = option({}, "Options of that network.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLossConfig:
    """What is minimised: cross-entropy of classes, tags or next tokens."""

    label_smoothing: float = option(0.0, "Share of each target spread over all classes.", low=0.0, high=0.9)
    balance_classes: bool = option(False, "Weigh classes by how rare they are.")
    readers: float = option(
        0.0, "Share of the loss that each reader of a network of several answers for alone.", low=0.0, high=1.0
    )
    adversary: float = option(
        0.0,
        "How far, relative to their size, embedded words are moved against the network to be learnt once more.",
        low=0.0,
        high=1.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBatchConfig:
    """How texts share a step."""

    max_tokens: int = option(0, "Most tokens of a step, padding included; 0 counts texts only.", low=0)
    unknown_share: float = option(
        0.0, "Share of words replaced by 'unknown' in training, so that unknown words surprise less.", low=0.0, high=0.9
    )
    sentence_length: int = option(64, "Tokens that a language model learns from at once.", low=4, high=4096)


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrainingConfig:
    """Learning from text without tags first: the tagger's first layer guesses each next and each previous word.

    The first `epochs` of the run's epochs go into it (Peters et al. 2018, arXiv:1802.05365, in one network).
    """

    epochs: int = option(0, "Epochs at the start that learn from untagged text; 0 is none.", low=0)
    files: tuple[str, ...] = option((), "Text files, or tables with a column of text.")
    most_words: int = option(2_000_000, "Words taken from each of the files at most.", low=1)
    streams: int = option(40, "Stretches of text in a step.", low=1)
    length: int = option(40, "Words in each.", low=2)
    negatives: int = option(1024, "Wrong words that the right one is told from.", low=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecipe(BaseRecipe):
    """A whole run on text, as written in TOML."""

    task: str = option(
        "text-classification",
        "What the network does.",
        choices=("text-classification", "tagging", "translation", "summarisation", "language-model", "word-vectors"),
    )
    labels: tuple[str, ...] = option((), "Names of the classes, in order; empty takes those in the training data.")
    storage: str = option(
        "float16", "How matrices are stored; int8 has a scale for each row.", choices=("float16", "int8")
    )
    data: TextDataConfig = field(default_factory=TextDataConfig)
    text: TextInput = field(default_factory=TextInput)
    network: TextNetworkConfig = field(default_factory=TextNetworkConfig)
    loss: TextLossConfig = field(default_factory=TextLossConfig)
    batches: TextBatchConfig = field(default_factory=TextBatchConfig)
    pretraining: PretrainingConfig = field(default_factory=PretrainingConfig)

    @property
    def pretraining_epochs(self) -> int:
        """Return the epochs that learn from unlabelled text: as many as wanted, but never the last one.

        None if the network has no head for it or no file is named.
        """
        if not self.pretraining.files or not self.network.config.get("pretraining"):
            return 0
        return min(self.pretraining.epochs, self.training.epochs - 1)
