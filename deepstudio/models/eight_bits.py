"""Weights in eight bits: each row of a matrix as int8 with a scale of its own. Any thread that may import torch.

Row r is stored as round(w / s_r), s_r = max|w_r| / 127, so that no weight moves by more than half a step. Written back
and read again, the numbers stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

SCALE_PREFIX = "scale."
_FEWEST = 2048  # numbers: what is smaller would save nothing worth having


def pays(tensor: Tensor) -> bool:
    """Return whether eight bits make sense for a tensor: a finite float matrix, table or filter of some size."""
    whole = tensor.dim() > 1 and tensor.numel() >= _FEWEST and tensor.dtype == torch.float32
    return whole and bool(torch.isfinite(tensor).all())


def to_eight_bits(name: str, tensor: Tensor) -> dict[str, Tensor]:
    """Return the int8 tensor under `name` and the scale of each row (float32) beside it."""
    rows = tensor.detach().float().flatten(1)
    scale = rows.abs().amax(dim=1) / 127
    steps = torch.where(scale > 0, scale, torch.ones_like(scale))
    eight = (rows / steps[:, None]).round().clamp(-127, 127).to(torch.int8)
    return {name: eight.view(tensor.shape), SCALE_PREFIX + name: scale}


def from_eight_bits(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return `tensors` with those that have a scale made float32 again, the scales left out."""
    whole: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        scale = tensors.get(SCALE_PREFIX + name)
        if scale is not None and len(scale) == len(tensor):
            tensor = tensor.float() * scale.view(-1, *[1] * (tensor.dim() - 1))
        if not name.startswith(SCALE_PREFIX):
            whole[name] = tensor
    return whole
