"""Sound that came over a telephone or was recorded at 8 kHz has nothing above 4 kHz. numpy alone; one object a stream.

A network that never heard such sound takes the emptiness for a sound of its own. Where the loud moments of a recording
have next to nothing up there, those bands are shown as they usually are: the network learnt to do without a few bands
when stripes of them were hidden in training (SpecAugment, Park et al. 2019).
"""

from __future__ import annotations

import numpy as np

from deepstudio.audio.features import Frames, RunningMean, mel_centres
from deepstudio.core.speech_input import SpeechInput

_MIDDLE_HZ, _HIGH_HZ = (1800.0, 3400.0), 4300.0
_GONE_HZ = 3800.0
"""What a telephone cuts off begins about here."""
_LESS_BY = 6.0
"""Natural logarithm of energy (26 dB) that the high bands have less at their loudest than those in the middle."""
_NOTHING = -1e9


class NarrowBandMean:
    """As `RunningMean`, but bands that are cut off are zero: what they usually are."""

    def __init__(self, speech: SpeechInput) -> None:
        hertz_M = mel_centres(speech)
        self._mean = RunningMean(speech)
        self._block = speech.subsampling
        self._middle_M = (hertz_M > _MIDDLE_HZ[0]) & (hertz_M < _MIDDLE_HZ[1])
        self._high_M = hertz_M > _HIGH_HZ
        self._gone_M = hertz_M > _GONE_HZ
        self._loudest = np.full(2, _NOTHING)

    @property
    def narrow(self) -> bool:
        """Return whether the high bands seem to be cut off; False until something loud came."""
        middle, high = self._loudest
        return bool(middle > _NOTHING and high < middle - _LESS_BY)

    def feed(self, frames: Frames) -> Frames:
        """Return the normalised frames; `frames` are whole blocks."""
        if not self._high_M.any() or not self._middle_M.any():
            return self._mean.feed(frames)
        out = np.empty_like(frames)
        for start in range(0, len(frames), self._block):
            block = frames[start : start + self._block]
            out[start : start + self._block] = self._mean.feed(block)
            if self._mean.near:
                now = block.mean(axis=0)
                heard = (float(now[self._middle_M].max()), float(now[self._high_M].max()))
                self._loudest = np.maximum(self._loudest, heard)
            if self.narrow:
                out[start : start + self._block, self._gone_M] = 0
        return out
