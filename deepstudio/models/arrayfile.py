"""Model files that hold plain arrays and no network, such as an n-gram language model. No torch; any thread.

The same container as other model files (`modelfile`): the card, and tensors under `extra.`. Arrays that compress well
travel packed (`core.packing`).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.errors import ModelFileError
from deepstudio.core.files import write_bytes_atomic
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import METADATA_KEY, read_card

PREFIX = "extra."


def save_arrays(path: Path, card: ModelCard, arrays: Mapping[str, NDArray]) -> ModelCard:
    """Write a file atomically and return its card with the hash filled in. Raises OSError as the disk does."""
    from safetensors.numpy import save

    tensors = {PREFIX + name: np.ascontiguousarray(array) for name, array in arrays.items()}
    bare = save(tensors, metadata={METADATA_KEY: "{}"})
    (length,) = struct.unpack_from("<Q", bare)
    complete = replace(card, sha256=hashlib.sha256(memoryview(bare)[8 + length :]).hexdigest())
    write_bytes_atomic(path, save(tensors, metadata={METADATA_KEY: complete.to_json()}))
    return complete


def load_arrays(path: Path) -> tuple[ModelCard, dict[str, NDArray]]:
    """Return card and arrays. Raises ModelFileError where the file is damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    card = read_card(path)
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    if card.sha256 and hashlib.sha256(memoryview(content)[8 + length :]).hexdigest() != card.sha256:
        raise _damaged(path)
    try:
        tensors = load(content)
    except SafetensorError as error:
        raise _damaged(path) from error
    return card, {name.removeprefix(PREFIX): array for name, array in tensors.items()}


def _damaged(path: Path) -> ModelFileError:
    return ModelFileError(
        QT_TRANSLATE_NOOP("errors", "The model file {path} is damaged."),
        fix=QT_TRANSLATE_NOOP("errors", "Get it again from where it came from."),
        path=path.name,
    )
