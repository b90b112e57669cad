"""Surfaces without a subject: coloured noise, grain, bricks, stripes, gradients. Torch-free, any thread.

Shapes: N pictures, S side. Pictures are float32 NSSC in 0..1, three channels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

Random = np.random.Generator


def grid(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x_SS and y_SS in -1..1, right and down."""
    line = np.linspace(-1, 1, side, dtype=np.float32)
    x, y = np.meshgrid(line, line)
    return x, y


def column(values: ArrayLike) -> np.ndarray:
    """Return values_N as N11 float32, to meet planes NSS."""
    return np.asarray(values, np.float32)[:, None, None]


def uniform(random: Random, count: int, low: float, high: float) -> np.ndarray:
    """Return uniform values N11 float32."""
    return column(random.uniform(low, high, count))


def colours(random: Random, count: int) -> np.ndarray:
    """Return colours N113: any brightness, most of them not very saturated, as in the world."""
    grey = random.uniform(0.02, 0.98, (count, 1, 1, 1))
    tint = random.normal(0, 1, (count, 1, 1, 3)) * random.choice([0.05, 0.15, 0.35], (count, 1, 1, 1))
    return np.clip(grey + tint, 0, 1).astype(np.float32)


def mix(below: np.ndarray, above: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return `below` under `above`, where `share` (NSS in 0..1) says how much of the latter is seen."""
    share = share[..., None]
    mixed: np.ndarray = below * (1 - share) + above * share
    return mixed


def coloured_noise(random: Random, count: int, side: int) -> np.ndarray:
    """Return planes NSS of noise whose spectrum falls by a power of the frequency, unit spread, some with a grain."""
    frequency = np.fft.fftfreq(side).astype(np.float32)
    fx, fy = frequency[None, None, :], frequency[None, :, None]
    radius = np.hypot(fx, fy) + 1 / side
    power = uniform(random, count, 0.0, 2.4)
    angle = uniform(random, count, 0, np.pi)
    grain = uniform(random, count, 0, 400) * column(random.random(count) < 0.4)
    spectrum = radius**-power * np.exp(-((fx * np.cos(angle) + fy * np.sin(angle)) ** 2) * grain)
    white = random.standard_normal((count, side, side), dtype=np.float32)
    plane = np.fft.ifft2(np.fft.fft2(white) * spectrum).real.astype(np.float32)
    plane -= plane.mean(axis=(1, 2), keepdims=True)
    spread: np.ndarray = plane / (plane.std(axis=(1, 2), keepdims=True) + 1e-6)
    return spread


def noise(random: Random, count: int, side: int) -> np.ndarray:
    """Return pictures of coloured noise, from static to clouds, the three colours more or less alike."""
    planes = np.stack([coloured_noise(random, count, side) for _ in range(3)], axis=-1)
    common = uniform(random, count, 0, 1)[..., None]
    planes = planes * (1 - common) + planes[..., :1] * common
    strength = uniform(random, count, 0.03, 0.3)[..., None]
    return np.clip(colours(random, count) + planes * strength, 0, 1)


def gradients(random: Random, count: int, side: int) -> np.ndarray:
    """Return soft changes from one colour into another, as skies, walls and floors have them."""
    x, y = grid(side)
    angle = uniform(random, count, 0, 2 * np.pi)
    ramp = 0.5 + 0.5 * (x * np.cos(angle) + y * np.sin(angle)) * uniform(random, count, 0.1, 1)
    edge = 1 / (1 + np.exp(-(y - uniform(random, count, -0.5, 0.7)) * 40))
    hard = column(random.random(count) < 0.35)
    return mix(colours(random, count), colours(random, count), ramp * (1 - hard) + edge * hard)


def textures(random: Random, count: int, side: int) -> np.ndarray:
    """Return surfaces: stripes, checks, bricks, rings of wood, dots, each bent a little and lit unevenly."""
    x, y = grid(side)
    bend = coloured_noise(random, count, side) * uniform(random, count, 0, 0.08)
    angle = uniform(random, count, 0, np.pi)
    u = x * np.cos(angle) + y * np.sin(angle) + bend
    v = -x * np.sin(angle) + y * np.cos(angle) + bend
    often = uniform(random, count, 2, 16)
    across, along = u * often, v * often * uniform(random, count, 0.3, 1.5)
    row = np.floor(across)
    joint = np.minimum(np.abs(across - row - 0.5), np.abs((along + row * 0.5) % 1 - 0.5))
    planes = np.stack(
        [
            np.sin(across * np.pi),
            np.sign(np.sin(across * np.pi) * np.sin(along * np.pi)),
            np.where(joint > uniform(random, count, 0.38, 0.48), 1.0, -0.6),
            np.sin(np.hypot(u * 0.4 + uniform(random, count, -1, 1), v) * often * 5 + bend * 30),
            np.where(np.hypot(across % 1 - 0.5, along % 1 - 0.5) < uniform(random, count, 0.15, 0.45), 1.0, -1.0),
            coloured_noise(random, count, side),
        ]
    ).astype(np.float32)
    chosen = planes[random.integers(len(planes), size=count), np.arange(count)]
    rough = coloured_noise(random, count, side) * uniform(random, count, 0, 0.5)
    share = np.clip(0.5 + 0.5 * chosen + rough, 0, 1)
    found = mix(colours(random, count), colours(random, count), share)
    return np.clip(found * (0.6 + 0.6 * gradients(random, count, side).mean(axis=-1, keepdims=True)), 0, 1)
