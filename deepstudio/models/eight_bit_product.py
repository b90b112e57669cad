"""Products with weights that stay in eight bits: a network that hears a stream waits for memory, not for arithmetic.

One output of a streaming network multiplies every weight once, so that its time is that of reading them; int8 rows are
a quarter of float32. torch's kernel for such rows exists on CPUs alone. Any thread that may import torch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional

from deepstudio.models.eight_bits import SCALE_PREFIX, pays, to_eight_bits

Product = Callable[[Tensor], Tensor]
"""Takes x of shape (..., I) and returns x @ weight.T + bias, shape (..., O), both float32."""

_MULTIPLE = 64
"""Columns that the kernel takes at a time; a weight with others is multiplied as it is."""


def product(weight_OI: Tensor, bias_O: Tensor | None) -> Product:
    """Return the fastest product with a weight that no longer changes.

    In eight bits where that loses nothing, for the weight comes from a file that stores it so; x is then rounded to
    bfloat16. Otherwise in float32.
    """
    if pays(weight_OI) and weight_OI.device.type == "cpu" and weight_OI.shape[1] % _MULTIPLE == 0 and _has_kernel():
        stored = to_eight_bits("weight", weight_OI)
        eight_OI, scale_O = stored["weight"], stored[SCALE_PREFIX + "weight"]
        if torch.allclose(eight_OI.float() * scale_O[:, None], weight_OI, rtol=1e-4, atol=1e-7):
            bias = torch.zeros(()) if bias_O is None else bias_O.detach()
            ones = torch.ones(len(scale_O), dtype=torch.bfloat16)
            return partial(_eight_bit_product, eight_OI=eight_OI, ones_O=ones, scale_O=scale_O, bias_O=bias)
    return partial(functional.linear, weight=weight_OI, bias=bias_O)


def _eight_bit_product(x: Tensor, *, eight_OI: Tensor, ones_O: Tensor, scale_O: Tensor, bias_O: Tensor) -> Tensor:
    # The scale is applied afterwards, in float32: the kernel would take it in bfloat16.
    rows = torch._weight_int8pack_mm(x.reshape(-1, x.shape[-1]).bfloat16(), eight_OI, ones_O)
    return torch.addcmul(bias_O, rows, scale_O).view(*x.shape[:-1], -1)


def _has_kernel() -> bool:
    """Return whether this torch has the kernel in a form that is worth its while."""
    fast = torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
    return fast and hasattr(torch, "_weight_int8pack_mm")
