"""Sentences into tags: from CoNLL files to a model file. In the lane. Shapes: B batch, T words, C letters, K tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.errors import InputError, RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.batches import bucketed, in_order, padded
from deepstudio.data.text.conll import TaggedSentence, corrected_sentences, tag_names
from deepstudio.data.text.tagger_inputs import TagInputs
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.data.text.word_stream import WordStream
from deepstudio.data.text.words import folded
from deepstudio.models.registry import build_network
from deepstudio.models.text_taggers import BiLstmCrf
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.text.files import find_files
from deepstudio.train.text.measures import entity_report
from deepstudio.train.text.pretraining import read_streams, tagger_guesses
from deepstudio.train.text.recipe import TextRecipe

_MEASURE_WORDS = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class TagMaterial:
    """The sentences of a run."""

    labels: tuple[str, ...]
    train: list[TaggedSentence]
    validation: list[TaggedSentence]
    test: list[TaggedSentence]
    tokenizer: TextTokenizer
    untagged: WordStream | None = None


def read_material(recipe: TextRecipe, data: Path, context: JobContext) -> TagMaterial:
    """Read the files and learn the vocabulary. Raises InputError for missing files and tags outside `labels`."""
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    config = recipe.data

    def read(names: tuple[str, ...]) -> list[TaggedSentence]:
        return [sentence for path in find_files(names, config, data) for sentence in corrected_sentences(path)]

    train, validation, test = read(config.train), read(config.validation), read(config.test)
    if not validation:
        order = np.random.default_rng(config.split_seed).permutation(len(train))
        held = max(round(config.validation_share * len(train)), 1)
        validation = [train[place] for place in order[:held]]
        train = [train[place] for place in sorted(order[held:])]
    if config.deduplicate:
        known = {sentence.words for sentence in [*validation, *test]}
        train = list({sentence.words: sentence for sentence in train if sentence.words not in known}.values())
    if config.limit:
        train = train[: config.limit]
    labels = recipe.labels or tuple(tag_names(train))
    check_tags([*train, *validation, *test], labels, data)
    counts = Counter(word for sentence in train for word in folded(sentence.words))
    untagged = read_streams(recipe, data) if recipe.pretraining_epochs else None
    if untagged is not None:
        for word, count in zip(folded(untagged.forms), np.bincount(untagged.row).tolist(), strict=True):
            counts[word] += count
    tokenizer = TextTokenizer.from_words(counts, recipe.text)
    return TagMaterial(
        labels=labels, train=train, validation=validation, test=test, tokenizer=tokenizer, untagged=untagged
    )


def check_tags(sentences: Sequence[TaggedSentence], labels: Sequence[str], path: Path) -> None:
    """Raise InputError for the first tag that is not among `labels`."""
    unknown = {tag for sentence in sentences for tag in sentence.tags} - set(labels)
    if unknown:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The label '{label}' in {path} is none of: {known}."),
            label=min(unknown),
            path=str(path),
            known=", ".join(labels),
        )


class TaggingObjective(Objective):
    """The negative log-likelihood of the right tags by word."""

    def __init__(self, network: BiLstmCrf, recipe: TextRecipe, material: TagMaterial, device: torch.device) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        numbers = {label: number for number, label in enumerate(material.labels)}
        self._tags = [np.array([numbers[tag] for tag in sentence.tags], np.int64) for sentence in material.train]
        self._inputs = TagInputs([s.words for s in material.train], material.tokenizer, recipe.text, device)
        self._guesses = (
            None
            if material.untagged is None
            else tagger_guesses(material.untagged, material.tokenizer, recipe.text, recipe.pretraining, recipe.seed)
        )
        self._held = TagInputs([s.words for s in material.validation], material.tokenizer, recipe.text, device)

    @property
    def steps_per_epoch(self) -> int:
        """Return the batches in an epoch."""
        return -(-len(self._tags) // self._recipe.training.batch_size)

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, ...]]:
        """Yield (tokens_BT, letters_BTC, lengths_B, tags_BT); from untagged text first (tokens, letters, negatives)."""
        recipe = self._recipe
        if self._guesses is not None and epoch < recipe.pretraining_epochs:
            for step in range(start, self.steps_per_epoch):
                yield self._guesses.batch(epoch * self.steps_per_epoch + step, self._device)
            return
        for places in bucketed(self._inputs.lengths, recipe.training.batch_size, recipe.seed, epoch)[start:]:
            tags_BT, _ = padded([self._tags[place] for place in places])
            yield *self._inputs.batch(places), tags_BT.to(self._device)

    def loss(self, batch: tuple[Tensor, ...]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the negative log-likelihood a word, of its tag or (untagged text) of its neighbours."""
        if len(batch) == 3:
            assert self._guesses is not None
            return self._guesses.loss(self._network, batch), {}
        tokens_BT, letters_BTC, lengths_B, tags_BT = batch
        emissions_BTK = self._network(tokens_BT, letters_BTC, lengths_B).float()
        with torch.autocast(self._device.type, enabled=False):
            return -self._network.crf.log_likelihood(emissions_BTK, tags_BT, lengths_B).sum() / lengths_B.sum(), {}

    def weight(self, batch: tuple[Tensor, ...]) -> float | Tensor:
        """Return the number of words: the loss is a mean over them."""
        return float(batch[0].numel()) if len(batch) == 3 else batch[2].sum()

    def part(self, batch: tuple[Tensor, ...], rank: int, world: int) -> tuple[Tensor, ...]:
        """Return a process's share; all tell the right words from the same wrong ones."""
        if len(batch) == 3:
            tokens_BT, letters_BTC = super().part(batch[:2], rank, world)
            return tokens_BT, letters_BTC, batch[2]
        share: tuple[Tensor, ...] = super().part(batch, rank, world)
        return share

    def validate(self, network: nn.Module) -> Validation:
        """Return the entity F1 on the validation sentences."""
        tags = predict_tags(as_tagger(network), self._held, self._material.labels)
        report = entity_report([sentence.tags for sentence in self._material.validation], tags)
        names = ("entity_f1", "entity_precision", "entity_recall")
        return Validation(
            score=report["entity_f1"], metrics={f"validation_{name}": float(report[name]) for name in names}
        )


def predict_tags(network: BiLstmCrf, inputs: TagInputs, labels: Sequence[str]) -> list[list[str]]:
    """Return the likeliest tags of each sentence, in order."""
    found: list[list[str]] = [[] for _ in inputs.lengths]
    with torch.inference_mode():
        for places in in_order(inputs.lengths, 256, _MEASURE_WORDS):
            tokens_BT, letters_BTC, lengths_B = inputs.batch(places)
            tags_BT = network.crf.decode(network(tokens_BT, letters_BTC, lengths_B).float(), lengths_B)
            for place, row, length in zip(places, tags_BT.tolist(), lengths_B.tolist(), strict=True):
                found[place] = [labels[number] for number in row[:length]]
    return found


def as_tagger(network: nn.Module) -> BiLstmCrf:
    """Return `network` itself; raises RecipeError if it is no tagger."""
    if not isinstance(network, BiLstmCrf):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "The network {network} cannot do this task."), network=type(network).__name__
        )
    return network


def make_network(recipe: TextRecipe, material: TagMaterial) -> BiLstmCrf:
    """Return the recipe's network for the material's vocabulary and tags."""
    config = {**recipe.network.config, "vocabulary": material.tokenizer.size}
    return as_tagger(build_network(recipe.network.architecture, config, num_classes=len(material.labels)))
