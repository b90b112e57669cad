"""Fits the linear readers of a network at once, before its training: a convex problem, the same each time. In the lane.

Shapes: N texts, P groups found in them, M groups kept, K classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from deepstudio.data.text.batches import padded
from deepstudio.models.text_groups import GroupReader, Spelling
from deepstudio.models.text_towers import Towers

_FEWEST = 3  # texts that a group must occur in
_SHRINK = 2e-5  # times the squared weights, beside the mean cross-entropy
_ITERATIONS = 40
_AT_ONCE = 256


def fit_linear_readers(
    network: Towers, vocabulary: Sequence[str], tokens: Sequence[np.ndarray], labels_N: np.ndarray
) -> None:
    """Fit what linear readers a network has; the vocabulary says what letters are in a token."""
    if network.spelling is None:
        return
    network.spelling.take(vocabulary)
    for reader in network.linear:
        assert isinstance(reader, GroupReader)
        fit_reader(reader, network.spelling, tokens, labels_N)


def fit_reader(reader: GroupReader, spelling: Spelling, tokens: Sequence[np.ndarray], labels_N: np.ndarray) -> None:
    """Set the groups of a reader and their weights from texts of known class, which all classes share alike.

    Rare groups may weigh more than frequent ones: each is scaled by the logarithm of its rarity (Sparck Jones 1972).
    """
    texts_P, keys_P = _pairs(reader, spelling, tokens)
    keys_M, rarity_M = _kept(keys_P, len(reader.keys), len(tokens))
    index_P = np.searchsorted(keys_M, keys_P).clip(max=max(len(keys_M) - 1, 0))
    known_P = keys_M[index_P] == keys_P if len(keys_M) else np.zeros(len(keys_P), bool)
    texts_P, index_P = texts_P[known_P], index_P[known_P]
    sizes_N = np.maximum(np.bincount(texts_P, minlength=len(tokens)), 1)
    values_P = rarity_M[index_P] / np.sqrt(sizes_N[texts_P])
    table = _Table(
        texts=torch.from_numpy(texts_P), groups=torch.from_numpy(index_P), values=torch.from_numpy(values_P).float()
    )
    weight_KM, bias_K = _solve(table, len(keys_M), torch.from_numpy(labels_N).long(), len(reader.bias))
    reader.keys[: len(keys_M)] = torch.from_numpy(keys_M.astype(np.int32))
    reader.weight.data[:, : len(keys_M)] = weight_KM * torch.from_numpy(rarity_M).float()
    reader.bias.data.copy_(bias_K)


def _pairs(reader: GroupReader, spelling: Spelling, tokens: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the text and the number of every group found, each once."""
    texts, keys = [], []
    for first in range(0, len(tokens), _AT_ONCE):
        tokens_BT, _ = padded(tokens[first : first + _AT_ONCE])
        groups = reader.groups(spelling, tokens_BT)
        texts.append((groups.places // tokens_BT.shape[1] + first).numpy())
        keys.append(groups.keys.numpy())
    pairs = np.unique(np.concatenate(keys) * len(tokens) + np.concatenate(texts))
    return pairs % len(tokens), pairs // len(tokens)


def _kept(keys_P: np.ndarray, most: int, num_texts: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the groups of at least two texts, the commonest first where there are too many; sorted; their rarity."""
    keys, counts = np.unique(keys_P, return_counts=True)
    often = counts >= _FEWEST
    keys, counts = keys[often], counts[often]
    chosen = np.sort(np.argsort(-counts, kind="stable")[:most])
    return keys[chosen], np.log((1 + num_texts) / (1 + counts[chosen])) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A sparse matrix of texts and groups: rows, columns and values of what is not zero, [P] each."""

    texts: Tensor
    groups: Tensor
    values: Tensor

    def times(self, weight_MK: Tensor, num_texts: int) -> Tensor:
        """Return what the texts' groups weigh together, [N, K]."""
        return weight_MK.new_zeros(num_texts, weight_MK.shape[1]).index_add_(
            0, self.texts, weight_MK[self.groups] * self.values[:, None]
        )

    def turned_times(self, blame_NK: Tensor, num_groups: int) -> Tensor:
        """Return what the groups' texts weigh together, [M, K]."""
        return blame_NK.new_zeros(num_groups, blame_NK.shape[1]).index_add_(
            0, self.groups, blame_NK[self.texts] * self.values[:, None]
        )


def _solve(table: _Table, num_groups: int, labels_N: Tensor, num_classes: int) -> tuple[Tensor, Tensor]:
    """Return weights_KM and bias_K of the logistic regression, by L-BFGS."""
    wanted_NK = functional.one_hot(labels_N, num_classes).float()
    share_N = (wanted_NK / wanted_NK.sum(dim=0).clamp(min=1) / num_classes).sum(dim=1)
    weight_MK = torch.zeros(num_groups, num_classes, requires_grad=True)
    bias_K = torch.zeros(num_classes, requires_grad=True)
    solver = torch.optim.LBFGS([weight_MK, bias_K], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        with torch.no_grad():
            log_p_NK = (table.times(weight_MK, len(labels_N)) + bias_K).log_softmax(dim=1)
            blame_NK = share_N[:, None] * (log_p_NK.exp() - wanted_NK)
            weight_MK.grad = table.turned_times(blame_NK, num_groups) + 2 * _SHRINK * weight_MK
            bias_K.grad = blame_NK.sum(dim=0)
            return -(share_N * (log_p_NK * wanted_NK).sum(dim=1)).sum() + _SHRINK * weight_MK.square().sum()

    solver.step(closure)
    return weight_MK.detach().t().contiguous(), bias_K.detach()
