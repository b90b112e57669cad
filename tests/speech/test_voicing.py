"""What vocal cords could have made, and what not."""

from __future__ import annotations

import numpy as np
import pytest

from deepstudio.audio.voicing import voiced_seconds

RATE = 16_000


def vowel(hertz: float, seconds: float) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(0.2 * sum(np.sin(2 * np.pi * n * hertz * time) / n for n in range(1, 12)), np.float32)


@pytest.mark.parametrize("hertz", [85, 140, 240, 380])
def test_a_vowel_is_voiced_as_long_as_it_sounds(hertz: float) -> None:
    sound = np.concatenate([np.zeros(4000), vowel(hertz, 0.2), np.zeros(4000)]).astype(np.float32)
    assert voiced_seconds(sound, RATE) == pytest.approx(0.2, abs=0.05)


def test_clicks_hiss_and_silence_are_not() -> None:
    random = np.random.default_rng(0)
    clicks = np.zeros(RATE, np.float32)
    for place in range(1000, RATE - 400, 3200):
        clicks[place : place + 400] = random.standard_normal(400) * np.exp(-np.arange(400) / 40)
    assert voiced_seconds(clicks, RATE) < 0.05
    assert voiced_seconds(0.1 * random.standard_normal(RATE).astype(np.float32), RATE) < 0.05
    assert voiced_seconds(np.zeros(RATE, np.float32), RATE) == 0
    assert voiced_seconds(np.zeros(10, np.float32), RATE) == 0
