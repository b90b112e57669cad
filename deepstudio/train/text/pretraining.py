"""Learning from untagged text: the first layer of a tagger guesses neighbouring words. In the lane.

Shapes: B stretches, T words, C letters, E embedding, V vocabulary, N guesses, M negatives.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from deepstudio.core.text_input import TextInput
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.data.text.word_stream import WordStream, read_texts, word_stream
from deepstudio.data.text.words import character_codes, folded
from deepstudio.models.text_taggers import BiLstmCrf
from deepstudio.train.text.files import find_file
from deepstudio.train.text.recipe import PretrainingConfig, TextRecipe

_SMOOTHING_POWER = 0.75


def read_streams(recipe: TextRecipe, data: Path) -> WordStream:
    """Return the words of all untagged files in one row. Raises InputError for a missing file."""
    config = recipe.pretraining
    texts: list[str] = []
    for name in config.files:
        part = word_stream(read_texts(find_file(name, recipe.data, data)), config.most_words)
        texts.append(" ".join(part.forms[number] for number in part.row))
    return word_stream(texts, config.most_words * max(len(texts), 1))


class NeighbourGuesses:
    """Stretches of untagged text, and the loss of guessing their words (sampled softmax: Jean et al. 2015)."""

    def __init__(
        self, stream: WordStream, tokenizer: TextTokenizer, text: TextInput, config: PretrainingConfig, seed: int
    ) -> None:
        self._config = config
        self._seed = seed
        self._row = stream.row
        self._words = torch.tensor([tokenizer.number(word) for word in folded(stream.forms)])
        self._letters = torch.from_numpy(character_codes(stream.forms, text.characters or 1))
        counts_V = np.bincount(self._words.numpy()[stream.row], minlength=tokenizer.size).astype(np.float64)
        chance_V = counts_V**_SMOOTHING_POWER
        chance_V[:4] = 0  # unknown words teach nothing, and padding is no word
        self._chance = torch.from_numpy(chance_V / chance_V.sum())
        self._log_chance = self._chance.clamp(min=1e-12).log().float()

    def batch(self, step: int, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Return tokens_BT, letters_BTC and the negatives_M of a step of the run; they follow from the step alone."""
        config = self._config
        size = config.streams * config.length
        begin = (step * size) % max(len(self._row) - size, 1)
        forms_BT = torch.from_numpy(self._row[begin : begin + size].astype(np.int64)).view(
            config.streams, config.length
        )
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + step)
        negatives_M = torch.multinomial(self._chance, config.negatives, replacement=True, generator=generator)
        return self._words[forms_BT].to(device), self._letters[forms_BT].to(device), negatives_M.to(device)

    def loss(self, network: BiLstmCrf, batch: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Return the mean loss of both directions, float32."""
        tokens_BT, letters_BTC, negatives_M = batch
        ahead_BTE, back_BTE = network.guesses(tokens_BT, letters_BTC)
        losses = [
            self._sampled(network, ahead_BTE.flatten(0, 1), tokens_BT[:, 1:].flatten(), negatives_M),
            self._sampled(network, back_BTE.flatten(0, 1), tokens_BT[:, :-1].flatten(), negatives_M),
        ]
        return torch.stack(losses).mean()

    def _sampled(self, network: BiLstmCrf, guesses_NE: Tensor, words_N: Tensor, negatives_M: Tensor) -> Tensor:
        known_N = words_N > 3
        guesses_NE, words_N = guesses_NE[known_N], words_N[known_N]
        log_chance_V = self._log_chance.to(words_N.device)
        table_VE = network.embedding.weight
        right_N = (guesses_NE * functional.embedding(words_N, table_VE)).sum(dim=1).float() - log_chance_V[words_N]
        wrong_NM = (guesses_NE @ table_VE[negatives_M].T.to(guesses_NE.dtype)).float() - log_chance_V[negatives_M]
        wrong_NM = wrong_NM.masked_fill(words_N[:, None] == negatives_M, float("-inf"))
        logits = torch.cat([right_N[:, None], wrong_NM], dim=1)
        return functional.cross_entropy(logits, torch.zeros_like(words_N))
