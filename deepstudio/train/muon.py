"""Muon: momentum made orthogonal, for the matrices inside a network; AdamW for everything else. In the lane.

Jordan et al. 2024 (https://kellerjordan.github.io/posts/muon/): Newton-Schulz iterations bring the singular values of
each step near one, so directions that gradients hardly ever take are learnt as fast as the frequent ones. Steps are
scaled to the size of AdamW's (Liu et al. 2025, arXiv:2502.16982, section 2.2), so one rate and one decay serve both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.train.precision import pick_precision

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5
_ADAM_SIZE = 0.2  # root mean square of AdamW's usual step, in units of the rate


class Muon(torch.optim.Optimizer):
    """Groups with `orthogonal` set are matrices inside the network; all others follow AdamW."""

    def __init__(self, groups: list[dict[str, Any]], *, lr: float, momentum: float, betas: tuple[float, float]) -> None:
        defaults = {"lr": lr, "momentum": momentum, "betas": betas, "weight_decay": 0.0, "orthogonal": False}
        super().__init__(groups, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Take one step."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            take = self._orthogonal_step if group["orthogonal"] else self._adam_step
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    take(parameter, group)
        return loss

    def _orthogonal_step(self, parameter: Tensor, group: dict[str, Any]) -> None:
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(parameter)
        momentum = state["momentum"]
        momentum.mul_(group["momentum"]).add_(parameter.grad)
        ahead = parameter.grad + group["momentum"] * momentum
        matrices, back = as_matrices(ahead)
        size = _ADAM_SIZE * max(matrices.shape[1:]) ** 0.5
        parameter.add_(back(orthogonal(matrices)), alpha=-group["lr"] * size)

    def _adam_step(self, parameter: Tensor, group: dict[str, Any]) -> None:
        state = self.state[parameter]
        if not state:
            state["step"] = torch.zeros(())
            state["mean"], state["square"] = torch.zeros_like(parameter), torch.zeros_like(parameter)
        first, second = group["betas"]
        state["step"] += 1
        steps = float(state["step"])
        state["mean"].lerp_(parameter.grad, 1 - first)
        state["square"].mul_(second).addcmul_(parameter.grad, parameter.grad, value=1 - second)
        scale = (state["square"] / (1 - second**steps)).sqrt_().add_(1e-8)
        parameter.addcdiv_(state["mean"], scale, value=-group["lr"] / (1 - first**steps))


def as_matrices(tensor: Tensor) -> tuple[Tensor, Callable[[Tensor], Tensor]]:
    """Return a tensor as matrices_NAB and the way back.

    The four gates of an LSTM are four matrices, each tap of a convolution over time is one, and a convolution over an
    image is one matrix of filters.
    """
    shape = tensor.shape
    if tensor.dim() == 3:
        return tensor.permute(2, 0, 1), lambda made: made.permute(1, 2, 0)
    if tensor.dim() == 2 and shape[0] == 4 * shape[1]:
        return tensor.view(4, shape[1], shape[1]), lambda made: made.reshape(shape)
    return tensor.flatten(1).unsqueeze(0), lambda made: made.reshape(shape)


def orthogonal(matrices_NAB: Tensor) -> Tensor:
    """Return the nearest orthogonal matrices, roughly: singular values lie between about 0.7 and 1.2.

    In bfloat16 where that is fast; a processor that has to imitate it would take fifty times as long.
    """
    a, b, c = _COEFFICIENTS
    x = matrices_NAB.to(pick_precision("auto", matrices_NAB.device))
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    tall = x.shape[1] > x.shape[2]
    x = x.mT if tall else x
    for _ in range(_ITERATIONS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    made: Tensor = (x.mT if tall else x).to(matrices_NAB.dtype)
    return made


def inner_matrices(network: nn.Module) -> set[int]:
    """Return the ids of the weights that are matrices between hidden layers: not embeddings, not outputs.

    A network names the layers that write its outputs in `output_layers`; otherwise the last linear layer is taken.
    """
    linear = [module for module in network.modules() if isinstance(module, nn.Linear)]
    names = getattr(network, "output_layers", None)
    outputs = [network.get_submodule(name) for name in names] if names else linear[-1:]
    left_out = {id(weight) for module in outputs for weight in module.parameters()}
    left_out |= {id(m.weight) for m in network.modules() if isinstance(m, nn.Embedding | nn.EmbeddingBag)}
    return {id(weight) for weight in network.parameters() if weight.dim() > 1} - left_out
