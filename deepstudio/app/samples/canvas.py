"""A small drawing surface: shapes at several times the final size, gradients, soft shadows, grain. Any thread.

Coordinates run from 0 to 100 across and down, whatever the size in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE = 400
_FINER = 3

Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]]


class Canvas:
    """A square picture to draw on. `seed` fixes its grain and clouds."""

    def __init__(self, colour: Colour = (255, 255, 255), *, seed: int = 0) -> None:
        self.pixels = SIDE * _FINER
        self.random = np.random.default_rng(seed)
        self.image = Image.new("RGB", (self.pixels, self.pixels), colour)

    def _scaled(self, points: Points) -> list[tuple[float, float]]:
        return [(x * self.pixels / 100, y * self.pixels / 100) for x, y in points]

    def mask(self, blur: float = 0.0) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        """Return an empty mask of the whole picture and its pen."""
        mask = Image.new("L", self.image.size)
        return mask, ImageDraw.Draw(mask)

    def gradient(self, stops: Sequence[tuple[float, Colour]], *, across: bool = False) -> Image.Image:
        """Return a picture shaded through `stops` (place 0..100, colour), downwards or across."""
        places = np.linspace(0, 100, self.pixels)
        channels = [np.interp(places, [p for p, _ in stops], [c[k] for _, c in stops]) for k in range(3)]
        line = np.stack(channels, axis=1).astype(np.uint8)
        shape = (self.pixels, self.pixels, 3)
        return Image.fromarray(np.broadcast_to(line[None] if across else line[:, None], shape).copy())

    def background(self, *stops: tuple[float, Colour]) -> None:
        """Fill everything with a gradient from top to bottom."""
        self.image.paste(self.gradient(stops))

    def fill(self, mask: Image.Image, paint: Colour | Image.Image, *, blur: float = 0.0, opacity: float = 1.0) -> None:
        """Put a colour or a gradient where `mask` is white, its edge blurred over `blur` units."""
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * self.pixels / 100))
        if opacity < 1:
            mask = mask.point(lambda value: int(value * opacity))
        self.image.paste(paint, (0, 0), mask) if isinstance(paint, Image.Image) else self.image.paste(paint, mask=mask)

    def polygon(
        self,
        points: Points,
        paint: Colour | Image.Image,
        *,
        blur: float = 0.0,
        opacity: float = 1.0,
        smooth: bool = False,
    ) -> None:
        """Fill a polygon; with `smooth`, a closed curve through its points."""
        mask, pen = self.mask()
        pen.polygon(self._scaled(curve([*points, points[0]], closed=True) if smooth else points), fill=255)
        self.fill(mask, paint, blur=blur, opacity=opacity)

    def ellipse(
        self,
        centre: tuple[float, float],
        radii: tuple[float, float],
        paint: Colour | Image.Image,
        *,
        blur: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """Fill an ellipse."""
        mask, pen = self.mask()
        (x, y), (a, b) = centre, radii
        pen.ellipse([*self._scaled([(x - a, y - b)])[0], *self._scaled([(x + a, y + b)])[0]], fill=255)
        self.fill(mask, paint, blur=blur, opacity=opacity)

    def stroke(
        self,
        points: Points,
        width: float,
        paint: Colour,
        *,
        blur: float = 0.0,
        opacity: float = 1.0,
        smooth: bool = True,
    ) -> None:
        """Draw a line with round ends, a smooth curve through `points` unless told otherwise."""
        mask, pen = self.mask()
        path = self._scaled(curve(points) if smooth else points)
        thick = width * self.pixels / 100
        pen.line(path, fill=255, width=round(thick), joint="curve")
        for x, y in path:
            pen.ellipse([x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2], fill=255)
        self.fill(mask, paint, blur=blur, opacity=opacity)

    def text(self, words: str, centre: tuple[float, float], height: float, paint: Colour, *, bold: float = 0.0) -> None:
        """Write `words`, their capitals `height` high, around `centre`, strokes widened by `bold`."""
        font = ImageFont.load_default(height * self.pixels / 100 * 1.4)
        mask, pen = self.mask()
        place = self._scaled([centre])[0]
        pen.text(place, words, fill=255, font=font, anchor="mm", stroke_width=round(bold * self.pixels / 100))
        self.fill(mask, paint)

    def blobs(self, count: int, band: tuple[float, float], size: float, colours: Sequence[Colour], blur: float) -> None:
        """Scatter soft blobs between two heights: leaves, clouds, waves."""
        for _ in range(count):
            x, y = self.random.uniform(-5, 105), self.random.uniform(*band)
            a = size * self.random.uniform(0.5, 1.5)
            colour = colours[int(self.random.integers(len(colours)))]
            self.ellipse((x, y), (a, a * self.random.uniform(0.4, 0.9)), colour, blur=blur, opacity=0.8)

    def finish(self, *, grain: float = 2.0, blur: float = 0.0, light: float = 0.0) -> Image.Image:
        """Return the picture at its final size with a little grain, and darker towards the lower right by `light`."""
        small = self.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        if blur:
            small = small.filter(ImageFilter.GaussianBlur(blur))
        y, x = np.mgrid[:SIDE, :SIDE] / SIDE
        noise = self.random.normal(0, grain, (SIDE, SIDE, 1))
        shaded = np.asarray(small, np.float32) * (1 - light * (0.6 * x + 0.4 * y))[..., None] + noise
        return Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8))


def curve(points: Points, *, closed: bool = False, steps: int = 24) -> list[tuple[float, float]]:
    """Return a Catmull-Rom curve through `points`, `steps` pieces between two of them."""
    p = np.array(points, np.float64)
    before, after = (p[-2], p[1]) if closed else (2 * p[0] - p[1], 2 * p[-1] - p[-2])
    p = np.vstack([before, p, after])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    path = np.vstack([*pieces, p[-2:-1]])
    return [(float(x), float(y)) for x, y in path]


def regular(corners: int, centre: tuple[float, float], radius: float, turn: float = 0.0) -> list[tuple[float, float]]:
    """Return the corners of a regular polygon; `turn` in degrees, 0 puts the first corner on top."""
    angles = np.deg2rad(turn - 90 + 360 * np.arange(corners) / corners)
    return [(centre[0] + radius * float(np.cos(a)), centre[1] + radius * float(np.sin(a))) for a in angles]
