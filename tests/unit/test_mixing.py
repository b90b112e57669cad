"""Many channels made one, also where they would cancel one another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from deepstudio.audio.mixing import Mixer
from deepstudio.audio.recorder import Ended, Recorder, Sound
from deepstudio.audio.sound_files import read_sound
from tests.helpers.fake_microphone import FakeMicrophone

RATE = 16_000


def voice(seconds: float = 2.0, seed: int = 0) -> np.ndarray:
    return (0.1 * np.random.default_rng(seed).standard_normal(round(RATE * seconds))).astype(np.float32)


def stereo(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.column_stack([left, right]).astype(np.float32)


def mixed(sound: np.ndarray, block: int) -> np.ndarray:
    mixer = Mixer(RATE)
    return np.concatenate([mixer.mix(sound[start : start + block]) for start in range(0, len(sound), block)])


@pytest.mark.parametrize("block", [160, 8_000])
@pytest.mark.parametrize("share", [1.0, 0.8])
def test_opposite_phase_is_heard(block: int, share: float) -> None:
    said = voice()
    assert np.array_equal(mixed(stereo(said, -share * said), block), said)


@pytest.mark.parametrize("block", [160, 8_000])
@pytest.mark.parametrize("right", [voice(seed=1), 0.3 * voice(), np.zeros_like(voice()), -0.2 * voice()])
def test_ordinary_stereo_is_the_mean_to_the_bit(block: int, right: np.ndarray) -> None:
    sound = stereo(voice(), right)
    assert np.array_equal(mixed(sound, block), sound.mean(axis=1, dtype=np.float32))


def test_low_tones_that_drift_apart_are_the_mean() -> None:
    time = np.arange(4 * RATE) / RATE
    tones = stereo(np.sin(2 * np.pi * 40 * time), np.sin(2 * np.pi * 43.7 * time))
    result, mean = mixed(tones, 160), tones.mean(axis=1, dtype=np.float32)
    assert np.abs(np.diff(result)).max() < 0.1  # no clicks
    assert np.mean(result != mean) < 0.5


def test_the_channel_that_is_taken_stays_and_the_mean_comes_back() -> None:
    said, noise = voice(4.0), np.random.default_rng(2).uniform(0.9, 1.1, 25).repeat(2_560)
    sound = stereo(said, -said * noise)  # now one of them is louder, now the other
    sound[32_000:, 1] = said[32_000:]
    result = mixed(sound, 160)
    assert np.array_equal(result[:32_000], said[:32_000])
    assert np.array_equal(result[-16_000:], sound[-16_000:].mean(axis=1, dtype=np.float32))


def test_centre_alone_of_six_channels_is_the_mean() -> None:
    sound = np.zeros((RATE, 6), np.float32)
    sound[:, 2] = voice(1.0)
    assert np.array_equal(mixed(sound, 8_000), sound.mean(axis=1, dtype=np.float32))


def test_file_in_opposite_phase_is_read(tmp_path: Path) -> None:
    said = voice()
    soundfile.write(tmp_path / "talk.wav", stereo(said, -said), RATE, subtype="FLOAT")
    assert np.array_equal(read_sound(tmp_path / "talk.wav"), said)


def test_microphone_in_opposite_phase_is_heard(tmp_path: Path) -> None:
    said, microphone = voice(), FakeMicrophone(channels=2)
    recorder = Recorder(microphone.open)
    recorder.record(tmp_path)
    recorder.start()
    microphone.say(stereo(said, -said))
    recorder.stop()
    recorder.join()
    pieces = []
    while not isinstance(piece := recorder.pieces.get(timeout=5), Ended):
        if isinstance(piece, Sound):
            pieces.append(piece.samples)
    assert np.allclose(np.concatenate(pieces), said, atol=1e-6)
