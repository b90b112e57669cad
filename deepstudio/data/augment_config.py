"""Which augmentation a recipe asks for. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass

from deepstudio.core.config import option


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentConfig:
    """What is done to each training image, drawn anew every epoch."""

    flip: str = option(
        "none",
        "Mirror left and right: at random, or in turn every other epoch (which shows more of each image).",
        choices=("none", "random", "alternate"),
    )
    translate: int = option(0, "Largest shift in pixels, edges mirrored.", low=0, high=64)
    cutout: int = option(0, "Side of a square that is blanked, in pixels.", low=0, high=512)
    rotate: float = option(0.0, "Largest turn in degrees.", low=0.0, high=180.0)
    scale: float = option(0.0, "Largest change of size, as a share.", low=0.0, high=0.9)
    shear: float = option(0.0, "Largest slant, as a share.", low=0.0, high=1.0)
    contrast: float = option(0.0, "Largest change of contrast, as a share.", low=0.0, high=1.0)
    brightness: float = option(0.0, "Largest change of brightness, in standard deviations.", low=0.0, high=3.0)
    noise: float = option(0.0, "Standard deviation of Gaussian noise.", low=0.0, high=3.0)
