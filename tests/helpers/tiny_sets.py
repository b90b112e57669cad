"""Small folders of labelled pictures that a small network tells apart within seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

_COLOURS = ((200, 60, 40), (40, 80, 210), (60, 180, 70), (210, 190, 60))


def write_classes(root: Path, counts: dict[str, int], *, side: int = 24, seed: int = 0) -> Path:
    """Write `root/<class>/<number>.png`, each class in a colour of its own with noise; return `root`."""
    generator = np.random.default_rng(seed)
    for place, (name, count) in enumerate(counts.items()):
        folder = root / name if name else root
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            colour = np.array(_COLOURS[place % len(_COLOURS)])
            noise = generator.normal(0, 40, (side, side, 3))
            Image.fromarray((colour + noise).clip(0, 255).astype(np.uint8)).save(folder / f"{number:03d}.png")
    return root
