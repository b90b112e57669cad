"""Log-mel frames and the running mean."""

import numpy as np
import pytest
import torch

from deepstudio.audio.features import LogMel, RunningMean, log_mel, mel_centres, mel_filters
from deepstudio.audio.narrow_band import NarrowBandMean
from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.speech.augment import normalised, stacked

SPEECH = SpeechInput(mean=(-3.0,) * 80, std=(2.0,) * 80)


def sound(seconds: float, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    loud = np.interp(
        np.arange(int(seconds * 16_000)),
        np.arange(0, int(seconds * 16_000), 4000),
        random.random(len(np.arange(0, int(seconds * 16_000), 4000))) ** 3,
    )
    return (0.3 * loud * random.standard_normal(len(loud))).astype(np.float32)


@pytest.mark.parametrize("piece", [1, 159, 640, 1234, 16_000])
def test_pieces_give_the_frames_of_the_whole_bit_for_bit(piece):
    samples = sound(2.3 if piece > 1 else 0.2)
    whole = log_mel(samples, SPEECH)
    stream = LogMel(SPEECH)
    parts = [stream.feed(samples[at : at + piece]) for at in range(0, len(samples), piece)]
    parts.append(stream.finish())
    assert np.array_equal(np.concatenate(parts), whole)


def test_frames_cover_the_sound_and_come_in_whole_blocks():
    for count in (0, 100, 240, 241, 639, 640, 5000, 16_000):
        frames = log_mel(np.ones(count, np.float32), SPEECH)
        assert len(frames) % SPEECH.subsampling == 0
        assert len(frames) * SPEECH.hop_samples + 240 >= count


def test_a_tone_lights_its_own_band():
    time = np.arange(16_000) / 16_000
    filters = mel_filters(SPEECH)
    for hertz in (200.0, 1000.0, 5000.0):
        frames = log_mel(np.sin(2 * np.pi * hertz * time).astype(np.float32), SPEECH)
        band = int(frames[10].argmax())
        assert filters[round(hertz * 512 / 16_000), band] > 0


def test_running_mean_of_pieces_is_that_of_the_whole():
    frames = log_mel(sound(4.0), SPEECH)
    whole = RunningMean(SPEECH).feed(frames)
    stream = RunningMean(SPEECH)
    parts = [stream.feed(frames[at : at + 12]) for at in range(0, len(frames), 12)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_training_normalises_as_listening_does():
    parts = [log_mel(sound(seconds, seed), SPEECH) for seed, seconds in enumerate((1.0, 3.0, 2.2))]
    frames_BTM, numbers_B = stacked(parts, SPEECH)
    made_BTM = normalised(frames_BTM, SPEECH)
    for row, part in enumerate(parts):
        expected = RunningMean(SPEECH).feed(part)
        assert int(numbers_B[row]) == len(part)
        torch.testing.assert_close(made_BTM[row, : len(part)], torch.from_numpy(expected), atol=1e-4, rtol=1e-4)


def test_a_quiet_room_before_the_first_word_is_forgotten():
    frames = log_mel(sound(4.0), SPEECH)
    random = np.random.default_rng(0)
    for level in (-12.5, -10.0):
        room = (level + 0.3 * random.standard_normal((400, 80))).astype(np.float32)
        after = RunningMean(SPEECH).feed(np.concatenate([room, frames]))[len(room) :]
        assert np.abs(after - RunningMean(SPEECH).feed(frames)).mean() < 0.05


def test_running_mean_takes_off_loudness_but_not_because_of_pauses():
    frames = log_mel(sound(6.0), SPEECH)
    louder = RunningMean(SPEECH).feed(frames + np.float32(2.0))
    plain = RunningMean(SPEECH).feed(frames)
    assert np.abs(louder[-100:] - plain[-100:]).mean() < 0.1
    silence = np.full((3000, 80), -13.8, np.float32)
    after_pause = RunningMean(SPEECH).feed(np.concatenate([frames, silence, frames]))[-len(frames) :]
    assert np.abs(after_pause[-100:] - plain[-100:]).mean() < 0.1


def vowels(seconds: float, highest: float) -> np.ndarray:
    """Harmonics of 150 Hz up to `highest`, weaker the higher they are, with a pause in the middle."""
    time = np.arange(round(seconds * 16_000)) / 16_000
    hertz = np.arange(150, highest, 150)[:, None]
    tones = (np.sin(2 * np.pi * hertz * time + hertz) * (300 / hertz) ** 0.5).sum(axis=0)
    return (0.03 * tones * (np.abs(time - seconds / 2) > 0.2)).astype(np.float32)


def test_bands_that_a_telephone_cuts_off_are_shown_as_they_usually_are():
    wide, telephone = log_mel(vowels(2.0, 7500), SPEECH), log_mel(vowels(2.0, 3700), SPEECH)
    np.testing.assert_array_equal(NarrowBandMean(SPEECH).feed(wide), RunningMean(SPEECH).feed(wide))
    heard = NarrowBandMean(SPEECH)
    shown, plain = heard.feed(telephone), RunningMean(SPEECH).feed(telephone)
    high = mel_centres(SPEECH) > 4000
    assert heard.narrow
    assert not shown[:, high].any()
    np.testing.assert_array_equal(shown[:, ~high & (mel_centres(SPEECH) < 3700)], plain[:, mel_centres(SPEECH) < 3700])


def test_narrow_band_of_pieces_is_that_of_the_whole():
    frames = log_mel(vowels(2.0, 3700), SPEECH)
    whole = NarrowBandMean(SPEECH).feed(frames)
    stream = NarrowBandMean(SPEECH)
    step = 3 * SPEECH.subsampling
    pieces = [stream.feed(frames[at : at + step]) for at in range(0, len(frames), step)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def test_sound_in_the_high_bands_ends_the_guess_of_a_telephone():
    heard = NarrowBandMean(SPEECH)
    heard.feed(log_mel(vowels(1.0, 3700), SPEECH))
    assert heard.narrow
    heard.feed(log_mel(vowels(1.0, 7500), SPEECH))
    assert not heard.narrow
