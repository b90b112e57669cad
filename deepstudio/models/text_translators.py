"""Networks that write a text about another: translation, headlines.

Shapes: B batch, S source tokens, T target tokens, E embedding, H units, D features, V vocabulary.

The decoder is two LSTM layers with attention between them (Wu et al. 2016, arXiv:1609.08144, section 3.2: the lower
layer asks, the upper one gets the answer), so that in training each layer runs over all steps at once. The attention
scores are Bahdanau's (additive) or Luong's (a product). With `copy`, a share of each step's probability goes to the
words of the source, by the attention (See et al. 2017, arXiv:1704.04368).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.config import option
from deepstudio.core.text_input import PAD
from deepstudio.models.registry import register_network
from deepstudio.models.text_layers import LockedDropout, RecurrentLayer, WordDropout, mask_of, recur


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatorConfig:
    """An encoder of BiLSTM layers and an attentive LSTM decoder; source and target share one vocabulary."""

    vocabulary: int = option(8000, "Tokens that the network knows, of both languages.", low=8)
    embedding: int = option(192, "Numbers that stand for a token; the same going in and coming out.", low=1, high=4096)
    units: int = option(256, "Units of the decoder's layers.", low=1, high=4096)
    encoder_units: int = option(192, "Units of an encoder layer in each direction.", low=1, high=4096)
    encoder_layers: int = option(1, "BiLSTM layers of the encoder.", low=1, high=8)
    attention: str = option(
        "bahdanau",
        "How decoder and source are compared: by a small network, or by a product.",
        choices=("bahdanau", "luong"),
    )
    copy: bool = option(False, "Words of the source may be copied.")
    dropout: float = option(0.3, "Share of features left out in training.", low=0.0, high=0.95)
    word_dropout: float = option(0.1, "Share of the source's tokens left out in training.", low=0.0, high=0.95)
    target_dropout: float = option(0.1, "Share of the earlier target tokens left out in training.", low=0.0, high=0.95)


class Source(NamedTuple):
    """What the decoder sees of a source: keys_BSH to ask, values_BSD to get, mask_BS, tokens_BS to copy, start_BH."""

    keys: Tensor
    values: Tensor
    mask: Tensor
    tokens: Tensor
    start: Tensor

    def repeated(self, places: Tensor) -> Source:
        """Return the rows at `places`: one for each hypothesis of a beam."""
        return Source(*(tensor[places] for tensor in self))


class DecoderState(NamedTuple):
    """The memory of a decoder between two tokens: hidden and cell of both layers, each_1BH."""

    hidden_low: Tensor
    cell_low: Tensor
    hidden_high: Tensor
    cell_high: Tensor

    def repeated(self, places: Tensor) -> DecoderState:
        """Return the states of the hypotheses at `places`."""
        return DecoderState(*(tensor[:, places] for tensor in self))


class Attention(nn.Module):
    """Where to look: weights over the source for each query."""

    def __init__(self, query: int, key: int, size: int, kind: str) -> None:
        super().__init__()
        self.key = nn.Linear(key, size, bias=False)
        self.query = nn.Linear(query, size)
        self.energy = nn.Linear(size, 1, bias=False) if kind == "bahdanau" else None
        self._scale = size**-0.5

    def forward(self, query_BTH: Tensor, keys_BSH: Tensor, mask_BS: Tensor) -> Tensor:
        """Return weights_BTS, float32; each row sums to 1."""
        query_BTH = self.query(query_BTH)
        if self.energy is not None:
            # Bahdanau et al. 2015, arXiv:1409.0473, appendix A.1.2
            score_BTS = self.energy(torch.tanh(query_BTH[:, :, None] + keys_BSH[:, None]))[..., 0]
        else:
            # Luong et al. 2015, arXiv:1508.04025, "general", scaled as in Vaswani et al. 2017
            score_BTS = query_BTH @ keys_BSH.transpose(1, 2) * self._scale
        return score_BTS.float().masked_fill(~mask_BS[:, None], float("-inf")).softmax(dim=2)


class Translator(nn.Module):
    """Encoder, attention, decoder; one embedding for source, target and output (Press and Wolf 2017)."""

    def __init__(self, config: TranslatorConfig) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.embedding, padding_idx=PAD)
        if not self.embedding.weight.is_meta:
            nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
            self.embedding.weight.data[PAD] = 0
        self.source_dropout = WordDropout(config.word_dropout)
        self.target_dropout = WordDropout(config.target_dropout)
        self.dropout = LockedDropout(config.dropout)
        sizes = [config.embedding]
        layers = []
        for _ in range(config.encoder_layers):
            layers.append(RecurrentLayer(sizes[-1], config.encoder_units, bidirectional=True))
            sizes.append(layers[-1].size)
        self.encoder = nn.ModuleList(layers)
        self.start = nn.Linear(sizes[-1], 2 * config.units)
        self.attention = Attention(config.units, sizes[-1], config.units, config.attention)
        self.low = nn.LSTM(config.embedding, config.units, batch_first=True)
        self.high = nn.LSTM(config.units + sizes[-1], config.units, batch_first=True)
        self.output = nn.Linear(config.units + sizes[-1], config.embedding)
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.copying = nn.Linear(config.units + sizes[-1], 1) if config.copy else None

    def encode(self, tokens_BS: Tensor, lengths_B: Tensor) -> Source:
        """Return what the decoder needs of the source."""
        x_BSE = self.source_dropout(tokens_BS, self._embed(tokens_BS), self.embedding.num_embeddings)
        x_BSD, last_BD = self.dropout(x_BSE), x_BSE[:, 0]
        for number, layer in enumerate(self.encoder):
            y_BSD, last_BD = layer(x_BSD, lengths_B)
            x_BSD = self.dropout(y_BSD) + (x_BSD if number else 0)
        mask_BS = mask_of(lengths_B, tokens_BS.shape[1])
        keys_BSH = self.attention.key(x_BSD)
        return Source(keys_BSH, x_BSD, mask_BS, tokens_BS, torch.tanh(self.start(last_BD)))

    def begin(self, source: Source) -> DecoderState:
        """Return the decoder's memory before the first token."""
        low_1BH, high_1BH = (part[None].contiguous() for part in source.start.chunk(2, dim=1))
        return DecoderState(low_1BH, torch.zeros_like(low_1BH), high_1BH, torch.zeros_like(high_1BH))

    def decode(
        self, source: Source, state: DecoderState, tokens_BT: Tensor
    ) -> tuple[Tensor, Tensor, Tensor | None, DecoderState]:
        """Return features_BTE (times the embedding they give logits), attention_BTS, the chance to copy_BT1, memory."""
        x_BTE = self.target_dropout(tokens_BT, self._embed(tokens_BT), self.embedding.num_embeddings)
        low_BTH, low_state = recur(self.low, self.dropout(x_BTE), (state.hidden_low, state.cell_low))
        weights_BTS = self.attention(low_BTH, source.keys, source.mask)
        seen_BTD = weights_BTS.to(source.values.dtype) @ source.values
        inner_BTD = self.dropout(torch.cat([low_BTH, seen_BTD], dim=2))
        high_BTH, high_state = recur(self.high, inner_BTD, (state.hidden_high, state.cell_high))
        joint_BTD = torch.cat([high_BTH + low_BTH, seen_BTD], dim=2)
        features_BTE = self.dropout(torch.tanh(self.output(joint_BTD)))
        chance_BT1 = None if self.copying is None else torch.sigmoid(self.copying(joint_BTD).float())
        return features_BTE, weights_BTS, chance_BT1, DecoderState(*low_state, *high_state)

    def logits(self, features_NE: Tensor) -> Tensor:
        """Return logits_NV over the vocabulary."""
        return functional.linear(features_NE, self.embedding.weight, self.bias)

    def log_probabilities(
        self, features_BTE: Tensor, weights_BTS: Tensor, chance_BT1: Tensor | None, tokens_BS: Tensor
    ) -> Tensor:
        """Return log-probabilities_BTV of the next token, float32, copying included."""
        log_p_BTV = self.logits(features_BTE).float().log_softmax(dim=2)
        if chance_BT1 is None:
            return log_p_BTV
        places_BTS = tokens_BS[:, None].expand_as(weights_BTS)
        p_BTV = (log_p_BTV.exp() * (1 - chance_BT1)).scatter_add(2, places_BTS, weights_BTS * chance_BT1)
        return p_BTV.clamp(min=1e-9).log()

    def loss(
        self, tokens_BS: Tensor, lengths_B: Tensor, target_BT: Tensor, next_BT: Tensor, *, smoothing: float = 0.0
    ) -> Tensor:
        """Return the mean cross-entropy of the tokens next_BT that are no padding; float32.

        Only their logits are ever made: with thousands of tokens to choose from, padding would cost more than the rest
        of the network. With copying, targets are not smoothed.
        """
        source = self.encode(tokens_BS, lengths_B)
        features_BTE, weights_BTS, chance_BT1, _ = self.decode(source, self.begin(source), target_BT)
        kept_BT = next_BT != PAD
        logits_NV = self.logits(features_BTE[kept_BT]).float()
        if chance_BT1 is None:
            return functional.cross_entropy(logits_NV, next_BT[kept_BT], label_smoothing=smoothing)
        written_N = (-functional.cross_entropy(logits_NV, next_BT[kept_BT], reduction="none")).exp()
        copied_BT = (weights_BTS * (tokens_BS[:, None] == next_BT[..., None])).sum(dim=2)
        chance_N = chance_BT1[..., 0][kept_BT]
        return -((1 - chance_N) * written_N + chance_N * copied_BT[kept_BT]).clamp(min=1e-9).log().mean()

    def forward(self, tokens_BS: Tensor, lengths_B: Tensor, target_BT: Tensor) -> Tensor:
        """Return log-probabilities_BTV of each next token, given the target so far (teacher forcing)."""
        source = self.encode(tokens_BS, lengths_B)
        features_BTE, weights_BTS, chance_BT1, _ = self.decode(source, self.begin(source), target_BT)
        return self.log_probabilities(features_BTE, weights_BTS, chance_BT1, tokens_BS)

    def _embed(self, tokens: Tensor) -> Tensor:
        return self.embedding(tokens) * self.embedding.embedding_dim**0.5


@register_network(
    "text-seq2seq",
    title="Encoder-decoder LSTM with attention",
    source="Bahdanau et al., Neural Machine Translation by Jointly Learning to Align and Translate, 2015, "
    "arXiv:1409.0473",
    config_class=TranslatorConfig,
    input="text",
)
def _translator(config: TranslatorConfig, num_classes: int) -> nn.Module:
    return Translator(config)
