"""Other things among the pictures that a classifier learns from: read or drawn once, dealt out by step. In the lane.

Shapes: O pictures of other things in a batch, C channels, H height, W width.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.errors import RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.augment import augment
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.data.fit import fit_image
from deepstudio.data.image_sets import ImageSet, load_idx_images, load_image_set
from deepstudio.data.listing import idx_files
from deepstudio.data.outliers.make import make_outliers
from deepstudio.train.batches import DeviceSet, Normalizer, generator, to_device
from deepstudio.train.notices import notice
from deepstudio.train.recipe import Recipe

_log = logging.getLogger(__name__)
_MISSING = QT_TRANSLATE_NOOP(
    "events", "There are no pictures of other things in {path}; the network learns without them."
)
_HELD_OUT = 150
_PURPOSE = 5


def training_outliers(recipe: Recipe, data_dir: Path, train: ImageSet, context: JobContext) -> ImageSet | None:
    """Return the recipe's pictures of other things, all together, or None where it has none.

    Raises RecipeError for a recipe whose sets are all missing, UnknownNameError for an unknown kind.
    """
    config = recipe.outliers
    if not config.kinds and not config.folders:
        return None
    context.status(QT_TRANSLATE_NOOP("status", "Drawing pictures of other things"))
    parts = []
    for kind in config.kinds:
        parts.append(
            make_outliers(
                kind, config.count, recipe.preprocessing, seed=recipe.seed, known=train.images, check=context.check
            )
        )
    for name in config.folders:
        found = read_pictures(data_dir / name, recipe.preprocessing, config.count)
        if found is None:
            notice(context, _MISSING, path=str(data_dir / name))
        else:
            parts.append(found)
    if not parts:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "None of the recipe's sets of other things is below {path}."),
            path=str(data_dir),
        )
    return unlabelled(np.concatenate(parts), "outlier")


def held_out_outliers(recipe: Recipe, validation: ImageSet, context: JobContext) -> dict[str, ImageSet]:
    """Return pictures of each kind that the recipe names, drawn anew: what "none of these" is fitted to."""
    found = {}
    for kind in recipe.outliers.kinds:
        pictures = make_outliers(
            kind,
            min(_HELD_OUT, recipe.outliers.count),
            recipe.preprocessing,
            seed=recipe.seed + 1,
            known=validation.images,
            check=context.check,
        )
        found[kind] = unlabelled(pictures, kind)
    return found


def unlabelled(images: np.ndarray, name: str) -> ImageSet:
    """Return pictures (uint8 NHWC) as a set of one class."""
    names = tuple(f"{name}-{index}" for index in range(len(images)))
    return ImageSet(images=images, labels=np.zeros(len(images), np.int64), classes=(name,), names=names)


def read_pictures(path: Path, preprocessing: Preprocessing, limit: int) -> np.ndarray | None:
    """Return up to `limit` pictures (uint8 NHWC), evenly spaced, of a folder of classes or of idx files, else None."""
    if path.is_dir():
        return load_image_set(
            path,
            preprocessing,
            limit=limit,
            on_unreadable=lambda name, error: _log.warning("left out %s: %s", name, error),
        ).images
    pair = idx_files(path.parent, path.name) if path.parent.is_dir() else None
    if pair is None:
        return None
    images = load_idx_images(*pair).images
    chosen = images[np.linspace(0, len(images) - 1, min(limit, len(images))).astype(int)]
    whole = replace(preprocessing, fit="squash")
    return np.stack([fit_image(np.repeat(picture, 3, axis=-1), whole).pixels for picture in chosen])


class OutlierPlan:
    """Deals out pictures of other things: which, and changed how, follows from (seed, epoch, step) alone."""

    def __init__(
        self,
        outliers: ImageSet,
        normalize: Normalizer,
        augmentation: AugmentConfig,
        recipe: Recipe,
        *,
        steps_per_epoch: int,
        device: torch.device,
    ) -> None:
        self._data: DeviceSet = to_device(outliers, device)
        self._normalize = normalize
        self._augmentation = augmentation
        self._config = recipe.outliers
        self._seed = recipe.seed
        self._steps_per_epoch = steps_per_epoch

    @property
    def weight(self) -> float:
        """Return the weight of their loss."""
        return self._config.weight

    def batch(self, epoch: int, step: int, known: int) -> Tensor:
        """Return x_OCHW for a step with that many `known` pictures; O is 0 before the recipe's first epoch."""
        images = self._data.images
        if epoch < self._config.from_epoch:
            return images[:0].float()
        count = max(1, round(known * self._config.share))
        random = generator(self._seed, _PURPOSE, epoch * self._steps_per_epoch + step, images.device)
        chosen = torch.randint(len(images), (count,), generator=random, device=images.device)
        mirrored = torch.rand(count, generator=random, device=images.device) < 0.5
        picked = images[chosen].contiguous(memory_format=torch.channels_last)
        return augment(self._normalize(picked), self._augmentation, random, mirrored_B=mirrored)
