"""The registry of networks: a name, a configuration, a factory.

A family is one module of this package that registers its networks with `register_network`; `networks()` imports the
families when it is first called, so importing this module costs no torch. Any thread, but torch is imported by
`networks()`: call it in a lane, not in the window.

Image networks take x_BCHW (float32, normalised) and return logits_BK. Two more methods serve rejection and explanation:
`features(x_BCHW) -> f_BD`, the input of the last layer, and `last_conv() -> nn.Module`, where Grad-CAM looks.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from deepstudio.core.config import from_mapping
from deepstudio.core.registry import Registry

if TYPE_CHECKING:
    from torch import Tensor, nn

_FAMILIES = ("articles", "speednet", "image_text", "torchvision_names")
_TEXT_FAMILIES = (
    "text_classifiers",
    "text_articles",
    "text_attention",
    "text_towers",
    "text_taggers",
    "text_translators",
    "text_language",
)
_TEXT_PREFIX = "text-"
_SPEECH_FAMILIES = ("speech_ctc", "speech_keywords", "speech_words")
_SPEECH_PREFIX = "speech-"
_NETWORKS: Registry[NetworkSpec] = Registry("network")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSpec:
    """A network by name: `build(config, num_classes)` makes it, `config_class` declares its options."""

    name: str
    title: str
    source: str
    config_class: type[Any]
    build: Callable[[Any, int], nn.Module]
    input: str = "image"
    """What it takes: "image", "text" or "sound"."""


def register_network(
    name: str, *, title: str, source: str, config_class: type[Any], input: str = "image"
) -> Callable[[Callable[[Any, int], nn.Module]], Callable[[Any, int], nn.Module]]:
    """Return a decorator that registers a factory `(config, num_classes) -> nn.Module` under `name`."""

    def decorate(build: Callable[[Any, int], nn.Module]) -> Callable[[Any, int], nn.Module]:
        spec = NetworkSpec(name=name, title=title, source=source, config_class=config_class, build=build, input=input)
        _NETWORKS.register(name)(spec)
        return build

    return decorate


@runtime_checkable
class InitialisedFromData(Protocol):
    """A network that sets some of its weights from the first training images."""

    def init_from_data(self, x_BCHW: Tensor) -> None:
        """Look at normalised images."""


@cache
def networks() -> Registry[NetworkSpec]:
    """Return the registry with every family imported."""
    _import_families((*_FAMILIES, *_TEXT_FAMILIES, *_SPEECH_FAMILIES))
    return _NETWORKS


def _import_families(families: tuple[str, ...]) -> None:
    for family in families:
        importlib.import_module(f"deepstudio.models.{family}")


def build_network(architecture: str, config: Mapping[str, Any], *, num_classes: int) -> nn.Module:
    """Return a new network with random weights.

    Raises UnknownNameError for an unknown architecture and RecipeError for options that it does not know.
    """
    if architecture.startswith(_SPEECH_PREFIX):
        _import_families(_SPEECH_FAMILIES)
    else:
        _import_families(_TEXT_FAMILIES if architecture.startswith(_TEXT_PREFIX) else _FAMILIES)
    spec = _NETWORKS.get(architecture)
    options = from_mapping(spec.config_class, config, where=f"[network] {architecture}")
    return spec.build(options, num_classes)
