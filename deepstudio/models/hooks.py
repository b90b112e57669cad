"""What flows through one layer of a network, caught for as long as a `with` block lasts.

The hook is removed on every way out. The networks are shared within a lane, so: in the lane.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn


@dataclass(slots=True)
class Caught:
    """The tensor of the last forward pass; None before the first."""

    value: Tensor | None = None

    def take(self) -> Tensor:
        """Return the tensor and forget it. A forward pass must have happened."""
        value, self.value = self.value, None
        assert value is not None, "the layer was not reached"
        return value


@contextmanager
def catch_output(layer: nn.Module) -> Iterator[Caught]:
    """Catch the output of `layer`. What follows gets a copy, so in-place activations leave the caught tensor alone."""
    caught = Caught()

    def keep(module: nn.Module, inputs: Any, output: Tensor) -> Tensor:
        caught.value = output
        return output.clone()

    handle = layer.register_forward_hook(keep)
    try:
        yield caught
    finally:
        handle.remove()


@contextmanager
def catch_input(layer: nn.Module) -> Iterator[Caught]:
    """Catch the first input of `layer`."""
    caught = Caught()

    def keep(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        caught.value = inputs[0]

    handle = layer.register_forward_pre_hook(keep)
    try:
        yield caught
    finally:
        handle.remove()


def last_linear(network: nn.Module) -> nn.Module:
    """Return the last linear layer of `network`; its input are the network's features."""
    return [module for module in network.modules() if isinstance(module, nn.Linear)][-1]
