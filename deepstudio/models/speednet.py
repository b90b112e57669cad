"""A strong small CNN for 32x32 colour images.

Three groups of convolutions after a fixed whitening layer, with the ideas of K. Jordan, "94% on CIFAR-10 in 3.29
seconds on a single GPU" (arXiv:2404.00498): whitening from the patches of training images, identity-preserving
initialisation, batch norm without a trained scale, a residual sum over the last two convolutions (its 96 % variant).

Shapes: B batch, C channels, H height, W width, D features, K classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.config import option
from deepstudio.models.registry import register_network

_WHITEN_KERNEL = 2
_WHITEN_EPS = 5e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedNetConfig:
    """Options of `speednet`."""

    in_channels: int = option(3, "Channels of the input image.", low=1, high=4)
    widths: tuple[int, ...] = option((64, 256, 256), "Channels of the three groups.", low=8, high=2048)
    depth: int = option(2, "Convolutions in a group; 3 adds a residual sum.", choices=(2, 3))
    logit_scale: float = option(1 / 9, "Multiplies the logits, which keeps early training calm.", low=1e-3, high=10.0)
    dropout: float = option(0.0, "Share of the features dropped before the last layer.", low=0.0, high=0.9)
    norm_momentum: float = option(
        0.1, "Share of each batch in the running statistics of batch norm.", low=0.001, high=1.0
    )


class _Norm(nn.BatchNorm2d):
    """Batch norm with a trained bias and a fixed scale of one."""

    def __init__(self, channels: int, momentum: float) -> None:
        super().__init__(channels, momentum=momentum)
        self.weight.requires_grad = False


class _Conv(nn.Conv2d):
    """A 3x3 convolution without bias whose first filters begin as the identity."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__(in_channels, out_channels, kernel_size=3, padding=1, bias=False)

    def reset_parameters(self) -> None:
        """Draw the weights anew, the first filters as the identity."""
        super().reset_parameters()
        nn.init.dirac_(self.weight.data[: self.in_channels])


class _Group(nn.Module):
    """Convolution, pooling by two, then one or two more convolutions (two with a residual sum)."""

    def __init__(self, in_channels: int, out_channels: int, depth: int, momentum: float) -> None:
        super().__init__()
        self.conv1 = _Conv(in_channels, out_channels)
        self.norm1 = _Norm(out_channels, momentum)
        self.conv2 = _Conv(out_channels, out_channels)
        self.norm2 = _Norm(out_channels, momentum)
        self.conv3 = _Conv(out_channels, out_channels) if depth == 3 else None
        self.norm3 = _Norm(out_channels, momentum) if depth == 3 else None

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return the group's maps, half as high and wide."""
        x = F.gelu(self.norm1(F.max_pool2d(self.conv1(x_BCHW), 2)))
        y = F.gelu(self.norm2(self.conv2(x)))
        if self.conv3 is None or self.norm3 is None:
            return y
        return F.gelu(self.norm3(self.conv3(y)) + x)


class SpeedNet(nn.Module):
    """x_BCHW (any size from 24x24) to logits_BK."""

    def __init__(self, config: SpeedNetConfig, num_classes: int) -> None:
        super().__init__()
        whitened = 2 * config.in_channels * _WHITEN_KERNEL**2
        self.whiten = nn.Conv2d(config.in_channels, whitened, _WHITEN_KERNEL)
        self.whiten.weight.requires_grad = False
        assert self.whiten.bias is not None
        nn.init.zeros_(self.whiten.bias)
        channels = (whitened, *config.widths)
        self.groups = nn.ModuleList(
            _Group(before, after, config.depth, config.norm_momentum) for before, after in pairwise(channels)
        )
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(config.widths[-1], num_classes, bias=False)
        self.logit_scale = config.logit_scale

    @torch.no_grad()
    def init_from_data(self, x_BCHW: Tensor) -> None:
        """Set the whitening filters from the covariance of the patches of normalised training images."""
        kernel = _WHITEN_KERNEL
        channels = x_BCHW.shape[1]
        patches = F.unfold(x_BCHW.float(), kernel).transpose(1, 2).reshape(-1, channels * kernel**2)
        values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
        filters = (vectors / torch.sqrt(values + _WHITEN_EPS)).T.reshape(-1, channels, kernel, kernel)
        self.whiten.weight.copy_(torch.cat([filters, -filters]))

    def features(self, x_BCHW: Tensor) -> Tensor:
        """Return f_BD, the maxima over each channel that the last layer sees."""
        x = F.gelu(self.whiten(x_BCHW))
        for group in self.groups:
            x = group(x)
        return x.amax(dim=(2, 3))

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return logits_BK."""
        logits: Tensor = self.head(self.dropout(self.features(x_BCHW))) * self.logit_scale
        return logits

    def last_conv(self) -> nn.Module:
        """Return the group whose maps Grad-CAM weighs."""
        return self.groups[-1]


@register_network(
    "speednet",
    title="SpeedNet, a strong small CNN for 32x32 images",
    source="arXiv:2404.00498 (airbench)",
    config_class=SpeedNetConfig,
)
def build_speednet(config: SpeedNetConfig, num_classes: int) -> nn.Module:
    """Return a SpeedNet with random weights."""
    return SpeedNet(config, num_classes)
