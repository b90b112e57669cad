"""Grad-CAM: which parts of the last convolution's maps speak for a label.

R. R. Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based localization" (2017),
equations 1 and 2. In the lane.

Shapes: B batch, C channels, H height, W width, K classes; h and w those of the maps.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from deepstudio.models.hooks import catch_output


def grad_cam(network: nn.Module, x_BCHW: Tensor, label: int) -> Tensor:
    """Return heat_Bhw, float32 from 0: the gradient-weighted sum of the maps of `network.last_conv()`, rectified.

    Where the maps of a network do not come as BChw, its method `maps(output)` brings them into that form. The network
    must be in eval mode; its parameters need no gradients, and none are left behind.
    """
    with catch_output(network.last_conv()) as caught, torch.enable_grad():  # type: ignore[operator]
        logits_BK = network(x_BCHW.detach().requires_grad_())
        output = caught.take()
        (gradient,) = torch.autograd.grad(logits_BK[:, label].sum(), output)
    arrange = getattr(network, "maps", None)
    if arrange is not None:
        output, gradient = arrange(output), arrange(gradient)
    weights_BC11 = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights_BC11 * output).sum(dim=1).relu().detach().float()
