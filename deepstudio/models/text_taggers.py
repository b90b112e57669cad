"""Networks that give each word a tag. Shapes: B batch, T words, C characters, E embedding, D features, K tags.

They take tokens_BT, letters_BTC (`core.text_input.CHARACTER_CODES`) and lengths_B. `emissions` are scores of tags by
word; the conditional random field above them gives likelihoods and decodes.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.core.config import option
from deepstudio.core.text_input import CHARACTER_CODES, PAD, UNKNOWN
from deepstudio.models.registry import register_network
from deepstudio.models.text_crf import ConditionalRandomField
from deepstudio.models.text_layers import LockedDropout, RecurrentLayer


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerConfig:
    """Words and their letters through a BiLSTM into a conditional random field."""

    vocabulary: int = option(10_000, "Words that the network knows.", low=2)
    embedding: int = option(100, "Numbers that stand for a word.", low=1, high=4096)
    letter_embedding: int = option(24, "Numbers that stand for a letter.", low=1, high=512)
    letter_filters: int = option(64, "Filters over the letters of a word.", low=1, high=2048)
    letter_width: int = option(3, "Letters under a filter.", low=1, high=9)
    units: tuple[int, ...] = option((128,), "Units of each BiLSTM layer, in each direction.", low=1, high=4096)
    dropout: float = option(0.5, "Share of features left out in training.", low=0.0, high=0.95)
    unknown_share: float = option(
        0.0,
        "Share of words hidden in training, so that the network learns to read letters and neighbours.",
        low=0.0,
        high=0.9,
    )
    pretraining: bool = option(False, "Have a head that guesses neighbouring words, for learning from untagged text.")


class BiLstmCrf(nn.Module):
    """Word embedding beside a CNN over its letters (Ma and Hovy 2016, arXiv:1603.01354), BiLSTM, CRF."""

    def __init__(self, config: TaggerConfig, num_tags: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.embedding, padding_idx=PAD)
        self.letters = nn.Embedding(CHARACTER_CODES, config.letter_embedding, padding_idx=0)
        self.filters = nn.Conv1d(
            config.letter_embedding, config.letter_filters, config.letter_width, padding=config.letter_width // 2
        )
        if not self.embedding.weight.is_meta:
            nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
            nn.init.uniform_(self.letters.weight, -0.1, 0.1)
        self.dropout = LockedDropout(config.dropout)
        sizes = [config.embedding + config.letter_filters]
        layers = []
        for units in config.units:
            layers.append(RecurrentLayer(sizes[-1], units, bidirectional=True))
            sizes.append(layers[-1].size)
        self.layers = nn.ModuleList(layers)
        self.head = nn.Linear(sizes[-1], num_tags)
        self.crf = ConditionalRandomField(num_tags)
        self.neighbours = nn.Linear(config.units[0], config.embedding) if config.pretraining else None
        self.unknown_share = config.unknown_share

    def emissions(self, tokens_BT: Tensor, letters_BTC: Tensor, lengths_B: Tensor) -> Tensor:
        """Return scores of tags by word, emissions_BTK float32."""
        if self.training and self.unknown_share:
            hidden_BT = torch.rand(tokens_BT.shape, device=tokens_BT.device) < self.unknown_share
            tokens_BT = tokens_BT.masked_fill(hidden_BT & (tokens_BT != PAD), UNKNOWN)
        x_BTE = torch.cat([self.embedding(tokens_BT), self._spelling(letters_BTC)], dim=2)
        for layer in self.layers:
            x_BTE = layer(self.dropout(x_BTE), lengths_B)[0]
        emissions_BTK: Tensor = self.head(self.dropout(x_BTE)).float()
        return emissions_BTK

    def guesses(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Return what each word after the first, and each before the last, is guessed to be, from the other side.

        Takes tokens_BT and letters_BTC. Both guesses [B, T - 1, E] give logits times the word embedding. Needs
        `pretraining` in the configuration.
        """
        assert self.neighbours is not None
        tokens_BT, letters_BTC = inputs
        x_BTE = self.dropout(torch.cat([self.embedding(tokens_BT), self._spelling(letters_BTC)], dim=2))
        lengths_B = torch.full((len(tokens_BT),), tokens_BT.shape[1], device=tokens_BT.device)
        ahead_BTH, back_BTH = self.layers[0](x_BTE, lengths_B)[0].chunk(2, dim=2)
        return self.neighbours(self.dropout(ahead_BTH[:, :-1])), self.neighbours(self.dropout(back_BTH[:, 1:]))

    def forward(self, tokens_BT: Tensor, letters_BTC: Tensor, lengths_B: Tensor) -> Tensor:
        """Return emissions_BTK."""
        return self.emissions(tokens_BT, letters_BTC, lengths_B)

    def _spelling(self, letters_BTC: Tensor) -> Tensor:
        size_B, size_T, _ = letters_BTC.shape
        x_NEC = self.letters(letters_BTC.flatten(0, 1)).transpose(1, 2)
        return self.filters(x_NEC).amax(dim=2).view(size_B, size_T, -1)


@register_network(
    "text-bilstm-crf",
    title="BiLSTM-CRF",
    source="Ma and Hovy, End-to-end Sequence Labeling, 2016, arXiv:1603.01354",
    config_class=TaggerConfig,
    input="text",
)
def _bilstm_crf(config: TaggerConfig, num_classes: int) -> nn.Module:
    return BiLstmCrf(config, num_classes)
