"""Averaging a network's logits over views of the same picture, as its card asks for. In the lane.

Mirror image and one-pixel shifts, weighted as in K. Jordan, arXiv:2404.00498, section 3.5. Shapes: x_BCHW, logits_BK.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.preprocessing import Preprocessing


def average_views(
    network: Callable[[Tensor], Tensor], x_BCHW: Tensor, logits_BK: Tensor, shape: Preprocessing
) -> Tensor:
    """Return the mean of `logits_BK`, what `network` says of `x_BCHW` itself, and of the other views on the card."""
    logits_BK = _with_mirror(network, x_BCHW, logits_BK, shape)
    if not shape.shift:
        return logits_BK
    height, width = x_BCHW.shape[2:]
    padded = F.pad(x_BCHW, (1, 1, 1, 1), mode="reflect")
    parts = (padded[:, :, :height, :width], padded[:, :, 2:, 2:])
    first, second = (_with_mirror(network, part, network(part), shape) for part in parts)
    return (2 * logits_BK + first + second) / 4


def _with_mirror(
    network: Callable[[Tensor], Tensor], x_BCHW: Tensor, logits_BK: Tensor, shape: Preprocessing
) -> Tensor:
    return (logits_BK + network(x_BCHW.flip(-1))) / 2 if shape.mirror else logits_BK
