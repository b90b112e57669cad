"""Sounds without words, made by rule: chords and drums like music, noises of several colours, hum, near silence.

A recogniser that has heard only speech finds words in all of these; one that was told they hold none does not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
_CHORD = (0, 4, 7)


def made_noises(rate: int, seed: int, *, seconds: int = 60) -> dict[str, Samples]:
    """Return sounds by name; `music` ones are three times as long."""
    random = np.random.default_rng(seed)
    return {
        **{f"music {number}": music(rate, 3 * seconds, random) for number in (1, 2, 3)},
        "white": coloured(rate, seconds, 0.0, random),
        "pink": coloured(rate, seconds, 0.5, random),
        "brown": coloured(rate, seconds, 1.0, random),
        "hum": hum(rate, seconds, random),
        "silence": (2e-5 * random.standard_normal(rate * seconds)).astype(np.float32),
    }


def music(rate: int, seconds: int, random: np.random.Generator) -> Samples:
    """Return notes of a scale, in chords, with or without drums; phrase by phrase another instrument and tempo."""
    sound = np.zeros((seconds + 60) * rate)
    at = 0.0
    while at < seconds:
        beat = random.uniform(0.12, 0.7)
        base = 55 * 2 ** (random.integers(0, 36) / 12)
        partials = random.random(8) / np.arange(1, 9) ** 0.7 * (random.random(8) < 0.8)
        partials[0] = 1
        drums = random.random() < 0.5
        voices = int(random.integers(1, 4))
        for step in random.choice(_SCALE, size=24):
            place = int(at * rate)
            for _ in range(voices):
                height = step + 12 * random.integers(0, 2) + random.choice(_CHORD)
                tone = note(rate, base * 2 ** (height / 12), beat * random.uniform(0.8, 2.5), partials, random)
                sound[place : place + len(tone)] += tone
            if drums:
                hit = random.standard_normal(int(0.12 * rate)) * random.uniform(0.3, 2)
                hit *= np.exp(-np.arange(len(hit)) / rate * random.choice((20, 60)))
                sound[place : place + len(hit)] += hit
            at += beat
    return _scaled(sound[: seconds * rate], random.uniform(0.2, 0.8))


def note(
    rate: int, hertz: float, seconds: float, partials: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Return one note with overtones, a slight vibrato, an attack and a decay."""
    time = np.arange(int(seconds * rate)) / rate
    bent = np.cumsum(1 + 0.004 * random.random() * np.sin(2 * np.pi * (4 + 3 * random.random()) * time)) / rate
    sound = np.zeros_like(time)
    for number, strength in enumerate(partials, start=1):
        if hertz * number < 0.47 * rate:
            sound += strength * np.sin(2 * np.pi * hertz * number * bent + 6.28 * random.random())
    attack = np.minimum(1, time / random.choice((0.005, 0.05, 0.15)))
    release = np.exp(-time * random.choice((0.3, 1.5, 4.0))) * np.minimum(1, (seconds - time) / 0.02)
    played: NDArray[np.float64] = sound * attack * release
    return played


def coloured(rate: int, seconds: int, slope: float, random: np.random.Generator) -> Samples:
    """Return noise whose amplitude falls with frequency to the power `slope`, its loudness wandering."""
    count = seconds * rate
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.maximum(np.fft.rfftfreq(count, 1 / rate), 20) ** slope
    loudness = np.interp(np.arange(count), np.arange(0, count, rate), np.exp(random.normal(0, 0.5, seconds)))
    return _scaled(np.fft.irfft(spectrum, count) * loudness, 0.3)


def hum(rate: int, seconds: int, random: np.random.Generator) -> Samples:
    """Return mains hum with its harmonics and a little noise."""
    time = np.arange(seconds * rate) / rate
    sound = 0.05 * random.standard_normal(len(time))
    for number in range(1, 20):
        sound += np.sin(2 * np.pi * 50 * number * time + number) * random.random() / number
    return _scaled(sound, 0.15)


def _scaled(sound: NDArray[np.float64], peak: float) -> Samples:
    scaled: Samples = (peak * sound / np.abs(sound).max()).astype(np.float32)
    return scaled
