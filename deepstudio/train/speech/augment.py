"""Changes of log-mel frames while training: loudness, noise, hidden stripes; and the running mean for a whole batch.

Energies of two sounds add up, nearly, so mixing happens on frames: log(exp(a) + exp(b)). That is a hundred times
cheaper than on samples. SpecAugment after Park et al. 2019 (arXiv:1904.08779), without warping.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from deepstudio.audio.features import GATE_BELOW_PEAK, GATE_FLOOR, PEAK_FALL_A_SECOND
from deepstudio.core.speech_input import SpeechInput
from deepstudio.train.speech.recipe import SpeechAugmentConfig

DECIBEL = float(np.log(10) / 10)


def stacked(parts: Sequence[NDArray[Any]], speech: SpeechInput) -> tuple[Tensor, Tensor]:
    """Return frames_BTM (float32, T whole blocks, filled up with silence) and their numbers_B."""
    block = speech.subsampling
    longest = -(-max(len(part) for part in parts) // block) * block
    frames_BTM = torch.full((len(parts), longest, speech.num_mels), float(np.log(speech.floor)))
    for place, part in enumerate(parts):
        frames_BTM[place, : len(part)] = torch.from_numpy(np.asarray(part, np.float32))
    return frames_BTM, torch.tensor([len(part) for part in parts])


def disturb(
    frames_TM: Tensor,
    noises: Sequence[NDArray[Any]],
    config: SpeechAugmentConfig,
    speech: SpeechInput,
    random: np.random.Generator,
) -> None:
    """Change the loudness of one utterance and mix noise in, in place."""
    frames_TM += random.uniform(config.gain_low, config.gain_high)
    if noises and random.random() < config.noise:
        noise_TM = stretch_of(noises, len(frames_TM), random)
        loud, quiet = torch.logsumexp(frames_TM.flatten(), 0), torch.logsumexp(noise_TM.flatten(), 0)
        ratio = random.uniform(config.snr_low, config.snr_high) * DECIBEL
        frames_TM.copy_(torch.logaddexp(frames_TM, noise_TM + (loud - quiet - ratio)))
    frames_TM.copy_(torch.logaddexp(frames_TM, torch.tensor(float(np.log(speech.floor)))))


def stretch_of(noises: Sequence[NDArray[Any]], frames: int, random: np.random.Generator) -> Tensor:
    """Return `frames` frames of a noise at random, repeated where it is too short."""
    noise = noises[int(random.integers(len(noises)))]
    first = int(random.integers(len(noise)))
    places = (first + np.arange(frames)) % len(noise)
    return torch.from_numpy(np.asarray(noise[places], np.float32))


def hide(
    frames_BTM: Tensor, numbers_B: Tensor, config: SpeechAugmentConfig, speech: SpeechInput, random: np.random.Generator
) -> None:
    """Set stripes of bands and of time to zero (the mean), in place."""
    rate = speech.sample_rate / speech.hop_samples
    for frames_TM, number in zip(frames_BTM, numbers_B.tolist(), strict=True):
        for _ in range(config.bands):
            width = int(random.integers(0, min(config.band_width, speech.num_mels - 1) + 1))
            low = int(random.integers(0, speech.num_mels - width))
            frames_TM[:, low : low + width] = 0
        for _ in range(max(1, int(number / (rate * config.seconds_a_stripe)))):
            width = int(random.integers(0, min(config.stripe_frames, number // 6) + 1))
            first = int(random.integers(0, max(1, number - width)))
            frames_TM[first : first + width] = 0


def normalised(frames_BTM: Tensor, speech: SpeechInput) -> Tensor:
    """Return what `audio.features.RunningMean` makes of each recording of the batch."""
    B, T, M = frames_BTM.shape
    block = speech.subsampling
    x_BUSM = frames_BTM.view(B, T // block, block, M)
    start_M, std_M = torch.tensor(speech.mean), torch.tensor(speech.std)
    if not speech.running_blocks:
        return (frames_BTM - start_M) / std_M
    now_BUM = x_BUSM.mean(dim=2)
    level_BU = now_BUM.mean(dim=2)
    mean_BM = start_M.expand(B, M)
    count_B1 = torch.full((B, 1), speech.prior_blocks)
    peak_B = torch.full((B,), -1e9)
    means_BUM = torch.empty_like(now_BUM)
    fall = PEAK_FALL_A_SECOND * speech.frame_seconds
    for step in range(T // block):
        risen_B = level_BU[:, step] > torch.maximum(peak_B, mean_BM.mean(dim=1) + GATE_BELOW_PEAK)
        mean_BM = torch.where(risen_B[:, None], start_M, mean_BM)
        count_B1 = torch.where(risen_B[:, None], torch.tensor(float(speech.prior_blocks)), count_B1)
        peak_B = torch.maximum(level_BU[:, step], peak_B - fall)
        near_B1 = (level_BU[:, step] > (peak_B - GATE_BELOW_PEAK).clamp_min(GATE_FLOOR)).float().unsqueeze(1)
        count_B1 = (count_B1 + near_B1).clamp_max(speech.running_blocks)
        mean_BM = mean_BM + near_B1 * (now_BUM[:, step] - mean_BM) / count_B1
        means_BUM[:, step] = mean_BM
    return ((x_BUSM - means_BUM.unsqueeze(2)) / std_M).reshape(B, T, M)
