"""A tiny picture problem that a tiny network learns in a second: which corner is bright."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.config import from_mapping
from deepstudio.train.recipe import Recipe

CLASSES = ("bottom", "top")


def corner_images(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images NHWC uint8 (12x12 grey) and labels: 1 where the upper half is bright."""
    generator = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    images = generator.integers(0, 120, (count, 12, 12, 1)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[slice(0, 6) if label else slice(6, 12)] += 100
    return images, labels.astype(np.int64)


@pytest.fixture
def corners(tmp_path: Path) -> Path:
    """Return a data folder with train and test splits as folders of PNGs."""
    for split, count, seed in (("train", 60, 0), ("test", 20, 1)):
        images, labels = corner_images(count, seed)
        for index, (image, label) in enumerate(zip(images, labels, strict=True)):
            folder = tmp_path / "data" / split / CLASSES[label]
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image[..., 0]).save(folder / f"{index}.png")
    return tmp_path / "data"


@pytest.fixture
def recipe() -> Recipe:
    """Return a recipe with everything on that has a state: dropout, momentum, averaging, augmentation."""
    return from_mapping(
        Recipe,
        {
            "name": "corners",
            "seed": 7,
            "rejection": 0.05,
            "data": {"validation_share": 0.2},
            "preprocessing": {"height": 12, "width": 12, "channels": 1, "mean": [0.3], "std": [0.2]},
            "augment": {"flip": "alternate", "translate": 1, "noise": 0.05},
            "network": {
                "architecture": "article-two-blocks",
                "config": {"in_channels": 1, "height": 12, "width": 12, "dropout": 0.3, "batch_norm": True},
            },
            "optimizer": {"lr": 0.02, "l2": 1e-4},
            "schedule": {"name": "one-cycle"},
            "training": {"epochs": 4, "batch_size": 12, "precision": "float32", "ema": 0.8},
        },
        where="the test",
    )
