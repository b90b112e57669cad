"""Which arithmetic a run uses. In the lane."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch

from deepstudio.core.device import cpu_is_fast_at_bf16


def pick_precision(wanted: str, device: torch.device) -> torch.dtype:
    """Return float32 or bfloat16 for a recipe's `precision`."""
    if wanted == "float32":
        return torch.float32
    if wanted == "bf16":
        return torch.bfloat16
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    return torch.bfloat16 if device.type == "cpu" and cpu_is_fast_at_bf16() else torch.float32


def arithmetic(dtype: torch.dtype, device: torch.device) -> AbstractContextManager[object]:
    """Return the context in which the network runs forward."""
    if dtype == torch.float32:
        return nullcontext()
    return torch.autocast(device.type, dtype)
