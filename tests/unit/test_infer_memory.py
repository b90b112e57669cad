from __future__ import annotations

import pytest
import torch

from deepstudio.core.errors import OutOfMemoryError
from deepstudio.infer.memory import in_batches


class SmallDevice:
    """Stands for a network on a device that holds `room` examples at once."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.sizes: list[int] = []

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        self.sizes.append(len(x))
        if len(x) > self.room:
            raise torch.OutOfMemoryError
        return x * 2


def test_batches_are_halved_until_they_fit() -> None:
    device = SmallDevice(room=5)
    x = torch.arange(50.0)[:, None]
    outputs, size = in_batches(device, x, largest=32, check=lambda: None)
    assert torch.equal(torch.cat(outputs), x * 2)
    assert size == 4
    assert device.sizes[:4] == [32, 16, 8, 4]


def test_too_small_for_one_is_a_sentence() -> None:
    with pytest.raises(OutOfMemoryError, match="too little memory"):
        in_batches(SmallDevice(room=0), torch.zeros(3, 1), largest=32, check=lambda: None)


def test_without_trouble_the_batch_stays() -> None:
    device = SmallDevice(room=100)
    in_batches(device, torch.zeros(70, 1), largest=32, check=lambda: None)
    assert device.sizes == [32, 32, 6]
