"""Texts from texts: translation and headlines, from pairs to a model file. In the lane.

Shapes: B batch, S source tokens, T target tokens, E embedding, V vocabulary, N tokens of a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.errors import InputError, RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import BEGIN, END, PAD, TextInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.batches import bucketed, in_order, padded
from deepstudio.data.text.examples import fingerprint
from deepstudio.data.text.pairs import TextPairs, read_pairs, split_by_source
from deepstudio.data.text.tokens import TextTokenizer, shorten
from deepstudio.models.registry import build_network
from deepstudio.models.text_beam import beam_search
from deepstudio.models.text_repeats import FREE, Repeats
from deepstudio.models.text_translators import Translator
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.text.files import divided_files, read_pair_files
from deepstudio.train.text.measures import rouge_l
from deepstudio.train.text.recipe import TextDataConfig, TextRecipe

_MEASURED_WHILE_TRAINING = 500
_MEASURE_BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class PairMaterial:
    """The pairs of a run, and the training pairs as tokens."""

    train: TextPairs
    validation: TextPairs
    test: dict[str, TextPairs]
    tokenizer: TextTokenizer
    sources: list[np.ndarray]
    targets: list[np.ndarray]
    labels: tuple[str, ...] = ()


def read_material(recipe: TextRecipe, data: Path, context: JobContext) -> PairMaterial:
    """Read the files, split by source, leave out copies and learn the common vocabulary of both sides."""
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    config = recipe.data
    train, test = _read_and_divide(config, data)
    if config.validation:
        validation = _read_all(config.validation, config, data)
    else:
        train, validation = split_by_source(train, config.validation_share, config.split_seed)
    if config.deduplicate:
        train = _without_known(train, [validation, *test.values()])
    if config.limit:
        train = train.subset(range(min(config.limit, len(train))))
    if not len(train):
        raise InputError(QT_TRANSLATE_NOOP("errors", "There are no pairs of texts in {path}."), path=str(data))
    context.status(QT_TRANSLATE_NOOP("status", "Learning the vocabulary"))
    tokenizer = TextTokenizer.train([*train.sources, *train.targets], recipe.text)
    return PairMaterial(
        train=train,
        validation=validation,
        test=test,
        tokenizer=tokenizer,
        sources=encode_sources(tokenizer, train.sources, recipe.text),
        targets=[ids[: recipe.text.max_target_tokens] for ids in tokenizer.encode_all(train.targets)],
    )


def held_out_pairs(recipe: TextRecipe, data: Path) -> TextPairs:
    """Return what evaluating on `data` means: a file's pairs, or the recipe's (first) test set in a folder.

    Of a file that the recipe divides, that is the part held out.
    """
    config = recipe.data
    if data.is_file():
        pairs = read_pairs(data, config.text_columns, config.target_column)
        divided = data.name in {Path(name).name for name in divided_files(config)}
        return split_by_source(pairs, config.test_share, config.split_seed + 1)[1] if divided else pairs
    if config.test and config.test[0] not in config.train:
        return read_pair_files(config.test[0], config, data)
    return _read_and_divide(config, data)[1].popitem()[1]


def encode_sources(tokenizer: TextTokenizer, texts: Sequence[str], config: TextInput) -> list[np.ndarray]:
    """Return the token numbers of sources with the end token, cut to what the network looks at."""
    found = tokenizer.encode_all(texts)
    return [np.append(shorten(ids, config.max_tokens - 1, config.keep)[0], END).astype(np.int32) for ids in found]


class PairObjective(Objective):
    """Cross-entropy of each next target token, given the source and the target before it."""

    def __init__(self, network: Translator, recipe: TextRecipe, material: PairMaterial, device: torch.device) -> None:
        self._network = network
        self._recipe = recipe
        self._material = material
        self._device = device
        lengths = [len(source) + len(target) for source, target in zip(material.sources, material.targets, strict=True)]
        self._lengths = np.array(lengths)

    @property
    def steps_per_epoch(self) -> int:
        """Return the batches in an epoch."""
        return -(-len(self._lengths) // self._recipe.training.batch_size)

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
        """Yield (tokens_BS, lengths_B, target_BT as it is read, next_BT as it is to be written)."""
        recipe, material = self._recipe, self._material
        for places in bucketed(self._lengths, recipe.training.batch_size, recipe.seed, epoch)[start:]:
            yield self._tensors([material.sources[i] for i in places], [material.targets[i] for i in places])

    def loss(self, batch: tuple[Tensor, Tensor, Tensor, Tensor]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the mean cross-entropy of the target tokens (smoothed, where the recipe says so)."""
        return self._loss(self._network, batch, self._recipe.loss.label_smoothing), {}

    def weight(self, batch: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
        """Return the number of target tokens: the loss is a mean over them."""
        return (batch[3] != PAD).sum()

    def validate(self, network: nn.Module) -> Validation:
        """Return BLEU (translation) or ROUGE-L (headlines) of greedy answers, and the loss, on validation data."""
        recipe, material = self._recipe, self._material
        held = material.validation.subset(range(min(_MEASURED_WHILE_TRAINING, len(material.validation))))
        sources = encode_sources(material.tokenizer, held.sources, recipe.text)
        targets = [ids[: recipe.text.max_target_tokens] for ids in material.tokenizer.encode_all(held.targets)]
        total = count = 0.0
        for places in in_order(np.array([len(ids) for ids in sources]), _MEASURE_BATCH):
            batch = self._tensors([sources[i] for i in places], [targets[i] for i in places])
            weight = float(self.weight(batch))
            total, count = total + weight * float(self._loss(network, batch, 0.0)), count + weight
        written = write_all(
            as_translator(network), material.tokenizer, held.sources, recipe.text, self._device, width=1
        )
        figures = measure_written(recipe.task, written, held.targets)
        metrics = {"validation_loss": total / count} | {f"validation_{name}": value for name, value in figures.items()}
        return Validation(score=figures["rouge_l" if recipe.task == "summarisation" else "bleu"], metrics=metrics)

    def _loss(self, network: nn.Module, batch: tuple[Tensor, Tensor, Tensor, Tensor], smoothing: float) -> Tensor:
        return as_translator(network).loss(*batch, smoothing=smoothing)

    def _tensors(
        self, sources: Sequence[np.ndarray], targets: Sequence[np.ndarray]
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        tokens_BS, lengths_B = padded(sources)
        target_BT, _ = padded([np.concatenate([[BEGIN], ids]) for ids in targets])
        next_BT, _ = padded([np.concatenate([ids, [END]]) for ids in targets])
        device = self._device
        return tokens_BS.to(device), lengths_B.to(device), target_BT.to(device), next_BT.to(device)


def write_all(
    network: Translator,
    tokenizer: TextTokenizer,
    texts: Sequence[str],
    config: TextInput,
    device: torch.device,
    *,
    width: int,
    check: Callable[[], None] = lambda: None,
    repeats: Repeats = FREE,
) -> list[str]:
    """Return what the network writes for each text, by beam search of that width (1: greedy)."""
    sources = encode_sources(tokenizer, texts, config)
    answers = [""] * len(texts)
    for places in in_order(np.array([len(ids) for ids in sources]), _MEASURE_BATCH):
        check()
        tokens_BS, lengths_B = padded([sources[i] for i in places])
        found = beam_search(
            network,
            tokens_BS.to(device),
            lengths_B.to(device),
            width=width,
            longest=config.max_target_tokens,
            repeats=repeats,
        )
        for place, hypotheses in zip(places, found, strict=True):
            answers[place] = tokenizer.decode(hypotheses[0].tokens)
    return answers


def measure_written(task: str, written: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Return BLEU and chrF (sacrebleu; Chinese by characters) for translations, ROUGE-L for headlines."""
    if task == "summarisation":
        scores = [rouge_l(rouge_words(right), rouge_words(left)) for left, right in zip(written, wanted, strict=True)]
        return {"rouge_l": float(np.mean(scores))}
    import sacrebleu

    chinese = sum("\u4e00" <= character <= "\u9fff" for text in wanted[:200] for character in text)
    latin = sum(character.isascii() and character.isalpha() for text in wanted[:200] for character in text)
    bleu = sacrebleu.corpus_bleu(list(written), [list(wanted)], tokenize="zh" if chinese > latin else "13a")
    chrf = sacrebleu.corpus_chrf(list(written), [list(wanted)])
    return {"bleu": float(bleu.score), "chrf": float(chrf.score)}


def rouge_words(text: str) -> list[str]:
    """Return the words of `text` as ROUGE counts them: small letters, signs left out."""
    return "".join(character.lower() if character.isalnum() else " " for character in text).split()


def as_translator(network: nn.Module) -> Translator:
    """Return `network` itself; raises RecipeError if it cannot write one text from another."""
    if not isinstance(network, Translator):
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "The network {network} cannot do this task."), network=type(network).__name__
        )
    return network


def make_network(recipe: TextRecipe, material: PairMaterial) -> Translator:
    """Return the recipe's network for the material's vocabulary."""
    config = {**recipe.network.config, "vocabulary": material.tokenizer.size}
    return as_translator(build_network(recipe.network.architecture, config, num_classes=1))


def _read_and_divide(config: TextDataConfig, data: Path) -> tuple[TextPairs, dict[str, TextPairs]]:
    """Return the pairs to learn from, and the test pairs by name of set."""
    parts = {name: read_pair_files(name, config, data) for name in config.train}
    test = {_set_name(name): read_pair_files(name, config, data) for name in config.test if name not in parts}
    for name in divided_files(config):
        parts[name], test[_set_name(name)] = split_by_source(parts[name], config.test_share, config.split_seed + 1)
    return sum(parts.values(), TextPairs(sources=[], targets=[])), test


def _set_name(file: str) -> str:
    return Path(file.split("|")[0]).stem


def _read_all(names: Sequence[str], config: TextDataConfig, data: Path) -> TextPairs:
    whole = TextPairs(sources=[], targets=[])
    for name in names:
        whole = whole + read_pair_files(name, config, data)
    return whole


def _without_known(train: TextPairs, others: Sequence[TextPairs]) -> TextPairs:
    known = {fingerprint(source) for part in others for source in part.sources}
    kept: dict[tuple[str, str], int] = {}
    for place, (source, target) in enumerate(zip(train.sources, train.targets, strict=True)):
        if fingerprint(source) not in known or not fingerprint(source):
            kept.setdefault((source, target), place)
    return train.subset(sorted(kept.values()))
