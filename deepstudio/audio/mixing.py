"""Many channels made one. One object a stream; any thread, one at a time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
_REMEMBERED_SECONDS = 0.2
"""Blocks of a sound card are too short to judge by: a low tone is in opposite phase for a moment in any stereo."""
_CANCELLED, _SOUND_AGAIN = 0.5, 0.75
"""Energy of the mean, as a share of what it has where one channel alone sounds: below the first the channels cancel
one another, above the second they no longer do."""
_LOUDER = 4.0
"""How many times the energy another channel must have to be taken instead: each change is a step in the wave."""


class Mixer:
    """Takes the mean of the channels, or the loudest one as long as they cancel one another (opposite phase)."""

    def __init__(self, sample_rate: int) -> None:
        self._rate = sample_rate
        self._energies: NDArray[np.float64] | None = None
        self._taken: int | None = None

    def mix(self, block: Samples) -> Samples:
        """Return `block` (frames, channels) as one channel (frames,), float32."""
        if block.shape[1] == 1 or not len(block):
            return np.ascontiguousarray(block[:, 0])
        mean = block.mean(axis=1, dtype=np.float32)
        *channels, mixed = self._remember(np.column_stack([block, mean]))
        loudest = int(np.argmax(channels))
        share = mixed * len(channels) ** 2
        if share < _CANCELLED * channels[loudest]:
            if self._taken is None or channels[loudest] > _LOUDER * channels[self._taken]:
                self._taken = loudest
        elif share > _SOUND_AGAIN * channels[loudest]:
            self._taken = None
        return mean if self._taken is None else np.ascontiguousarray(block[:, self._taken])

    def _remember(self, signals: Samples) -> NDArray[np.float64]:
        """Return the energy of each of `signals` (frames, signals) in the last moment."""
        now = np.mean(np.square(signals, dtype=np.float64), axis=0)
        if self._energies is None:
            self._energies = now
        kept = math.exp(-len(signals) / (_REMEMBERED_SECONDS * self._rate))
        self._energies = kept * self._energies + (1 - kept) * now
        return self._energies
