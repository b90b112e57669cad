"""Small model files for tests, whole and damaged."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.models.card import ModelCard

METADATA_KEY = "deepstudio"


def write_tiny_model(path: Path, **card: Any) -> ModelCard:
    """Write a network with random weights for "cat" and "dog" in grey 24x24 pictures; `card` changes its card."""
    import torch

    from deepstudio.models.modelfile import save_model
    from deepstudio.models.registry import build_network

    config = {"in_channels": 1, "height": 24, "width": 24}
    torch.manual_seed(0)
    network = build_network("article-two-blocks", config, num_classes=2)
    values = {
        "name": "tiny",
        "title": "Tiny",
        "task": "image-classification",
        "architecture": "article-two-blocks",
        "labels": ("cat", "dog"),
        "config": config,
        "preprocessing": Preprocessing(height=24, width=24, channels=1),
    }
    return save_model(path, ModelCard(**{**values, **card}), network)


def rewrite_header(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Let `change` alter the JSON header of a safetensors file in place; the weights stay."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    change(header)
    raw = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(raw)) + raw + content[8 + length :])


def rewrite_card(path: Path, **changes: Any) -> None:
    """Make the card of a model file say something else than its weights."""

    def change(header: dict[str, Any]) -> None:
        card = json.loads(header["__metadata__"][METADATA_KEY]) | changes
        header["__metadata__"][METADATA_KEY] = json.dumps(card)

    rewrite_header(path, change)
