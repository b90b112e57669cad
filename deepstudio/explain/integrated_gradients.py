"""Integrated gradients: how much each input value moved the logit on the way from a baseline to the picture.

M. Sundararajan, A. Taly, Q. Yan, "Axiomatic attribution for deep networks" (2017), by Captum. In the lane.

Shapes: B batch, C channels, H height, W width, K classes.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from deepstudio.explain.captum_parts import captum_module

STEPS = 32
_PIXELS_AT_ONCE = 120_000  # so that one forward and backward pass stays well below a second on a CPU


def integrated_gradients(
    forward: Callable[[Tensor], Tensor],
    x_BCHW: Tensor,
    label: int,
    *,
    baseline_BCHW: Tensor,
    check: Callable[[], None] = lambda: None,
    steps: int = STEPS,
) -> Tensor:
    """Return attributions_BCHW float32; by the completeness axiom their sum is nearly f(x) - f(baseline).

    `forward` gives logits_BK. `check` is called before each of its passes and may raise to end.
    """

    def checked(inputs: Tensor) -> Tensor:
        check()
        return forward(inputs)

    at_once = max(len(x_BCHW), _PIXELS_AT_ONCE // (x_BCHW.shape[-1] * x_BCHW.shape[-2]))
    with torch.enable_grad():
        method = captum_module("captum.attr._core.integrated_gradients").IntegratedGradients
        attributions: Tensor = method(checked).attribute(
            x_BCHW.detach().requires_grad_(),
            baselines=baseline_BCHW,
            target=label,
            n_steps=steps,
            internal_batch_size=at_once,
        )
    return attributions.detach().float()
