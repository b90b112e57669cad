"""A drawing of a chest as X-rays show one: no patient, no diagnosis."""

from __future__ import annotations

from PIL import Image

from deepstudio.app.samples.canvas import Canvas, Points


def chest() -> Image.Image:
    """Return the chest of nobody, from the front."""
    canvas = Canvas((14, 14, 14), seed=21)
    body: Points = [(50, 4), (62, 12), (84, 18), (97, 34), (95, 70), (92, 104), (8, 104), (5, 70), (3, 34), (16, 18), (38, 12)]
    canvas.polygon(body, canvas.gradient([(0, (120, 120, 120)), (55, (158, 158, 158)), (100, (186, 186, 186))]), blur=2.5, smooth=True)
    for side in (-1, 1):
        outline = [(7, 17), (17, 16), (27, 27), (33, 46), (34, 66), (30, 78), (19, 74), (9, 72), (7, 52), (6, 32)]
        lung = [(50 + side * x, y) for x, y in outline]
        canvas.polygon(lung, canvas.gradient([(14, (52, 52, 52)), (78, (40, 40, 40))]), blur=1.6, smooth=True)
    canvas.polygon([(47, 8), (53, 8), (55, 100), (45, 100)], (198, 198, 198), blur=2, opacity=0.75)
    canvas.polygon([(44, 38), (56, 37), (66, 52), (73, 68), (66, 77), (50, 78), (41, 68)], (196, 196, 196), blur=2.2, smooth=True)
    canvas.polygon([(12, 80), (24, 72), (36, 71), (46, 78), (46, 100), (8, 100)], (196, 196, 196), blur=2, smooth=True)
    canvas.polygon([(56, 78), (68, 74), (80, 76), (90, 84), (92, 100), (54, 100)], (188, 188, 188), blur=2, smooth=True)
    for number in range(8):
        y = 17 + 7.4 * number
        reach = 27 + 9 * min(1.0, number / 4)
        for side in (-1, 1):
            rib = [(50 + side * 5, y), (50 + side * reach * 0.55, y - 1.5), (50 + side * reach, y + 7), (50 + side * reach * 0.8, y + 13)]
            canvas.stroke(rib, 1.7, (156, 156, 156), blur=0.7, opacity=0.42)
    for side in (-1, 1):
        canvas.stroke([(50 + side * 4, 17), (50 + side * 18, 13.5), (50 + side * 36, 17)], 2.6, (196, 196, 196), blur=0.6, opacity=0.7)
        for spread in (-8, 0, 9):
            canvas.stroke([(50 + side * 7, 43), (50 + side * 15, 46 + spread), (50 + side * 22, 49 + 1.8 * spread)], 1.4, (150, 150, 150), blur=0.9, opacity=0.4)
    return canvas.finish(grain=3, blur=1.2).convert("L").convert("RGB")
