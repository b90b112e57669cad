"""Log-mel frames of many short clips in one array, and batches of windows cut from them, stretched and warped.

Stretching the frames in time changes the pace, warping the mel axis the length of the speaker's vocal tract (Jaitly and
Hinton 2013): both at once for a whole batch, so a handful of speakers sound like many and nothing is stored twice.
Legend: B batch, T frames of a window, M mel bands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.speech.augment import DECIBEL
from deepstudio.train.speech.bank import Frames
from deepstudio.train.speech.recipe import SpeechAugmentConfig

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_QUIET_QUANTILE = 0.1


@dataclass(frozen=True, slots=True)
class Clips:
    """Clip i are the rows `first[i] : first[i] + count[i]` of `frames` (float16, before any normalisation)."""

    frames: Frames
    first: Ints
    count: Ints
    quiet: Floats
    """Per clip and band, what its quietest moments are like, shape (clips, mels)."""

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Place:
    """How each row (B) of a batch looks at its clip: frames its middle is moved by, pace, warp of the mel axis."""

    shift: Floats
    pace: Floats
    warp: Floats


def clips_of(parts: Sequence[Frames], num_mels: int) -> Clips:
    """Return the clips of these frames."""
    count = np.array([len(part) for part in parts], np.int64)
    frames = np.concatenate(parts) if parts else np.zeros((0, num_mels), np.float16)
    quiet = [np.quantile(part.astype(np.float32), _QUIET_QUANTILE, axis=0) for part in parts]
    return Clips(frames, np.cumsum(count) - count, count, np.array(quiet, np.float32).reshape(len(parts), num_mels))


def in_the_middle(rows: int) -> Place:
    """Return the place of clips that are looked at as they are."""
    return Place(np.zeros(rows, np.float32), np.ones(rows, np.float32), np.ones(rows, np.float32))


def somewhere(
    clips: Clips,
    chosen: Ints,
    frames: int,
    config: SpeechAugmentConfig,
    speech: SpeechInput,
    random: np.random.Generator,
) -> Place:
    """Return places at random; a clip shorter than the window may lie anywhere in it."""
    rows = len(chosen)
    most = config.shift * speech.sample_rate / speech.hop_samples
    room = np.maximum(most, (frames - clips.count[chosen]) / 2)
    shift = (random.uniform(-1, 1, rows) * room).astype(np.float32)
    return Place(shift, *_pace_and_warp(config, rows, random))


def windows(clips: Clips, chosen: Ints, frames: int, place: Place, fill_BM: Floats, speech: SpeechInput) -> Floats:
    """Return windows_BTM around the middles of clips; where a clip is over, `fill_BM` begins."""
    count_B1 = clips.count[chosen][:, None]
    steps_T = np.arange(frames) - (frames - 1) / 2
    at_BT = (count_B1 - 1) / 2 + (steps_T[None] + place.shift[:, None]) * place.pace[:, None]
    near_BT = np.floor(at_BT + 0.5).astype(np.int64)
    inside_BT = (near_BT >= 0) & (near_BT < count_B1)
    x_BTM = clips.frames[clips.first[chosen][:, None] + np.clip(near_BT, 0, count_B1 - 1)].astype(np.float32)
    x_BTM = np.where(inside_BT[..., None], x_BTM, fill_BM[:, None, :])
    return x_BTM if np.all(place.warp == 1) else _warped(x_BTM, place.warp, speech)


def louder_and_noisier(
    x_BTM: Floats, noises: Clips, config: SpeechAugmentConfig, speech: SpeechInput, random: np.random.Generator
) -> Floats:
    """Return windows at other loudness, a share of them with noise: energies of two sounds add up, nearly."""
    rows, frames, _ = x_BTM.shape
    energy_BTM = np.exp(x_BTM + random.uniform(config.gain_low, config.gain_high, (rows, 1, 1)).astype(np.float32))
    noisy = np.flatnonzero(random.random(rows) < config.noise) if len(noises) else np.zeros(0, np.int64)
    if len(noisy):
        noise_BTM = np.exp(stretches(noises, len(noisy), frames, random))
        ratio = np.exp(-DECIBEL * random.uniform(config.snr_low, config.snr_high, len(noisy))).astype(np.float32)
        loud, quiet = energy_BTM[noisy].sum(axis=(1, 2)), noise_BTM.sum(axis=(1, 2))
        energy_BTM[noisy] += noise_BTM * (ratio * loud / np.maximum(quiet, 1e-30))[:, None, None]
    heard: Floats = np.log(np.maximum(energy_BTM, np.float32(speech.floor)))
    return heard


def hidden(x_BTM: Floats, config: SpeechAugmentConfig, random: np.random.Generator) -> Floats:
    """Return windows, already scaled, with stripes of bands and one of time at zero (SpecAugment, Park et al. 2019)."""
    rows, frames, mels = x_BTM.shape
    shown_BTM = np.ones((rows, frames, mels), bool)
    for _ in range(config.bands):
        shown_BTM &= ~_stripes(rows, mels, config.band_width, random)[:, None, :]
    if config.stripe_frames:
        shown_BTM &= ~_stripes(rows, frames, config.stripe_frames, random)[:, :, None]
    return x_BTM * shown_BTM


def _stripes(rows: int, size: int, widest: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Return, for each row, one stripe of `size` places, at most `widest` wide."""
    width_B1 = random.integers(0, min(widest, size - 1) + 1, (rows, 1))
    low_B1 = (random.random((rows, 1)) * (size - width_B1 + 1)).astype(np.int64)
    place_1S = np.arange(size)[None]
    stripes: NDArray[np.bool_] = (place_1S >= low_B1) & (place_1S < low_B1 + width_B1)
    return stripes


def stretches(clips: Clips, rows: int, frames: int, random: np.random.Generator) -> Floats:
    """Return `frames` frames of clips at random, repeated where one is too short, shape (rows, frames, mels)."""
    return _stretches(clips, frames, np.ones(rows, np.float32), random)


def changed_stretches(
    clips: Clips,
    rows: int,
    frames: int,
    config: SpeechAugmentConfig,
    speech: SpeechInput,
    random: np.random.Generator,
) -> Floats:
    """Return stretches at other paces and pitches: from a few dogs as many as there are windows."""
    pace, warp = _pace_and_warp(config, rows, random)
    return _warped(_stretches(clips, frames, pace, random), warp, speech)


def _stretches(clips: Clips, frames: int, pace_B: Floats, random: np.random.Generator) -> Floats:
    chosen = random.integers(len(clips), size=len(pace_B))
    begin = (random.random(len(pace_B)) * clips.count[chosen]).astype(np.int64)
    steps_BT = (np.arange(frames)[None] * pace_B[:, None]).astype(np.int64)
    at_BT = (begin[:, None] + steps_BT) % clips.count[chosen][:, None]
    return clips.frames[clips.first[chosen][:, None] + at_BT].astype(np.float32)


def _pace_and_warp(config: SpeechAugmentConfig, rows: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    pace, warp = np.log1p(config.stretch), np.log1p(config.tract)
    return (
        np.exp(random.uniform(-pace, pace, rows)).astype(np.float32),
        np.exp(random.uniform(-warp, warp, rows)).astype(np.float32),
    )


def _warped(x_BTM: Floats, warp_B: Floats, speech: SpeechInput) -> Floats:
    """Return the windows with every frequency moved to `warp` times it; beyond the highest band that one goes on."""
    low, high = _mel(speech.low_hz), _mel(speech.high_hz)
    centres_M = np.linspace(low, high, speech.num_mels + 2)[1:-1]
    hertz_M = 700 * (10 ** (centres_M / 2595) - 1)
    at_BM = (_mel(hertz_M[None] * warp_B[:, None]) - centres_M[0]) / (centres_M[1] - centres_M[0])
    at_BM = np.clip(at_BM, 0, speech.num_mels - 1)
    # Interpolation between neighbouring bands as a matrix for each row: one product is faster than gathering.
    weight_BMM = np.maximum(0, 1 - np.abs(at_BM[:, None, :] - np.arange(speech.num_mels)[None, :, None]))
    warped: Floats = np.matmul(x_BTM, weight_BMM.astype(np.float32))
    return warped


def _mel(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(2595 * np.log10(1 + np.asarray(hertz, np.float64) / 700))
