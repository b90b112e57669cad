"""Word vectors by skip-gram: pairs of words that stand near one another in running text. In the lane.

Shapes: N pairs, M negatives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.text_input import END
from deepstudio.models.text_language import SkipGram
from deepstudio.train.batches import generator
from deepstudio.train.objective import Objective, Validation

_WINDOW = 5
_NEGATIVES = 256
_POWER = 0.75
_FREQUENT = 1e-3  # share of the text above which a word is thinned out (Mikolov et al. 2013, section 2.3)
_MEASURED_PAIRS = 8192


class SkipGramObjective(Objective):
    """Words told from other words by their neighbours; `train` and `validation` are rows of tokens."""

    def __init__(
        self,
        network: SkipGram,
        train: np.ndarray,
        validation: np.ndarray,
        *,
        batch_size: int,
        seed: int,
        device: torch.device,
    ) -> None:
        self._network = network
        self._train = torch.from_numpy(train.astype(np.int64))
        self._validation = torch.from_numpy(validation.astype(np.int64))
        self._batch_size = batch_size
        self._seed = seed
        self._device = device
        counts_V = torch.bincount(self._train, minlength=network.embedding.num_embeddings).double()
        counts_V[: END + 1] = 0
        share_V = counts_V / counts_V.sum().clamp(min=1)
        self._chance_V = counts_V**_POWER
        self._kept_V = (_FREQUENT / share_V.clamp(min=1e-12)).sqrt().clamp(max=1.0) * (counts_V > 0)

    @property
    def steps_per_epoch(self) -> int:
        """Return the steps that look at as many words as the text has."""
        return max(len(self._train) // self._batch_size, 1)

    def batches(self, epoch: int, start: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Yield (words_N, neighbours_N, negatives_M)."""
        for step in range(start, self.steps_per_epoch):
            random = generator(self._seed, 21, epoch * self.steps_per_epoch + step)
            yield self._pairs(self._train, self._batch_size, random)

    def loss(self, batch: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the loss of negative sampling."""
        return self._network(*batch).float(), {}

    def part(self, batch: tuple[Tensor, Tensor, Tensor], rank: int, world: int) -> tuple[Tensor, Tensor, Tensor]:
        """Return a process's share of the pairs; all tell them from the same negatives."""
        words_N, neighbours_N = super().part(batch[:2], rank, world)
        return words_N, neighbours_N, batch[2]

    def validate(self, network: nn.Module) -> Validation:
        """Return the loss on pairs of the validation text, always the same."""
        loss = float(network(*self._pairs(self._validation, _MEASURED_PAIRS, generator(0, 22, 0))))
        return Validation(score=-loss, metrics={"validation_loss": loss})

    def _pairs(self, row: Tensor, count: int, random: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Return pairs within the window, frequent words thinned out, and what they are told from."""
        places = torch.randint(0, len(row), (2 * count,), generator=random)
        distance = torch.randint(1, _WINDOW + 1, (2 * count,), generator=random)
        sign = torch.randint(0, 2, (2 * count,), generator=random) * 2 - 1
        words, neighbours = row[places], row[(places + sign * distance) % len(row)]
        kept = torch.rand(2 * count, generator=random) < self._kept_V[words] * self._kept_V[neighbours]
        negatives = torch.multinomial(self._chance_V, _NEGATIVES, replacement=True, generator=random)
        words, neighbours = words[kept][:count], neighbours[kept][:count]
        return words.to(self._device), neighbours.to(self._device), negatives.to(self._device)
