"""Networks that put a text into a class. Shapes: B batch, T tokens, E embedding, D features, K classes.

All take tokens_BT (int64, 0 is padding) and lengths_B and return logits_BK. `embed` and `classify` are the two halves,
so that an explanation can follow the gradient to the embedded words; `features` is the input of the last layer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.core.config import option
from deepstudio.core.text_input import PAD
from deepstudio.models.registry import register_network
from deepstudio.models.text_layers import (
    AttentionPool,
    LockedDropout,
    RecurrentLayer,
    WordDropout,
    max_pool,
    mean_pool,
    strongest,
)


class TextClassifier(nn.Module, ABC):
    """The common half: embedding in, dropout and a linear layer out. A subclass encodes."""

    def __init__(self, vocabulary: int, embedding: int, *, word_dropout: float, embedding_dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=PAD)
        if not self.embedding.weight.is_meta:
            nn.init.uniform_(self.embedding.weight, -0.05, 0.05)
            self.embedding.weight.data[PAD] = 0
        self.word_dropout = WordDropout(word_dropout)
        self.embedding_dropout = LockedDropout(embedding_dropout)
        self.dropout: nn.Module = nn.Identity()
        self.head: nn.Module = nn.Identity()

    def embed(self, tokens_BT: Tensor) -> Tensor:
        """Return embedded_BTE."""
        return self.embedding(tokens_BT)

    @abstractmethod
    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return pooled_BD."""

    def features(self, tokens_BT: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the input of the last layer, features_BD."""
        return self.encode(self.embed(tokens_BT), lengths_B)

    def classify(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return logits_BK of embedded tokens."""
        return self.head(self.dropout(self.encode(x_BTE, lengths_B)))

    def classify_each(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the logits_SBK of every reader of the network, whose mean `classify` returns: of one, here."""
        return self.classify(x_BTE, lengths_B)[None]

    def prepared(self, tokens_BT: Tensor) -> Tensor:
        """Return embedded_BTE, in training with words and numbers left out."""
        x_BTE = self.word_dropout(tokens_BT, self.embed(tokens_BT), self.embedding.num_embeddings)
        return self.embedding_dropout(x_BTE)

    def forward(self, tokens_BT: Tensor, lengths_B: Tensor) -> Tensor:
        """Return logits_BK."""
        return self.classify(self.prepared(tokens_BT), lengths_B)

    def _finish(self, size: int, dense: int, num_classes: int, dropout: float) -> None:
        self.dropout = nn.Dropout(dropout)
        last = nn.Linear(dense or size, num_classes)
        self.head = nn.Sequential(nn.Linear(size, dense), nn.ReLU(), nn.Dropout(dropout), last) if dense else last


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrentConfig:
    """A stack of recurrent layers over embedded words."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(128, "Numbers that stand for a word.", low=1, high=4096)
    units: tuple[int, ...] = option((64,), "Units of each recurrent layer.", low=1, high=4096)
    bidirectional: bool = option(False, "Read from both ends.")
    pooling: str = option(
        "last",
        "What the class is read from: the last state, or all states by their largest value, mean, both, or attention.",
        choices=("last", "max", "mean", "max-mean", "attention"),
    )
    dense: int = option(0, "Units of a dense layer before the last; 0 has none.", low=0, high=4096)
    dropout: float = option(0.0, "Share of features left out in training, before the last layer.", low=0.0, high=0.95)
    word_dropout: float = option(0.0, "Share of words left out in training.", low=0.0, high=0.95)
    embedding_dropout: float = option(0.0, "Share of an embedding's numbers left out in training.", low=0.0, high=0.95)
    between_dropout: float = option(0.0, "Share of features left out between layers.", low=0.0, high=0.95)
    pretraining: bool = option(False, "Have a head that guesses neighbouring words, for learning from unlabelled text.")


class RecurrentClassifier(TextClassifier):
    """Embedding, recurrent layers, pooling, linear: the network of the articles and its grown-up relatives."""

    def __init__(self, config: RecurrentConfig, num_classes: int, cell: str) -> None:
        super().__init__(
            config.vocabulary,
            config.embedding,
            word_dropout=config.word_dropout,
            embedding_dropout=config.embedding_dropout,
        )
        sizes = [config.embedding]
        layers = []
        for units in config.units:
            layers.append(RecurrentLayer(sizes[-1], units, cell=cell, bidirectional=config.bidirectional))
            sizes.append(layers[-1].size)
        self.layers = nn.ModuleList(layers)
        self.between = LockedDropout(config.between_dropout)
        self.pooling = config.pooling
        self.attention = AttentionPool(sizes[-1]) if config.pooling == "attention" else None
        self._finish(sizes[-1] * (2 if config.pooling == "max-mean" else 1), config.dense, num_classes, config.dropout)
        self.neighbours = nn.Linear(config.units[0], config.embedding) if config.pretraining else None

    def guesses(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Return what each word after the first, and each before the last, is guessed to be, from the other side.

        Takes tokens_BT. Both guesses [B, T - 1, E] give logits times the embedding. Needs `pretraining` and
        `bidirectional` in the configuration.
        """
        assert self.neighbours is not None
        (tokens_BT,) = inputs
        lengths_B = torch.full((len(tokens_BT),), tokens_BT.shape[1], device=tokens_BT.device)
        x_BTE = self.embedding_dropout(self.embed(tokens_BT))
        ahead_BTH, back_BTH = self.layers[0](x_BTE, lengths_B)[0].chunk(2, dim=2)
        return self.neighbours(ahead_BTH[:, :-1]), self.neighbours(back_BTH[:, 1:])

    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the pooled outputs of the last layer."""
        y_BTD, last_BD = x_BTE, x_BTE[:, 0]
        for number, layer in enumerate(self.layers):
            y_BTD, last_BD = layer(self.between(y_BTD) if number else y_BTD, lengths_B)
        if self.pooling == "last":
            return last_BD
        if self.attention is not None:
            return self.attention(y_BTD, lengths_B)
        pooled = {"max": (max_pool,), "mean": (mean_pool,), "max-mean": (max_pool, mean_pool)}[self.pooling]
        return torch.cat([pool(y_BTD, lengths_B) for pool in pooled], dim=1)


@register_network(
    "text-lstm",
    title="LSTM",
    source="Hochreiter and Schmidhuber, Long Short-Term Memory, 1997",
    config_class=RecurrentConfig,
    input="text",
)
def _lstm(config: RecurrentConfig, num_classes: int) -> nn.Module:
    return RecurrentClassifier(config, num_classes, "lstm")


@register_network(
    "text-gru",
    title="GRU",
    source="Cho et al., Learning Phrase Representations, 2014, arXiv:1406.1078",
    config_class=RecurrentConfig,
    input="text",
)
def _gru(config: RecurrentConfig, num_classes: int) -> nn.Module:
    return RecurrentClassifier(config, num_classes, "gru")


@register_network(
    "text-simple-rnn",
    title="SimpleRNN",
    source="Elman, Finding Structure in Time, 1990",
    config_class=RecurrentConfig,
    input="text",
)
def _rnn(config: RecurrentConfig, num_classes: int) -> nn.Module:
    return RecurrentClassifier(config, num_classes, "rnn")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCnnConfig:
    """Filters of several widths over embedded words."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(128, "Numbers that stand for a word.", low=1, high=4096)
    widths: tuple[int, ...] = option((3, 4, 5), "Words under a filter.", low=1, high=32)
    filters: int = option(100, "Filters of each width.", low=1, high=4096)
    dropout: float = option(0.5, "Share of features left out in training.", low=0.0, high=0.95)
    word_dropout: float = option(0.0, "Share of words left out in training.", low=0.0, high=0.95)
    embedding_dropout: float = option(0.0, "Share of an embedding's numbers left out in training.", low=0.0, high=0.95)


class TextCnn(TextClassifier):
    """Convolutions of several widths, the largest value of each over the text, linear (Kim 2014)."""

    def __init__(self, config: TextCnnConfig, num_classes: int) -> None:
        super().__init__(
            config.vocabulary,
            config.embedding,
            word_dropout=config.word_dropout,
            embedding_dropout=config.embedding_dropout,
        )
        self.filters = nn.ModuleList(
            nn.Conv1d(config.embedding, config.filters, width, padding=width - 1) for width in config.widths
        )
        self._finish(config.filters * len(config.widths), 0, num_classes, config.dropout)

    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the largest answer of every filter."""
        return strongest(self.filters, x_BTE, lengths_B)


@register_network(
    "text-cnn",
    title="Text CNN",
    source="Kim, Convolutional Neural Networks for Sentence Classification, 2014, arXiv:1408.5882",
    config_class=TextCnnConfig,
    input="text",
)
def _cnn(config: TextCnnConfig, num_classes: int) -> nn.Module:
    return TextCnn(config, num_classes)
