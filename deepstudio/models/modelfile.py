"""Model files: safetensors with the card in their metadata.

No code travels in them, and nothing in them is believed before it is checked. Format: 8 bytes little-endian header
length, JSON header, tensor data (https://github.com/huggingface/safetensors, section Format).
The card lies in the header's `__metadata__` under `deepstudio`; its `sha256` is that of the tensor data. Tensors under
`rejection.` belong to the "none of these" answer, those under `extra.` to the task, all others to the network. Any
thread; `load_model` and `save_model` import torch, so they belong in a lane.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.errors import DeepStudioError, ModelFileError
from deepstudio.core.files import write_bytes_atomic
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.models.card import ModelCard, card_from_json

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

METADATA_KEY = "deepstudio"
REJECTION_PREFIX = "rejection."
EXTRA_PREFIX = "extra."
_BESIDE_THE_NETWORK = (REJECTION_PREFIX, EXTRA_PREFIX)
_NOT_WEIGHTS = (*_BESIDE_THE_NETWORK, "scale.")  # scales belong to weights in eight bits (`eight_bits`)
_MOST_HEADER_BYTES = 16 * 2**20
_MOST_LABELS = 100_000
_CLASSIFYING = ("image-classification", "text-classification", "tagging", "keyword-spotting")
_BYTES = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3"), 1),
    **dict.fromkeys(("U16", "I16", "F16", "BF16"), 2),
    **dict.fromkeys(("U32", "I32", "F32"), 4),
    **dict.fromkeys(("U64", "I64", "F64"), 8),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModel:
    """A model ready to run: `network` in eval mode and float32 on its device, `extras` as float32 beside it."""

    card: ModelCard
    network: nn.Module
    extras: dict[str, Tensor]
    device: torch.device


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    card: ModelCard
    shapes: dict[str, tuple[int, ...]]
    data_start: int


def read_card(path: Path) -> ModelCard:
    """Return the card of a model file, its header checked against itself and the file's size. Does not import torch.

    Raises ModelFileError if anything is wrong with the header.
    """
    return _read_header(Path(path)).card


def load_model(path: Path, device: torch.device) -> LoadedModel:
    """Return the network of a model file with its weights.

    Raises ModelFileError where weights, card and network do not belong together, UnknownNameError for a network that
    this program does not have.
    """
    import torch
    from safetensors.torch import load

    from deepstudio.models.eight_bits import from_eight_bits
    from deepstudio.models.first_weights import without_first_weights
    from deepstudio.models.registry import build_network

    path = Path(path)
    header = _read_header(path)
    card = header.card
    content = path.read_bytes()
    if card.sha256 and hashlib.sha256(memoryview(content)[header.data_start :]).hexdigest() != card.sha256:
        raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its weights are not those that the card was written for"))
    tensors = from_eight_bits(load(content))
    weights = {name: t for name, t in tensors.items() if not name.startswith(_BESIDE_THE_NETWORK)}
    with torch.device("meta"), without_first_weights():
        network = build_network(card.architecture, card.config, num_classes=len(card.labels))
    _check_weights(path, {name: tuple(t.shape) for name, t in network.state_dict().items()}, weights)
    kinds = {name: t.dtype for name, t in network.state_dict().items()}
    network.load_state_dict({name: t.to(kinds[name]) for name, t in weights.items()}, assign=True)
    network.requires_grad_(False)
    extras = {name: t.float().to(device) for name, t in tensors.items() if name.startswith(_BESIDE_THE_NETWORK)}
    return LoadedModel(card=card, network=network.eval().to(device), extras=extras, device=device)


def save_model(
    path: Path,
    card: ModelCard,
    network: nn.Module,
    extras: Mapping[str, Tensor] | None = None,
    *,
    half: bool = True,
    eight_bits: bool = False,
) -> ModelCard:
    """Write a model file atomically and return its card with parameter count and hash filled in.

    With `half`, matrices and filters are stored as float16; vectors (norm statistics, biases) keep their precision.
    With `eight_bits`, the network's own are stored as int8 with a scale for each row.
    Raises OSError as the disk does.
    """
    import torch
    from safetensors.torch import save

    from deepstudio.models.eight_bits import pays, to_eight_bits

    tensors: dict[str, Tensor] = {}
    for name, tensor in {**network.state_dict(), **(extras or {})}.items():
        if eight_bits and name not in (extras or {}) and pays(tensor):
            tensors |= {part: value.cpu().contiguous() for part, value in to_eight_bits(name, tensor).items()}
            continue
        shrink = half and tensor.dtype == torch.float32 and tensor.dim() > 1 and _fits_half(tensor)
        tensors[name] = (tensor.half() if shrink else tensor).detach().cpu().contiguous()
    parameters = sum(parameter.numel() for parameter in network.parameters())
    bare = save(tensors, metadata={METADATA_KEY: "{}"})
    (length,) = struct.unpack_from("<Q", bare)
    digest = hashlib.sha256(memoryview(bare)[8 + length :]).hexdigest()
    complete = replace(card, parameters=parameters, sha256=digest)
    write_bytes_atomic(path, save(tensors, metadata={METADATA_KEY: complete.to_json(), "format": "pt"}))
    return complete


def _fits_half(tensor: Tensor) -> bool:
    return bool(tensor.abs().max() < 6e4) if tensor.numel() else True


def _read_header(path: Path) -> _Header:
    try:
        size = os.path.getsize(path)
        with open(path, "rb") as stream:
            prefix = stream.read(8)
            if len(prefix) < 8:
                raise _damaged(path, QT_TRANSLATE_NOOP("errors", "it is too short to be a model file"))
            (length,) = struct.unpack("<Q", prefix)
            if length > min(_MOST_HEADER_BYTES, size - 8):
                raise _damaged(
                    path,
                    QT_TRANSLATE_NOOP("errors", "its header is longer than the file, or it is no safetensors file"),
                )
            raw = stream.read(length)
    except FileNotFoundError as error:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "There is no model file {path}."), path=str(path)) from error
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its header is not readable")) from error
    if not isinstance(header, dict):
        raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its header is not a table"))
    metadata = header.pop("__metadata__", None)
    if not isinstance(metadata, dict) or not isinstance(metadata.get(METADATA_KEY), str):
        raise ModelFileError(
            QT_TRANSLATE_NOOP(
                "errors", "{path} carries no DeepStudio card, so it is unknown what its weights are for."
            ),
            path=path.name,
        )
    shapes = _check_layout(path, header, size - 8 - length)
    card = card_from_json(metadata[METADATA_KEY], where=path.name)
    _check_card(path, card, shapes)
    return _Header(card=card, shapes=shapes, data_start=8 + length)


def _check_layout(path: Path, header: dict[str, Any], data_bytes: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of each tensor after checking that the tensors fill the data exactly, without overlap."""
    shapes: dict[str, tuple[int, ...]] = {}
    spans: list[tuple[int, int]] = []
    for name, entry in header.items():
        try:
            shape = tuple(int(side) for side in entry["shape"])
            begin, end = (int(offset) for offset in entry["data_offsets"])
            needed = math.prod(shape) * _BYTES[entry["dtype"]]
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(
                path, QT_TRANSLATE_NOOP("errors", "the entry of '{name}' is not readable"), name=name
            ) from error
        if min((*shape, 0)) < 0 or end - begin != needed:
            raise _damaged(path, QT_TRANSLATE_NOOP("errors", "the size of '{name}' contradicts its shape"), name=name)
        shapes[name] = shape
        spans.append((begin, end))
    position = 0
    for begin, end in sorted(spans):
        if begin != position:
            raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its tensors overlap or leave gaps"))
        position = end
    if position != data_bytes:
        raise _damaged(
            path,
            QT_TRANSLATE_NOOP("errors", "it should hold {expected} bytes of weights and holds {found}"),
            expected=position,
            found=data_bytes,
        )
    return shapes


def _check_card(path: Path, card: ModelCard, shapes: dict[str, tuple[int, ...]]) -> None:
    stored = sum(math.prod(shape) for name, shape in shapes.items() if not name.startswith(_NOT_WEIGHTS))
    least = 1 if card.task in _CLASSIFYING else 0
    if not least <= len(card.labels) <= _MOST_LABELS or len(set(card.labels)) != len(card.labels):
        raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its labels are missing or repeat themselves"))
    if not card.name or card.name != Path(card.name).name or card.name.startswith("."):
        raise _damaged(path, QT_TRANSLATE_NOOP("errors", "'{name}' cannot be the name of a model"), name=card.name)
    if card.parameters > stored:
        raise _damaged(
            path,
            QT_TRANSLATE_NOOP("errors", "the card promises {expected} parameters and the file holds {found} values"),
            expected=card.parameters,
            found=stored,
        )
    for values in (card.preprocessing.mean, card.preprocessing.std):
        if len(values) not in (1, card.preprocessing.channels):
            raise _damaged(path, QT_TRANSLATE_NOOP("errors", "its mean or deviation does not fit its channels"))


def _check_weights(path: Path, expected: dict[str, tuple[int, ...]], weights: Mapping[str, Tensor]) -> None:
    missing, unknown = expected.keys() - weights.keys(), weights.keys() - expected.keys()
    if missing or unknown:
        lacks = QT_TRANSLATE_NOOP("errors", "it lacks tensor '{name}' for the network that its card names")
        extra = QT_TRANSLATE_NOOP("errors", "it has an unknown tensor '{name}' for the network that its card names")
        raise _damaged(path, lacks if missing else extra, name=sorted(missing or unknown)[0])
    for name, shape in expected.items():
        if tuple(weights[name].shape) != shape:
            raise _damaged(
                path,
                QT_TRANSLATE_NOOP("errors", "'{name}' has shape {found}, its card's network needs {expected}"),
                name=name,
                found=tuple(weights[name].shape),
                expected=shape,
            )
        if weights[name].is_floating_point() and not weights[name].isfinite().all():
            raise _damaged(path, QT_TRANSLATE_NOOP("errors", "'{name}' holds values that are not numbers"), name=name)


def _damaged(path: Path, reason: str, **values: object) -> DeepStudioError:
    return ModelFileError(
        QT_TRANSLATE_NOOP("errors", "The model file {path} is damaged or not what it claims: {reason}."),
        fix=QT_TRANSLATE_NOOP("errors", "Get it again from where it came from."),
        path=path.name,
        reason=Phrase(reason, values),
    )
