"""Sentences as tensors for a tagger. Shapes: B sentences, T words, C letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.text_input import TextInput
from deepstudio.data.text.batches import padded
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.data.text.words import character_codes, folded


class TagInputs:
    """Sentences as the numbers that a tagger takes."""

    def __init__(
        self, sentences: Sequence[Sequence[str]], tokenizer: TextTokenizer, config: TextInput, device: torch.device
    ) -> None:
        self._words = [[tokenizer.number(word) for word in folded(words)] for words in sentences]
        self._letters = [character_codes(words, config.characters or 1) for words in sentences]
        self._device = device
        self.lengths = np.array([max(len(words), 1) for words in sentences])

    def batch(self, places: Sequence[int] | np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
        """Return tokens_BT, letters_BTC and lengths_B of the sentences at `places`."""
        tokens_BT, lengths_B = padded([np.array(self._words[place], np.int64) for place in places])
        letters = np.zeros((len(places), tokens_BT.shape[1], self._letters[places[0]].shape[1]), np.int64)
        for row, place in enumerate(places):
            letters[row, : len(self._letters[place])] = self._letters[place]
        return tokens_BT.to(self._device), torch.from_numpy(letters).to(self._device), lengths_B.to(self._device)
