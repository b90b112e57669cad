"""Heat maps as pictures: a perceptually ordered colour scale that grows opaque with the heat. GUI thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

LARGEST_SIDE = 512
"""Heat maps are smooth: more pixels than this would only cost time."""

# Dark violet to pale yellow through red: lightness rises evenly, so that order survives colour blindness and grey
# printing (tested as CIE L*). The anchors lie on the path of "inferno" (S. van der Walt, N. Smith, 2015, CC0).
_ANCHORS = np.array(
    [
        [20, 11, 54],
        [66, 10, 104],
        [106, 23, 110],
        [147, 38, 103],
        [188, 55, 84],
        [221, 81, 58],
        [243, 120, 25],
        [252, 165, 10],
        [246, 215, 70],
        [252, 255, 164],
    ],
    np.float32,
)


def _table() -> np.ndarray:
    position = np.linspace(0, len(_ANCHORS) - 1, 256)
    channels = [np.interp(position, np.arange(len(_ANCHORS)), _ANCHORS[:, channel]) for channel in range(3)]
    return np.rint(np.stack(channels, axis=1)).astype(np.uint8)


COLOURS = _table()
"""256 x 3 uint8, from cold to hot."""


def heat_image(heat: np.ndarray) -> QImage:
    """Return `heat` (float, height x width, 0..1) as an ARGB picture.

    Cold places are clear, so the photograph stays readable where the network did not look; opacity rises fast at first,
    so that warm places show at all.
    """
    step = max(1, -(-max(heat.shape) // LARGEST_SIDE))
    level = np.nan_to_num(np.clip(heat[::step, ::step], 0.0, 1.0))
    pixels = np.empty((*level.shape, 4), np.uint8)
    pixels[..., :3] = COLOURS[np.rint(level * 255).astype(np.uint8)]
    pixels[..., 3] = np.rint(255 * np.clip((level - 0.1) / 0.9, 0.0, 1.0) ** 0.75)
    height, width = level.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
