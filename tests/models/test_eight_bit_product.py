"""Products with weights in eight bits beside those in float32."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from deepstudio.models.eight_bit_product import product
from deepstudio.models.eight_bits import from_eight_bits, to_eight_bits


def _stored(rows: int, columns: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    return from_eight_bits(to_eight_bits("w", torch.randn(rows, columns, generator=generator)))["w"]


@pytest.mark.parametrize("shape", [(1, 128), (1, 3, 128), (2, 5, 128)])
def test_a_weight_that_was_stored_in_eight_bits_gives_what_it_gives_whole(shape: tuple[int, ...]) -> None:
    weight, bias, x = _stored(192, 128), torch.randn(192), torch.randn(shape)
    with torch.inference_mode():
        found, whole = product(weight, bias)(x), functional.linear(x, weight, bias)
    assert found.shape == whole.shape
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, whole, rtol=0.02, atol=0.01 * whole.std().item())


@pytest.mark.parametrize("columns", [128, 100])
def test_a_weight_that_eight_bits_would_change_is_multiplied_as_it_is(columns: int) -> None:
    generator = torch.Generator().manual_seed(0)
    weight, x = torch.randn(192, columns, generator=generator), torch.randn(3, columns)
    torch.testing.assert_close(product(weight, None)(x), functional.linear(x, weight), rtol=0, atol=0)


def test_rows_of_nothing_stay_nothing() -> None:
    weight = _stored(192, 128)
    weight[7] = 0
    bias = torch.arange(192.0)
    assert product(weight, bias)(torch.randn(1, 128))[0, 7] == 7
