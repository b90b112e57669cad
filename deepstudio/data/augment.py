"""Augmentation of whole batches on the device, seeded by step so that a resumed run sees the same pictures.

Images are float32 x_BCHW, already normalised. B batch, C channels, H height, W width. Any thread.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.data.augment_config import AugmentConfig


def augment(
    x_BCHW: Tensor,
    config: AugmentConfig,
    generator: torch.Generator,
    *,
    mirrored_B: Tensor,
) -> Tensor:
    """Return a new augmented batch; `mirrored_B` (bool) says which images are flipped when flips alternate."""
    x = x_BCHW
    if config.flip == "alternate":
        x = torch.where(mirrored_B.view(-1, 1, 1, 1), x.flip(-1), x)
    elif config.flip == "random":
        coin = torch.rand(len(x), generator=generator, device=x.device) < 0.5
        x = torch.where(coin.view(-1, 1, 1, 1), x.flip(-1), x)
    if config.rotate or config.scale or config.shear:
        x = _affine(x, config, generator)
    if config.translate:
        x = _translate(x, config.translate, generator)
    if config.contrast or config.brightness:
        x = _light(x, config, generator)
    if config.noise:
        x = x + config.noise * torch.randn(x.shape, generator=generator, device=x.device)
    if config.cutout:
        x = _cutout(x, config.cutout, generator)
    return x


def _uniform(n: int, largest: float, generator: torch.Generator, device: torch.device) -> Tensor:
    return (torch.rand(n, generator=generator, device=device) * 2 - 1) * largest


def _translate(x: Tensor, largest: int, generator: torch.Generator) -> Tensor:
    batch, _, height, width = x.shape
    padded = F.pad(x, (largest,) * 4, mode="reflect")
    shifts = torch.randint(0, 2 * largest + 1, (2, batch), generator=generator, device=x.device)
    windows = padded.unfold(2, height, 1).unfold(3, width, 1)
    return windows[torch.arange(batch, device=x.device), :, shifts[0], shifts[1]]


def _affine(x: Tensor, config: AugmentConfig, generator: torch.Generator) -> Tensor:
    batch, device = len(x), x.device
    angle = torch.deg2rad(_uniform(batch, config.rotate, generator, device))
    size = 1 + _uniform(batch, config.scale, generator, device)
    slant = _uniform(batch, config.shear, generator, device)
    cosine, sine, zero = torch.cos(angle) / size, torch.sin(angle) / size, torch.zeros(batch, device=device)
    rows = torch.stack([cosine, slant * cosine - sine, zero, sine, slant * sine + cosine, zero], dim=1)
    grid = F.affine_grid(rows.view(-1, 2, 3), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)


def _light(x: Tensor, config: AugmentConfig, generator: torch.Generator) -> Tensor:
    gain = 1 + _uniform(len(x), config.contrast, generator, x.device).view(-1, 1, 1, 1)
    offset = _uniform(len(x), config.brightness, generator, x.device).view(-1, 1, 1, 1)
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    return (x - mean) * gain + mean + offset


def _cutout(x: Tensor, side: int, generator: torch.Generator) -> Tensor:
    batch, _, height, width = x.shape
    top = torch.randint(0, max(height - side, 0) + 1, (batch, 1, 1, 1), generator=generator, device=x.device)
    left = torch.randint(0, max(width - side, 0) + 1, (batch, 1, 1, 1), generator=generator, device=x.device)
    rows = torch.arange(height, device=x.device).view(1, 1, -1, 1)
    columns = torch.arange(width, device=x.device).view(1, 1, 1, -1)
    hidden = (rows >= top) & (rows < top + side) & (columns >= left) & (columns < left + side)
    return x.masked_fill(hidden, 0.0)
