"""Things that everybody knows, drawn with soft light."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from deepstudio.app.samples.canvas import Canvas, Colour, Points

_CLOUDS: tuple[Colour, ...] = ((250, 252, 254), (238, 243, 248))


def _airplane() -> Image.Image:
    canvas = Canvas(seed=11)
    canvas.background((0, (70, 132, 204)), (100, (176, 208, 236)))
    canvas.blobs(16, (70, 100), 12, _CLOUDS, 3)
    body = canvas.gradient([(38, (250, 250, 250)), (52, (222, 226, 232)), (60, (128, 138, 152))])
    canvas.polygon([(44, 50), (60, 50), (40, 26), (34, 26)], (172, 180, 190))
    canvas.polygon([(80, 46), (90, 46), (94, 26), (88, 26)], (196, 40, 48))
    hull = [(6, 52), (12, 47), (24, 44), (60, 44), (88, 45), (95, 47), (88, 51), (60, 56), (24, 57), (12, 56)]
    canvas.polygon(hull, body, smooth=True)
    for x in range(20, 80, 4):
        canvas.ellipse((x, 48.5), (0.8, 1.1), (60, 74, 96))
    canvas.polygon([(10, 49.5), (15, 47), (16, 49.5)], (40, 54, 76))
    canvas.polygon(
        [(42, 53), (62, 52), (54, 80), (46, 80)], canvas.gradient([(52, (206, 212, 220)), (80, (140, 150, 164))])
    )
    canvas.ellipse((49, 66), (5, 2.6), (96, 106, 120))
    canvas.polygon([(82, 48), (93, 48), (96, 56), (91, 56)], (188, 194, 204))
    return canvas.finish()


def _ship() -> Image.Image:
    canvas = Canvas(seed=12)
    canvas.background((0, (150, 190, 224)), (57, (222, 234, 242)), (58, (46, 96, 138)), (100, (22, 58, 96)))
    canvas.blobs(10, (8, 36), 12, _CLOUDS, 3)
    for number in range(26):
        x, y = canvas.random.uniform(0, 100), canvas.random.uniform(62, 98)
        canvas.stroke(
            [(x, y), (x + 8, y - 0.6), (x + 16, y)], 0.5, (120, 164, 196), blur=0.2, opacity=0.5 + 0.01 * number
        )
    canvas.polygon(
        [(8, 52), (92, 50), (84, 70), (16, 70)],
        canvas.gradient([(50, (70, 44, 46)), (62, (34, 32, 40)), (63, (150, 32, 34)), (70, (110, 22, 26))]),
    )
    canvas.polygon([(22, 42), (76, 42), (76, 52), (20, 52)], (240, 242, 244))
    canvas.polygon([(30, 33), (66, 33), (68, 42), (28, 42)], (226, 230, 234))
    for x in range(25, 74, 5):
        canvas.ellipse((x, 47), (1.2, 1.2), (64, 84, 108))
    for x in range(33, 64, 5):
        canvas.polygon([(x, 36), (x + 3, 36), (x + 3, 39), (x, 39)], (64, 84, 108))
    for x in (38, 52):
        canvas.polygon(
            [(x, 18), (x + 8, 18), (x + 8, 33), (x, 33)],
            canvas.gradient([(x, (214, 80, 44)), (x + 8, (150, 46, 28))], across=True),
        )
        canvas.polygon([(x, 18), (x + 8, 18), (x + 8, 22), (x, 22)], (36, 36, 40))
    canvas.stroke([(10, 70), (50, 71.5), (90, 70)], 1.6, (214, 228, 238), blur=0.4)
    return canvas.finish()


def _wheels(canvas: Canvas, places: tuple[float, ...], y: float, radius: float) -> None:
    for x in places:
        canvas.ellipse((x, y), (radius, radius), (26, 26, 28))
        canvas.ellipse((x, y), (radius * 0.58, radius * 0.58), (170, 174, 180))
        canvas.ellipse((x, y), (radius * 0.2, radius * 0.2), (80, 84, 90))


def _road(seed: int, horizon: float) -> Canvas:
    canvas = Canvas(seed=seed)
    canvas.background(
        (0, (168, 200, 228)), (horizon, (222, 230, 234)), (horizon + 0.1, (132, 132, 134)), (100, (92, 92, 96))
    )
    canvas.blobs(26, (horizon - 13, horizon - 2), 8, ((84, 118, 66), (66, 98, 56), (110, 138, 82)), 1.5)
    return canvas


def _car() -> Image.Image:
    canvas = _road(13, 56)
    canvas.ellipse((50, 79), (43, 4), (40, 40, 44), blur=1.6, opacity=0.75)
    red = canvas.gradient([(36, (232, 70, 62)), (56, (206, 28, 34)), (76, (122, 12, 20))])
    body: Points = [
        (6, 72),
        (7, 60),
        (16, 55),
        (29, 52),
        (38, 39),
        (50, 36),
        (66, 37),
        (78, 50),
        (92, 54),
        (95, 64),
        (94, 73),
    ]
    canvas.polygon([*body, (60, 75), (20, 75)], red, smooth=True)
    glass = canvas.gradient([(38, (190, 214, 232)), (54, (74, 98, 122))])
    canvas.polygon([(34, 52), (41, 41.5), (51, 40), (51, 52.5)], glass)
    canvas.polygon([(54, 40), (64, 41), (73, 51.5), (54, 52.5)], glass)
    canvas.polygon([(7, 61), (12, 60), (12, 64), (7, 65)], (250, 236, 190))
    canvas.polygon([(92, 58), (95, 59), (95, 63), (92, 63)], (255, 170, 120))
    canvas.stroke([(10, 68), (92, 68)], 0.7, (90, 8, 14), smooth=False)
    canvas.stroke([(52.5, 54), (53, 71)], 0.4, (120, 12, 20), smooth=False)
    _wheels(canvas, (25, 77), 73.5, 8.2)
    return canvas.finish()


def _truck() -> Image.Image:
    canvas = _road(14, 60)
    canvas.ellipse((50, 85), (46, 3.6), (40, 40, 44), blur=1.6, opacity=0.75)
    canvas.polygon(
        [(6, 24), (66, 24), (66, 74), (6, 74)], canvas.gradient([(24, (250, 250, 248)), (74, (204, 208, 212))])
    )
    canvas.polygon([(6, 50), (66, 50), (66, 58), (6, 58)], (30, 92, 170))
    for x in range(12, 66, 9):
        canvas.stroke([(x, 25), (x, 73)], 0.25, (178, 182, 188), smooth=False)
    cab: Points = [(69, 76), (69, 34), (82, 34), (90, 52), (95, 56), (95, 76)]
    canvas.polygon(cab, canvas.gradient([(34, (60, 128, 206)), (76, (20, 62, 124))]))
    canvas.polygon(
        [(73, 39), (81, 39), (87, 53), (73, 53)], canvas.gradient([(39, (196, 218, 234)), (53, (86, 110, 134))])
    )
    canvas.polygon([(6, 74), (95, 74), (95, 79), (6, 79)], (54, 56, 60))
    canvas.polygon([(91, 63), (95, 63), (95, 67), (91, 67)], (252, 240, 196))
    _wheels(canvas, (18, 33, 83), 79, 7.4)
    return canvas.finish()


def _horse() -> Image.Image:
    canvas = Canvas(seed=15)
    canvas.background((0, (164, 200, 232)), (55, (216, 228, 226)), (56, (126, 160, 84)), (100, (84, 122, 52)))
    canvas.blobs(18, (46, 56), 8, ((70, 104, 62), (88, 120, 74)), 1.4)
    canvas.ellipse((48, 91), (34, 3), (50, 74, 34), blur=1.5, opacity=0.8)
    coat = canvas.gradient([(15, (156, 92, 48)), (55, (128, 70, 34)), (92, (72, 38, 20))])
    dark: Colour = (44, 26, 18)
    for points in (((30, 58), (33, 72), (31, 90)), ((64, 60), (62, 74), (64, 90))):
        canvas.stroke(points, 4.4, (84, 46, 24))
    canvas.stroke([(21, 47), (15, 55), (14, 70)], 5, dark, blur=0.3)
    canvas.polygon(
        [(20, 46), (30, 40), (46, 42), (60, 40), (68, 42), (72, 54), (66, 63), (50, 65), (34, 64), (22, 60)],
        coat,
        smooth=True,
    )
    canvas.polygon([(58, 50), (64, 36), (72, 22), (79, 17), (82, 22), (79, 33), (73, 46), (69, 56)], coat, smooth=True)
    canvas.polygon([(75, 19), (82, 16), (90, 24), (95, 31), (92, 35), (86, 33), (78, 28)], coat, smooth=True)
    canvas.polygon([(77, 18), (78, 10), (82, 17)], (128, 70, 34))
    canvas.stroke([(77, 15), (70, 22), (64, 33), (60, 42)], 4, dark, blur=0.3)
    canvas.ellipse((84.5, 22.5), (0.9, 0.9), (16, 12, 10))
    for points in (((25, 56), (22, 72), (25, 91)), ((68, 56), (71, 74), (70, 91))):
        canvas.stroke(points, 5.2, (112, 60, 30))
    for x, y in ((31, 90), (64, 90), (25, 91), (70, 91)):
        canvas.stroke([(x - 1, y), (x + 1.4, y)], 4, dark, smooth=False)
    return canvas.finish(blur=0.6)


def _frog() -> Image.Image:
    canvas = Canvas(seed=16)
    canvas.background((0, (92, 84, 54)), (100, (120, 104, 66)))
    canvas.blobs(60, (0, 100), 9, ((86, 80, 48), (112, 98, 62), (70, 74, 44), (128, 112, 74)), 1.8)
    green = canvas.gradient([(20, (136, 168, 70)), (60, (98, 132, 48)), (88, (58, 84, 34))])
    canvas.ellipse((50, 82), (38, 7), (44, 40, 26), blur=2, opacity=0.8)
    for points in (((26, 60), (12, 66), (24, 78), (10, 84)), ((74, 60), (88, 66), (76, 78), (90, 84))):
        canvas.stroke(points, 8.5, (92, 124, 46), blur=0.3)
    canvas.polygon([(50, 24), (68, 32), (78, 52), (74, 74), (50, 82), (26, 74), (22, 52), (32, 32)], green, smooth=True)
    for x in (36, 64):
        canvas.ellipse((x, 29), (8, 7.6), (124, 156, 64))
        canvas.ellipse((x, 28), (5, 5), (206, 170, 60))
        canvas.ellipse((x, 28), (3.4, 2.2), (14, 14, 12))
    canvas.stroke([(31, 46), (50, 52), (69, 46)], 1, (52, 70, 30))
    canvas.ellipse((50, 64), (15, 11), (196, 200, 134), blur=3, opacity=0.8)
    for x, y in ((36, 58), (64, 60), (44, 40), (58, 39), (70, 68), (30, 68)):
        canvas.ellipse((x, y), (2.6, 2), (64, 88, 36), blur=0.5)
    for x in (40, 60):
        canvas.stroke([(x, 70), (x - 1 if x < 50 else x + 1, 84)], 5, (104, 138, 52), blur=0.3)
    return canvas.finish(blur=0.6)


def _cat() -> Image.Image:
    canvas = Canvas(seed=17)
    canvas.background((0, (150, 132, 112)), (70, (172, 154, 132)), (100, (116, 98, 82)))
    canvas.blobs(20, (0, 70), 14, ((138, 120, 100), (168, 150, 128)), 4)
    coat = canvas.gradient([(10, (190, 140, 84)), (60, (172, 116, 64)), (100, (126, 82, 44))])
    stripe: Colour = (104, 64, 34)
    canvas.polygon([(26, 100), (24, 76), (36, 64), (64, 64), (76, 76), (74, 100)], coat, smooth=True)
    for x, y in ((29, 84), (34, 92), (71, 84), (66, 92)):
        canvas.stroke([(x, y), (50 + (x - 50) * 0.7, y + 2)], 1.8, stripe, blur=0.5)
    for side in (-1, 1):
        canvas.polygon([(50 + side * 12, 24), (50 + side * 27, 6), (50 + side * 29, 36)], coat)
        canvas.polygon([(50 + side * 17, 24), (50 + side * 25, 12), (50 + side * 26, 32)], (204, 150, 136), blur=0.5)
    canvas.polygon([(50, 20), (68, 24), (79, 42), (72, 60), (50, 70), (28, 60), (21, 42), (32, 24)], coat, smooth=True)
    for x in (42, 50, 58):
        canvas.stroke([(x, 22), (50 + (x - 50) * 0.8, 34)], 1.9, stripe, blur=0.4)
    for side in (-1, 1):
        canvas.stroke([(50 + side * 26, 44), (50 + side * 18, 46)], 1.6, stripe, blur=0.4)
        canvas.stroke([(50 + side * 25, 51), (50 + side * 17, 51)], 1.6, stripe, blur=0.4)
        canvas.ellipse((50 + side * 12, 43), (5.6, 5.2), (30, 24, 20))
        canvas.ellipse((50 + side * 12, 43), (4.8, 4.5), (166, 178, 84))
        canvas.ellipse((50 + side * 12, 43), (1.6, 4.2), (12, 12, 10))
        canvas.ellipse((50 + side * 12 - 1.4, 41.4), (0.9, 0.9), (250, 250, 250))
        canvas.ellipse((50 + side * 5.5, 58), (8, 6), (232, 214, 192), blur=1)
        for rise in (-3, 0, 3):
            canvas.stroke([(50 + side * 8, 58), (50 + side * 34, 56 + rise * 1.4)], 0.3, (248, 244, 238), opacity=0.8)
    canvas.polygon([(46.5, 52), (53.5, 52), (50, 56)], (190, 108, 104))
    canvas.stroke([(50, 56), (50, 60), (45, 62.5)], 0.6, (84, 52, 40))
    canvas.stroke([(50, 60), (55, 62.5)], 0.6, (84, 52, 40))
    return canvas.finish(blur=0.7, grain=3)


OBJECTS: dict[str, Callable[[], Image.Image]] = {
    "airplane": _airplane,
    "ship": _ship,
    "automobile": _car,
    "truck": _truck,
    "horse": _horse,
    "frog": _frog,
    "cat": _cat,
}
