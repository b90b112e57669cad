"""A labelled image set on the device, dealt out in batches. In the lane.

Images stay uint8 in memory and are normalised a batch at a time. Order and augmentation of a step follow from
(seed, epoch, step) alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.augment import augment
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.data.image_sets import ImageSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSet:
    """images_NCHW (uint8, channels last in memory) and labels_N (int64) on one device."""

    images: Tensor
    labels: Tensor
    num_classes: int

    def __len__(self) -> int:
        return len(self.labels)


def to_device(image_set: ImageSet, device: torch.device) -> DeviceSet:
    """Copy a set to the device."""
    images = torch.from_numpy(image_set.images).permute(0, 3, 1, 2)
    return DeviceSet(
        images=images.to(device).contiguous(memory_format=torch.channels_last),
        labels=torch.from_numpy(image_set.labels).to(device),
        num_classes=len(image_set.classes),
    )


class Normalizer:
    """uint8 x_BCHW to float32, in 0..1, then (x - mean) / std by channel."""

    def __init__(self, preprocessing: Preprocessing, device: torch.device) -> None:
        channels = preprocessing.channels
        mean = torch.tensor(preprocessing.mean, device=device).expand(channels)
        std = torch.tensor(preprocessing.std, device=device).expand(channels)
        self._scale = (1 / (255 * std)).view(1, -1, 1, 1)
        self._shift = (-mean / std).view(1, -1, 1, 1)
        self._planes: tuple[Tensor, Tensor] | None = None
        # Pixels in 0..1, as the articles have them: one pass over the batch instead of two.
        plain = len(set(self._scale.flatten().tolist())) == 1 and not self._shift.any()
        self._factor = self._scale.flatten()[0].item() if plain else None

    def __call__(self, images: Tensor) -> Tensor:
        """Return the normalised batch."""
        if self._factor is not None:
            return images.float().mul_(self._factor)
        scale, shift = self._spread(images)
        return images.float().mul_(scale).add_(shift)

    def _spread(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Return scale and shift for each pixel: repeated over pixels they cost a CPU a fifth of what channels cost."""
        if self._planes is None or self._planes[0].shape[1:] != images.shape[1:]:
            shape = (1, *images.shape[1:])
            scale, shift = (
                tensor.expand(shape).contiguous(memory_format=torch.channels_last)
                for tensor in (self._scale, self._shift)
            )
            self._planes = (scale, shift)
        return self._planes


class BatchPlan:
    """Deals a training set out: which images, in which order, changed how."""

    def __init__(
        self, data: DeviceSet, normalize: Normalizer, augmentation: AugmentConfig, *, batch_size: int, seed: int
    ) -> None:
        self._data = data
        self._normalize = normalize
        self._augmentation = augmentation
        self._batch_size = min(batch_size, len(data))
        self._seed = seed
        # A picture is one row of bytes, in the order of memory: gathering rows is a tenth of gathering pictures.
        self._rows = data.images.permute(0, 2, 3, 1).reshape(len(data), -1)
        self._mirrored = torch.rand(len(data), generator=generator(seed, 0, 0)) < 0.5

    @property
    def steps_per_epoch(self) -> int:
        """Return the whole batches in an epoch; what is left over waits for another epoch's order."""
        return len(self._data) // self._batch_size

    def epoch(self, epoch: int, first_step: int = 0) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (x_BCHW float32, labels_B) of an epoch, from its step `first_step` on."""
        device = self._data.labels.device
        order = torch.randperm(len(self._data), generator=generator(self._seed, 1, epoch)).to(device)
        mirrored = (self._mirrored ^ bool(epoch % 2)).to(device)
        for step in range(first_step, self.steps_per_epoch):
            chosen = order[step * self._batch_size : (step + 1) * self._batch_size]
            random = generator(self._seed, 2, epoch * self.steps_per_epoch + step, device)
            x = augment(self._images(chosen), self._augmentation, random, mirrored_B=mirrored[chosen])
            yield x, self._data.labels[chosen]

    def _images(self, chosen: Tensor) -> Tensor:
        _, channels, height, width = self._data.images.shape
        rows = self._rows.index_select(0, chosen).view(len(chosen), height, width, channels)
        return self._normalize(rows.permute(0, 3, 1, 2))


def generator(seed: int, purpose: int, index: int, device: torch.device | None = None) -> torch.Generator:
    """Return a generator that depends on nothing but its arguments."""
    made = torch.Generator(device=device or "cpu")
    made.manual_seed((seed * 1_000_003 + purpose) * 100_000_007 + index)
    return made
