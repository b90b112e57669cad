"""Image classification as an objective of the loop. In the lane.

Shapes: B batch, C channels, H height, W width, K classes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.train.batches import BatchPlan, DeviceSet, Normalizer
from deepstudio.train.evaluation import measure, predict_set
from deepstudio.train.image_probes import ImageProbes
from deepstudio.train.losses import Loss
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.outliers import OutlierPlan


class ImageBatch(NamedTuple):
    """Known pictures x_BCHW with labels_B, and other things strange_OCHW (O may be 0)."""

    x: Tensor
    labels: Tensor
    strange: Tensor


class ImageObjective(Objective):
    """Batches of (x_BCHW, labels_B), a loss over logits_BK, accuracy on a validation set as the score."""

    def __init__(
        self,
        *,
        plan: BatchPlan,
        forward: Callable[[Tensor], Tensor],
        loss: Loss,
        validation: DeviceSet,
        normalize: Normalizer,
        views: Preprocessing,
        dtype: torch.dtype,
        classes: tuple[str, ...],
        outliers: OutlierPlan | None = None,
    ) -> None:
        self._plan = plan
        self._outliers = outliers
        self._forward = forward
        self._loss = loss
        self._validation = validation
        self._normalize = normalize
        self._views = views
        self._dtype = dtype
        self._classes = classes
        self._probes = ImageProbes(validation, normalize, dtype, classes)

    @property
    def steps_per_epoch(self) -> int:
        """Return the whole batches of an epoch."""
        return self._plan.steps_per_epoch

    def batches(self, epoch: int, start: int) -> Iterator[ImageBatch]:
        """Yield the batches of an epoch from its step `start` on."""
        plan, others = self._plan, self._outliers
        for step, (x, labels) in enumerate(plan.epoch(epoch, start), start):
            strange = others.batch(epoch, step, len(x)) if others is not None else x[:0]
            yield ImageBatch(x, labels, strange)

    def loss(self, batch: ImageBatch) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the mean loss over known pictures, and what other things add to it."""
        x, labels, strange = batch
        if self._outliers is None or not len(strange):
            return self._loss(self._forward(x).float(), labels), {}
        known, unknown = self._forward(torch.cat([x, strange])).float().split([len(x), len(strange)])
        unsure = -nn.functional.log_softmax(unknown, dim=1).mean()
        return self._loss(known, labels) + self._outliers.weight * unsure, {"outlier_loss": unsure.detach()}

    def num_examples(self, batch: ImageBatch) -> int:
        """Return the known images in a batch."""
        return len(batch.labels)

    def part(self, batch: ImageBatch, rank: int, world: int) -> ImageBatch:
        """Return the share of process `rank`: of known pictures and of other things alike."""
        return ImageBatch(*(t[len(t) * rank // world : len(t) * (rank + 1) // world] for t in batch))

    def validate(self, network: nn.Module) -> Validation:
        """Return accuracy, loss and the confusion matrix on the validation set."""
        data = self._validation
        outputs = predict_set(network, data, self._normalize, views=self._views, dtype=self._dtype)
        report = measure(outputs.logits, outputs.labels)
        loss = nn.functional.cross_entropy(outputs.logits, outputs.labels)
        metrics = {"validation_accuracy": report.accuracy, "validation_loss": loss.item()}
        payload: dict[str, Any] = {"matrix": np.array(report.confusion, np.int64), "classes": self._classes}
        confusion = Media(
            name="validation/confusion", step=0, wall=time.time(), kind=MediaKind.CONFUSION, payload=payload
        )
        return Validation(score=report.accuracy, metrics=metrics, media=(confusion,))

    def probes(self, network: nn.Module) -> Sequence[Media]:
        """Return answers for a few validation pictures and feature maps of some."""
        return self._probes.look(network)
