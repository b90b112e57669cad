"""An exponential moving average of a network's weights and statistics. In the lane."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


class WeightAverage:
    """The average of every floating tensor of `network`'s state; integer tensors follow as they are.

    The share kept rises with the steps taken, `min(decay, (1 + t) / (10 + t))`, so that the random start is forgotten.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.updates = 0
        self._names = [name for name, tensor in network.state_dict().items() if tensor.is_floating_point()]
        self.average = {name: network.state_dict()[name].detach().clone() for name in self._names}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Move the average towards the network's present weights."""
        self.updates += 1
        keep = min(self.decay, (1 + self.updates) / (10 + self.updates))
        state = network.state_dict()
        torch._foreach_lerp_(
            [self.average[name] for name in self._names], [state[name] for name in self._names], 1 - keep
        )

    @contextmanager
    def applied(self, network: nn.Module) -> Iterator[None]:
        """Put the average into `network` for the length of a `with` block, then the present weights back."""
        present = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
        network.load_state_dict(self.average, strict=False)
        try:
            yield
        finally:
            network.load_state_dict(present)

    def state_dict(self) -> dict[str, Tensor | int]:
        """Return what a checkpoint needs."""
        return {"updates": self.updates, **self.average}

    def load_state_dict(self, state: dict[str, Tensor | int]) -> None:
        """Take up a checkpoint's average."""
        self.updates = int(state["updates"])
        for name in self._names:
            self.average[name].copy_(torch.as_tensor(state[name]))
