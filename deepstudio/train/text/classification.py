"""Texts into classes: from CSV files to a model file. In the lane. Shapes: B batch, T tokens, K classes, N texts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import PAD, UNKNOWN, TextInput
from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.splits import stratified_split
from deepstudio.data.text.batches import bucketed, in_order, padded
from deepstudio.data.text.examples import (
    Columns,
    LabelledTexts,
    file_labels,
    fingerprint,
    joined,
    read_labelled,
    without_copies,
)
from deepstudio.data.text.tokens import TextTokenizer, shorten
from deepstudio.models.registry import build_network
from deepstudio.models.text_classifiers import RecurrentClassifier
from deepstudio.models.text_towers import Towers
from deepstudio.train.batches import generator
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.text.class_loss import ClassLoss
from deepstudio.train.text.files import columns_of, find_files
from deepstudio.train.text.linear_fit import fit_linear_readers
from deepstudio.train.text.pretraining import classifier_guesses, read_untagged
from deepstudio.train.text.recipe import TextRecipe

_MEASURE_TOKENS = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMaterial:
    """The texts of a run: to learn from, to choose by (by name of set), to measure at the end (by name of set)."""

    labels: tuple[str, ...]
    train: LabelledTexts
    validation: dict[str, LabelledTexts]
    test: dict[str, LabelledTexts]
    tokenizer: TextTokenizer
    tokens: list[np.ndarray]
    unlabelled: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSets:
    """The texts of a recipe, split."""

    labels: tuple[str, ...]
    train: LabelledTexts
    validation: dict[str, LabelledTexts]
    test: dict[str, LabelledTexts]


def read_sets(recipe: TextRecipe, data: Path) -> ClassSets:
    """Read all files of the recipe, split, and leave out copies. Raises InputError."""
    config = recipe.data
    files = find_files(config.train, config, data)
    columns = columns_of(config)
    labels = list(recipe.labels) or file_labels(files, columns)
    train = [read_labelled(path, labels, columns=columns) for path in files]
    test = _named(find_files(config.test, config, data), labels, columns)
    if config.deduplicate:
        train[0] = train[0].subset(without_copies(train[0].texts))
    if config.test_share and not test:
        train[0], test[train[0].name] = _held_out(train[0], config.test_share, config.split_seed + 1)
    validation = _named(find_files(config.validation, config, data), labels, columns)
    if config.validation_share and train[0].name not in validation:
        train[0], validation[train[0].name] = _held_out(train[0], config.validation_share, config.split_seed)
    whole = joined(train, config.name or recipe.name)
    if config.deduplicate:
        known = {fingerprint(text) for part in [*validation.values(), *test.values()] for text in part.texts}
        whole = whole.subset(without_copies(whole.texts, known))
    if config.limit and len(whole) > config.limit:
        whole = whole.subset(np.random.default_rng(config.split_seed).permutation(len(whole))[: config.limit])
    if len(np.unique(whole.labels)) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "All training texts in {path} belong to one class."), path=str(data)
        )
    if validation and not any(len(part) for part in validation.values()):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} holds too few texts to keep some for validation."),
            fix=QT_TRANSLATE_NOOP("errors", "Add more texts of each class."),
            path=str(data),
        )
    return ClassSets(labels=tuple(labels), train=whole, validation=validation, test=test)


def read_material(recipe: TextRecipe, data: Path, context: JobContext) -> ClassMaterial:
    """Read the sets and learn the vocabulary from the training texts. Raises InputError."""
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    sets = read_sets(recipe, data)
    context.status(QT_TRANSLATE_NOOP("status", "Learning the vocabulary"))
    held = {fingerprint(text) for part in [*sets.validation.values(), *sets.test.values()] for text in part.texts}
    untagged = read_untagged(recipe, data) if recipe.pretraining_epochs else []
    unlabelled = [text for text in untagged if fingerprint(text) not in held]
    tokenizer = TextTokenizer.train([*sets.train.texts, *unlabelled], recipe.text)
    return ClassMaterial(
        labels=sets.labels,
        train=sets.train,
        validation=sets.validation,
        test=sets.test,
        tokenizer=tokenizer,
        tokens=shortened(tokenizer.encode_all(sets.train.texts), recipe.text),
        unlabelled=unlabelled,
    )


def _named(paths: Sequence[Path], labels: Sequence[str], columns: Columns) -> dict[str, LabelledTexts]:
    found: dict[str, LabelledTexts] = {}
    for path in paths:
        part = read_labelled(path, labels, columns=columns)
        found[part.name if part.name not in found else f"{part.name}/{path.stem}"] = part
    return found


def _held_out(texts: LabelledTexts, share: float, seed: int) -> tuple[LabelledTexts, LabelledTexts]:
    rest, held = stratified_split(texts.labels, share, seed)
    return texts.subset(rest), texts.subset(held)


def shortened(sequences: Sequence[np.ndarray], config: TextInput) -> list[np.ndarray]:
    """Return the sequences cut to what the network looks at."""
    return [shorten(ids, config.max_tokens, config.keep)[0] for ids in sequences]


class ClassificationObjective(Objective):
    """Cross-entropy over batches of texts of like length."""

    def __init__(self, network: nn.Module, recipe: TextRecipe, material: ClassMaterial, device: torch.device) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        self._lengths = np.array([max(len(ids), 1) for ids in material.tokens])
        self._steps = len(self._order(0))
        self._guesses = (
            classifier_guesses(material.unlabelled, material.tokenizer, recipe.pretraining, recipe.seed)
            if recipe.pretraining_epochs
            else None
        )
        weights_K = _class_weights(material).to(device) if recipe.loss.balance_classes else None
        self._loss = ClassLoss(config=recipe.loss, weights=weights_K)
        self._validation = {
            name: (shortened(material.tokenizer.encode_all(part.texts), recipe.text), part.labels)
            for name, part in material.validation.items()
        }

    @property
    def steps_per_epoch(self) -> int:
        """Return the batches in an epoch; where long texts come in smaller batches, as many as the first epoch has."""
        return self._steps

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, ...]]:
        """Yield (tokens_BT, lengths_B, labels_B); from unlabelled text first (tokens, negatives)."""
        if self._guesses is not None and epoch < self._recipe.pretraining_epochs:
            for step in range(start, self._steps):
                yield self._guesses.batch(epoch * self._steps + step, self._device)
            return
        order = self._order(epoch)
        for step in range(start, self._steps):
            chosen = order[step % len(order)]
            tokens_BT, lengths_B = padded([self._material.tokens[place] for place in chosen])
            if self._recipe.batches.unknown_share:
                random = generator(self._recipe.seed, 11, epoch * self._steps + step)
                hidden_BT = torch.rand(tokens_BT.shape, generator=random) < self._recipe.batches.unknown_share
                tokens_BT = tokens_BT.masked_fill(hidden_BT & (tokens_BT != PAD), UNKNOWN)
            labels_B = torch.from_numpy(self._material.train.labels[chosen])
            yield tokens_BT.to(self._device), lengths_B.to(self._device), labels_B.to(self._device)

    def loss(self, batch: tuple[Tensor, ...]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the cross-entropy and the accuracy on the batch; on unlabelled text, that of neighbouring words."""
        if len(batch) == 2:
            assert self._guesses is not None and isinstance(self._network, RecurrentClassifier)
            return self._guesses.loss(self._network, batch), {}
        tokens_BT, lengths_B, labels_B = batch
        loss, logits_BK = self._loss.of(self._network, tokens_BT, lengths_B, labels_B)
        return loss, {"accuracy": (logits_BK.argmax(dim=1) == labels_B).float().mean()}

    def part(self, batch: tuple[Tensor, ...], rank: int, world: int) -> tuple[Tensor, ...]:
        """Return a process's share; all tell the right words of unlabelled text from the same wrong ones."""
        if len(batch) == 2:
            (tokens_BT,) = super().part(batch[:1], rank, world)
            return tokens_BT, batch[1]
        share: tuple[Tensor, ...] = super().part(batch, rank, world)
        return share

    def validate(self, network: nn.Module) -> Validation:
        """Return the mean accuracy over the validation sets as score, and loss and accuracy of each."""
        accuracies, losses, metrics = [], [], {}
        confusion_KK = np.zeros((len(self._material.labels), len(self._material.labels)), np.int64)
        for name, (tokens, labels) in self._validation.items():
            logits_NK = predict_logits(network, tokens, self._device)
            accuracies.append(float((logits_NK.argmax(dim=1).numpy() == labels).mean()))
            losses.append(float(functional.cross_entropy(logits_NK, torch.from_numpy(labels))))
            np.add.at(confusion_KK, (labels, logits_NK.argmax(dim=1).numpy()), 1)
            if len(self._validation) > 1:
                metrics[f"validation_accuracy/{name}"] = accuracies[-1]
        metrics |= {"validation_accuracy": float(np.mean(accuracies)), "validation_loss": float(np.mean(losses))}
        confusion = Media(
            name="validation/confusion",
            step=0,
            wall=time.time(),
            kind=MediaKind.CONFUSION,
            payload={"matrix": confusion_KK, "classes": self._material.labels},
        )
        return Validation(score=metrics["validation_accuracy"], metrics=metrics, media=(confusion,))

    def _order(self, epoch: int) -> list[np.ndarray]:
        recipe = self._recipe
        return bucketed(
            self._lengths, recipe.training.batch_size, recipe.seed, epoch, max_tokens=recipe.batches.max_tokens
        )


def predict_logits(network: nn.Module, tokens: Sequence[np.ndarray], device: torch.device) -> Tensor:
    """Return logits_NK (float32, CPU) of token sequences, in their order."""
    rows: list[Tensor] = []
    order = in_order(np.array([max(len(ids), 1) for ids in tokens]), 256, _MEASURE_TOKENS)
    with torch.inference_mode():
        for places in order:
            tokens_BT, lengths_B = padded([tokens[place] for place in places])
            rows.append(network(tokens_BT.to(device), lengths_B.to(device)).float().cpu())
    back = np.argsort(np.concatenate(order), kind="stable")
    return torch.cat(rows)[torch.from_numpy(back)].clone()


def _class_weights(material: ClassMaterial) -> Tensor:
    counts = np.bincount(material.train.labels, minlength=len(material.labels))
    weights = counts.sum() / np.maximum(counts * len(counts), 1)
    return torch.from_numpy(weights).float()


def make_network(recipe: TextRecipe, material: ClassMaterial) -> nn.Module:
    """Return the recipe's network for the material's vocabulary and classes, its linear readers fitted."""
    config = {**recipe.network.config, "vocabulary": material.tokenizer.size}
    network = build_network(recipe.network.architecture, config, num_classes=len(material.labels))
    if isinstance(network, Towers):
        fit_linear_readers(network, material.tokenizer.vocabulary(), material.tokens, material.train.labels)
    return network
