"""Digits as written with a pen on paper."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from deepstudio.app.samples.canvas import Canvas, Colour, Points

_STROKES: dict[str, tuple[Points, ...]] = {
    "2": (
        ((31, 36), (36, 25), (50, 20), (63, 26), (66, 39), (57, 53), (43, 66), (30, 78)),
        ((30, 78), (38, 75), (50, 78), (60, 80), (72, 76)),
    ),
    "3": (
        ((33, 27), (45, 19), (60, 22), (65, 34), (57, 45), (45, 48)),
        ((45, 48), (60, 50), (68, 62), (63, 76), (48, 83), (33, 78)),
    ),
    "5": (
        ((41, 24), (39, 34), (37, 46)),
        ((37, 46), (49, 42), (62, 48), (66, 62), (59, 76), (45, 81), (32, 76)),
        ((41, 24), (52, 24), (66, 21)),
    ),
    "7": (((30, 27), (45, 26), (67, 23)), ((67, 23), (59, 42), (52, 60), (47, 80)), ((40, 51), (51, 50), (62, 48))),
    "8": (
        (
            (60, 27),
            (48, 19),
            (36, 27),
            (42, 41),
            (56, 52),
            (65, 66),
            (55, 81),
            (39, 79),
            (35, 66),
            (45, 53),
            (58, 41),
            (60, 27),
        ),
    ),
}
_INKS: dict[str, Colour] = {
    "2": (28, 52, 118),
    "3": (36, 36, 40),
    "5": (24, 48, 110),
    "7": (120, 28, 30),
    "8": (34, 34, 36),
}


def _written(digit: str) -> Callable[[], Image.Image]:
    def draw() -> Image.Image:
        canvas = Canvas(seed=int(digit))
        canvas.background((0, (247, 243, 234)), (100, (234, 227, 214)))
        for height in range(10, 100, 15):  # ruled paper
            canvas.stroke([(0, height), (100, height)], 0.3, (196, 208, 222), smooth=False, opacity=0.7)
        for stroke in _STROKES[digit]:
            canvas.stroke(stroke, 5.6, _INKS[digit], blur=0.15, opacity=0.93)
        return canvas.finish(light=0.22, grain=2.5, blur=0.5)

    return draw


DIGITS: dict[str, Callable[[], Image.Image]] = {f"digit-{digit}": _written(digit) for digit in _STROKES}
