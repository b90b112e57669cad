"""A network whose convolutions multiply in bf16, where the processor is quicker at that. In the predict lane.

Only the products are narrow: weights and inputs of the convolutions are rounded to eight bits, sums are kept in float32
by the hardware, and what lies between the convolutions stays float32. The first convolution stays as it is: it sees the
picture itself, and a whitening layer makes much of small differences. Explanations and measurements go on with the
float32 network.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.core.device import cpu_is_fast_at_bf16
from deepstudio.models.modelfile import LoadedModel

_PAYS_FROM = 1_000_000
"""Parameters; smaller networks take a millisecond or two either way, and keep their last digits."""


def for_answering(loaded: LoadedModel) -> LoadedModel:
    """Return `loaded` with a network that multiplies in bf16 where that pays, else `loaded` itself."""
    parameters = sum(parameter.numel() for parameter in loaded.network.parameters())
    if loaded.device.type != "cpu" or parameters < _PAYS_FROM or not cpu_is_fast_at_bf16():
        return loaded
    return replace(loaded, network=narrowed(loaded.network))


def narrowed(network: nn.Module) -> nn.Module:
    """Return a copy of `network` with all convolutions but the first in bf16."""
    narrow = copy.deepcopy(network)
    for layer in [layer for layer in narrow.modules() if isinstance(layer, nn.Conv2d)][1:]:
        layer.to(torch.bfloat16)
        layer.register_forward_pre_hook(_to_bf16)
        layer.register_forward_hook(_to_float32)
    return narrow


def _to_bf16(layer: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    return tuple(x.to(torch.bfloat16) for x in inputs)


def _to_float32(layer: nn.Module, inputs: Any, output: Tensor) -> Tensor:
    return output.float()
