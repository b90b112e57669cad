"""Losses by name, all over logits_BK and integer labels_B. In the lane."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.train.recipe import LossConfig

Loss = Callable[[Tensor, Tensor], Tensor]


def build_loss(config: LossConfig, class_counts: Tensor) -> Loss:
    """Return `loss(logits_BK, labels_B) -> mean`; `class_counts` (K) weighs rare classes if the recipe says so."""
    weights = class_counts.sum() / (len(class_counts) * class_counts.clamp(min=1).float())
    return _FACTORIES[config.name](config, weights if config.balance_classes else None)


def _cross_entropy(config: LossConfig, weights: Tensor | None) -> Loss:
    return lambda logits, labels: F.cross_entropy(
        logits, labels, weight=weights, label_smoothing=config.label_smoothing
    )


def _targets(logits: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    num_classes = logits.shape[1]
    return F.one_hot(labels, num_classes).to(logits.dtype) * (1 - smoothing) + smoothing / num_classes


def _weigh(losses_BK: Tensor, labels: Tensor, weights: Tensor | None) -> Tensor:
    losses = losses_BK.mean(dim=1)
    return losses.mean() if weights is None else (losses * weights[labels]).sum() / weights[labels].sum()


def _binary_cross_entropy(config: LossConfig, weights: Tensor | None) -> Loss:
    def loss(logits: Tensor, labels: Tensor) -> Tensor:
        targets = _targets(logits, labels, config.label_smoothing)
        return _weigh(F.binary_cross_entropy_with_logits(logits, targets, reduction="none"), labels, weights)

    return loss


def _mean_squared_error(config: LossConfig, weights: Tensor | None) -> Loss:
    def loss(logits: Tensor, labels: Tensor) -> Tensor:
        targets = _targets(logits, labels, config.label_smoothing)
        return _weigh((torch.softmax(logits, dim=1) - targets).square(), labels, weights)

    return loss


_FACTORIES: dict[str, Callable[[LossConfig, Tensor | None], Loss]] = {
    "cross-entropy": _cross_entropy,
    "binary-cross-entropy": _binary_cross_entropy,
    "mean-squared-error": _mean_squared_error,
}
