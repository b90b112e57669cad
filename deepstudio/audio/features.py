"""Log-mel frames of sound, block by block. numpy alone; any thread, one object a stream.

Frames are made in blocks of a fixed number, whatever the size of the pieces that come in, and every block goes through
the same operations on arrays of the same shape: features of a file read at once and of the same file fed in pieces are
equal bit for bit. Mel scale as in HTK (2595 log10(1 + f/700)), triangular filters of equal height.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.speech_input import SpeechInput

Frames = NDArray[np.float32]

GATE_BELOW_PEAK = 4.6  # natural logarithm of energy: 20 dB
GATE_FLOOR = -13.0
PEAK_FALL_A_SECOND = 0.02


class LogMel:
    """Turns mono float32 samples at the input's rate into log-mel frames, `subsampling` frames at a time."""

    def __init__(self, speech: SpeechInput) -> None:
        self._speech = speech
        self._window = np.hanning(speech.frame_samples + 1)[:-1].astype(np.float32)
        self._filters = mel_filters(speech)
        self._block = speech.subsampling
        self._rest: NDArray[np.float32] = np.zeros(0, np.float32)

    def feed(self, samples: NDArray[np.float32]) -> Frames:
        """Return the frames that these samples complete, shape (frames, mels); whole blocks only."""
        speech = self._speech
        self._rest = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        block_samples = self._block * speech.hop_samples
        missing = speech.frame_samples - speech.hop_samples
        num_blocks = max(0, (len(self._rest) - missing) // block_samples)
        frames = self._frames(self._rest, num_blocks)
        self._rest = self._rest[num_blocks * block_samples :]
        return frames

    def finish(self) -> Frames:
        """Return the last frames, the sound completed with silence to whole blocks."""
        speech = self._speech
        if len(self._rest) <= speech.frame_samples - speech.hop_samples:
            return np.zeros((0, speech.num_mels), np.float32)
        return self.feed(np.zeros(self._block * speech.hop_samples - 1, np.float32))

    def _frames(self, samples: NDArray[np.float32], num_blocks: int) -> Frames:
        speech = self._speech
        if num_blocks <= 0:
            return np.zeros((0, speech.num_mels), np.float32)
        count = num_blocks * self._block
        view = np.lib.stride_tricks.sliding_window_view(samples, speech.frame_samples)[:: speech.hop_samples][:count]
        spectrum = np.fft.rfft(view * self._window, speech.fft_size, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
        # One product a block, each of the same shape: BLAS then rounds alike however many blocks there are.
        energy = power.reshape(num_blocks, self._block, -1) @ self._filters
        return np.log(energy.reshape(count, speech.num_mels) + np.float32(speech.floor))


def log_mel(samples: NDArray[np.float32], speech: SpeechInput) -> Frames:
    """Return all frames of a whole recording, shape (frames, mels)."""
    stream = LogMel(speech)
    return np.concatenate([stream.feed(samples), stream.finish()])


class RunningMean:
    """Subtracts from each band what it has been lately, and divides by its usual deviation.

    Only blocks near the loudest so far move the mean: pauses would drag it down, and the first word after a pause would
    look like a shout. Before the first word the loudest is the room: what rises far above the mean forgets it. Causal:
    a block is normalised by what came up to its own end.
    """

    def __init__(self, speech: SpeechInput) -> None:
        self._speech = speech
        self._start = self._mean = np.array(speech.mean, np.float32)
        self._scale = (1 / np.array(speech.std, np.float64)).astype(np.float32)
        self._count = np.float32(speech.prior_blocks)
        self._peak = np.float32(-1e9)
        self.near = False
        """Whether the last block was near the loudest so far."""

    def feed(self, frames: Frames) -> Frames:
        """Return the normalised frames; `frames` are whole blocks."""
        speech = self._speech
        out = np.empty_like(frames)
        fall = np.float32(PEAK_FALL_A_SECOND * speech.frame_seconds)
        for start in range(0, len(frames), speech.subsampling):
            block = frames[start : start + speech.subsampling]
            if speech.running_blocks:
                now = block.mean(axis=0)
                level = now.mean()
                if level > max(self._peak, self._mean.mean() + GATE_BELOW_PEAK):
                    self._mean, self._count = self._start, np.float32(speech.prior_blocks)
                self._peak = max(level, self._peak - fall)
                self.near = bool(level > max(self._peak - GATE_BELOW_PEAK, GATE_FLOOR))
                if self.near:
                    self._count = min(self._count + np.float32(1), np.float32(speech.running_blocks))
                    self._mean = self._mean + (now - self._mean) / self._count
            out[start : start + speech.subsampling] = (block - self._mean) * self._scale
        return out


@lru_cache(maxsize=8)
def mel_filters(speech: SpeechInput) -> NDArray[np.float32]:
    """Return the triangular filters, shape (fft bins, mels)."""
    edges_mel = np.linspace(_mel(speech.low_hz), _mel(speech.high_hz), speech.num_mels + 2)
    bins_mel = _mel(np.arange(speech.fft_size // 2 + 1) * speech.sample_rate / speech.fft_size)
    left, centre, right = edges_mel[:-2], edges_mel[1:-1], edges_mel[2:]
    rising = (bins_mel[:, None] - left) / (centre - left)
    falling = (right - bins_mel[:, None]) / (right - centre)
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def mel_centres(speech: SpeechInput) -> NDArray[np.float64]:
    """Return the frequency in hertz at which each filter is highest."""
    mel = np.linspace(_mel(speech.low_hz), _mel(speech.high_hz), speech.num_mels + 2)[1:-1]
    return np.asarray(700 * (10 ** (mel / 2595) - 1), np.float64)


def _mel(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(2595 * np.log10(1 + np.asarray(hertz, np.float64) / 700))
