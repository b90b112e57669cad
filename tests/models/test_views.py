"""Views of a picture are averaged as the card asks."""

from __future__ import annotations

import torch

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.models.views import average_views


def corner(x_BCHW: torch.Tensor) -> torch.Tensor:
    """Stand for a network: the upper left pixel."""
    return x_BCHW[:, :, 0, 0]


def test_views_are_weighted_as_declared() -> None:
    x = torch.arange(16.0).view(1, 1, 4, 4)
    assert average_views(corner, x, Preprocessing()).item() == 0.0
    assert average_views(corner, x, Preprocessing(mirror=True)).item() == (0 + 3) / 2
    # Moved down and right with mirrored edges the corner shows x[1, 1] = 5; moved up and left x[1, 1] = 5 too.
    assert average_views(corner, x, Preprocessing(shift=True)).item() == (2 * 0 + 5 + 5) / 4
    both = (2 * 1.5 + (5 + 6) / 2 + (5 + 6) / 2) / 4
    assert average_views(corner, x, Preprocessing(mirror=True, shift=True)).item() == both


def test_a_network_blind_to_place_says_the_same() -> None:
    x = torch.full((2, 3, 6, 6), 0.7)
    for shape in (Preprocessing(mirror=True), Preprocessing(shift=True), Preprocessing(mirror=True, shift=True)):
        assert torch.allclose(average_views(corner, x, shape), corner(x))
