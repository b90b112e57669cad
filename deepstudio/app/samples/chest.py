"""A drawing of a chest as X-rays show one: no patient, no diagnosis."""

from __future__ import annotations

from PIL import Image

from deepstudio.app.samples.canvas import Canvas, Points


def chest() -> Image.Image:
    """Return the chest of nobody, from the front."""
    canvas = Canvas((38, 38, 38), seed=21)
    _body(canvas)
    _lungs(canvas)
    _middle(canvas)
    for number in range(9):
        _rib(canvas, number)
    for side in (-1, 1):
        collar = [(50 + side * 5, 19), (50 + side * 22, 12), (50 + side * 46, 10)]
        canvas.stroke(collar, 3.2, (206, 206, 206), blur=0.7, opacity=0.75)
    film = canvas.finish(grain=3, blur=1.2).convert("L").point(lambda level: int(255 * (level / 255) ** 1.3))
    return film.convert("RGB")


def _body(canvas: Canvas) -> None:
    shade = canvas.gradient([(0, (128, 128, 128)), (50, (164, 164, 164)), (100, (188, 188, 188))])
    canvas.polygon(
        [(-4, 8), (30, 4), (50, -4), (70, 4), (104, 8), (99, 50), (100, 104), (0, 104), (1, 50)], shade, blur=2
    )
    canvas.polygon([(38, -4), (62, -4), (60, 14), (40, 14)], (206, 206, 206), blur=4)


def _lungs(canvas: Canvas) -> None:
    shade = canvas.gradient([(16, (84, 84, 84)), (45, (50, 50, 50)), (84, (36, 36, 36))])
    right: Points = [(38, 20), (31, 19), (22, 29), (14, 46), (9, 66), (8, 87), (20, 83), (34, 81), (43, 76), (44, 46)]
    left: Points = [(62, 20), (69, 19), (78, 29), (86, 46), (91, 66), (92, 88), (82, 84), (72, 80), (62, 62), (56, 44)]
    for lung in (right, left):
        canvas.polygon(lung, shade, blur=1.4, smooth=True)


def _middle(canvas: Canvas) -> None:
    """Spine, heart, diaphragm."""
    canvas.polygon([(46, 6), (54, 6), (55, 104), (45, 104)], (196, 196, 196), blur=1.8, opacity=0.7)
    heart: Points = [(46, 42), (55, 40), (61, 54), (69, 70), (69, 80), (50, 84), (42, 74)]
    canvas.polygon(heart, (184, 184, 184), blur=2, smooth=True)
    right: Points = [(0, 96), (14, 87), (28, 83), (44, 86), (50, 104), (0, 104)]
    left: Points = [(50, 88), (72, 85), (88, 89), (100, 97), (100, 104), (50, 104)]
    for dome in (right, left):
        canvas.polygon(dome, (212, 212, 212), blur=1.6, smooth=True)


def _rib(canvas: Canvas, number: int) -> None:
    y = 20 + 7 * number
    reach = 24 + 20 * min(1.0, number / 5)
    for side in (-1, 1):
        bow = [(5, y), (reach * 0.5, y - 2), (reach, y + 7), (reach * 0.84, y + 14)]
        rib = [(50 + side * x, height) for x, height in bow]
        canvas.stroke(rib, 1.8, (166, 166, 166), blur=0.7, opacity=0.4)
    if number < 8:
        for side in (-1, 1):
            branch = [(50 + side * 8, 46), (50 + side * 18, 38 + 4 * number), (50 + side * 27, 33 + 6 * number)]
            canvas.stroke(branch, 1.1, (150, 150, 150), blur=0.9, opacity=0.22)
