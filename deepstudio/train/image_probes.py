"""What can be seen of an image classifier while it trains: answers for the same few pictures, and feature maps of some.

In the lane, the network in eval mode without gradients. Shapes: N pictures, M maps, H height, W width, K classes.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.models.hooks import Caught, catch_output
from deepstudio.train.batches import DeviceSet, Normalizer
from deepstudio.train.precision import arithmetic

_PICTURES = 24
_PICTURE_SIDE = 64
_PICTURES_WITH_MAPS = 2
_LAYERS = 4
_MAPS = 12
_MAP_SIDE = 32


class ImageProbes:
    """Watches pictures of `data`, evenly spaced over the classes; `classes` are their names."""

    def __init__(self, data: DeviceSet, normalize: Normalizer, dtype: torch.dtype, classes: tuple[str, ...]) -> None:
        order = torch.argsort(data.labels.cpu(), stable=True)
        count = min(_PICTURES, len(order))
        chosen = order[torch.linspace(0, len(order) - 1, count).round().long()].to(data.labels.device)
        self._images = data.images[chosen]
        self._labels = data.labels[chosen].cpu().numpy()
        self._pixels = _thumbnails(self._images)
        self._normalize = normalize
        self._dtype = dtype
        self._classes = classes

    def look(self, network: nn.Module) -> list[Media]:
        """Return the answers and the feature maps."""
        layers = _convolutions(network)
        with ExitStack() as stack:
            caught = [(name, stack.enter_context(catch_output(layer))) for name, layer in layers]
            with arithmetic(self._dtype, self._images.device):
                logits = network(self._normalize(self._images))
            probabilities = torch.softmax(logits.float(), dim=1).cpu().numpy()
            payload: dict[str, Any] = {
                "pixels": self._pixels,
                "probabilities": probabilities,
                "labels": self._labels,
                "classes": self._classes,
            }
            return [
                _media("samples/validation", MediaKind.PREDICTIONS, payload),
                *(_media(f"activations/{name}", MediaKind.ACTIVATIONS, {"pixels": _maps(it)}) for name, it in caught),
            ]


def _media(name: str, kind: MediaKind, payload: dict[str, Any]) -> Media:
    return Media(name=name, step=0, wall=time.time(), kind=kind, payload=payload)


def _convolutions(network: nn.Module) -> list[tuple[str, nn.Module]]:
    """Return a few convolutions, evenly spaced, the first and the last among them."""
    found = [(name, layer) for name, layer in network.named_modules() if isinstance(layer, nn.Conv2d)]
    count = min(_LAYERS, len(found))
    places = {round(index * (len(found) - 1) / max(count - 1, 1)) for index in range(count)}
    return [found[place] for place in sorted(places)]


def _thumbnails(images_NCHW: Tensor) -> np.ndarray:
    """Return pixels_NHWC uint8, small."""
    small = _shrink(images_NCHW.float(), _PICTURE_SIDE)
    return small.round().clamp(0, 255).byte().permute(0, 2, 3, 1).contiguous().cpu().numpy()


def _maps(caught: Caught) -> np.ndarray:
    """Return maps_NMHW uint8, each stretched to its own range, small."""
    maps_NMHW = _shrink(caught.take()[:_PICTURES_WITH_MAPS, :_MAPS].float(), _MAP_SIDE)
    low = maps_NMHW.amin(dim=(2, 3), keepdim=True)
    span = (maps_NMHW.amax(dim=(2, 3), keepdim=True) - low).clamp(min=1e-12)
    return ((maps_NMHW - low) / span * 255).nan_to_num(0.0).round().byte().contiguous().cpu().numpy()


def _shrink(x_NCHW: Tensor, side: int) -> Tensor:
    height, width = x_NCHW.shape[2:]
    if max(height, width) <= side:
        return x_NCHW
    scale = side / max(height, width)
    size = [max(1, round(height * scale)), max(1, round(width * scale))]
    return F.interpolate(x_NCHW, size=size, mode="area")
