"""Writing on: language models over running text, from files to a model file. In the lane.

The text is one long row of tokens, cut into B parallel streams; a step takes the next T tokens of each, and the state
goes on from step to step (truncated backpropagation through time). Shapes: B streams, T tokens, V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.errors import InputError, RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import END
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.folders import text_files
from deepstudio.data.text.rows import RowCorrections
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.registry import build_network
from deepstudio.models.text_language import LanguageModel, LstmState, SkipGram
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.text.files import divided_files, find_file, find_files
from deepstudio.train.text.recipe import TextDataConfig, TextRecipe
from deepstudio.train.text.vectors import SkipGramObjective

_VOCABULARY_SAMPLE = 200_000
_STREAMS_MEASURED = 32
_STRETCH_LINES = 200
"""Lines that stay together when text is divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageMaterial:
    """The tokens of a run, int32, with the end token after each line, and the lines' number of words."""

    train: np.ndarray
    validation: np.ndarray
    test: dict[str, np.ndarray]
    validation_words: int
    test_words: dict[str, int]
    tokenizer: TextTokenizer
    labels: tuple[str, ...] = ()


def read_material(recipe: TextRecipe, data: Path, context: JobContext) -> LanguageMaterial:
    """Read the files, hold out whole stretches of lines and learn the vocabulary from what is left."""
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    config = recipe.data
    parts, test = _read_and_divide(config, data)
    validation = _validation_lines(config, data)
    if not config.validation:
        for name, part in parts.items():
            parts[name], held = _hold_out(part, config.validation_share, config.split_seed)
            validation += held
    lines = [line for name in config.train for line in parts[name]]
    if not lines or not validation:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is too little text in {path}."), path=str(data))
    return material_of(recipe, lines, validation, test, context)


def read_stretches(recipe: TextRecipe, data: Path, count: int) -> list[list[str]]:
    """Return all text but the test part in stretches of lines: at least `count`, each of two hundred lines at most.

    Raises InputError where there are fewer lines than that.
    """
    parts, _ = _read_and_divide(recipe.data, data)
    texts = [*parts.values(), _validation_lines(recipe.data, data)]
    total = sum(map(len, texts))
    if total < count:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is too little text in {path}."), path=str(data))
    return [part for text in texts for part in _stretches(text, min(_STRETCH_LINES, total // count))]


def material_of(
    recipe: TextRecipe, lines: list[str], validation: list[str], test: Mapping[str, list[str]], context: JobContext
) -> LanguageMaterial:
    """Return the tokens of texts that are divided already; the vocabulary is learnt from `lines` alone."""
    context.status(QT_TRANSLATE_NOOP("status", "Learning the vocabulary"))
    stride = max(len(lines) // _VOCABULARY_SAMPLE, 1)
    tokenizer = TextTokenizer.train(lines[::stride], recipe.text)
    context.status(QT_TRANSLATE_NOOP("status", "Reading the words"))
    return LanguageMaterial(
        train=as_stream(tokenizer, lines),
        validation=as_stream(tokenizer, validation),
        test={name: as_stream(tokenizer, part) for name, part in test.items()},
        validation_words=count_words(validation),
        test_words={name: count_words(part) for name, part in test.items()},
        tokenizer=tokenizer,
    )


def held_out_lines(recipe: TextRecipe, path: Path) -> list[str]:
    """Return the lines of a file; of one that the recipe divides, those held out for the test."""
    config = recipe.data
    if path.name not in {Path(name).name for name in divided_files(config)}:
        return read_lines(path)
    return _hold_out(_limited(read_lines(path), config), config.test_share, config.split_seed + 1)[1]


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file, or of all in a folder, that are neither empty nor left out by corrections."""
    if path.is_dir():
        return [line for file in text_files(path) for line in read_lines(file)]
    view, lines = RowCorrections(path), read_text(path).text.split("\n")
    return [line for number, line in enumerate(lines, 1) if line.strip() and (view.empty or view.keeps(number))]


def as_stream(tokenizer: TextTokenizer, lines: Sequence[str]) -> np.ndarray:
    """Return all lines as one row of tokens, each line closed by the end token."""
    end = np.array([END], np.int32)
    parts: list[np.ndarray] = []
    for begin in range(0, len(lines), 10_000):
        for ids in tokenizer.encode_all(lines[begin : begin + 10_000]):
            parts += [ids, end]
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def count_words(lines: Sequence[str]) -> int:
    """Return how many words the lines have, each line's end counted as one: what perplexity by word divides by."""
    return sum(len(line.split()) + 1 for line in lines)


class LanguageObjective(Objective):
    """Cross-entropy of each next token."""

    def __init__(
        self, network: LanguageModel, recipe: TextRecipe, material: LanguageMaterial, device: torch.device
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        streams = min(recipe.training.batch_size, max(len(material.train) // (2 * recipe.batches.sentence_length), 1))
        length = (len(material.train) - 1) // streams
        self._streams = streams
        self._length = length
        self._steps = max(length // recipe.batches.sentence_length, 1)
        self._state: LstmState | None = None
        self._last: tuple[int, int] | None = None

    @property
    def steps_per_epoch(self) -> int:
        """Return the steps through all streams."""
        return self._steps

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, Tensor, tuple[int, int]]]:
        """Yield (tokens_BT, next_BT, where it is). Every epoch cuts the row at other places."""
        row = self._material.train
        shift = int(np.random.default_rng((self._recipe.seed, epoch)).integers(0, max(len(row) - 1, 1)))
        size = self._recipe.batches.sentence_length
        begins = shift + np.arange(self._streams) * self._length
        for step in range(start, self._steps):
            places = (begins[:, None] + step * size + np.arange(size + 1)) % len(row)
            chunk = torch.from_numpy(row[places].astype(np.int64)).to(self._device)
            yield chunk[:, :-1].contiguous(), chunk[:, 1:].contiguous(), (epoch, step)

    def loss(self, batch: tuple[Tensor, Tensor, tuple[int, int]]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the mean cross-entropy; the state of the step before goes on where there was one."""
        tokens_BT, next_BT, where = batch
        goes_on = self._last == (where[0], where[1] - 1) and self._state is not None
        features_BTE, state = self._network(tokens_BT, self._state if goes_on else None)
        self._state = tuple((hidden.detach(), cell.detach()) for hidden, cell in state)
        self._last = where
        logits_NV = self._network.logits(features_BTE.flatten(0, 1))
        return functional.cross_entropy(logits_NV.float(), next_BT.flatten()), {}

    def state(self) -> dict[str, Any]:
        """Return the memory of the streams, so that a resumed run goes on exactly."""
        return {"state": self._state, "last": self._last}

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Take the memory up again."""
        self._state = None if state["state"] is None else tuple((a, b) for a, b in state["state"])
        self._last = None if state["last"] is None else (int(state["last"][0]), int(state["last"][1]))

    def weight(self, batch: tuple[Tensor, Tensor, tuple[int, int]]) -> float:
        """Return the number of tokens."""
        return float(batch[0].numel())

    def validate(self, network: nn.Module) -> Validation:
        """Return loss by token and perplexity by word on the validation text."""
        material = self._material
        nats = text_loss(as_language_model(network), material.validation, self._device)
        loss = nats / max(len(material.validation) - 1, 1)
        perplexity = math.exp(min(nats / max(material.validation_words, 1), 50.0))
        return Validation(score=-loss, metrics={"validation_loss": loss, "validation_perplexity": perplexity})


def text_loss(network: LanguageModel, row: np.ndarray, device: torch.device) -> float:
    """Return the whole cross-entropy of a row of tokens in nats, read in parallel streams that carry their state."""
    streams = max(min(_STREAMS_MEASURED, len(row) // 256), 1)
    size = -(-(len(row) - 1) // streams)
    total, state = 0.0, None
    tokens = np.zeros((streams, size), np.int64)
    wanted = np.full((streams, size), -100, np.int64)
    for number in range(streams):
        part = row[number * size : (number + 1) * size + 1]
        tokens[number, : max(len(part) - 1, 0)], wanted[number, : max(len(part) - 1, 0)] = part[:-1], part[1:]
    with torch.inference_mode():
        for begin in range(0, size, 64):
            features, state = network(torch.from_numpy(tokens[:, begin : begin + 64]).to(device), state)
            logits_NV = network.logits(features.flatten(0, 1)).float()
            target_N = torch.from_numpy(wanted[:, begin : begin + 64]).to(device).flatten()
            total += float(functional.cross_entropy(logits_NV, target_N, ignore_index=-100, reduction="sum"))
    return total


def as_language_model(network: nn.Module) -> LanguageModel:
    """Return `network` itself; raises RecipeError if it is no language model."""
    if not isinstance(network, LanguageModel):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "The network {network} cannot do this task."), network=type(network).__name__
        )
    return network


def make_network(recipe: TextRecipe, material: LanguageMaterial) -> nn.Module:
    """Return the recipe's network for the material's vocabulary."""
    config = {**recipe.network.config, "vocabulary": material.tokenizer.size}
    return build_network(recipe.network.architecture, config, num_classes=1)


def make_objective(
    network: nn.Module, recipe: TextRecipe, material: LanguageMaterial, device: torch.device
) -> Objective:
    """Return the objective: neighbours for word vectors, the next token for everything else."""
    if isinstance(network, SkipGram):
        size, seed = recipe.training.batch_size, recipe.seed
        return SkipGramObjective(
            network, material.train, material.validation, batch_size=size, seed=seed, device=device
        )
    return LanguageObjective(as_language_model(network), recipe, material, device)


def _read_and_divide(config: TextDataConfig, data: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the lines to learn from by file, and the test lines by name of set."""
    parts = {name: _limited(read_lines(find_file(name, config, data)), config) for name in dict.fromkeys(config.train)}
    test = {Path(name).stem: read_lines(find_file(name, config, data)) for name in config.test if name not in parts}
    for name in divided_files(config):
        parts[name], test[Path(name).stem] = _hold_out(parts[name], config.test_share, config.split_seed + 1)
    return parts, test


def _limited(lines: list[str], config: TextDataConfig) -> list[str]:
    return lines[: config.limit] if config.limit else lines


def _validation_lines(config: TextDataConfig, data: Path) -> list[str]:
    return [line for path in find_files(config.validation, config, data) for line in read_lines(path)]


def _stretches(lines: list[str], size: int) -> list[list[str]]:
    return [lines[begin : begin + size] for begin in range(0, len(lines), size)]


def _hold_out(lines: list[str], share: float, seed: int) -> tuple[list[str], list[str]]:
    """Return (rest, held out): whole stretches of lines, so that what is held out is running text."""
    stretches = _stretches(lines, max(min(_STRETCH_LINES, int(len(lines) * share)), 1))
    order = np.random.default_rng(seed).permutation(len(stretches))
    held = set(order[: max(round(share * len(stretches)), 1)].tolist())
    rest = [line for number, part in enumerate(stretches) if number not in held for line in part]
    return rest, [line for number in sorted(held) for line in stretches[number]]
