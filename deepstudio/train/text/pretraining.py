"""Learning from untagged text: the first layer of a tagger guesses neighbouring words. In the lane.

Shapes: B stretches, T words, C letters, E embedding, V vocabulary, N guesses, M negatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.text_input import TextInput
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.data.text.word_stream import WordStream, read_texts, word_stream
from deepstudio.data.text.words import character_codes, folded
from deepstudio.train.text.files import find_file
from deepstudio.train.text.recipe import PretrainingConfig, TextRecipe

_SMOOTHING_POWER = 0.75


def read_untagged(recipe: TextRecipe, data: Path) -> list[str]:
    """Return the texts of all untagged files, about `most_words` words of each. Raises InputError."""
    config = recipe.pretraining
    found: list[str] = []
    for name in config.files:
        texts = read_texts(find_file(name, recipe.data, data), recipe.data.text_columns)
        ends = np.cumsum([text.count(" ") + 1 for text in texts])
        found += texts[: int(np.searchsorted(ends, config.most_words)) + 1]
    return found


def read_streams(recipe: TextRecipe, data: Path) -> WordStream:
    """Return the words of all untagged files in one row. Raises InputError for a missing file."""
    config = recipe.pretraining
    texts: list[str] = []
    for name in config.files:
        part = word_stream(read_texts(find_file(name, recipe.data, data)), config.most_words)
        texts.append(" ".join(part.forms[number] for number in part.row))
    return word_stream(texts, config.most_words * max(len(texts), 1))


def tagger_guesses(
    stream: WordStream, tokenizer: TextTokenizer, text: TextInput, config: PretrainingConfig, seed: int
) -> NeighbourGuesses:
    """Return the guesses of a tagger: words with their letters."""
    words = torch.tensor([tokenizer.number(word) for word in folded(stream.forms)])
    letters = torch.from_numpy(character_codes(stream.forms, text.characters or 1))
    return NeighbourGuesses(stream.row, words, tokenizer.size, config, seed=seed, letters=letters)


def classifier_guesses(
    texts: Sequence[str], tokenizer: TextTokenizer, config: PretrainingConfig, seed: int
) -> NeighbourGuesses:
    """Return the guesses of a classifier: tokens as its tokenizer makes them."""
    rows = tokenizer.encode_all(texts)
    row = np.concatenate(rows)[: config.most_words * max(len(config.files), 1)]
    return NeighbourGuesses(row, torch.arange(tokenizer.size), tokenizer.size, config, seed=seed)


class Guesser(Protocol):
    """A network whose first layer can guess neighbouring words from both sides."""

    embedding: nn.Embedding

    def guesses(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Return guesses [B, T - 1, E] of each word after the first, and before the last; inputs[0] is tokens_BT."""


class NeighbourGuesses:
    """Stretches of untagged text, and the loss of guessing their words (sampled softmax: Jean et al. 2015).

    `row` counts into `words`, which are numbers in a vocabulary of `size`, and into `letters` if there are any.
    """

    def __init__(
        self,
        row: np.ndarray,
        words: Tensor,
        size: int,
        config: PretrainingConfig,
        *,
        seed: int,
        letters: Tensor | None = None,
    ) -> None:
        self._config = config
        self._seed = seed
        self._row = row
        self._words = words
        self._letters = letters
        counts_V = np.bincount(words.numpy()[row], minlength=size).astype(np.float64)
        chance_V = counts_V**_SMOOTHING_POWER
        chance_V[:4] = 0  # unknown words teach nothing, and padding is no word
        self._chance = torch.from_numpy(chance_V / chance_V.sum())
        self._log_chance = self._chance.clamp(min=1e-12).log().float()

    def batch(self, step: int, device: torch.device) -> tuple[Tensor, ...]:
        """Return tokens_BT, letters_BTC if there are any, and the negatives_M of a step; they follow from it alone."""
        config = self._config
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + step)
        # Stretches from anywhere: read in order, the last file would be remembered best.
        begins_B = torch.randint(max(len(self._row) - config.length, 1), (config.streams,), generator=generator)
        places = (begins_B.numpy()[:, None] + np.arange(config.length)) % len(self._row)
        places_BT = torch.from_numpy(self._row[places].astype(np.int64))
        negatives_M = torch.multinomial(self._chance, config.negatives, replacement=True, generator=generator)
        letters = () if self._letters is None else (self._letters[places_BT].to(device),)
        return self._words[places_BT].to(device), *letters, negatives_M.to(device)

    def loss(self, network: Guesser, batch: tuple[Tensor, ...]) -> Tensor:
        """Return the mean loss of both directions, float32."""
        *inputs, negatives_M = batch
        tokens_BT = inputs[0]
        ahead_BTE, back_BTE = network.guesses(*inputs)
        losses = [
            self._sampled(network, ahead_BTE.flatten(0, 1), tokens_BT[:, 1:].flatten(), negatives_M),
            self._sampled(network, back_BTE.flatten(0, 1), tokens_BT[:, :-1].flatten(), negatives_M),
        ]
        return torch.stack(losses).mean()

    def _sampled(self, network: Guesser, guesses_NE: Tensor, words_N: Tensor, negatives_M: Tensor) -> Tensor:
        known_N = words_N > 3
        guesses_NE, words_N = guesses_NE[known_N], words_N[known_N]
        log_chance_V = self._log_chance.to(words_N.device)
        table_VE = network.embedding.weight
        right_N = (guesses_NE * functional.embedding(words_N, table_VE)).sum(dim=1).float() - log_chance_V[words_N]
        wrong_NM = (guesses_NE @ table_VE[negatives_M].T.to(guesses_NE.dtype)).float() - log_chance_V[negatives_M]
        wrong_NM = wrong_NM.masked_fill(words_N[:, None] == negatives_M, float("-inf"))
        logits = torch.cat([right_N[:, None], wrong_NM], dim=1)
        return functional.cross_entropy(logits, torch.zeros_like(words_N))
