"""Faces and people, drawn: heads shaded as solids under a light from anywhere, before any background.

They only need to be right at a few dozen pixels, and as various as people are. Torch-free, any thread.
Shapes: N pictures, S side. X_NSS and Y_NSS are the coordinates of the face: its outline is the unit circle, Y down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepstudio.data.outliers.textures import Random, coloured_noise, colours, column, grid, mix, uniform

_SKIN = np.array(
    [[255, 226, 205], [242, 205, 178], [226, 178, 143], [198, 140, 104], [146, 94, 64], [96, 60, 44], [60, 38, 30]]
)
_HAIR = np.array(
    [[18, 15, 14], [45, 30, 20], [85, 56, 34], [150, 110, 60], [215, 180, 120], [150, 150, 150], [235, 235, 230]]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pose:
    """Where a face is, and which way it looks. Numbers N11; X, Y planes NSS."""

    x: np.ndarray
    y: np.ndarray
    size: np.ndarray
    yaw: np.ndarray
    pitch: np.ndarray


def draw_people(
    random: Random, below: np.ndarray, *, smallest: float, largest: float, low: float = -0.35, high: float = 0.25
) -> np.ndarray:
    """Return the pictures `below` (NSSC) with one person in front of each.

    A face is `smallest` to `largest` of half the picture high; its middle lies `low` to `high` of it below the centre.
    """
    count, side = below.shape[:2]
    pose = _pose(random, count, side, smallest, largest, low, high)
    skin = _tones(random, count, _SKIN, 0.04)
    hair = np.where(random.random((count, 1, 1, 1)) < 0.07, colours(random, count), _tones(random, count, _HAIR, 0.03))
    light = _light(random, count)
    picture = _body(random, below, pose, skin, light)
    long = column(random.random(count) < 0.45)
    picture = _back_hair(random, picture, pose, hair, long)
    picture = _head(random, picture, pose, skin, hair, light)
    picture = _fringe(random, picture, pose, hair, light)
    return _hat(random, picture, pose, light)


def _tones(random: Random, count: int, table: np.ndarray, spread: float) -> np.ndarray:
    """Return colours N113 between neighbours in `table`."""
    place = random.uniform(0, len(table) - 1.001, count)
    first, share = place.astype(int), (place % 1)[:, None]
    found = (table[first] * (1 - share) + table[first + 1] * share) / 255 + random.normal(0, spread, (count, 3))
    return np.clip(found, 0.01, 1).astype(np.float32)[:, None, None, :]


def _light(random: Random, count: int) -> np.ndarray:
    """Return directions of the light N113: mostly from above and before, sometimes hard from one side."""
    towards = np.stack([random.normal(0, 0.7, count), random.normal(-0.5, 0.45, count), np.ones(count)], axis=-1)
    towards /= np.linalg.norm(towards, axis=-1, keepdims=True)
    return towards.astype(np.float32)[:, None, None, :]


def _pose(random: Random, count: int, side: int, smallest: float, largest: float, low: float, high: float) -> _Pose:
    x, y = grid(side)
    size = uniform(random, count, smallest, largest)
    roll = column(random.normal(0, 0.16, count))
    across = (x - column(random.normal(0, 0.2, count))) / (size * uniform(random, count, 0.66, 0.88))
    down = (y - uniform(random, count, low, high)) / size
    return _Pose(
        x=across * np.cos(roll) + down * np.sin(roll),
        y=-across * np.sin(roll) + down * np.cos(roll),
        size=size,
        yaw=column(random.normal(0, 0.22, count)),
        pitch=column(random.normal(0, 0.08, count)),
    )


def _inside(distance: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return 1 where `distance` is negative, 0 where positive, a pixel wide between."""
    share: np.ndarray = 1 / (1 + np.exp(np.clip(distance * size * 45, -30, 30)))
    return share


def _spot(pose: _Pose, x: np.ndarray | float, y: np.ndarray | float, width: float, height: float) -> np.ndarray:
    """Return a soft spot NSS at a place of the face, moved as the face looks aside."""
    across = (pose.x - pose.yaw - x) / width
    down = (pose.y - pose.pitch - y) / height
    spot: np.ndarray = np.exp(-(across**2) - down**2)
    return spot


def _shaded(height: np.ndarray, light: np.ndarray, random: Random) -> np.ndarray:
    """Return brightness NSS of a surface whose `height` is in halves of the picture's side."""
    count, side, _ = height.shape
    steps = side / 2
    normal = np.stack(
        [-np.gradient(height, axis=2) * steps, -np.gradient(height, axis=1) * steps, np.ones_like(height)], axis=-1
    )
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    facing = (normal * light).sum(axis=-1)
    ambient = uniform(random, count, 0.12, 0.75)
    shine = np.clip(facing, 0, 1) ** 12 * uniform(random, count, 0, 0.25)
    shade: np.ndarray = ambient + (1.15 - ambient) * np.clip(facing, 0, 1) + shine
    return shade


def _outline(pose: _Pose, jaw: np.ndarray) -> np.ndarray:
    """Return the squared distance from the middle, 1 on the outline: an oval that narrows towards the chin."""
    narrow = 1 - jaw * np.clip(pose.y, 0, 1.2)
    found: np.ndarray = (pose.x / narrow) ** 2 + pose.y**2
    return found


def _head(
    random: Random, below: np.ndarray, pose: _Pose, skin: np.ndarray, hair: np.ndarray, light: np.ndarray
) -> np.ndarray:
    count = len(below)
    far = _outline(pose, uniform(random, count, 0.08, 0.34))
    mask = _inside(np.sqrt(far) - 1, pose.size)
    eyes_y, apart = uniform(random, count, -0.2, 0.0), uniform(random, count, 0.34, 0.44)
    nose = _spot(pose, pose.yaw * 0.5, 0.18, 0.17, 0.22) * 0.24
    bumps = nose + _spot(pose, 0, 0.55, 0.34, 0.1) * 0.05 + _spot(pose, 0, 0.85, 0.3, 0.16) * 0.06
    for turn in (-1, 1):
        bumps = bumps - _spot(pose, turn * apart, eyes_y, 0.24, 0.13) * 0.14
        bumps = bumps + _spot(pose, turn * 0.48, 0.28, 0.28, 0.24) * 0.06
    height = (np.sqrt(np.clip(1 - far, 0, 1)) * 0.8 + bumps) * pose.size
    colour = _features(random, pose, skin, hair, eyes_y, apart)
    lit = np.clip(colour * _shaded(height, light, random)[..., None], 0, 1)
    ears = np.maximum(
        _inside(np.hypot((pose.x - 1.02) / 0.16, (pose.y - 0.05) / 0.26) - 1, pose.size),
        _inside(np.hypot((pose.x + 1.02) / 0.16, (pose.y - 0.05) / 0.26) - 1, pose.size),
    )
    below = mix(below, np.clip(skin * uniform(random, count, 0.5, 1)[..., None], 0, 1), ears)
    return mix(below, lit, mask)


def _features(
    random: Random, pose: _Pose, skin: np.ndarray, hair: np.ndarray, eyes_y: np.ndarray, apart: np.ndarray
) -> np.ndarray:
    """Return the colours of a face, NSSC, before the light: eyes, brows, lips, cheeks, beard, glasses."""
    count = len(pose.size)
    colour = np.broadcast_to(skin, (*pose.x.shape, 3)).copy()
    red = np.array([1.12, 0.82, 0.8], np.float32)
    warm = (_spot(pose, 0.5, 0.3, 0.3, 0.25) + _spot(pose, -0.5, 0.3, 0.3, 0.25)) * uniform(random, count, 0, 0.5)
    colour = mix(colour, np.clip(colour * red, 0, 1), np.clip(warm, 0, 1))
    beard = column(random.random(count) < 0.25) * uniform(random, count, 0.2, 1)
    stubble = (pose.y > 0.35) & (_outline(pose, column(np.zeros(count))) > 0.45) | (np.abs(pose.y - 0.42) < 0.07)
    colour = mix(colour, np.broadcast_to(hair, colour.shape), stubble * beard)
    lips = np.clip(skin * np.array([0.9, 0.5, 0.5], np.float32) + uniform(random, count, -0.1, 0.1)[..., None], 0, 1)
    smile = uniform(random, count, -0.1, 0.35) * pose.x**2
    mouth = _spot(pose, 0, 0.55 - smile, 0.33, 0.075)
    colour = mix(colour, np.broadcast_to(lips, colour.shape), np.clip(mouth * 1.4, 0, 1))
    teeth = _spot(pose, 0, 0.55 - smile, 0.26, 0.045) * column(random.random(count) < 0.35)
    colour = mix(colour, np.full_like(colour, 0.92), np.clip(teeth * 1.3, 0, 1))
    thick = uniform(random, count, 0.04, 0.1)
    iris = np.clip(random.uniform(0.02, 0.5, (count, 1, 1, 3)).astype(np.float32), 0, 1)
    for turn in (-1, 1):
        white = _inside(
            np.hypot((pose.x - pose.yaw - turn * apart) / 0.19, (pose.y - pose.pitch - eyes_y) / thick) - 1, pose.size
        )
        colour = mix(colour, np.full_like(colour, 0.85), white * 0.9)
        colour = mix(colour, np.broadcast_to(iris, colour.shape), _spot(pose, turn * apart, eyes_y, 0.1, 0.1))
        lid = _spot(pose, turn * apart, eyes_y - 0.09, 0.22, 0.045) * 0.7
        colour = mix(colour, colour * 0.35, np.clip(lid, 0, 1))
        brow = _spot(pose, turn * apart, eyes_y - uniform(random, count, 0.2, 0.32), 0.25, 0.06)
        brow = brow * uniform(random, count, 0.2, 1.2)
        colour = mix(colour, np.broadcast_to(hair * 0.8, colour.shape), np.clip(brow, 0, 1))
    nostrils = _spot(pose, 0.1, 0.33, 0.06, 0.04) + _spot(pose, -0.1, 0.33, 0.06, 0.04)
    colour = mix(colour, colour * 0.4, np.clip(nostrils, 0, 1) * 0.7)
    return _glasses(random, pose, colour, eyes_y, apart)


def _glasses(random: Random, pose: _Pose, colour: np.ndarray, eyes_y: np.ndarray, apart: np.ndarray) -> np.ndarray:
    count = len(pose.size)
    worn = column(random.random(count) < 0.25)
    dark = column(random.random(count) < 0.35)
    frame = colours(random, count) * 0.4
    wide, high = uniform(random, count, 0.24, 0.34), uniform(random, count, 0.16, 0.28)
    across = np.abs(pose.x - pose.yaw) - apart
    far = np.hypot(across / wide, (pose.y - pose.pitch - eyes_y) / high)
    ring = np.exp(-(((far - 1) / 0.16) ** 2)) + (np.abs(pose.y - eyes_y - pose.pitch) < 0.04) * (
        np.abs(pose.x - pose.yaw) < 0.14
    )
    glass = _inside(far - 1, pose.size) * dark
    share = np.clip(ring + glass, 0, 1) * worn
    return mix(colour, np.broadcast_to(frame, colour.shape), share)


def _strands(random: Random, pose: _Pose, hair: np.ndarray, light: np.ndarray | None = None) -> np.ndarray:
    """Return hair NSSC with strands in it, brighter above."""
    count, side = pose.x.shape[:2]
    strand = coloured_noise(random, count, side) * uniform(random, count, 0.05, 0.3)
    shine = np.clip(-pose.y, -1, 1) * uniform(random, count, 0.0, 0.35)
    return np.clip(hair * (1 + strand + shine)[..., None] + 0.02, 0, 1)


def _back_hair(random: Random, below: np.ndarray, pose: _Pose, hair: np.ndarray, long: np.ndarray) -> np.ndarray:
    """Draw what hair is behind the face: a cap, curls, or falling to the shoulders."""
    count = len(below)
    bald = column(random.random(count) < 0.1)
    wide = uniform(random, count, 1.08, 1.3) + long * uniform(random, count, 0, 0.35)
    crown = np.sqrt((pose.x / wide) ** 2 + ((pose.y + 0.15) / uniform(random, count, 1.05, 1.35)) ** 2) - 1
    cap = _inside(np.maximum(crown, pose.y - 0.2), pose.size)
    length = uniform(random, count, 0.5, 2.2)
    fall = np.maximum(np.abs(pose.x) - wide * uniform(random, count, 0.9, 1.15), np.maximum(pose.y - length, -pose.y))
    share = np.maximum(cap, _inside(fall, pose.size) * long) * (1 - bald)
    return mix(below, _strands(random, pose, hair), share)


def _fringe(random: Random, below: np.ndarray, pose: _Pose, hair: np.ndarray, light: np.ndarray) -> np.ndarray:
    """Draw the hair over the forehead: a hairline, a parting or a fringe."""
    count = len(below)
    line = uniform(random, count, -1.0, -0.35)
    parting = uniform(random, count, -0.6, 0.6)
    curve = line + uniform(random, count, -0.15, 0.7) * np.abs(pose.x - parting)
    rough = coloured_noise(random, count, below.shape[1]) * uniform(random, count, 0, 0.08)
    outline = _outline(pose, column(np.zeros(count)))
    over = np.maximum(pose.y - curve + rough, np.sqrt(outline) - 1.04)
    share = _inside(over, pose.size) * column(random.random(count) < 0.88)
    return mix(below, _strands(random, pose, hair, light), share)


def _hat(random: Random, below: np.ndarray, pose: _Pose, light: np.ndarray) -> np.ndarray:
    count = len(below)
    worn = column(random.random(count) < 0.14)
    colour = colours(random, count)
    low = uniform(random, count, -0.65, -0.3)
    wide, tall = uniform(random, count, 1.02, 1.25), uniform(random, count, 0.6, 1.3)
    crown = np.maximum(np.sqrt((pose.x / wide) ** 2 + ((pose.y - low) / tall) ** 2) - 1, pose.y - low)
    reach = uniform(random, count, 0.8, 2.0)
    brim = np.maximum(np.abs(pose.x) - reach, np.abs(pose.y - low) - uniform(random, count, 0.04, 0.16))
    share = np.maximum(_inside(crown, pose.size), _inside(brim, pose.size)) * worn
    height = np.sqrt(np.clip(1 - (pose.x / wide) ** 2, 0, 1)) * pose.size
    return mix(below, np.clip(colour * _shaded(height, light, random)[..., None], 0, 1), share)


def _body(random: Random, below: np.ndarray, pose: _Pose, skin: np.ndarray, light: np.ndarray) -> np.ndarray:
    """Draw shoulders, clothes, a collar and the neck."""
    count = len(below)
    wide = uniform(random, count, 1.5, 2.8)
    top = uniform(random, count, 1.0, 1.4)
    slope = uniform(random, count, 0.15, 0.5)
    edge = top + slope * pose.x**2 / wide
    distance = np.maximum(np.abs(pose.x) - wide, edge - pose.y)
    height = np.sqrt(np.clip(1 - (pose.x / (wide + 0.1)) ** 2, 0, 1)) * pose.size * 0.7
    folds = coloured_noise(random, count, below.shape[1]) * uniform(random, count, 0, 0.2)
    often = uniform(random, count, 2, 9)
    pattern = np.sign(np.sin(pose.x * often) * np.where(random.random((count, 1, 1)) < 0.5, 1, np.sin(pose.y * often)))
    pattern = np.clip(pattern, 0, 1) * column(random.random(count) < 0.25)
    cloth = mix(colours(random, count), colours(random, count), pattern) * (1 + folds)[..., None]
    shade = _shaded(height, light, random)[..., None]
    below = mix(below, np.clip(cloth * shade, 0, 1), _inside(distance, pose.size))
    collar = uniform(random, count, 0.15, 0.75) * column(random.random(count) < 0.6)
    opening = np.maximum(np.abs(pose.x) - collar * (1 - (pose.y - top) / uniform(random, count, 0.5, 2)), edge - pose.y)
    under = np.where(random.random((count, 1, 1, 1)) < 0.5, colours(random, count), skin * 0.85)
    below = mix(below, np.clip(under * shade, 0, 1), _inside(opening, pose.size) * (collar > 0))
    tie = np.maximum(np.abs(pose.x) - 0.12, edge - pose.y)
    tied = _inside(tie, pose.size) * (collar > 0) * column(random.random(count) < 0.3)
    below = mix(below, np.broadcast_to(colours(random, count), below.shape), tied)
    neck = np.maximum(np.abs(pose.x) - uniform(random, count, 0.45, 0.65), np.abs(pose.y - 0.9) - 0.42)
    shadow = uniform(random, count, 0.45, 0.9)[..., None]
    return mix(below, np.broadcast_to(skin * shadow, below.shape), _inside(neck, pose.size))
