"""Turns weights in PyTorch's own file format into a model file with a card. In a lane.

Such files are pickles, which can carry code: they are read with `weights_only=True`, and what is not plain weights is
refused. Only torchvision's networks are known by their files.
"""

from __future__ import annotations

import pickle
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.core.errors import ModelFileError, StorageError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import DataSource, Measured, ModelCard
from deepstudio.models.library import SUFFIX
from deepstudio.models.modelfile import save_model
from deepstudio.models.registry import build_network
from deepstudio.models.torchvision_names import PREFIX
from deepstudio.models.torchvision_zoo import ZooEntry, zoo_entries

_WRAPPERS = ("state_dict", "model", "model_state_dict")
_AUXILIARY = ("aux1.", "aux2.", "AuxLogits.")
_COUNTER = "num_batches_tracked"  # files from before PyTorch 0.4 lack it, and inference does not need it
_OLD_DENSENET = re.compile(r"^(.*denselayer\d+\.(?:norm|relu|conv))\.((?:[12])\.\w+)$")


def convert_weights(path: Path, folder: Path, *, entry: ZooEntry | None = None) -> Path:
    """Write the weights in `path` as a model file into `folder` and return it.

    `entry` says what they are; without it the file's name or else the names and shapes of its tensors do. Raises
    ModelFileError for files that are damaged, carry anything but weights, or fit no network; StorageError where
    `folder` cannot be written.
    """
    weights = _prepared(read_weights(path))
    if entry is None:
        entry = _by_name(path, weights) or _by_shape(path, weights)
    published = len(weights[_head_of(weights)]) == len(entry.labels)
    labels = entry.labels if published else tuple(str(k) for k in range(len(weights[_head_of(weights)])))
    network = build_network(entry.architecture, entry.config, num_classes=len(labels)).eval()
    _load(path, network, weights)
    target = folder / f"{entry.name if published else _plain_name(path)}{SUFFIX}"
    try:
        save_model(target, _card(entry, target.stem, labels, published=published), network, half=False)
    except OSError as error:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be written: {reason}."),
            path=str(target),
            reason=error.strerror or str(error),
        ) from error
    return target


def read_weights(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a `.pth` file by name. Nothing in it is run."""
    try:
        with warnings.catch_warnings():  # torch remarks on odd pickles before it refuses them
            warnings.simplefilter("ignore")
            content: Any = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "There is no model file {path}."), path=str(path)) from error
    except pickle.UnpicklingError as error:
        raise ModelFileError(
            QT_TRANSLATE_NOOP(
                "errors", "{path} was refused: it holds other things than weights, which could run code, or is damaged."
            ),
            fix=QT_TRANSLATE_NOOP("errors", "Ask its author for plain weights (a state_dict) or a .safetensors file."),
            path=path.name,
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "{path} is damaged, or no file of weights."), path=path.name
        ) from error
    for wrapper in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(wrapper), Mapping):
            content = content[wrapper]
    if not isinstance(content, Mapping) or not content or not all(isinstance(t, Tensor) for t in content.values()):
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "{path} holds no table of weights by name."), path=path.name)
    return {str(name): tensor for name, tensor in content.items()}


def _prepared(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights under today's names, without the heads that only training uses."""
    prepared: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        plain = _OLD_DENSENET.sub(r"\1\2", name.removeprefix("module."))
        if not plain.startswith(_AUXILIARY):
            prepared[plain] = tensor
    return prepared


def _by_name(path: Path, weights: Mapping[str, Tensor]) -> ZooEntry | None:
    return next((entry for entry in zoo_entries() if entry.file_name == path.name and _fits(entry, weights)), None)


def _by_shape(path: Path, weights: Mapping[str, Tensor]) -> ZooEntry:
    found = next((entry for entry in zoo_entries() if _fits(entry, weights)), None)
    if found is None:
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "The weights in {path} fit no network of torchvision."), path=path.name
        )
    return found


def _fits(entry: ZooEntry, weights: Mapping[str, Tensor]) -> bool:
    """True if names and shapes are those of the entry's network, for whatever number of classes."""
    head = weights.get(_head_of(weights))
    if head is None or not _similar_size(entry, weights, head):
        return False
    with torch.device("meta"):
        network = build_network(entry.architecture, entry.config, num_classes=len(head))
    expected = {name.removeprefix("body."): tuple(t.shape) for name, t in network.state_dict().items()}
    given = {name: tuple(t.shape) for name, t in weights.items()}
    return all(given.get(name) == shape for name, shape in expected.items() if not name.endswith(_COUNTER))


def _similar_size(entry: ZooEntry, weights: Mapping[str, Tensor], head: Tensor) -> bool:
    """Compare the sizes without the classifiers, which spares building most networks."""
    given = sum(tensor.numel() for tensor in weights.values()) - head.numel()
    published = entry.parameters - len(entry.labels) * head[0].numel()
    return 0.8 * published < given < 1.25 * published


def _head_of(weights: Mapping[str, Tensor]) -> str:
    """Return the name of the last matrix or filter, the layer that gives the classes ("" if there is none)."""
    return next((name for name in reversed(list(weights)) if weights[name].dim() > 1), "")


def _load(path: Path, network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    try:
        missing, unexpected = network.load_state_dict({f"body.{n}": t for n, t in weights.items()}, strict=False)
    except RuntimeError as error:  # shapes differ
        raise _does_not_fit(path) from error
    if unexpected or any(not name.endswith(_COUNTER) for name in missing):
        raise _does_not_fit(path)


def _does_not_fit(path: Path) -> ModelFileError:
    return ModelFileError(
        QT_TRANSLATE_NOOP("errors", "The weights in {path} are not those of the network that they claim to be."),
        path=path.name,
    )


def _plain_name(path: Path) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").lower() or "weights"


def _card(entry: ZooEntry, name: str, labels: tuple[str, ...], *, published: bool) -> ModelCard:
    title = entry.architecture.removeprefix(PREFIX)
    accuracy = Measured(
        name="accuracy", value=entry.accuracy, data="ImageNet-1K, as published", split="validation", examples=50_000
    )
    return ModelCard(
        name=name,
        title=f"{title} ({entry.weights})" if published else f"{title} ({name})",
        task="image-classification",
        architecture=entry.architecture,
        labels=labels,
        config=entry.config,
        preprocessing=entry.preprocessing,
        metrics=(accuracy,) if published else (),
        sources=(DataSource(name="torchvision", source=entry.recipe),) if published else (),
    )
