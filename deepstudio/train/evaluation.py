"""Predicting a whole set and measuring it. In the lane.

Shapes: N examples, K classes, D features, B batch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torchmetrics.functional.classification import (
    multiclass_calibration_error,
    multiclass_confusion_matrix,
    multiclass_f1_score,
    multiclass_precision,
    multiclass_recall,
)

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.models.hooks import catch_input, last_linear
from deepstudio.models.views import average_views
from deepstudio.train.batches import DeviceSet, Normalizer
from deepstudio.train.precision import arithmetic


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
    """Return the figures for logits_NK and labels_N."""
    num_classes = logits.shape[1]
    probabilities = torch.softmax(logits / temperature, dim=1)
    predicted = probabilities.argmax(dim=1)
    confusion = multiclass_confusion_matrix(predicted, labels, num_classes)
    present = confusion.sum(dim=1) > 0
    recalls = multiclass_recall(predicted, labels, num_classes, average=None)
    return Report(
        accuracy=(predicted == labels).float().mean().item(),
        balanced_accuracy=recalls[present].mean().item(),
        macro_f1=multiclass_f1_score(predicted, labels, num_classes, average="macro").item(),
        precision=multiclass_precision(predicted, labels, num_classes, average="macro").item(),
        recall=multiclass_recall(predicted, labels, num_classes, average="macro").item(),
        ece=multiclass_calibration_error(probabilities, labels, num_classes, n_bins=15).item(),
        confusion=confusion.tolist(),
        examples=len(labels),
    )


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
