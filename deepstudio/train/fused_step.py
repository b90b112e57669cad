"""SGD, Adam and AdamW by torch's fused kernels, without the bookkeeping that torch repeats at every step. In the lane.

torch sorts parameters by device and type anew each time; in the small networks of the articles that took longer than
the arithmetic (611 us a step against 298, two cores). A run has one device and one type, so the lists are made once.
The kernels are torch's, so are weights and states, to the bit: `state_dict` goes either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

_Lists = Sequence[tuple[dict[str, Any], list[Tensor], list[list[Tensor]]]]
"""For each group: itself, its parameters, and the tensors of their states by name of the state."""


class FusedAdam(torch.optim.Adam):
    """Adam, or AdamW with `decoupled_weight_decay`; what it cannot do faster it leaves to torch's own step."""

    _STATES = ("exp_avg", "exp_avg_sq", "step")
    _lists: _Lists | None = None

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Do a step with the gradients there are."""
        gradients = _gradients(self) if closure is None else None
        if gradients is None:
            return super().step(closure)
        self._lists = self._lists or _states(self, self._STATES)
        if self._lists is None:  # the first step makes the states
            return super().step()
        with torch.no_grad():
            for (group, parameters, (means, squares, steps)), grads in zip(self._lists, gradients, strict=True):
                beta1, beta2 = group["betas"]
                torch._foreach_add_(steps, 1)
                kernel = torch._fused_adamw_ if group["decoupled_weight_decay"] else torch._fused_adam_
                kernel(
                    parameters,
                    grads,
                    means,
                    squares,
                    [],
                    steps,
                    amsgrad=False,
                    lr=group["lr"],
                    beta1=beta1,
                    beta2=beta2,
                    weight_decay=group["weight_decay"],
                    eps=group["eps"],
                    maximize=False,
                )
        return None

    step.hooked = True  # type: ignore[attr-defined]  # torch would wrap it for its profiler and hooks, at every step

    def load_state_dict(self, state_dict: Any) -> None:
        """Take over states; the lists are made anew."""
        self._lists = None
        super().load_state_dict(state_dict)


class FusedSGD(torch.optim.SGD):
    """SGD with momentum; what it cannot do faster it leaves to torch's own step."""

    _lists: _Lists | None = None

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Do a step with the gradients there are."""
        gradients = _gradients(self) if closure is None else None
        if gradients is None:
            return super().step(closure)
        self._lists = self._lists or _states(self, ("momentum_buffer",))
        if self._lists is None:
            return super().step()
        with torch.no_grad():
            for (group, parameters, (buffers,)), grads in zip(self._lists, gradients, strict=True):
                torch._fused_sgd_(
                    parameters,
                    grads,
                    buffers,
                    weight_decay=group["weight_decay"],
                    momentum=group["momentum"],
                    lr=group["lr"],
                    dampening=group["dampening"],
                    nesterov=group["nesterov"],
                    maximize=False,
                    is_first_step=False,
                )
        return None

    step.hooked = True  # type: ignore[attr-defined]

    def load_state_dict(self, state_dict: Any) -> None:
        """Take over states; the lists are made anew."""
        self._lists = None
        super().load_state_dict(state_dict)


def _gradients(optimizer: torch.optim.Optimizer) -> list[list[Tensor]] | None:
    """Return the gradients by group, None where one is missing or the kernels are not to be had."""
    found: list[list[Tensor]] = []
    for group in optimizer.param_groups:
        grads = [parameter.grad for parameter in group["params"]]
        if not group["fused"] or any(grad is None for grad in grads):
            return None
        found.append(grads)
    return found


def _states(optimizer: torch.optim.Optimizer, names: Sequence[str]) -> _Lists | None:
    """Return the lists, None as long as a parameter has no state."""
    try:
        return [
            (
                group,
                group["params"],
                [[optimizer.state[parameter][name] for parameter in group["params"]] for name in names],
            )
            for group in optimizer.param_groups
        ]
    except KeyError:
        return None
