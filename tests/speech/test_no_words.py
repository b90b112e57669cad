"""Sentences, digits, commands: nothing is heard in silence, noise and music. None of these sounds was trained on.

Half a minute each; DEEPSTUDIO_NOISE_SECONDS=600 makes it ten minutes, and DEEPSTUDIO_NOISE_FOLDER names a folder of
recordings without speech to hear as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from deepstudio.audio.sound_files import read_sound
from deepstudio.core.speech_messages import SpeechEvent
from deepstudio.infer.hearing import Hearing, open_hearing

RATE = 16_000
SECONDS = int(os.environ.get("DEEPSTUDIO_NOISE_SECONDS", "30"))
FOLDER = os.environ.get("DEEPSTUDIO_NOISE_FOLDER", "")


def silence(random: np.random.Generator) -> np.ndarray:
    return np.zeros(RATE * SECONDS)


def dither(random: np.random.Generator) -> np.ndarray:
    return np.round(random.normal(0, 0.7, RATE * SECONDS)) / 32768


def fan(random: np.random.Generator) -> np.ndarray:
    """Noise that falls with frequency, blades passing sixty times a second, turned up and down."""
    spectrum = np.fft.rfft(random.standard_normal(RATE * SECONDS))
    sound = np.fft.irfft(spectrum / np.maximum(np.fft.rfftfreq(RATE * SECONDS, 1 / RATE), 50) ** 0.8, RATE * SECONDS)
    time = np.arange(RATE * SECONDS) / RATE
    return 0.1 * sound / sound.std() * (1 + 0.4 * np.sin(2 * np.pi * 60 * time)) * (1.2 + np.sin(2 * np.pi * time / 7))


def strings(random: np.random.Generator) -> np.ndarray:
    """Plucked strings (Karplus and Strong 1983) in chords over a bass, with a beat of clicks."""
    sound = np.zeros(RATE * (SECONDS + 4))
    pentatonic = 110 * 2 ** (np.array([0, 3, 5, 7, 10, 12, 15, 17, 19, 22, 24]) / 12)
    for beat in np.arange(0, SECONDS, 0.23):
        start = int(beat * RATE)
        for hertz in random.choice(pentatonic, size=random.integers(1, 4)):
            tone = plucked(hertz, 1.5, random)
            sound[start : start + len(tone)] += 0.2 * tone
        click = random.standard_normal(400) * np.exp(-np.arange(400) / 60)
        sound[start : start + 400] += 0.1 * click * (random.random() < 0.5)
    return sound[: RATE * SECONDS]


def plucked(hertz: float, seconds: float, random: np.random.Generator) -> np.ndarray:
    period = round(RATE / hertz)
    rows = [random.uniform(-1, 1, period)]
    for _ in range(round(seconds * hertz)):
        rows.append(0.498 * (rows[-1] + np.roll(rows[-1], 1)))
    return np.concatenate(rows)


def bells(random: np.random.Generator) -> np.ndarray:
    """Tones whose pitch is modulated (Chowning 1973), gliding from one to the next like a voice might."""
    sound = np.zeros(RATE * (SECONDS + 4))
    at = 0.0
    while at < SECONDS:
        length = random.uniform(0.2, 1.2)
        time = np.arange(int(length * RATE)) / RATE
        hertz = random.uniform(90, 900) * (1 + random.uniform(-0.2, 0.2) * time / length)
        phase = 2 * np.pi * np.cumsum(hertz) / RATE
        tone = np.sin(
            phase + random.uniform(0, 5) * np.exp(-3 * time) * np.sin(random.choice([1.0, 1.41, 2, 3.5]) * phase)
        )
        start = int(at * RATE)
        sound[start : start + len(time)] += 0.3 * tone * np.minimum(1, (length - time) / 0.05)
        at += length * random.uniform(0.3, 1.5)
    return sound[: RATE * SECONDS]


@pytest.fixture(
    scope="module", params=[("english", "english-lm"), ("english", "digits"), ("commands", "")], ids=" ".join
)
def recognizer(request: pytest.FixtureRequest) -> Hearing:
    return open_hearing(*request.param)


def heard(recognizer: Hearing, sound: np.ndarray) -> list[SpeechEvent]:
    recognizer.reset()
    samples = sound.astype(np.float32)
    events = [event for at in range(0, len(samples), RATE) for event in recognizer.feed(samples[at : at + RATE])]
    return events + recognizer.finish()


@pytest.mark.parametrize("make", [silence, dither, fan, strings, bells], ids=lambda make: make.__name__)
@pytest.mark.timeout(1200)
def test_no_words_in_sounds_without_speech(recognizer, make: Callable[[np.random.Generator], np.ndarray]) -> None:
    assert heard(recognizer, make(np.random.default_rng(20))) == []


@pytest.mark.skipif(not FOLDER, reason="DEEPSTUDIO_NOISE_FOLDER is not set")
@pytest.mark.timeout(3600)
def test_no_words_in_recordings_of_noise(recognizer) -> None:
    said = {
        path.name: [event.text for event in events]
        for path in sorted(Path(FOLDER).iterdir())
        if (events := heard(recognizer, read_sound(path, sample_rate=RATE)[: RATE * SECONDS]))
    }
    assert said == {}
