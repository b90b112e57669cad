"""The loss of texts in classes: cross-entropy, of each reader too, and of embedded words moved against the network.

Shapes: B batch, T tokens, E embedding, S readers, K classes.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.models.text_classifiers import TextClassifier
from deepstudio.train.text.recipe import TextLossConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLoss:
    """The loss of a recipe; `weights` [K] weigh the classes."""

    config: TextLossConfig
    weights: Tensor | None = None

    def of(self, network: nn.Module, tokens_BT: Tensor, lengths_B: Tensor, labels_B: Tensor) -> tuple[Tensor, Tensor]:
        """Return the loss, a float32 scalar, and the logits_BK."""
        if not (self.config.readers or self.config.adversary):
            logits_BK = network(tokens_BT, lengths_B).float()
            return self._entropy(logits_BK, labels_B), logits_BK
        assert isinstance(network, TextClassifier)
        x_BTE = network.prepared(tokens_BT)
        votes_SBK = network.classify_each(x_BTE, lengths_B).float()
        loss = self._vote(votes_SBK, labels_B)
        if self.config.adversary:
            moved_BTE = x_BTE + self._push(loss, x_BTE)
            loss = loss + self._vote(network.classify_each(moved_BTE, lengths_B).float(), labels_B)
        return loss, votes_SBK.mean(dim=0).detach()

    def _vote(self, votes_SBK: Tensor, labels_B: Tensor) -> Tensor:
        loss = self._entropy(votes_SBK.mean(dim=0), labels_B)
        share = self.config.readers
        if not share or len(votes_SBK) == 1:
            return loss
        each = self._entropy(votes_SBK.flatten(0, 1), labels_B.repeat(len(votes_SBK)))
        return (1 - share) * loss + share * each

    def _push(self, loss: Tensor, x_BTE: Tensor) -> Tensor:
        """Return the move of each text's embedded words, of a size relative to theirs, that makes the loss grow most.

        Miyato et al. 2017, arXiv:1605.07725, section 3.
        """
        (slope_BTE,) = torch.autograd.grad(loss, x_BTE, retain_graph=True)
        slope_BTE = slope_BTE.float()
        steepness_B = slope_BTE.flatten(1).norm(dim=1).clamp(min=1e-12)
        size_B = self.config.adversary * x_BTE.detach().float().flatten(1).norm(dim=1)
        push_BTE: Tensor = slope_BTE * (size_B / steepness_B)[:, None, None]
        return push_BTE

    def _entropy(self, logits_NK: Tensor, labels_N: Tensor) -> Tensor:
        return functional.cross_entropy(
            logits_NK, labels_N, weight=self.weights, label_smoothing=self.config.label_smoothing
        )
