"""How much of a sound is voiced: whether vocal cords could have made it. numpy alone; any thread.

Every word has a vowel, and vowels repeat themselves some hundred times a second for longer than any click rings. The
measure is the normalised cross-correlation of each moment with the one a pitch period later (Talkin 1995, RAPT).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_LOWEST_HZ, _HIGHEST_HZ = 70.0, 400.0
_WINDOW_SECONDS, _HOP_SECONDS = 0.020, 0.010
_ALIKE = 0.5
"""Correlation from which on a moment repeats itself."""
_BELOW_PEAK = 1e-3
"""Energy, as a share of the loudest moment's, below which a moment does not count (30 dB)."""


def voiced_seconds(samples: Samples, rate: int) -> float:
    """Return the length of the longest stretch of mono `samples` that repeats itself as a voice does."""
    longest = run = 0
    for voiced in _voiced(samples.astype(np.float64), rate):
        run = run + 1 if voiced else 0
        longest = max(longest, run)
    return longest * _HOP_SECONDS


def _voiced(samples: NDArray[np.float64], rate: int) -> NDArray[np.bool_]:
    """Return, for every hop, whether the moment after it is voiced."""
    window, hop = round(_WINDOW_SECONDS * rate), round(_HOP_SECONDS * rate)
    near, far = int(rate / _HIGHEST_HZ), int(rate / _LOWEST_HZ)
    reach = window + far
    if len(samples) < reach:
        return np.zeros(0, bool)
    pieces = np.lib.stride_tricks.sliding_window_view(samples, reach)[::hop]
    pieces = pieces - pieces.mean(axis=1, keepdims=True)
    size = 1 << (reach + window - 1).bit_length()
    first = np.fft.rfft(pieces[:, :window], size)
    products = np.fft.irfft(np.fft.rfft(pieces, size) * first.conj(), size)[:, near : far + 1]
    sums = np.concatenate([np.zeros((len(pieces), 1)), np.cumsum(pieces**2, axis=1)], axis=1)
    lags = np.arange(near, far + 1)
    later = sums[:, lags + window] - sums[:, lags]
    energy = sums[:, window]
    alike = products / np.sqrt(np.maximum(energy[:, None] * later, 1e-20))
    loud = energy > _BELOW_PEAK * energy.max()
    voiced: NDArray[np.bool_] = loud & (alike.max(axis=1) > _ALIKE)
    return voiced
