"""Predicting a whole set and measuring it. In the lane.

Shapes: N examples, K classes, D features, B batch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.models.hooks import catch_input, last_linear
from deepstudio.models.views import average_views
from deepstudio.train.batches import DeviceSet, Normalizer
from deepstudio.train.precision import arithmetic

_CALIBRATION_BINS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What a network says of a set: logits_NK and features_ND float32 on the CPU, labels_N int64."""

    logits: Tensor
    features: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Figures of a classifier. Precision, recall and F1 are means over classes; ece has 15 bins."""

    accuracy: float
    balanced_accuracy: float
    macro_f1: float
    precision: float
    recall: float
    ece: float
    confusion: list[list[int]]
    examples: int


@torch.no_grad()
def predict_set(
    network: nn.Module,
    data: DeviceSet,
    normalize: Normalizer,
    *,
    views: Preprocessing,
    dtype: torch.dtype = torch.float32,
    batch_size: int = 500,
    check: Callable[[], None] = lambda: None,
) -> Outputs:
    """Return logits, averaged over the `views` asked for, and features of every image.

    `check` is called before each batch (it may raise to end).

    The features are those of the picture itself, not of its other views. The network must be in eval mode.
    """
    device = data.labels.device
    logits: list[Tensor] = []
    features: list[Tensor] = []
    with catch_input(last_linear(network)) as caught:
        for images in data.images.split(batch_size):
            check()
            x = normalize(images)
            with arithmetic(dtype, device):
                out = average_views(network, x, views)
                found = caught.take()[: len(x)]
            logits.append(out.float().cpu())
            features.append(found.float().cpu())
    return Outputs(logits=torch.cat(logits), features=torch.cat(features), labels=data.labels.cpu())


def measure(logits: Tensor, labels: Tensor, *, temperature: float = 1.0) -> Report:
    """Return the figures for logits_NK and labels_N.

    Means over classes leave out those that are neither in the data nor in the answers, as torchmetrics and scikit-learn
    do. (Not by torchmetrics: importing it costs seconds, and it would count the matrix anew for every figure.)
    """
    probabilities = torch.softmax(logits / temperature, dim=1)
    confidence, predicted = probabilities.max(dim=1)
    confusion = count_confusion(predicted, labels, logits.shape[1])
    right = confusion.diagonal().double()
    true, said = confusion.sum(dim=1).double(), confusion.sum(dim=0).double()
    seen = (true + said) > 0
    recall, precision = right / true.clamp(min=1), right / said.clamp(min=1)
    f1 = 2 * right / (true + said).clamp(min=1)
    correct = predicted == labels
    return Report(
        accuracy=correct.float().mean().item(),
        balanced_accuracy=recall[true > 0].mean().item(),
        macro_f1=f1[seen].mean().item(),
        precision=precision[seen].mean().item(),
        recall=recall[seen].mean().item(),
        ece=_calibration_error(confidence.double(), correct.double()),
        confusion=confusion.tolist(),
        examples=len(labels),
    )


def count_confusion(predicted: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    """Return matrix_KK int64 of predicted_N and labels_N; a row is a true class."""
    return torch.bincount(labels * num_classes + predicted, minlength=num_classes**2).view(num_classes, num_classes)


def _calibration_error(confidence: Tensor, correct: Tensor) -> float:
    """Return the expected calibration error over equal bins (Guo et al. 2017, equation 3)."""
    bins = (confidence.nan_to_num(0.0) * _CALIBRATION_BINS).long().clamp(max=_CALIBRATION_BINS - 1)
    gaps = torch.zeros(_CALIBRATION_BINS, dtype=torch.float64).index_add_(0, bins, correct - confidence)
    return float(gaps.abs().sum() / max(len(confidence), 1))


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the temperature that minimises the cross-entropy of logits_NK (Guo et al. 2017), in 0.05..20."""
    log_t = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([log_t], max_iter=100, line_search_fn="strong_wolfe")
    wide = logits.double()

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(wide / log_t.exp(), labels)
        loss.backward()
        return loss

    optimizer.step(closure)
    return float(log_t.exp().clamp(0.05, 20.0).item())
