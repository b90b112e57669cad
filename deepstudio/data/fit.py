"""Fits a decoded picture to a network's input. The same function serves training on folders and inference.

Deterministic; shrinking is antialiased (Pillow, Lanczos after whole-factor reduction). Any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.fit_digit import fit_digit

_REDUCING_GAP = 3.0  # Pillow: reduce by a whole factor first while that many times the target remain

Box = tuple[float, float, float, float]


_WORKING_SIDE = 720
"""Least shorter side to which pictures are decoded: more detail than this no network of ours looks at."""


def decoding_side(*shapes: Preprocessing) -> int:
    """Return the `target_side` to decode with for networks of these shapes: everywhere the same, so answers agree."""
    return max([_WORKING_SIDE, *(2 * max(shape.height, shape.width) for shape in shapes)])


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedImage:
    """`pixels` uint8 HWC at the network's size and channels.

    `region` is what they show of the picture given, in its pixels: left, top, width, height. It reaches beyond the
    picture where something was padded.
    """

    pixels: np.ndarray
    region: tuple[float, float, float, float]


def fit_image(pixels: np.ndarray, preprocessing: Preprocessing) -> FittedImage:
    """Return `pixels` (uint8 HWC RGB) fitted as `preprocessing.fit` says."""
    if preprocessing.fit == "digit":
        grey = np.asarray(Image.fromarray(pixels).convert("L"))
        fitted, region = fit_digit(grey, preprocessing.height, preprocessing.width)
        shown = fitted[..., None] if preprocessing.channels == 1 else np.repeat(fitted[..., None], 3, axis=2)
        return FittedImage(pixels=shown, region=region)
    image = Image.fromarray(pixels)
    if preprocessing.channels == 1:
        image = image.convert("L")
    fitted_image, region = _FITS[preprocessing.fit](image, preprocessing)
    array = np.array(fitted_image)
    return FittedImage(pixels=array[..., None] if array.ndim == 2 else array, region=region)


def _crop(image: Image.Image, preprocessing: Preprocessing) -> tuple[Image.Image, Box]:
    """Cut the middle: the largest part of the right shape, or as much as is left of a shorter side of `resize_to`."""
    size = preprocessing.width, preprocessing.height
    if preprocessing.resize_to is None:
        scale = min(image.width / size[0], image.height / size[1])
    else:
        scale = min(image.size) / preprocessing.resize_to
    width, height = size[0] * scale, size[1] * scale
    left, top = (image.width - width) / 2, (image.height - height) / 2
    if width > image.width + 0.5 or height > image.height + 0.5:  # resize_to below the network's size
        return _onto_canvas(image, size, scale)
    box = (max(left, 0.0), max(top, 0.0), min(left + width, image.width), min(top + height, image.height))
    return _resize(image, size, box), (left, top, width, height)


def _squash(image: Image.Image, preprocessing: Preprocessing) -> tuple[Image.Image, Box]:
    box = (0.0, 0.0, float(image.width), float(image.height))
    return _resize(image, (preprocessing.width, preprocessing.height), box), box


def _pad(image: Image.Image, preprocessing: Preprocessing) -> tuple[Image.Image, Box]:
    size = preprocessing.width, preprocessing.height
    return _onto_canvas(image, size, max(image.width / size[0], image.height / size[1]))


def _onto_canvas(image: Image.Image, size: tuple[int, int], scale: float) -> tuple[Image.Image, Box]:
    """Put the whole picture, divided by `scale`, in the middle of a canvas in the median colour of its border."""
    inner = max(1, round(image.width / scale)), max(1, round(image.height / scale))
    shrunk = _resize(image, inner, (0.0, 0.0, float(image.width), float(image.height)))
    canvas = Image.new(image.mode, size, _border_colour(image))
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    canvas.paste(shrunk, (left, top))
    across, down = image.width / inner[0], image.height / inner[1]
    return canvas, (-left * across, -top * down, size[0] * across, size[1] * down)


def _border_colour(image: Image.Image) -> tuple[int, ...] | int:
    pixels = np.asarray(image)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = np.median(rim, axis=0)
    return int(colour) if pixels.ndim == 2 else tuple(int(value) for value in colour)


def _resize(image: Image.Image, size: tuple[int, int], box: Box) -> Image.Image:
    if box == (0.0, 0.0, float(size[0]), float(size[1])) and image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=_REDUCING_GAP)


_FITS: dict[str, Callable[[Image.Image, Preprocessing], tuple[Image.Image, Box]]] = {
    "crop": _crop,
    "squash": _squash,
    "pad": _pad,
}
