"""A small convolutional network for single words in a second of sound.

Legend: B batch, T frames, M mel bands, C channels, K labels. Small residual networks as in Tang and Lin 2018; the
mean of each band over the second is taken off first, so loudness and microphone matter little. Full convolutions: ones
by channel are ten times slower on a processor, in bf16 at least.
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

    width: int = option(48, "Channels.", low=4, high=1024)
    blocks: int = option(5, "Residual blocks.", low=1, high=20)
    dropout: float = option(0.2, "Share of features dropped before the last layer while training.", low=0.0, high=0.9)


class ResidualBlock(nn.Module):
    """relu(x + norm(conv(x))); every second one halves the time first."""

    def __init__(self, width: int, *, halve: bool) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d((2, 1)) if halve else nn.Identity()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x_BCTM: Tensor) -> Tensor:
        """Return the same shape, or half the time."""
        x = self.pool(x_BCTM)
        return functional.relu(x + self.norm(self.conv(x)))


class SpeechKeywords(nn.Module):
    """Log-mel frames in, logits out."""

    def __init__(self, config: SpeechKeywordsConfig, num_classes: int) -> None:
        super().__init__()
        width = config.width
        self.stem = nn.Conv2d(1, width, (7, 5), stride=(2, 4), padding=(3, 2), bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.blocks = nn.Sequential(*(ResidualBlock(width, halve=number % 2 == 1) for number in range(config.blocks)))
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
    source="Tang and Lin 2018, arXiv:1710.10361",
    config_class=SpeechKeywordsConfig,
    input="sound",
)
def build_speech_keywords(config: SpeechKeywordsConfig, num_classes: int) -> nn.Module:
    """Return the network."""
    return SpeechKeywords(config, num_classes)
