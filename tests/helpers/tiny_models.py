"""Model files with small random networks, made in a second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.models.card import ModelCard, RejectionInfo
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import save_model
from deepstudio.models.registry import build_network
from deepstudio.models.rejection import fit_statistics

LABELS = ("circle", "square", "star")


def write_model(
    folder: Path,
    name: str = "tiny",
    *,
    preprocessing: Preprocessing | None = None,
    rejection: bool = False,
    seed: int = 0,
    **card: Any,
) -> ModelCard:
    """Write `name`.safetensors into `folder`: an untrained speednet for three labels."""
    torch.manual_seed(seed)
    preprocessing = preprocessing or Preprocessing(mean=(0.45, 0.5, 0.55), std=(0.25,))
    config = {"in_channels": preprocessing.channels, "widths": [8, 12, 16], "logit_scale": 1.0}
    network = build_network("speednet", config, num_classes=len(LABELS)).eval()
    extras = {}
    if rejection:
        with torch.no_grad():
            x = torch.randn(60, preprocessing.channels, preprocessing.height, preprocessing.width)
            extras = fit_statistics(network.features(x), torch.arange(60) % 3, 3)
        card["rejection"] = RejectionInfo(method="mahalanobis", threshold=0.0, slope=1.0)
    folder.mkdir(parents=True, exist_ok=True)
    described = ModelCard(
        name=name,
        title=name.title(),
        task="image-classification",
        architecture="speednet",
        labels=LABELS,
        config=config,
        preprocessing=preprocessing,
        **card,
    )
    return save_model(folder / f"{name}.safetensors", described, network, extras, half=False)


def library_in(folder: Path) -> ModelLibrary:
    """Return a library whose user folder is `folder`, with nothing shipped."""
    return ModelLibrary(folder / "shipped", folder)
