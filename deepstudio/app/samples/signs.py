"""German traffic signs as they stand by the road (shapes and colours after StVO, annex 1 to 4)."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from deepstudio.app.samples.canvas import Canvas, Colour, Points, regular

RED, WHITE, BLACK = (196, 22, 34), (244, 244, 240), (24, 24, 26)
BLUE, YELLOW = (18, 78, 160), (250, 196, 20)
_LEAVES: tuple[Colour, ...] = ((58, 92, 50), (78, 112, 58), (44, 74, 44), (98, 128, 70))


def _street(seed: int) -> Canvas:
    """Return a blurred street with sky, trees and a pole."""
    canvas = Canvas(seed=seed)
    canvas.background((0, (150, 190, 226)), (55, (206, 222, 232)), (70, (146, 152, 148)), (100, (96, 98, 100)))
    canvas.blobs(34, (42, 72), 9, _LEAVES, 1.6)
    canvas.polygon(
        [(47, 50), (53, 50), (53, 100), (47, 100)],
        canvas.gradient([(46, (120, 124, 128)), (54, (190, 194, 196))], across=True),
    )
    return canvas


def _disc(canvas: Canvas, radius: float, paint: Colour) -> None:
    canvas.ellipse((50, 50), (radius, radius), paint)


def _shape(canvas: Canvas, points: Points, paint: Colour) -> None:
    """Fill a polygon with rounded corners."""
    canvas.polygon(points, paint)
    canvas.stroke([*points, points[0]], 3, paint, smooth=False)


def _limit(number: str) -> Callable[[], Image.Image]:
    def draw() -> Image.Image:
        canvas = _street(int(number))
        _disc(canvas, 44, WHITE)
        _disc(canvas, 43, RED)
        _disc(canvas, 35, WHITE)
        canvas.text(number, (50, 50), 33, BLACK, bold=1.0)
        return canvas.finish(light=0.12)

    return draw


def _stop() -> Image.Image:
    canvas = _street(3)
    canvas.polygon(regular(8, (50, 50), 47, 22.5), WHITE)
    canvas.polygon(regular(8, (50, 50), 44.5, 22.5), RED)
    canvas.text("STOP", (50, 50), 22, WHITE, bold=1.1)
    return canvas.finish(light=0.12)


def _yield() -> Image.Image:
    canvas = _street(4)
    _shape(canvas, regular(3, (50, 41), 48, 180), RED)
    _shape(canvas, regular(3, (50, 41), 27, 180), WHITE)
    return canvas.finish(light=0.1)


def _priority() -> Image.Image:
    canvas = _street(5)
    _shape(canvas, regular(4, (50, 50), 43), WHITE)
    _shape(canvas, regular(4, (50, 50), 42.5), BLACK)
    _shape(canvas, regular(4, (50, 50), 41.5), WHITE)
    _shape(canvas, regular(4, (50, 50), 27), YELLOW)
    return canvas.finish(light=0.1)


def _no_entry() -> Image.Image:
    canvas = _street(6)
    _disc(canvas, 44, WHITE)
    _disc(canvas, 43, RED)
    canvas.polygon([(18, 42), (82, 42), (82, 58), (18, 58)], WHITE)
    return canvas.finish(light=0.12)


def _caution() -> Image.Image:
    canvas = _street(7)
    _shape(canvas, regular(3, (50, 58), 48), RED)
    _shape(canvas, regular(3, (50, 59), 31), WHITE)
    canvas.polygon([(46.5, 40), (53.5, 40), (51.8, 62), (48.2, 62)], BLACK)
    canvas.ellipse((50, 68), (3.4, 3.4), BLACK)
    return canvas.finish(light=0.1)


def _keep_right() -> Image.Image:
    canvas = _street(8)
    _disc(canvas, 44, WHITE)
    _disc(canvas, 42.5, BLUE)
    canvas.stroke([(30, 27), (62, 62)], 9, WHITE, smooth=False)
    canvas.polygon([(74, 74), (71, 47), (46, 70)], WHITE)
    return canvas.finish(light=0.12)


SIGNS: dict[str, Callable[[], Image.Image]] = {
    "sign-stop": _stop,
    "sign-limit-30": _limit("30"),
    "sign-limit-50": _limit("50"),
    "sign-yield": _yield,
    "sign-priority": _priority,
    "sign-no-entry": _no_entry,
    "sign-caution": _caution,
    "sign-keep-right": _keep_right,
}
