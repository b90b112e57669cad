"""Several readers of one text that vote: recurrent, convolutional, a bag of words and word groups, linear ones.

They err in different places, so that their mean is better than the best of them. Shapes: B batch, T tokens,
E embedding, G numbers of a group of tokens, F linear readers, S readers, K classes.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.core.config import option
from deepstudio.core.errors import RecipeError
from deepstudio.core.text_input import PAD
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.registry import register_network
from deepstudio.models.text_classifiers import TextClassifier
from deepstudio.models.text_groups import GroupReader, Spelling
from deepstudio.models.text_layers import RecurrentLayer, max_pool, mean_pool, strongest

_FACTOR, _PRIME = 1_000_003, 2**31 - 1  # a product of both fits 64 bits

LINEAR = {"none": (), "words": ("words",), "letters": ("letters",), "both": ("words", "letters")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TowersConfig:
    """Readers over shared embedded words; a size of 0 leaves a reader out."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(48, "Numbers that stand for a word.", low=1, high=4096)
    units: int = option(64, "Units of the LSTM, in each direction.", low=0, high=4096)
    filters: int = option(100, "Filters of each width.", low=0, high=4096)
    widths: tuple[int, ...] = option((1, 2, 3, 4), "Words under a filter.", low=1, high=32)
    bag: int = option(16, "Numbers that stand for a word or a group of words in the bag.", low=0, high=4096)
    group: int = option(2, "Neighbouring words that make the largest group in the bag.", low=1, high=8)
    buckets: int = option(32_768, "Places that groups of words share by hashing.", low=1, high=2**24)
    linear: str = option(
        "none",
        "What linear readers, fitted before training, look at: groups of words, of letters.",
        choices=tuple(LINEAR),
    )
    linear_places: int = option(40_000, "Groups that a linear reader knows at most.", low=1, high=2**22)
    linear_votes: float = option(1.0, "How many votes a linear reader has.", low=0.01, high=100.0)
    dropout: float = option(0.5, "Share of features left out in training, before the last layer.", low=0.0, high=0.95)
    word_dropout: float = option(0.0, "Share of words left out in training.", low=0.0, high=0.95)
    embedding_dropout: float = option(0.0, "Share of an embedding's numbers left out in training.", low=0.0, high=0.95)
    bag_dropout: float = option(0.0, "Share of the bag's words and groups left out in training.", low=0.0, high=0.95)


class Bag(nn.Module):
    """The mean of all words and groups of words, linear (Joulin et al. 2016); groups are found by hashing."""

    def __init__(self, config: TowersConfig, num_classes: int) -> None:
        super().__init__()
        self.table = nn.Embedding(config.vocabulary + (config.buckets if config.group > 1 else 0), config.bag, PAD)
        if not self.table.weight.is_meta:
            nn.init.uniform_(self.table.weight, -0.05, 0.05)
            self.table.weight.data[PAD] = 0
        self.head = nn.Linear(config.bag, num_classes)
        self._first, self._buckets, self._group = config.vocabulary, config.buckets, config.group
        self._dropout = config.bag_dropout

    def embed(self, tokens_BT: Tensor) -> Tensor:
        """Return for each place the sum of its word and of the groups that end there, sum_BTG."""
        sum_BTG = self.table(tokens_BT)
        key_BT = tokens_BT
        for size in range(2, self._group + 1):
            earlier_BT = tokens_BT.roll(size - 1, dims=1)
            key_BT = (key_BT * _FACTOR + earlier_BT) % _PRIME
            places_BT = self._first + key_BT % self._buckets
            whole_BT = tokens_BT != PAD
            whole_BT[:, : size - 1] = False
            sum_BTG = sum_BTG + self.table(places_BT.masked_fill(~whole_BT, PAD))
        return sum_BTG

    def forward(self, sum_BTG: Tensor, lengths_B: Tensor) -> Tensor:
        """Return logits_BK."""
        if self.training and self._dropout:
            kept_BT = torch.rand(sum_BTG.shape[:2], device=sum_BTG.device) >= self._dropout
            sum_BTG = sum_BTG * (kept_BT.to(sum_BTG.dtype) / (1 - self._dropout))[..., None]
        logits_BK: Tensor = self.head(mean_pool(sum_BTG, lengths_B))
        return logits_BK


class Towers(TextClassifier):
    """Embedded words for an LSTM in both directions and for filters, a bag beside them; the mean of their logits."""

    def __init__(self, config: TowersConfig, num_classes: int) -> None:
        super().__init__(
            config.vocabulary,
            config.embedding,
            word_dropout=config.word_dropout,
            embedding_dropout=config.embedding_dropout,
        )
        self.dropout = nn.Dropout(config.dropout)
        self.layer = RecurrentLayer(config.embedding, config.units, bidirectional=True) if config.units else None
        self.filters = nn.ModuleList(
            nn.Conv1d(config.embedding, config.filters, width, padding=width - 1)
            for width in (config.widths if config.filters else ())
        )
        self.bag = Bag(config, num_classes) if config.bag else None
        self.layer_head = nn.Linear(4 * config.units, num_classes) if self.layer is not None else None
        self.filters_head = nn.Linear(config.filters * len(config.widths), num_classes) if len(self.filters) else None
        kinds = LINEAR[config.linear]
        self.spelling = Spelling(config.vocabulary) if kinds else None
        self.linear = nn.ModuleList(GroupReader(kind, config.linear_places, num_classes) for kind in kinds)
        self._votes = config.linear_votes
        self._sizes = (config.embedding, config.bag, num_classes * len(kinds))

    def embed(self, tokens_BT: Tensor) -> Tensor:
        """Return the embedded words, the bag's numbers and what linear readers say of each place, [B, T, E + G + FK].

        In training the linear ones, which learn nothing from a step, say nothing.
        """
        parts = [self.embedding(tokens_BT)]
        if self.bag is not None:
            parts.append(self.bag.embed(tokens_BT))
        for reader in self.linear:
            assert isinstance(reader, GroupReader) and self.spelling is not None
            silent = self.training
            said = torch.zeros(*tokens_BT.shape, len(reader.bias), device=tokens_BT.device)
            parts.append(said if silent else reader.embed(self.spelling, tokens_BT))
        return torch.cat(parts, dim=2)

    def prepared(self, tokens_BT: Tensor) -> Tensor:
        """Return the same with words and numbers left out in training; of the bag, its reader leaves out itself."""
        x_BTE, *others = self._parts(self.embed(tokens_BT))
        x_BTE = self.embedding_dropout(self.word_dropout(tokens_BT, x_BTE, self.embedding.num_embeddings))
        return torch.cat([x_BTE, *others], dim=2)

    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return what the last layers of the LSTM and of the filters read, features_BD."""
        words_BTE = self._parts(x_BTE)[0]
        return torch.cat([self._read(words_BTE, lengths_B), self._filter(words_BTE, lengths_B)], dim=1)

    def classify(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the mean of the readers' logits_BK, each with its number of votes."""
        votes_SBK = self.classify_each(x_BTE, lengths_B)
        linear = 0 if self.training else len(self.linear)
        return votes_SBK.sum(dim=0) / (len(votes_SBK) - linear + linear * self._votes)

    def classify_each(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the logits_SBK of each reader, float32, times its votes; in training, of those that learn by steps."""
        words_BTE, sums_BTG, said_BTK = self._parts(x_BTE)
        votes = []
        if self.layer_head is not None:
            votes.append(self.layer_head(self.dropout(self._read(words_BTE, lengths_B))))
        if self.filters_head is not None:
            votes.append(self.filters_head(self.dropout(self._filter(words_BTE, lengths_B))))
        if self.bag is not None:
            votes.append(self.bag(sums_BTG, lengths_B))
        if not self.training:
            said = said_BTK.split(said_BTK.shape[2] // max(len(self.linear), 1), dim=2)
            votes += [self._votes * reader(part) for reader, part in zip(self.linear, said, strict=False)]
        return torch.stack([vote.float() for vote in votes])

    def _parts(self, x_BTE: Tensor) -> tuple[Tensor, ...]:
        return x_BTE.split(self._sizes, dim=2)

    def _read(self, words_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        if self.layer is None:
            return words_BTE[:, 0, :0]
        y_BTD, _ = self.layer(words_BTE, lengths_B)
        return torch.cat([max_pool(y_BTD, lengths_B), mean_pool(y_BTD, lengths_B)], dim=1)

    def _filter(self, words_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        if not len(self.filters):
            return words_BTE[:, 0, :0]
        return strongest(self.filters, words_BTE, lengths_B)


@register_network(
    "text-towers",
    title="LSTM, filters, bag of words, linear readers",
    source="Joulin et al. 2016, arXiv:1607.01759; Kim 2014, arXiv:1408.5882; Hochreiter and Schmidhuber 1997",
    config_class=TowersConfig,
    input="text",
)
def _towers(config: TowersConfig, num_classes: int) -> nn.Module:
    if not (config.units or config.filters or config.bag):
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "A network of readers needs one at least."))
    return Towers(config, num_classes)
