"""Averaging a network's logits over views of the same picture, as its card asks for. In the lane.

Mirror image and one-pixel shifts, weighted as in K. Jordan, arXiv:2404.00498, section 3.5. Shapes: x_BCHW, logits_BK.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.preprocessing import Preprocessing


def average_views(network: Callable[[Tensor], Tensor], x_BCHW: Tensor, shape: Preprocessing) -> Tensor:
    """Return the mean logits_BK of what `network` says of `x_BCHW` and of the other views on the card.

    All views go through the network as one batch, the pictures themselves first: for a single picture that takes a
    third of the time that one pass a view takes.
    """
    views = [(x_BCHW, 1.0)]
    views.extend([(x_BCHW.flip(-1), 1.0)] if shape.mirror else [])
    if shape.shift:
        height, width = x_BCHW.shape[2:]
        padded = F.pad(x_BCHW, (1, 1, 1, 1), mode="reflect")
        for part in (padded[:, :, :height, :width], padded[:, :, 2:, 2:]):
            views.append((part, 0.5))
            views.extend([(part.flip(-1), 0.5)] if shape.mirror else [])
    if len(views) == 1:
        return network(x_BCHW)
    found = network(torch.cat([view for view, _ in views])).split(len(x_BCHW))
    weighted = [weight * logits for (_, weight), logits in zip(views, found, strict=True)]
    return torch.stack(weighted).sum(dim=0) / sum(weight for _, weight in views)
