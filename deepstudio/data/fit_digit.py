"""A written digit, drawn or photographed, made to look as the digits of MNIST do.

After Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition" (1998),
section III: light ink on black, scaled into a box of 20x20 keeping the shape, antialiased, with its centre of mass in
the middle of 28x28. A picture that was prepared so already comes out as it is. Any thread.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from deepstudio.data.ink import ink_of_drawing, ink_of_photo

_BOX_SHARE = 20 / 28
_WORKING_SIDE = 384  # more pixels tell nothing about a digit of 20
_EDGE = 0.15 * 255  # fainter ink does not count when the box around the digit is sought
_THIN, _WANTED = 1.8, 2.2  # stroke widths in pixels of the box; NIST's pens were about the second
_MAX_SPREAD = 31

Box = tuple[float, float, float, float]


def fit_digit(grey: np.ndarray, height: int, width: int) -> tuple[np.ndarray, Box]:
    """Return the digit in `grey` (uint8 HW, ink of either polarity) as uint8 of `height` x `width`, and its region.

    The region (left, top, width, height in pixels of `grey`) is what the result shows. A picture without ink gives
    black, and the whole picture as its region.
    """
    factor = max(1, max(grey.shape) // _WORKING_SIDE)
    small = np.asarray(Image.fromarray(grey).reduce(factor)) if factor > 1 else grey
    ink = ink_of_drawing(small)
    if ink is None:
        ink = ink_of_photo(small)
    box = _bounds(ink > (0 if _is_prepared(ink, height, width) else _EDGE))
    if box is None:
        return np.zeros((height, width), np.uint8), (0.0, 0.0, float(grey.shape[1]), float(grey.shape[0]))
    scale = _scale(box, height, width)
    spread = _spread_for(ink, scale)
    if spread > 1:
        ink = _widen(ink, spread)
        box = _bounds(ink > _EDGE) or box
        scale = _scale(box, height, width)
    digit = _shrink(ink, box, scale)
    top, left = _place(digit, height, width)
    canvas = np.zeros((height, width), np.uint8)
    canvas[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    step = factor / scale
    region = (box[0] * factor - left * step, box[1] * factor - top * step, width * step, height * step)
    return canvas, region


def _is_prepared(ink: np.ndarray, height: int, width: int) -> bool:
    """True for a picture of the network's size whose ink fills the box already."""
    box = _bounds(ink > 0) if ink.shape == (height, width) else None
    return box is not None and _scale(box, height, width) == 1.0


def _bounds(mask: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom around the true pixels."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _scale(box: tuple[int, int, int, int], height: int, width: int) -> float:
    return min(round(_BOX_SHARE * width) / (box[2] - box[0]), round(_BOX_SHARE * height) / (box[3] - box[1]))


def _spread_for(ink: np.ndarray, scale: float) -> int:
    """Return the size of the maximum filter that widens strokes too thin to survive the scaling; 1 for none."""
    if scale >= 1.0:
        return 1
    mask = ink > 127
    inside = mask[1:-1, 1:-1] & mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    area, rim = int(mask.sum()), int(mask.sum()) - int(inside.sum())
    stroke = 2 * area / max(rim, 1)
    if stroke * scale >= _THIN:
        return 1
    return min(_MAX_SPREAD, 1 + 2 * round((_WANTED / scale - stroke) / 2))


def _widen(ink: np.ndarray, spread: int) -> np.ndarray:
    """Return the maximum over squares of side `spread` (odd)."""
    half = spread // 2
    rows = _running_maximum(np.pad(ink, half), spread)
    return np.ascontiguousarray(_running_maximum(rows.T, spread).T)


def _running_maximum(values: np.ndarray, length: int) -> np.ndarray:
    """Return the maxima over `length` rows in turn; each pass doubles the rows covered."""
    covered = 1
    while 2 * covered <= length:
        values = np.maximum(values[:-covered], values[covered:])
        covered *= 2
    rest = length - covered
    return np.maximum(values[: len(values) - rest], values[rest:]) if rest else values


def _shrink(ink: np.ndarray, box: tuple[int, int, int, int], scale: float) -> np.ndarray:
    """Return the ink in `box` as uint8, scaled, its brightest part white."""
    if scale == 1.0:
        return ink[box[1] : box[3], box[0] : box[2]]
    size = max(1, round((box[2] - box[0]) * scale)), max(1, round((box[3] - box[1]) * scale))
    digit = np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.HAMMING, box=box), np.float32)
    return np.clip(digit * (255 / max(float(np.percentile(digit, 99)), 1.0)), 0, 255).astype(np.uint8)


def _place(digit: np.ndarray, height: int, width: int) -> tuple[int, int]:
    """Return top and left that bring the centre of mass nearest to the middle while all of the digit stays inside."""
    mass = max(float(digit.sum()), 1.0)
    centre_y = float(digit.sum(axis=1) @ np.arange(digit.shape[0])) / mass
    centre_x = float(digit.sum(axis=0) @ np.arange(digit.shape[1])) / mass
    top = int(np.floor(height / 2 - centre_y + 0.5))
    left = int(np.floor(width / 2 - centre_x + 0.5))
    return min(max(top, 0), height - digit.shape[0]), min(max(left, 0), width - digit.shape[1])
