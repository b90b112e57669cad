"""Classifiers without recurrence, in which words look at one another. Shapes: B batch, T tokens, E embedding."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.core.config import option
from deepstudio.core.errors import RecipeError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.registry import register_network
from deepstudio.models.text_classifiers import TextClassifier
from deepstudio.models.text_layers import AttentionPool, mask_of, mean_pool


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAttentionConfig:
    """One layer in which each word looks at all others."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(128, "Numbers that stand for a word.", low=2, high=4096)
    heads: int = option(4, "Attention heads; they share the embedding's numbers.", low=1, high=64)
    dropout: float = option(0.1, "Share of features left out in training.", low=0.0, high=0.95)
    word_dropout: float = option(0.0, "Share of words left out in training.", low=0.0, high=0.95)


class SelfAttentionClassifier(TextClassifier):
    """Positions added to the words, one layer of self-attention beside them, their mean, linear."""

    def __init__(self, config: SelfAttentionConfig, num_classes: int) -> None:
        super().__init__(
            config.vocabulary, config.embedding, word_dropout=config.word_dropout, embedding_dropout=config.dropout
        )
        self.attention = nn.MultiheadAttention(config.embedding, config.heads, config.dropout, batch_first=True)
        self.norm = nn.LayerNorm(config.embedding)
        self._scale = math.sqrt(config.embedding)
        self._finish(config.embedding, 0, num_classes, config.dropout)

    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the mean of the words and what they looked at."""
        x_BTE = x_BTE * self._scale + positions(x_BTE.shape[1], x_BTE.shape[2], x_BTE.device)
        padding_BT = ~mask_of(lengths_B, x_BTE.shape[1])
        seen_BTE, _ = self.attention(x_BTE, x_BTE, x_BTE, key_padding_mask=padding_BT, need_weights=False)
        return mean_pool(self.norm(x_BTE + seen_BTE), lengths_B)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformerConfig:
    """A small Transformer encoder; with no layers, attention pooling over the words alone."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(128, "Numbers that stand for a word.", low=2, high=4096)
    layers: int = option(2, "Encoder layers.", low=0, high=48)
    heads: int = option(4, "Attention heads of a layer; they share the embedding's numbers.", low=1, high=64)
    feed_forward: int = option(256, "Units of the dense half of a layer.", low=1, high=16_384)
    dropout: float = option(0.1, "Share of features left out in training.", low=0.0, high=0.95)
    word_dropout: float = option(0.0, "Share of words left out in training.", low=0.0, high=0.95)


class TransformerClassifier(TextClassifier):
    """Positions added to the words, Transformer layers (norm first), attention pooling, linear."""

    def __init__(self, config: TransformerConfig, num_classes: int) -> None:
        super().__init__(
            config.vocabulary, config.embedding, word_dropout=config.word_dropout, embedding_dropout=config.dropout
        )
        layers = [
            nn.TransformerEncoderLayer(
                config.embedding,
                config.heads,
                config.feed_forward,
                config.dropout,
                batch_first=True,
                norm_first=True,
                activation="gelu",
            )
            for _ in range(config.layers)
        ]
        self.layers = nn.ModuleList(layers)
        self.norm = nn.LayerNorm(config.embedding)
        self.pool = AttentionPool(config.embedding)
        self._scale = math.sqrt(config.embedding)
        self._finish(config.embedding, 0, num_classes, config.dropout)

    def encode(self, x_BTE: Tensor, lengths_B: Tensor) -> Tensor:
        """Return the pooled words."""
        y_BTE = x_BTE * self._scale + positions(x_BTE.shape[1], x_BTE.shape[2], x_BTE.device)
        padding_BT = ~mask_of(lengths_B, x_BTE.shape[1])
        for layer in self.layers:
            y_BTE = layer(y_BTE, src_key_padding_mask=padding_BT)
        return self.pool(self.norm(y_BTE), lengths_B)


def positions(length: int, size: int, device: torch.device) -> Tensor:
    """Return the sine and cosine positions_TE of Vaswani et al. 2017, section 3.5."""
    place_T1 = torch.arange(length, device=device, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, size, 2, device=device) * (-math.log(10_000.0) / size))
    table_TE = torch.zeros(length, size, device=device)
    table_TE[:, 0::2] = torch.sin(place_T1 * rate)
    table_TE[:, 1::2] = torch.cos(place_T1 * rate)[:, : size // 2]
    return table_TE


@register_network(
    "text-transformer",
    title="Transformer encoder",
    source="Vaswani et al., Attention Is All You Need, 2017, arXiv:1706.03762",
    config_class=TransformerConfig,
    input="text",
)
def _transformer(config: TransformerConfig, num_classes: int) -> nn.Module:
    _check_heads(config.embedding, config.heads)
    return TransformerClassifier(config, num_classes)


@register_network(
    "text-self-attention",
    title="Self-attention",
    source="Vaswani et al., Attention Is All You Need, 2017, arXiv:1706.03762, section 3.2",
    config_class=SelfAttentionConfig,
    input="text",
)
def _self_attention(config: SelfAttentionConfig, num_classes: int) -> nn.Module:
    _check_heads(config.embedding, config.heads)
    return SelfAttentionClassifier(config, num_classes)


def _check_heads(size: int, heads: int) -> None:
    if size % heads:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "{heads} attention heads cannot share {size} numbers evenly."),
            heads=heads,
            size=size,
        )
