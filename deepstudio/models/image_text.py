"""Two towers that map pictures and words into one space, and the classifier that a list of labels makes of them.

A. Radford et al. 2021 (arXiv:2103.00020), small: the image tower is a SpeedNet, the text tower weighs the vectors of a
label's words against one another and maps their sum. Both end on the unit sphere.

Shapes: B pictures, C channels, H height, W width, K labels, T words, E word vector, D shared space, V words known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.config import option
from deepstudio.models.image_text_words import WordTable
from deepstudio.models.modelfile import EXTRA_PREFIX, LoadedModel
from deepstudio.models.registry import register_network
from deepstudio.models.speednet import SpeedNet, SpeedNetConfig

WORDS = f"{EXTRA_PREFIX}words"
SIMILARITY = f"{EXTRA_PREFIX}similarity"
MOST_WORDS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTextConfig:
    """Options of `image-text`."""

    widths: tuple[int, ...] = option((32, 96, 192), "Channels of the image tower's groups.", low=8, high=1024)
    depth: int = option(2, "Convolutions in a group; 3 adds a residual sum.", choices=(2, 3))
    dim: int = option(96, "Dimensions of the shared space.", low=4, high=1024)
    num_words: int = option(12000, "Words that have a vector.", low=1, high=200_000)
    word_dim: int = option(96, "Numbers in a word vector.", low=4, high=1024)
    hidden: int = option(192, "Units of the text tower.", low=4, high=4096)


class ImageText(nn.Module):
    """`image(x_BCHW)` and `text(words_KTE, mask_KT)` return unit vectors in the same space, BD and KD."""

    def __init__(self, config: ImageTextConfig) -> None:
        super().__init__()
        tower = SpeedNetConfig(widths=config.widths, depth=config.depth, logit_scale=1.0)
        self.tower = SpeedNet(tower, config.dim)
        self.word_vectors = nn.Embedding(config.num_words, config.word_dim)
        self.word_vectors.weight.requires_grad = False
        self.attention = nn.Linear(config.word_dim, 1)
        self.inner = nn.Linear(config.word_dim, config.hidden)
        self.outer = nn.Linear(config.hidden, config.dim)
        self.log_scale = nn.Parameter(torch.tensor(math.log(10.0)))

    def image(self, x_BCHW: Tensor) -> Tensor:
        """Return z_BD."""
        return F.normalize(self.tower(x_BCHW).float(), dim=1)

    def text(self, words_KTE: Tensor, mask_KT: Tensor) -> Tensor:
        """Return t_KD; `mask_KT` is true where there is a word, and at least one is in each row."""
        weight_KT = self.attention(words_KTE).squeeze(-1).masked_fill(~mask_KT, -1e4).softmax(dim=1)
        sum_KE = (weight_KT[..., None] * words_KTE).sum(dim=1)
        return F.normalize(self.outer(F.gelu(self.inner(sum_KE))).float(), dim=1)

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return z_BD, so that the network can be warmed up like any other on pictures."""
        return self.image(x_BCHW)


def phrase_vectors(network: ImageText, table: WordTable, phrases: list[str]) -> tuple[Tensor, Tensor]:
    """Return words_KTE and mask_KT of phrases, on the network's device; a phrase without known words is all zeros."""
    vectors_VE = network.word_vectors.weight
    rows = [table.rows(phrase)[:MOST_WORDS] for phrase in phrases]
    longest = max((len(words) for words in rows), default=0) or 1
    words_KTE = vectors_VE.new_zeros(len(phrases), longest, vectors_VE.shape[1])
    mask_KT = torch.zeros(len(phrases), longest, dtype=torch.bool, device=vectors_VE.device)
    mask_KT[:, 0] = True
    for phrase, words in enumerate(rows):
        for place, parts in enumerate(words):
            index = torch.tensor([row for row, _ in parts], device=vectors_VE.device)
            share = vectors_VE.new_tensor([weight for _, weight in parts])
            words_KTE[phrase, place] = (vectors_VE[index] * share[:, None]).sum(dim=0)
            mask_KT[phrase, place] = True
    return words_KTE, mask_KT


def words_to_tensor(words: tuple[str, ...]) -> Tensor:
    """Return the words as bytes (uint8), one a line, for the model file."""
    return torch.frombuffer(bytearray("\n".join(words).encode("ascii")), dtype=torch.uint8).clone()


def words_from_tensor(content: Tensor) -> tuple[str, ...]:
    """Return the words that `words_to_tensor` wrote."""
    return tuple(bytes(content.to(torch.uint8).cpu().numpy()).decode("ascii").split("\n"))


def table_of(loaded: LoadedModel) -> WordTable:
    """Return the words that a loaded model of pictures and words knows."""
    return WordTable(words_from_tensor(loaded.extras[WORDS]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How a cosine becomes a logit: 0 at the mean of wrong pairs, `scale` at the mean of right ones.

    Pictures and words keep apart in the shared space (W. Liang et al. 2022, arXiv:2203.02053), so a label given by
    words and one given by pictures have a pair of means each.
    """

    words: tuple[float, float]
    pictures: tuple[float, float]
    scale: float

    def to_tensor(self) -> Tensor:
        """Return the five numbers for the model file."""
        return torch.tensor([*self.words, *self.pictures, self.scale])

    @classmethod
    def from_tensor(cls, values: Tensor) -> Similarity:
        """Return what `to_tensor` wrote."""
        wrong_w, right_w, wrong_p, right_p, scale = (float(value) for value in values)
        return cls(words=(wrong_w, right_w), pictures=(wrong_p, right_p), scale=scale)

    def head(self, vectors_KD: Tensor, by_pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Return weight_KD and bias_K of the linear layer that makes logits of z_BD; `by_pictures` is K booleans."""
        wrong = torch.where(by_pictures, self.pictures[0], self.words[0])
        right = torch.where(by_pictures, self.pictures[1], self.words[1])
        gain = self.scale / (right - wrong).clamp(min=1e-3)
        return vectors_KD * gain[:, None], -wrong * gain


class LabelledImages(nn.Module):
    """A classifier of pictures: an image tower and a row for each label. x_BCHW to logits_BK."""

    def __init__(self, network: ImageText, weight_KD: Tensor, bias_K: Tensor) -> None:
        super().__init__()
        self.tower = network.tower
        labels, dim = weight_KD.shape
        self.head = nn.Linear(dim, labels, device=weight_KD.device)
        self.head.weight.data.copy_(weight_KD)
        self.head.bias.data.copy_(bias_K)
        self.requires_grad_(False)

    def features(self, x_BCHW: Tensor) -> Tensor:
        """Return z_BD."""
        return F.normalize(self.tower(x_BCHW).float(), dim=1)

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return logits_BK."""
        logits: Tensor = self.head(self.features(x_BCHW))
        return logits

    def last_conv(self) -> nn.Module:
        """Return the layer whose maps Grad-CAM weighs."""
        return self.tower.last_conv()


@register_network(
    "image-text",
    title="Two towers for pictures and words",
    source="arXiv:2103.00020",
    config_class=ImageTextConfig,
    input="image and text",
)
def build_image_text(config: ImageTextConfig, num_classes: int) -> nn.Module:
    """Return two towers with random weights; the labels are no part of them."""
    return ImageText(config)
