"""How pixels become a network's input: declared once, carried by the model card, used in training and inference alike.

Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.core.config import option


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprocessing:
    """From decoded pixels to the network's input; the same in training and inference."""

    height: int = option(32, "Height of the network's input in pixels.", low=1, high=4096)
    width: int = option(32, "Width of the network's input in pixels.", low=1, high=4096)
    channels: int = option(3, "1 for grey, 3 for colour.", choices=(1, 3))
    fit: str = option(
        "crop",
        "How a picture of another shape is fitted: crop its middle, squash it, pad it, or treat it as a written digit.",
        choices=("crop", "squash", "pad", "digit"),
    )
    resize_to: int | None = option(
        None, "Shorter side before the middle is cropped; none crops the whole square.", low=1
    )
    mean: tuple[float, ...] = option((0.0,), "Subtracted from each channel, which lies in 0..1.")
    std: tuple[float, ...] = option((1.0,), "Divides each channel after that.", low=1e-6)
    mirror: bool = option(False, "Average the logits of the picture and of its mirror image.")
    shift: bool = option(False, "Average also over the picture moved by a pixel, up and left, down and right.")
