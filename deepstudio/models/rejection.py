"""The measured "none of these" answer: how far a picture's features lie from those of the training images.

Scores (higher is stranger): `mahalanobis`, the distance to the nearest class mean under the classes' common covariance,
less the distance to the mean of all (Ren et al. 2021, arXiv:2106.09022); `energy`, minus the log-sum-exp of the logits
(Liu et al. 2020, arXiv:2010.03759); `max-probability`, one minus the highest probability (Hendrycks and Gimpel 2017);
`max-logit`, minus the highest logit (Hendrycks et al. 2022, arXiv:1911.11132), which knows nothing of the other labels.

Shapes: N examples, B batch, D features, K classes. In the lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from deepstudio.models.card import RejectionInfo
from deepstudio.models.modelfile import REJECTION_PREFIX, LoadedModel

_SHRINKAGE = 0.02
Score = Callable[[Mapping[str, Tensor], Tensor, Tensor], Tensor]


def fit_statistics(features: Tensor, labels: Tensor, num_classes: int) -> dict[str, Tensor]:
    """Return the tensors that `mahalanobis` needs, from features_ND and labels_N of the training images."""
    means = torch.stack([features[labels == k].mean(dim=0) for k in range(num_classes)])
    overall = features.mean(dim=0)
    return {
        f"{REJECTION_PREFIX}means": means,
        f"{REJECTION_PREFIX}whitening": _whitening(features - means[labels]),
        f"{REJECTION_PREFIX}overall_mean": overall,
        f"{REJECTION_PREFIX}overall_whitening": _whitening(features - overall),
    }


def _whitening(centred: Tensor) -> Tensor:
    """Return W_DD with |x @ W| the Mahalanobis length of x under the shrunk covariance of `centred`."""
    covariance = (centred.T @ centred / len(centred)).double()
    covariance += _SHRINKAGE * covariance.diagonal().mean() * torch.eye(len(covariance), dtype=torch.float64)
    values, vectors = torch.linalg.eigh(covariance)
    return (vectors / values.clamp(min=1e-12).sqrt()).float()


def _mahalanobis(extras: Mapping[str, Tensor], features: Tensor, logits: Tensor) -> Tensor:
    white, means = extras[f"{REJECTION_PREFIX}whitening"], extras[f"{REJECTION_PREFIX}means"]
    nearest = torch.cdist(features @ white, means @ white).amin(dim=1)
    offset = features - extras[f"{REJECTION_PREFIX}overall_mean"]
    return nearest - (offset @ extras[f"{REJECTION_PREFIX}overall_whitening"]).norm(dim=1)


def _energy(extras: Mapping[str, Tensor], features: Tensor, logits: Tensor) -> Tensor:
    return -torch.logsumexp(logits, dim=1)


def _max_probability(extras: Mapping[str, Tensor], features: Tensor, logits: Tensor) -> Tensor:
    return 1 - torch.softmax(logits, dim=1).amax(dim=1)


def _max_logit(extras: Mapping[str, Tensor], features: Tensor, logits: Tensor) -> Tensor:
    return -logits.amax(dim=1)


SCORES: dict[str, Score] = {
    "mahalanobis": _mahalanobis,
    "energy": _energy,
    "max-probability": _max_probability,
    "max-logit": _max_logit,
}


def chance(info: RejectionInfo, scores: Tensor) -> Tensor:
    """Return the chance, 0..1, that each picture shows none of the labels; above one half means rejected."""
    return torch.sigmoid(info.slope * (scores - info.threshold))


def unknown_chance(loaded: LoadedModel, features_BD: Tensor, logits_BK: Tensor) -> Tensor | None:
    """Return the chance_B that each picture shows none of the labels, or None where the model has no such answer.

    `logits_BK` are those of the network, before the temperature.
    """
    info = loaded.card.rejection
    if info is None:
        return None
    return chance(info, SCORES[info.method](loaded.extras, features_BD.float(), logits_BK.float()))
