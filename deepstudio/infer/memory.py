"""Answers a device that has run out of memory: by a smaller batch, else by a sentence. In the lane."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor

from deepstudio.core.errors import OutOfMemoryError
from deepstudio.core.words import QT_TRANSLATE_NOOP

OutputT = TypeVar("OutputT")


def in_batches(
    forward: Callable[[Tensor], OutputT], x_BCHW: Tensor, *, largest: int, check: Callable[[], None]
) -> tuple[list[OutputT], int]:
    """Return the outputs of `forward` for consecutive parts of `x_BCHW`, and the part size that fitted.

    Parts are at most `largest`; each time the device runs out of memory they are halved. `check` is called before each
    part and may raise to end. Raises OutOfMemoryError when one example alone is too much.
    """
    size = min(largest, len(x_BCHW))
    outputs: list[OutputT] = []
    done = 0
    while done < len(x_BCHW):
        check()
        output = _attempt(forward, x_BCHW[done : done + size])
        if output is not None:
            outputs.append(output)
            done += size
            continue
        free_memory(x_BCHW.device)
        if size == 1:
            raise OutOfMemoryError(
                QT_TRANSLATE_NOOP("errors", "The device has too little memory for this network, even for one picture."),
                fix=QT_TRANSLATE_NOOP("errors", "Close other programs that use it, or choose the CPU in the settings."),
            )
        size = max(1, size // 2)
    return outputs, size


def _attempt(forward: Callable[[Tensor], OutputT], x_BCHW: Tensor) -> OutputT | None:
    """Return None where memory ran out. A frame of its own, so that the failed pass's tensors die with it."""
    try:
        return forward(x_BCHW)
    except (torch.OutOfMemoryError, MemoryError):
        return None


def free_memory(device: torch.device) -> None:
    """Give back what the allocator of `device` only keeps in reserve."""
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()
