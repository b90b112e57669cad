"""The convolutional networks of the articles, as Keras would build them.

3x3 convolutions, 2x2 maximum pooling, two dense layers, Glorot-uniform weights and zero biases; unpadded unless asked
otherwise. The articles rectify before they pool. The largest of the rectified values is the largest value rectified:
pooled first, the numbers and their gradients are the same bit for bit, and a quarter of them is left to rectify. In
training that saves 7 to 18 % of the time (`deepstudio bench train`: `ratio_bare` beside `ratio_same_network`).

Shapes: B batch, C channels, H height, W width, D features, K classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor, nn

from deepstudio.core.config import option
from deepstudio.core.errors import RecipeError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.registry import register_network

_ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "leaky-relu": nn.LeakyReLU,
    "sigmoid": nn.Sigmoid,
    "silu": nn.SiLU,
    "tanh": nn.Tanh,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleConfig:
    """Options of the articles' networks; the defaults are as published."""

    in_channels: int = option(3, "Channels of the input image.", low=1, high=16)
    height: int = option(32, "Height of the input image in pixels.", low=8, high=1024)
    width: int = option(32, "Width of the input image in pixels.", low=8, high=1024)
    batch_norm: bool = option(False, "Normalise each convolution's output over the batch.")
    dropout: float = option(0.0, "Share of units dropped before the last layer.", low=0.0, high=0.95)
    conv_dropout: float = option(0.0, "Share of channels dropped after each pooling.", low=0.0, high=0.95)
    activation: str = option("relu", "What follows each layer.", choices=tuple(_ACTIVATIONS))
    padding: str = option("valid", "Edges: valid loses them, same pads them with zeros.", choices=("valid", "same"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeArticleConfig(ArticleConfig):
    """The same options for 224x224 images."""

    height: int = option(224, "Height of the input image in pixels.", low=8, high=1024)
    width: int = option(224, "Width of the input image in pixels.", low=8, high=1024)


class ArticleCnn(nn.Module):
    """x_BCHW to logits_BK. `pools` says after which convolutions a 2x2 pooling follows."""

    def __init__(
        self, config: ArticleConfig, num_classes: int, *, widths: tuple[int, ...], pools: tuple[bool, ...], head: int
    ) -> None:
        super().__init__()
        activation = _ACTIVATIONS[config.activation]
        layers: list[nn.Module] = []
        channels, height, width = config.in_channels, config.height, config.width
        self._last_conv = 0
        for block, (filters, pooled) in enumerate(zip(widths, pools, strict=True)):
            layers.append(nn.Conv2d(channels, filters, 3, padding=config.padding))
            if config.batch_norm:
                layers.append(nn.BatchNorm2d(filters))
            self._last_conv = len(layers)
            height, width = (height, width) if config.padding == "same" else (height - 2, width - 2)
            activated = [activation(), nn.MaxPool2d(2)] if pooled else [activation()]
            # Other activations round to ties; and Grad-CAM looks at the last one, which is finer before the pooling.
            layers += reversed(activated) if config.activation == "relu" and block < len(widths) - 1 else activated
            if pooled:
                height, width = height // 2, width // 2
                if config.conv_dropout:
                    layers.append(nn.Dropout2d(config.conv_dropout))
            channels = filters
        if min(height, width) < 1:
            raise RecipeError(
                QT_TRANSLATE_NOOP("errors", "Images of {height} x {width} pixels are too small for this network."),
                height=config.height,
                width=config.width,
            )
        self.convolutions = nn.Sequential(*layers)
        self.dense = nn.Sequential(nn.Flatten(), nn.Linear(channels * height * width, head), activation())
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(head, num_classes)
        self.apply(_initialise)

    def features(self, x_BCHW: Tensor) -> Tensor:
        """Return f_BD, the dense layer before the last."""
        features: Tensor = self.dense(self.convolutions(x_BCHW))
        return features

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Return logits_BK."""
        logits: Tensor = self.head(self.dropout(self.features(x_BCHW)))
        return logits

    def last_conv(self) -> nn.Module:
        """Return the activation after the last convolution."""
        return self.convolutions[self._last_conv]


def _initialise(module: nn.Module) -> None:
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        assert module.bias is not None
        nn.init.zeros_(module.bias)


@register_network(
    "article-two-blocks",
    title="Two convolution and pooling blocks, 64 units",
    source="Articles: CNN for image recognition",
    config_class=ArticleConfig,
)
def build_two_blocks(config: ArticleConfig, num_classes: int) -> nn.Module:
    """Return Conv 32, pool, Conv 64, pool, Dense 64, Dense K."""
    return ArticleCnn(config, num_classes, widths=(32, 64), pools=(True, True), head=64)


@register_network(
    "article-32-64-64",
    title="Convolutions 32-64-64, 64 units",
    source="Articles: CNN on CIFAR-10",
    config_class=ArticleConfig,
)
def build_32_64_64(config: ArticleConfig, num_classes: int) -> nn.Module:
    """Return Conv 32, pool, Conv 64, pool, Conv 64, Dense 64, Dense K."""
    return ArticleCnn(config, num_classes, widths=(32, 64, 64), pools=(True, True, False), head=64)


@register_network(
    "article-32-64-128",
    title="Convolutions 32-64-128, 128 units",
    source="Articles: overfitting and its cures",
    config_class=ArticleConfig,
)
def build_32_64_128(config: ArticleConfig, num_classes: int) -> nn.Module:
    """Return Conv 32, pool, Conv 64, pool, Conv 128, pool, Dense 128, Dense K."""
    return ArticleCnn(config, num_classes, widths=(32, 64, 128), pools=(True, True, True), head=128)


@register_network(
    "article-224",
    title="Convolutions 32-64-128 for 224x224 images and 1000 classes",
    source="Articles: CNN for photographs",
    config_class=LargeArticleConfig,
)
def build_224(config: LargeArticleConfig, num_classes: int) -> nn.Module:
    """Return the 32-64-128 network over 224x224x3; published with 1000 classes."""
    return ArticleCnn(config, num_classes, widths=(32, 64, 128), pools=(True, True, True), head=128)
