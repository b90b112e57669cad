"""Ink apart from paper: on a drawing with one flat background, and on a photo with uneven light. Any thread."""

from __future__ import annotations

import numpy as np
from PIL import Image

_FLAT_SHARE = 0.45  # of all pixels in one colour, and of the rim
_FAINTEST = 24  # levels of contrast below which there is no ink on a drawing
_FIT_SIDE = 64
_COMPONENT_SIDE = 96
_SPECK = 0.04  # parts smaller than that share of the largest are dirt


def ink_of_drawing(grey: np.ndarray) -> np.ndarray | None:
    """Return ink (uint8, 255 full) on a flat background of either polarity; None if the background is not flat."""
    counts = np.bincount(grey.ravel(), minlength=256)
    paper = int(counts.argmax())
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    on_rim = np.count_nonzero(np.abs(rim.astype(np.int16) - paper) <= 2) / rim.size
    if counts[max(paper - 1, 0) : paper + 2].sum() < _FLAT_SHARE * grey.size or on_rim < _FLAT_SHARE:
        return None
    ink = grey.astype(np.int16) - paper if paper < 128 else paper - grey.astype(np.int16)
    ink = np.clip(ink, 0, 255).astype(np.uint8)
    darkest = int(ink.max())
    if darkest < _FAINTEST:
        return np.zeros_like(ink)
    return ink if darkest >= 250 else (ink * (255.0 / darkest)).astype(np.uint8)


def ink_of_photo(grey: np.ndarray) -> np.ndarray:
    """Return ink (uint8, 255 full) on paper under uneven light, without dirt and what reaches in from the rim."""
    difference = grey.astype(np.float32) - _paper(grey)
    cubes = difference * difference * difference
    if float(cubes.clip(max=0).sum()) < -float(cubes.clip(min=0).sum()):
        difference = -difference
    ink = np.clip(difference, 0, 255)
    noise = 1.4826 * float(np.median(np.abs(difference)))
    border = _otsu(ink.astype(np.uint8))
    if border < max(3 * noise, _FAINTEST / 2):
        border = max(3 * noise, _FAINTEST / 2)
    mask = ink > border
    if not mask.any():
        return np.zeros(grey.shape, np.uint8)
    low, high = 0.5 * border, max(float(ink[mask].mean()), border + 1)
    soft = np.clip((ink - low) / (high - low), 0, 1) * _main_parts(mask)
    return (255 * soft).astype(np.uint8)


def _paper(grey: np.ndarray) -> np.ndarray:
    """Return the brightness of the paper alone: a quadratic surface, refitted without what lies off it.

    Least squares by the normal equations, in products so small that the algebra library starts no threads for them:
    on a busy machine those waited for one another for half a second.
    """
    small = np.asarray(Image.fromarray(grey).resize((_FIT_SIDE, _FIT_SIDE), Image.Resampling.BOX), np.float64)
    terms = _quadratic_terms(_FIT_SIDE, _FIT_SIDE)
    known = np.concatenate([terms, small[..., None]], axis=-1).reshape(small.size, -1)
    spread = np.abs(small - np.median(small))
    near = spread <= np.percentile(spread, 75)
    for _ in range(6):
        moments = (known * near.reshape(-1, 1)).T @ known
        weights = np.linalg.solve(moments[:-1, :-1], moments[:-1, -1])
        distance = np.abs(small - terms @ weights)
        near = distance <= max(2.0, 2.5 * float(np.median(distance)))
    constant, of_x, of_y, of_xy, of_xx, of_yy = weights.astype(np.float32)
    y = np.linspace(-1, 1, grey.shape[0], dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, grey.shape[1], dtype=np.float32)[None, :]
    return (constant + of_x * x + of_xx * x * x) + (of_y * y + of_yy * y * y) + (of_xy * y) * x


def _quadratic_terms(height: int, width: int) -> np.ndarray:
    grid = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    y, x = grid
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1)


def _otsu(values: np.ndarray) -> float:
    """Return the level that parts `values` (uint8) best into two groups (N. Otsu 1979)."""
    counts = np.bincount(values.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    above = counts.sum() - below
    mass = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    return float(np.nanargmax(np.where(np.isfinite(between), between, -1)))


def _main_parts(mask: np.ndarray) -> np.ndarray:
    """Return a mask of the parts that can be the digit: no specks and, if others remain, nothing on the rim."""
    size = min(_COMPONENT_SIDE, mask.shape[1]), min(_COMPONENT_SIDE, mask.shape[0])
    coarse = np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)) > 40
    labels, count = _components(coarse)
    if count == 0:
        return np.ones_like(mask)
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    areas[0] = 0
    on_rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    inner = areas.copy()
    inner[on_rim] = 0
    if inner.max() >= 0.1 * areas.max() or inner.max() >= 0.005 * coarse.size:
        areas = inner
    kept = (areas >= _SPECK * areas.max()) & (areas > 0)
    wide = Image.fromarray(kept[labels].astype(np.uint8) * 255).resize(mask.shape[::-1], Image.Resampling.BILINEAR)
    return np.asarray(wide) > 0


def _components(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """Return labels 1..count of the 8-connected parts of `mask`, 0 elsewhere."""
    height, width = mask.shape
    stride = width + 2
    free = np.pad(mask, 1).ravel().tolist()
    labels = [0] * len(free)
    steps = (-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1)
    count = 0
    for start in np.flatnonzero(np.pad(mask, 1)).tolist():
        if labels[start]:
            continue
        count += 1
        labels[start] = count
        stack = [start]
        while stack:
            here = stack.pop()
            for step in steps:
                if free[here + step] and not labels[here + step]:
                    labels[here + step] = count
                    stack.append(here + step)
    return np.array(labels).reshape(height + 2, stride)[1:-1, 1:-1], count
