"""Arrangements of simple things: shaded solids on a ground, flat shapes, lines of writing. Torch-free, any thread.

Shapes: N pictures, S side. Pictures are float32 NSSC in 0..1, three channels.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from deepstudio.data.outliers.textures import (
    Random,
    coloured_noise,
    colours,
    column,
    gradients,
    grid,
    mix,
    textures,
    uniform,
)


def still_lifes(random: Random, count: int, side: int) -> np.ndarray:
    """Return one to five shaded solids (balls, boxes, cups, bottles) with their shadows on a ground."""
    rough = random.random((count, 1, 1, 1)) < 0.4
    picture = np.where(rough, textures(random, count, side), gradients(random, count, side))
    light = np.stack([random.normal(0, 0.7, count), random.normal(-0.6, 0.4, count), np.ones(count)], axis=-1)
    light = (light / np.linalg.norm(light, axis=-1, keepdims=True)).astype(np.float32)
    most = random.integers(1, 6, count)
    for index in range(5):
        drawn = column(most > index)
        picture = _solid(random, picture, drawn, light)
    return picture


def _solid(random: Random, below: np.ndarray, drawn: np.ndarray, light: np.ndarray) -> np.ndarray:
    count, side = below.shape[:2]
    x, y = grid(side)
    size = uniform(random, count, 0.15, 0.7)
    angle = column(random.normal(0, 0.5, count))
    left, down = x - uniform(random, count, -0.7, 0.7), y - uniform(random, count, -0.6, 0.7)
    u = (left * np.cos(angle) + down * np.sin(angle)) / size
    v = (-left * np.sin(angle) + down * np.cos(angle)) / (size * uniform(random, count, 0.4, 1.8))
    taper = 1 - uniform(random, count, -0.4, 0.5) * np.clip(v, -1, 1)
    power = column(random.choice([1.2, 2, 2, 2.5, 4, 8], count))
    far = np.abs(u / taper) ** power + np.abs(v) ** power
    ring = column(random.random(count) < 0.15) * uniform(random, count, 0.2, 0.7)
    mask = 1 / (1 + np.exp(np.clip((far - 1) * size * 20, -30, 30)))
    mask = mask * (1 - (far < ring)) * drawn
    fall = 1 / (1 + np.exp(np.clip((np.hypot(u - 0.3, (v - 0.9) * 3) - 1.1) * 5, -30, 30)))
    below = below * (1 - 0.6 * fall * drawn * uniform(random, count, 0, 1))[..., None]
    height = np.clip(1 - far, 0, 1) ** (1 / power) * size
    steps = side / 2
    normal = np.stack(
        [-np.gradient(height, axis=2) * steps, -np.gradient(height, axis=1) * steps, np.ones_like(height)], axis=-1
    )
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    facing = np.clip((normal * light[:, None, None, :]).sum(axis=-1), 0, 1)
    surface = coloured_noise(random, count, side) * uniform(random, count, 0, 0.15)
    banded = np.clip(np.sign(np.sin(v * uniform(random, count, 2, 9))), 0, 1) * column(random.random(count) < 0.25)
    colour = mix(colours(random, count), colours(random, count), banded) * (1 + surface)[..., None]
    shine = facing**20 * uniform(random, count, 0, 0.8)
    return mix(below, np.clip(colour * (0.3 + 0.8 * facing)[..., None] + shine[..., None], 0, 1), mask)


def shapes(random: Random, count: int, side: int) -> np.ndarray:
    """Return flat drawings: lines of writing, blossoms, polygons, signs with strokes on them."""
    rough = random.random((count, 1, 1, 1)) < 0.3
    grounds = np.where(rough, textures(random, count, side), gradients(random, count, side))
    kinds = (_writing, _blossom, _polygons, _sign)
    found = []
    for ground in grounds:
        large = Image.fromarray((ground * 255).astype(np.uint8)).resize((2 * side, 2 * side))
        kinds[random.integers(len(kinds))](random, large)
        turned = large.rotate(random.uniform(-25, 25), Image.Resampling.BILINEAR, fillcolor=_ink(random))
        margin = side // 4
        cut = turned.crop((margin, margin, 2 * side - margin, 2 * side - margin))
        found.append(np.asarray(cut.resize((side, side), Image.Resampling.BILINEAR), np.float32) / 255)
    return np.stack(found)


def _ink(random: Random) -> tuple[int, int, int]:
    red, green, blue = (int(value * 255) for value in colours(random, 1)[0, 0, 0])
    return red, green, blue


def _writing(random: Random, image: Image.Image) -> None:
    draw, side, ink = ImageDraw.Draw(image), image.width, _ink(random)
    line = int(side * random.uniform(0.05, 0.18))
    for top in range(int(side * 0.1), side, line):
        left = float(side * 0.1)
        while left < side * 0.9:
            width = side * random.uniform(0.01, 0.12)
            if random.random() < 0.9:
                draw.rectangle((left, top, left + width, top + line * random.uniform(0.35, 0.6)), fill=ink)
            left += width + side * 0.02


def _blossom(random: Random, image: Image.Image) -> None:
    draw, side = ImageDraw.Draw(image), image.width
    for _ in range(random.integers(1, 4)):
        colour, petals = colours(random, 1)[0, 0, 0] * 255, int(random.integers(4, 14))
        x, y = random.uniform(0.3 * side, 0.7 * side, 2)
        reach, broad = side * random.uniform(0.08, 0.25), side * random.uniform(0.04, 0.13)
        for angle in np.arange(petals) * 2 * np.pi / petals:
            a, b = x + reach * np.cos(angle), y + reach * np.sin(angle)
            shade = np.clip(colour + random.normal(0, 18, 3), 0, 255).astype(int)
            draw.ellipse((a - broad, b - broad, a + broad, b + broad), fill=tuple(int(value) for value in shade))
        middle = broad * random.uniform(0.5, 1.3)
        draw.ellipse((x - middle, y - middle, x + middle, y + middle), fill=_ink(random))


def _polygons(random: Random, image: Image.Image) -> None:
    draw, side = ImageDraw.Draw(image), image.width
    for _ in range(random.integers(2, 12)):
        corners = random.uniform(0, side, (int(random.integers(3, 7)), 2))
        draw.polygon([(float(x), float(y)) for x, y in corners], fill=_ink(random))


def _sign(random: Random, image: Image.Image) -> None:
    draw, side = ImageDraw.Draw(image), image.width
    x, y = random.uniform(0.42 * side, 0.58 * side, 2)
    reach = side * random.uniform(0.12, 0.3)
    corners = int(random.choice([3, 4, 6, 8, 40]))
    turn = random.uniform(0, 2 * np.pi)
    for part in (1.0, random.uniform(0.6, 0.95)):
        angles = turn + np.arange(corners) * 2 * np.pi / corners
        outline = [(float(x + reach * part * np.cos(a)), float(y + reach * part * np.sin(a))) for a in angles]
        draw.polygon(outline, fill=_ink(random))
    for _ in range(random.integers(1, 5)):
        ends = random.uniform(-0.5, 0.5, 4) * reach + np.array([x, y, x, y])
        draw.line([float(end) for end in ends], fill=_ink(random), width=int(reach * random.uniform(0.08, 0.3)) + 1)
