"""The kinds of pictures of other things by name, made in numbers. Torch-free, any thread.

Shapes: N pictures, S side they are drawn at, H height, W width, C channels.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from PIL import Image

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.registry import Registry
from deepstudio.data.outliers import textures as surfaces
from deepstudio.data.outliers.faces import draw_people
from deepstudio.data.outliers.textures import Random, gradients, uniform
from deepstudio.data.outliers.things import shapes, still_lifes

_SIDE = 48
_CHUNK = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlierKind:
    """A kind of picture; `draw(random, count, known)` returns float32 NSS3 in 0..1.

    `known` (uint8 NHW3) are training pictures to cut up, or none. `photographed` pictures get a camera's faults, too.
    """

    name: str
    draw: Callable[[Random, int, np.ndarray], np.ndarray]
    photographed: bool = True


def outlier_kinds() -> list[str]:
    """Return the names of all kinds."""
    return _KINDS.names()


def make_outliers(
    kind: str,
    count: int,
    preprocessing: Preprocessing,
    *,
    seed: int,
    known: np.ndarray | None = None,
    check: Callable[[], None] = lambda: None,
) -> np.ndarray:
    """Return `count` pictures (uint8 NHWC) of a kind, the same for the same arguments.

    `known` are training pictures (uint8 NHWC) which backgrounds and scraps are taken from. `check` is called between
    parts (it may raise to end). Raises UnknownNameError.
    """
    spec = _KINDS.get(kind)
    random = np.random.default_rng([seed, crc32(kind.encode())])
    scraps = _as_colour(known) if known is not None and len(known) else np.zeros((0, 1, 1, 3), np.uint8)
    found: list[np.ndarray] = []
    for first in range(0, count, _CHUNK):
        check()
        size = min(_CHUNK, count - first)
        pictures = spec.draw(random, size, scraps)
        if spec.photographed:
            pictures = _photograph(random, pictures)
        found.extend(_fitted(random, picture, preprocessing, spec.photographed) for picture in pictures)
    return np.stack(found)


def _as_colour(pictures: np.ndarray) -> np.ndarray:
    return pictures if pictures.shape[-1] == 3 else np.repeat(pictures[..., :1], 3, axis=-1)


def _fitted(random: Random, picture: np.ndarray, preprocessing: Preprocessing, photographed: bool) -> np.ndarray:
    """Return the picture uint8 HWC as the network takes it, once in a while as a poor JPEG."""
    image = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    if photographed and random.random() < 0.3:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=int(random.integers(25, 90)))
        image = Image.open(file)
    size = (preprocessing.width, preprocessing.height)
    fitted = np.asarray(image.resize(size, Image.Resampling.BILINEAR))
    if preprocessing.channels == 3:
        return fitted
    grey = (fitted @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)[..., None]
    return np.repeat(grey, preprocessing.channels, axis=-1)


def _photograph(random: Random, pictures: np.ndarray) -> np.ndarray:
    """Return pictures as cameras have them: blur, cast, gamma, vignette, noise; some grey, some mirrored."""
    count, side = pictures.shape[:2]
    pictures = _blurred(pictures, uniform(random, count, 0, 1)[..., None] ** 2)
    grey = (random.random((count, 1, 1, 1)) < 0.14) * pictures.mean(axis=-1, keepdims=True)
    pictures = np.where(grey > 0, grey, pictures)
    cast = 1 + random.normal(0, 0.07, (count, 1, 1, 3)) * (random.random((count, 1, 1, 1)) < 0.7)
    gamma = np.exp(random.normal(0, 0.3, (count, 1, 1, 1)))
    contrast, light = random.uniform(0.75, 1.3, (count, 1, 1, 1)), random.normal(0, 0.06, (count, 1, 1, 1))
    pictures = (np.clip(pictures * cast, 0, 1) ** gamma - 0.5) * contrast + 0.5 + light
    x, y = surfaces.grid(side)
    dark = 1 - uniform(random, count, 0, 0.35) * (x**2 + y**2)
    pictures = pictures * dark[..., None]
    spread = random.uniform(0, 0.25, (count, 1, 1, 1)) ** 2
    pictures = pictures + spread * random.standard_normal(pictures.shape, dtype=np.float32)
    mirrored = random.random(count) < 0.5
    pictures[mirrored] = pictures[mirrored, :, ::-1]
    return np.clip(pictures, 0, 1).astype(np.float32)


def _blurred(pictures: np.ndarray, share: np.ndarray) -> np.ndarray:
    soft = pictures
    for axis in (1, 2, 1, 2):
        soft = (np.roll(soft, 1, axis) + 2 * soft + np.roll(soft, -1, axis)) / 4
    mixed: np.ndarray = pictures * (1 - share) + soft * share
    return mixed


def _resized(picture: np.ndarray) -> np.ndarray:
    image = Image.fromarray(picture).resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32) / 255


def _backgrounds(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    """Return what stands behind people: walls, skies, clouds, surfaces, and training pictures out of focus."""
    found = gradients(random, count, _SIDE)
    kinds = random.integers(0, 5, count)
    makers = {1: surfaces.noise, 2: surfaces.textures, 3: still_lifes}
    for kind, maker in makers.items():
        chosen = np.flatnonzero(kinds == kind)
        if len(chosen):
            found[chosen] = maker(random, len(chosen), _SIDE)
    if len(known):
        behind = np.flatnonzero(kinds == 4)
        for index in behind:
            found[index] = _resized(known[random.integers(len(known))])
        for _ in range(4):
            found[behind] = _blurred(found[behind], np.ones((1, 1, 1, 1), np.float32))
    return found


def _faces(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    return draw_people(random, _backgrounds(random, count, known), smallest=0.55, largest=1.15, low=-0.15, high=0.2)


def _portraits(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    return draw_people(random, _backgrounds(random, count, known), smallest=0.28, largest=0.6)


def _people(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    pictures = _backgrounds(random, count, known)
    several = random.integers(1, 4, count)
    for index in range(3):
        chosen = np.flatnonzero(several > index)
        if not len(chosen):
            break
        shifted = np.roll(pictures[chosen], int(random.integers(_SIDE // 4, _SIDE // 2)) if index else 0, axis=2)
        pictures[chosen] = draw_people(random, shifted, smallest=0.12, largest=0.34, low=-0.6, high=0.3)
    return pictures


def _crops(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    """Return small pieces of training pictures, enlarged: real surfaces without their subject."""
    if not len(known):
        return surfaces.textures(random, count, _SIDE)
    height, width = known.shape[1:3]
    found = []
    for picture in known[random.integers(len(known), size=count)]:
        part = int(max(3, min(height, width) * random.uniform(0.18, 0.4)))
        top, left = random.integers(0, height - part + 1), random.integers(0, width - part + 1)
        found.append(_resized(np.ascontiguousarray(picture[top : top + part, left : left + part])))
    return np.stack(found)


def _jigsaws(random: Random, count: int, known: np.ndarray) -> np.ndarray:
    """Return training pictures cut into four by four pieces that are put together wrongly."""
    if not len(known):
        return shapes(random, count, _SIDE)
    piece, found = _SIDE // 4, []
    for picture in known[random.integers(len(known), size=count)]:
        pieces = _resized(picture).reshape(4, piece, 4, piece, 3).transpose(0, 2, 1, 3, 4).reshape(16, piece, piece, 3)
        mixed = pieces[random.permutation(16)].reshape(4, 4, piece, piece, 3)
        found.append(mixed.transpose(0, 2, 1, 3, 4).reshape(_SIDE, _SIDE, 3))
    return np.stack(found)


def _surface(draw: Callable[[Random, int, int], np.ndarray]) -> Callable[[Random, int, np.ndarray], np.ndarray]:
    return lambda random, count, known: draw(random, count, _SIDE)


_KINDS: Registry[OutlierKind] = Registry("kind of picture")
_ALL: Sequence[OutlierKind] = (
    OutlierKind(name="faces", draw=_faces),
    OutlierKind(name="portraits", draw=_portraits),
    OutlierKind(name="people", draw=_people),
    OutlierKind(name="still-lifes", draw=_surface(still_lifes)),
    OutlierKind(name="shapes", draw=_surface(shapes)),
    OutlierKind(name="textures", draw=_surface(surfaces.textures)),
    OutlierKind(name="noise", draw=_surface(surfaces.noise), photographed=False),
    OutlierKind(name="crops", draw=_crops, photographed=False),
    OutlierKind(name="jigsaws", draw=_jigsaws, photographed=False),
)
for _kind in _ALL:
    _KINDS.register(_kind.name)(_kind)
