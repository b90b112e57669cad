"""Sequences dealt out in batches of like length, so that little is padding. Torch only for the tensors.

Shapes: B batch, T tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.text_input import PAD

_BATCHES_A_BUCKET = 40


def bucketed(lengths: np.ndarray, batch_size: int, seed: int, epoch: int, max_tokens: int = 0) -> list[np.ndarray]:
    """Return the batches of an epoch as arrays of places, in an order that follows from (seed, epoch) alone.

    Shuffled, then sorted by length within stretches of forty batches. With `max_tokens`, long sequences come in smaller
    batches: no batch holds more tokens than that, padding included.
    """
    random = np.random.default_rng((seed, epoch))
    order = random.permutation(len(lengths))
    stretch = batch_size * _BATCHES_A_BUCKET
    batches: list[np.ndarray] = []
    for begin in range(0, len(order), stretch):
        part = order[begin : begin + stretch]
        batches += _cut(part[np.argsort(lengths[part], kind="stable")], lengths, batch_size, max_tokens)
    return [batches[place] for place in random.permutation(len(batches))]


def in_order(lengths: np.ndarray, batch_size: int, max_tokens: int = 0) -> list[np.ndarray]:
    """Return batches of all places, shortest sequences first: for measuring."""
    return _cut(np.argsort(lengths, kind="stable"), lengths, batch_size, max_tokens)


def padded(sequences: Sequence[np.ndarray]) -> tuple[Tensor, Tensor]:
    """Return tokens_BT int64, padded at the end, and lengths_B int64 (at least 1: an empty text is one padding)."""
    lengths = [max(len(sequence), 1) for sequence in sequences]
    tokens = np.full((len(sequences), max(lengths, default=1)), PAD, np.int64)
    for row, sequence in enumerate(sequences):
        tokens[row, : len(sequence)] = sequence
    return torch.from_numpy(tokens), torch.tensor(lengths)


def _cut(places: np.ndarray, lengths: np.ndarray, batch_size: int, max_tokens: int) -> list[np.ndarray]:
    if not max_tokens:
        return [places[begin : begin + batch_size] for begin in range(0, len(places), batch_size)]
    batches: list[np.ndarray] = []
    begin = 0
    while begin < len(places):
        size = batch_size
        while size > 1 and lengths[places[min(begin + size, len(places)) - 1]] * size > max_tokens:
            size = max(size // 2, 1)
        batches.append(places[begin : begin + size])
        begin += size
    return batches
