"""Every classification network of torchvision, by the name `torchvision/NAME`, and what is published about its weights.

Sizes, addresses, accuracies and preprocessing are read from torchvision's own metadata; nothing is downloaded here.
Imports torchvision (a second): in a lane.

Shapes: B batch, C channels, H height, W width, N tokens, D features, K classes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.registry import unknown_name
from deepstudio.models.hooks import catch_input
from deepstudio.models.library import ModelEntry, ModelLibrary
from deepstudio.models.torchvision_names import PREFIX, ZooConfig

_MEBIBYTE = 2**20
# Where each family keeps the stage that its classifier reads, most particular name first.
_STAGES = ("layer4", "inception5b", "Mixed_7c", "conv5", "trunk_output", "blocks", "layers", "features")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZooEntry:
    """Published weights: `name` is the model's name here, `sha256` how its hash begins, `size` in bytes (nearly)."""

    name: str
    architecture: str
    weights: str
    url: str
    size: int
    sha256: str
    parameters: int
    accuracy: float
    recipe: str
    preprocessing: Preprocessing
    labels: tuple[str, ...]
    config: dict[str, Any]

    @property
    def file_name(self) -> str:
        """Return the name of the published file."""
        return self.url.rsplit("/", 1)[-1]


class ZooNetwork(nn.Module):
    """A torchvision network with the methods that rejection and explanation need: x_BCHW to logits_BK."""

    def __init__(self, body: nn.Module, num_classes: int) -> None:
        super().__init__()
        self.body = body
        self._num_classes = num_classes

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return logits_BK."""
        logits: Tensor = self.body(x_BCHW)
        return logits

    def features(self, x_BCHW: Tensor) -> Tensor:
        """Return f_BD, what the last layer sees (maps are averaged)."""
        with catch_input(self.head()) as caught:
            self.body(x_BCHW)
        found = caught.take()
        return found.mean(dim=(2, 3)) if found.dim() == 4 else found

    def head(self) -> nn.Module:
        """Return the last layer: linear, or in SqueezeNet a convolution."""
        layers = [module for module in self.body.modules() if self._gives_classes(module)]
        return layers[-1]

    def last_conv(self) -> nn.Module:
        """Return the stage before the classifier; `maps` brings its output into the form BChw."""
        if isinstance(self.body, torchvision.models.VisionTransformer):
            # after this layer the patches reach the class token once more, so they have gradients
            block: Any = self.body.encoder.layers[-1]
            layer: nn.Module = block.ln_1
            return layer
        stage: nn.Module = next(getattr(self.body, name) for name in _STAGES if hasattr(self.body, name))
        return stage[-1] if isinstance(stage, nn.ModuleList) else stage

    def maps(self, output: Tensor) -> Tensor:
        """Return the output of `last_conv` (maps, tokens behind a class token, or channels last) as BChw."""
        if output.dim() == 3:
            side = math.isqrt(output.shape[1] - 1)
            return output[:, 1:].unflatten(1, (side, side)).permute(0, 3, 1, 2)
        if isinstance(self.body, torchvision.models.SwinTransformer):
            return output.permute(0, 3, 1, 2)
        return output

    def _gives_classes(self, module: nn.Module) -> bool:
        if isinstance(module, nn.Linear):
            return module.out_features == self._num_classes
        return isinstance(module, nn.Conv2d) and module.out_channels == self._num_classes


def zoo_names() -> list[str]:
    """Return torchvision's names of its classification networks."""
    return list(torchvision.models.list_models(module=torchvision.models))


@cache
def zoo_entries() -> tuple[ZooEntry, ...]:
    """Return all published weights that classify, those of one network together."""
    every = [(name, weights) for name in zoo_names() for weights in torchvision.models.get_model_weights(name)]
    return tuple(_entry(name, weights) for name, weights in every if weights.meta["categories"])


def zoo_entry(name: str) -> ZooEntry:
    """Return the published weights by their name here; raises UnknownNameError."""
    found = {entry.name: entry for entry in zoo_entries()}
    if name not in found:
        raise unknown_name("published model", name, list(found))
    return found[name]


def install_local_weights(path: Path, library: ModelLibrary) -> ModelEntry:
    """Install a `.pth` file from this disk into the user's folder; raises as `zoo_weights.convert_weights`."""
    from deepstudio.models.zoo_weights import convert_weights

    target = convert_weights(path, library.user)
    return library.find(target.stem)


def _entry(name: str, weights: Any) -> ZooEntry:
    transforms = weights.transforms()
    side = int(transforms.crop_size[0])
    file_name = weights.url.rsplit("/", 1)[-1]
    return ZooEntry(
        name=f"{name}-{weights.name}".lower().replace("_", "-"),
        architecture=PREFIX + name,
        weights=weights.name,
        url=weights.url,
        size=round(weights.meta["_file_size"] * _MEBIBYTE),
        sha256=file_name.rsplit("-", 1)[-1].split(".")[0],
        parameters=int(weights.meta["num_params"]),
        accuracy=float(weights.meta["_metrics"]["ImageNet-1K"]["acc@1"]) / 100,
        recipe=str(weights.meta.get("recipe") or ""),
        preprocessing=Preprocessing(
            height=side,
            width=side,
            resize_to=int(transforms.resize_size[0]),
            mean=tuple(map(float, transforms.mean)),
            std=tuple(map(float, transforms.std)),
        ),
        labels=tuple(weights.meta["categories"]),
        config=_published_config(name, side),
    )


def _published_config(name: str, side: int) -> dict[str, Any]:
    """Return the options under which the published weights work."""
    if name.startswith("vit_"):
        return {"image_size": side}
    return {"transform_input": True} if name in _WITH_AUXILIARY else {}


_WITH_AUXILIARY = ("googlenet", "inception_v3")


def build_zoo_network(name: str, config: ZooConfig, num_classes: int) -> nn.Module:
    """Return a network by torchvision's name, with random weights."""
    options: dict[str, Any] = {"num_classes": num_classes}
    if name in _WITH_AUXILIARY:
        options |= {"aux_logits": False, "init_weights": False, "transform_input": config.transform_input}
    if name.startswith("vit_") and config.image_size:
        options["image_size"] = config.image_size
    with _shapes_only() if torch.get_default_device().type == "meta" else nullcontext():
        return ZooNetwork(torchvision.models.get_model(name, weights=None, **options), num_classes)


class _AllocateOnMeta(TorchFunctionMode):
    """Gives new parameters and buffers a shape but no memory."""

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        if function in (torch.empty, torch.zeros, torch.ones) and kwargs.get("device") is None:
            kwargs["device"] = "meta"
        return function(*args, **kwargs)


@contextmanager
def _shapes_only() -> Iterator[None]:
    """Build without memory, but compute on the CPU: RegNet works out its widths with tensors while it is built."""
    with torch.device("cpu"), _AllocateOnMeta():
        yield
