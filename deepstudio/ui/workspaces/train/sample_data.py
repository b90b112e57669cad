"""A small set of drawn shapes to try the training with, made when it is asked for. Files lane; no Qt."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.core.paths import cache_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from PIL import Image

SHAPES = ("circle", "square", "triangle", "star")
_SIDE = 48
_SHOWN = 32
_DONE = "complete.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeShapes:
    """Draw `count` pictures of each shape, unless they are there already."""

    count: int = 120
    seed: int = 7


def shapes_folder() -> Path:
    """Return where the shapes lie once they are drawn."""
    return cache_dir() / "samples" / "shapes"


def make_shapes(request: MakeShapes, context: JobContext) -> Path:
    """Job: return the folder `shapes/<shape>/<number>.png`."""
    from PIL import Image

    folder = shapes_folder()
    mark = folder.parent / f"shapes-{_DONE}"
    if mark.is_file() and folder.is_dir():
        return folder
    context.status(QT_TRANSLATE_NOOP("status", "Drawing shapes"))
    chance = random.Random(request.seed)
    total = request.count * len(SHAPES)
    for number in range(total):
        context.check()
        context.progress(number, total)
        shape = SHAPES[number % len(SHAPES)]
        target = folder / shape / f"{number // len(SHAPES):03d}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture = draw_shape(shape, chance)
        picture.resize((_SHOWN, _SHOWN), Image.Resampling.LANCZOS).save(target)
    write_text_atomic(mark, f"{total}\n")
    return folder


def draw_shape(shape: str, chance: random.Random) -> Image.Image:
    """Return a picture of `shape` in a colour, size, place and turn drawn from `chance`, on another colour."""
    from PIL import Image, ImageDraw

    hue = chance.random()
    ground, ink = _colour(hue, 0.82 + 0.12 * chance.random()), _colour(hue + 0.3 + 0.4 * chance.random(), 0.3)
    picture = Image.new("RGB", (_SIDE, _SIDE), ground)
    radius = _SIDE * (0.22 + 0.14 * chance.random())
    x, y = (_SIDE / 2 + _SIDE * 0.12 * (2 * chance.random() - 1) for _axis in range(2))
    drawing = ImageDraw.Draw(picture)
    if shape == "circle":
        drawing.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
    else:
        drawing.polygon(_corners(shape, x, y, radius, chance.random() * math.tau), fill=ink)
    return picture


def _corners(shape: str, x: float, y: float, radius: float, turn: float) -> list[tuple[float, float]]:
    count = {"triangle": 3, "square": 4, "star": 10}[shape]
    reach = [radius * (0.45 if shape == "star" and place % 2 else 1.15) for place in range(count)]
    angles = [turn + math.tau * place / count for place in range(count)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for r, a in zip(reach, angles, strict=True)]


def _colour(hue: float, light: float) -> tuple[int, int, int]:
    import colorsys

    return tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue % 1.0, light, 0.55))  # type: ignore[return-value]
