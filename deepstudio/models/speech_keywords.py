"""A small convolutional network for single words in a second of sound.

Legend: B batch, T frames, M mel bands, C channels, K labels. Depthwise separable convolutions as in Zhang et al. 2017
("Hello Edge", DS-CNN), with residuals; the mean of each band over the second is taken off first, so loudness and
microphone matter little.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.config import option
from deepstudio.models.registry import register_network


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechKeywordsConfig:
    """Size of the network."""

    width: int = option(96, "Channels.", low=4, high=1024)
    blocks: int = option(5, "Depthwise separable blocks.", low=1, high=20)
    dropout: float = option(0.2, "Share of features dropped before the last layer while training.", low=0.0, high=0.9)


class SeparableBlock(nn.Module):
    """x + pointwise(depthwise(x)), each normalised."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        padding = (dilation, 1)
        self.depthwise = nn.Conv2d(width, width, 3, padding=padding, dilation=(dilation, 1), groups=width, bias=False)
        self.first_norm = nn.BatchNorm2d(width)
        self.pointwise = nn.Conv2d(width, width, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(width)

    def forward(self, x_BCTM: Tensor) -> Tensor:
        """Return the same shape."""
        y = functional.relu(self.first_norm(self.depthwise(x_BCTM)))
        return functional.relu(x_BCTM + self.second_norm(self.pointwise(y)))


class SpeechKeywords(nn.Module):
    """Log-mel frames in, logits out."""

    def __init__(self, config: SpeechKeywordsConfig, num_classes: int) -> None:
        super().__init__()
        width = config.width
        self.stem = nn.Conv2d(1, width, (7, 5), stride=(2, 4), padding=(3, 2), bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.blocks = nn.Sequential(*(SeparableBlock(width, 1 + number % 3) for number in range(config.blocks)))
        self.drop = nn.Dropout(config.dropout)
        self.out = nn.Linear(2 * width, num_classes)

    def features(self, x_BTM: Tensor) -> Tensor:
        """Return mean and greatest value of each channel, f_BD."""
        x = x_BTM - x_BTM.mean(dim=1, keepdim=True)
        x = functional.relu(self.norm(self.stem(x.unsqueeze(1).contiguous(memory_format=torch.channels_last))))
        x = self.blocks(x)
        return torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], dim=1)

    def forward(self, x_BTM: Tensor) -> Tensor:
        """Return logits_BK of normalised log-mel frames."""
        logits: Tensor = self.out(self.drop(self.features(x_BTM)))
        return logits


@register_network(
    "speech-keywords",
    title="Small CNN for single words",
    source="Zhang et al. 2017, arXiv:1711.07128",
    config_class=SpeechKeywordsConfig,
    input="sound",
)
def build_speech_keywords(config: SpeechKeywordsConfig, num_classes: int) -> nn.Module:
    """Return the network."""
    return SpeechKeywords(config, num_classes)
