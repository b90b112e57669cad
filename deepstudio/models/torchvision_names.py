"""The names of torchvision's classification networks, so that listing them loads none of it.

Importing torchvision takes a second and 160 MB: with it come torch's compiler and sympy. It is imported when one of its
networks is built.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deepstudio.core.config import option
from deepstudio.models.registry import register_network

if TYPE_CHECKING:
    from torch import nn

PREFIX = "torchvision/"
_WORDS = """
alexnet convnext_base convnext_large convnext_small convnext_tiny densenet121 densenet161 densenet169 densenet201
efficientnet_b0 efficientnet_b1 efficientnet_b2 efficientnet_b3 efficientnet_b4 efficientnet_b5 efficientnet_b6
efficientnet_b7 efficientnet_v2_l efficientnet_v2_m efficientnet_v2_s googlenet inception_v3 maxvit_t mnasnet0_5
mnasnet0_75 mnasnet1_0 mnasnet1_3 mobilenet_v2 mobilenet_v3_large mobilenet_v3_small regnet_x_16gf regnet_x_1_6gf
regnet_x_32gf regnet_x_3_2gf regnet_x_400mf regnet_x_800mf regnet_x_8gf regnet_y_128gf regnet_y_16gf regnet_y_1_6gf
regnet_y_32gf regnet_y_3_2gf regnet_y_400mf regnet_y_800mf regnet_y_8gf resnet101 resnet152 resnet18 resnet34
resnet50 resnext101_32x8d resnext101_64x4d resnext50_32x4d shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5
shufflenet_v2_x2_0 squeezenet1_0 squeezenet1_1 swin_b swin_s swin_t swin_v2_b swin_v2_s swin_v2_t vgg11 vgg11_bn
vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn vit_b_16 vit_b_32 vit_h_14 vit_l_16 vit_l_32 wide_resnet101_2
wide_resnet50_2
"""
NAMES = tuple(_WORDS.split())
"""As torchvision 0.29 lists them; a test compares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZooConfig:
    """Options of torchvision's networks."""

    image_size: int = option(0, "Side of the input for vision transformers; 0 as published.", low=0, high=4096)
    transform_input: bool = option(False, "GoogLeNet and Inception: from ImageNet's mean to the range -1..1.")


def _builder(name: str) -> Callable[[ZooConfig, int], nn.Module]:
    def build(config: ZooConfig, num_classes: int) -> nn.Module:
        from deepstudio.models.torchvision_zoo import build_zoo_network

        return build_zoo_network(name, config, num_classes)

    return build


for _name in NAMES:
    register_network(
        PREFIX + _name,
        title=f"{_name} (torchvision)",
        source=f"torchvision.models.{_name}",
        config_class=ZooConfig,
    )(_builder(_name))
