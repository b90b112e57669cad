"""A small convolutional network for single words in a second of sound.

Legend: B batch, T frames, M mel bands, D width, K labels, E features, N towers. Two strided convolutions over the
spectrogram, one over all bands that are left (which frequency it was matters, so nothing is averaged over bands), then
residual convolutions over time as in TC-ResNet (Choi et al. 2019). The mean of each band over the window is taken off
first, so loudness and microphone matter little. Several such towers, each of which learns the words by itself, may
vote: the answer is the mean of their logits (deep ensembles, Lakshminarayanan et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from deepstudio.core.config import option
from deepstudio.models.registry import register_network


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechWordsConfig:
    """Size of the network."""

    num_mels: int = option(40, "Mel bands of the input.", low=8, high=256)
    front_channels: int = option(24, "Channels of the first layer; the second has twice as many.", low=1, high=256)
    width: int = option(128, "Channels of the layers over time.", low=4, high=2048)
    blocks: int = option(4, "Layers over time.", low=1, high=20)
    kernel: int = option(3, "Frames of 40 ms that a layer over time sees.", low=1, high=31)
    dropout: float = option(0.2, "Share of features dropped before the last layer while training.", low=0.0, high=0.9)
    span: float = option(
        2.2, "Deviations below a band's loudest moment at which all is silence; 0 is no limit.", low=0.0
    )
    words: int = option(0, "Words of a second output, for training only; 0 leaves it out.", low=0, high=100_000)
    towers: int = option(1, "Networks that learn the words side by side and vote.", low=1, high=16)


class TimeBlock(nn.Module):
    """x + silu(norm(conv(x))) over time."""

    def __init__(self, width: int, kernel: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, width, kernel, padding=kernel // 2, bias=False)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x_BDT: Tensor) -> Tensor:
        """Return the same shape."""
        return x_BDT + functional.silu(self.norm(self.conv(x_BDT)))


class WordTower(nn.Module):
    """Log-mel frames in, features out."""

    def __init__(self, config: SpeechWordsConfig) -> None:
        super().__init__()
        channels, width = config.front_channels, config.width
        self.span = config.span
        bands = (config.num_mels + 3) // 4
        self.first = nn.Conv2d(1, channels, 5, stride=2, padding=2)
        self.second = nn.Conv2d(channels, 2 * channels, 3, stride=2, padding=1)
        self.gather = nn.Conv1d(2 * channels * bands, width, 1, bias=False)
        self.gather_norm = nn.BatchNorm1d(width)
        self.blocks = nn.Sequential(*(TimeBlock(width, config.kernel) for _ in range(config.blocks)))
        self.norm = nn.BatchNorm1d(2 * width)

    def frames(self, x_BTM: Tensor) -> Tensor:
        """Return what each 40 ms are like, x_BDT."""
        if self.span:  # digital silence and a quiet room are then alike
            x_BTM = torch.maximum(x_BTM, x_BTM.amax(dim=1, keepdim=True) - self.span)
        x = x_BTM - x_BTM.mean(dim=1, keepdim=True)
        x = functional.silu(self.first(x.unsqueeze(1).contiguous(memory_format=torch.channels_last)))
        x = functional.silu(self.second(x))
        x = self.gather(x.permute(0, 3, 1, 2).flatten(1, 2))
        return self.blocks(functional.silu(self.gather_norm(x)))

    def summary(self, x_BTM: Tensor) -> Tensor:
        """Return mean and greatest value of each channel over time, normalised, f_BE (E twice the width)."""
        x = self.frames(x_BTM)
        features: Tensor = self.norm(torch.cat([x.mean(dim=2), x.amax(dim=2)], dim=1))
        return features


class SpeechWords(WordTower):
    """Log-mel frames in, logits out.

    The first tower is the network itself, so that files of one tower stay as they are. Features are divided by the root
    of the number of towers: their length is then the same for any number of them.
    """

    def __init__(self, config: SpeechWordsConfig, num_classes: int) -> None:
        super().__init__(config)
        self.more = nn.ModuleList(WordTower(config) for _ in range(config.towers - 1))
        width = 2 * config.width * config.towers
        self.drop = nn.Dropout(config.dropout)
        self.out = nn.Linear(width, num_classes)
        self.words = nn.Linear(width, config.words) if config.words else None

    @property
    def output_layers(self) -> tuple[str, ...]:
        """The layers that write outputs (for optimisers that treat them apart)."""
        return ("out",) if self.words is None else ("out", "words")

    def features(self, x_BTM: Tensor) -> Tensor:
        """Return what all towers say of the window, f_BE (E twice the width for each tower)."""
        towers = (self, *self.more)
        return torch.cat([tower.summary(x_BTM) for tower in towers], dim=1) / len(towers) ** 0.5

    def forward(self, x_BTM: Tensor) -> Tensor:
        """Return logits_BK of normalised log-mel frames.

        While training, the logits of the first tower for the whole batch, then those of the second and so on, since
        each is to learn by itself; those of the second output behind them.
        """
        features = self.drop(self.features(x_BTM))
        if not self.training:
            logits: Tensor = self.out(features)
            return logits
        layers = [self.out] if self.words is None else [self.out, self.words]
        return torch.cat([self._by_tower(layer, features) for layer in layers], dim=1)

    def _by_tower(self, layer: nn.Linear, features_BE: Tensor) -> Tensor:
        """Return what a layer makes of each tower alone; the mean over the towers is what it makes of all."""
        towers = len(self.more) + 1
        if towers == 1:
            logits: Tensor = layer(features_BE)
            return logits
        parts = zip((towers * features_BE).chunk(towers, dim=1), layer.weight.chunk(towers, dim=1), strict=True)
        return torch.cat([functional.linear(part, weight, layer.bias) for part, weight in parts])


@register_network(
    "speech-words",
    title="Small CNN for single words",
    source="Choi et al. 2019, arXiv:1904.03814",
    config_class=SpeechWordsConfig,
    input="sound",
)
def build_speech_words(config: SpeechWordsConfig, num_classes: int) -> nn.Module:
    """Return the network."""
    return SpeechWords(config, num_classes)
