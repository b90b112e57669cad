"""Networks that know what comes next, and what stands beside what.

Shapes: B batch, T tokens, E embedding, H units, V vocabulary, N pairs, M negatives.

The language model follows AWD-LSTM (Merity et al. 2017, arXiv:1708.02182): dropout of whole words, of features for all
steps alike, and of single recurrent weights; one embedding going in and coming out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.config import option
from deepstudio.core.text_input import PAD
from deepstudio.models.registry import register_network
from deepstudio.models.text_layers import LockedDropout, WordDropout, recur

LstmMemory = tuple[Tensor, Tensor]
LstmState = tuple[LstmMemory, ...]


class WeightDropLstm(nn.Module):
    """One LSTM layer that loses single recurrent weights in training, the same ones for all steps."""

    def __init__(self, inputs: int, units: int, share: float) -> None:
        super().__init__()
        self.lstm = nn.LSTM(inputs, units, batch_first=True)
        self.share = share

    def forward(self, x_BTE: Tensor, state: LstmMemory | None = None) -> tuple[Tensor, LstmMemory]:
        """Return outputs_BTH and hidden and cell after the last step, each_1BH."""
        lstm = self.lstm
        if not self.training or self.share == 0.0:
            return lstm(x_BTE) if state is None else recur(lstm, x_BTE, state)
        ahead, recurrent, *biases = lstm.all_weights[0]
        weights = [ahead, functional.dropout(recurrent, self.share), *biases]
        if state is None:
            zeros = x_BTE.new_zeros(1, x_BTE.shape[0], lstm.hidden_size)
            state = (zeros, zeros)
        y_BTH, hidden, cell = torch._VF.lstm(x_BTE, state, weights, True, 1, 0.0, True, False, True)
        return y_BTH, (hidden, cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelConfig:
    """LSTM layers between an embedding and its transpose."""

    vocabulary: int = option(8000, "Tokens that the network knows.", low=8)
    embedding: int = option(192, "Numbers that stand for a token; the last layer has as many units.", low=1, high=4096)
    units: int = option(384, "Units of the layers but the last.", low=1, high=8192)
    layers: int = option(2, "LSTM layers.", low=1, high=8)
    word_dropout: float = option(0.05, "Share of words left out in training.", low=0.0, high=0.95)
    input_dropout: float = option(0.1, "Share of an embedding's numbers left out in training.", low=0.0, high=0.95)
    between_dropout: float = option(0.1, "Share of features left out between layers.", low=0.0, high=0.95)
    output_dropout: float = option(0.2, "Share of features left out before the last.", low=0.0, high=0.95)
    weight_dropout: float = option(0.1, "Share of recurrent weights left out in training.", low=0.0, high=0.95)


class LanguageModel(nn.Module):
    """Says for each token what may come next; `forward` returns features, `logits` and `next_loss` finish."""

    def __init__(self, config: LanguageModelConfig) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.embedding)
        if not self.embedding.weight.is_meta:
            nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
        sizes = [config.embedding, *[config.units] * (config.layers - 1), config.embedding]
        self.layers = nn.ModuleList(
            WeightDropLstm(inputs, units, config.weight_dropout) for inputs, units in pairwise(sizes)
        )
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.word_dropout = WordDropout(config.word_dropout)
        self.input_dropout = LockedDropout(config.input_dropout)
        self.between_dropout = LockedDropout(config.between_dropout)
        self.output_dropout = LockedDropout(config.output_dropout)

    def forward(self, tokens_BT: Tensor, state: LstmState | None = None) -> tuple[Tensor, LstmState]:
        """Return features_BTE (times the embedding they give logits) and the state after the last token."""
        x_BTE = self.embedding(tokens_BT) * self.embedding.embedding_dim**0.5
        x_BTE = self.input_dropout(self.word_dropout(tokens_BT, x_BTE, self.embedding.num_embeddings))
        after: list[tuple[Tensor, Tensor]] = []
        for number, layer in enumerate(self.layers):
            x_BTE, memory = layer(x_BTE, None if state is None else state[number])
            after.append(memory)
            x_BTE = self.output_dropout(x_BTE) if layer is self.layers[-1] else self.between_dropout(x_BTE)
        return x_BTE, tuple(after)

    def logits(self, features_NE: Tensor) -> Tensor:
        """Return logits_NV of the next token."""
        return functional.linear(features_NE, self.embedding.weight, self.bias)


@register_network(
    "text-lstm-lm",
    title="LSTM language model",
    source="Merity et al., Regularizing and Optimizing LSTM Language Models, 2017, arXiv:1708.02182",
    config_class=LanguageModelConfig,
    input="text",
)
def _language_model(config: LanguageModelConfig, num_classes: int) -> nn.Module:
    return LanguageModel(config)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipGramConfig:
    """Two vectors for each word: as itself and as a neighbour."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(100, "Numbers that stand for a word.", low=1, high=4096)
    context: bool = option(True, "Have the second vectors, which only training needs.")


class SkipGram(nn.Module):
    """Skip-gram with negative sampling (Mikolov et al. 2013, arXiv:1310.4546, equation 4)."""

    def __init__(self, config: SkipGramConfig) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.embedding, padding_idx=PAD)
        self.context = nn.Embedding(config.vocabulary, config.embedding, padding_idx=PAD) if config.context else None
        if not self.embedding.weight.is_meta:
            nn.init.uniform_(self.embedding.weight, -0.5 / config.embedding, 0.5 / config.embedding)
        if self.context is not None and not self.context.weight.is_meta:
            nn.init.zeros_(self.context.weight)

    def forward(self, words_N: Tensor, neighbours_N: Tensor, negatives_M: Tensor) -> Tensor:
        """Return the mean loss of N pairs, each against the same M negatives."""
        assert self.context is not None
        x_NE = self.embedding(words_N)
        right_N = (x_NE * self.context(neighbours_N)).sum(dim=1)
        wrong_NM = x_NE @ self.context(negatives_M).T
        # The sum over all M stands for five negatives, as the paper has them.
        share = 5 / negatives_M.shape[0]
        return -(functional.logsigmoid(right_N) + share * functional.logsigmoid(-wrong_NM).sum(dim=1)).mean()


@register_network(
    "text-skip-gram",
    title="Skip-gram word vectors",
    source="Mikolov et al., Distributed Representations of Words and Phrases, 2013, arXiv:1310.4546",
    config_class=SkipGramConfig,
    input="text",
)
def _skip_gram(config: SkipGramConfig, num_classes: int) -> nn.Module:
    return SkipGram(config)
