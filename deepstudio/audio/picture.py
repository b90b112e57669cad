"""Sound made visible: envelope and log-mel bands, a column each hundredth of a second. Any thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.features import LogMel
from deepstudio.core.speech_input import SpeechInput

COLUMNS_A_SECOND = 100
_FAINTEST, _LOUDEST = -9.0, 6.0  # natural logarithms of energy shown as 0 and 255


class SoundPicture:
    """Turns mono sound at 16 kHz, piece by piece, into columns. One object a stream."""

    def __init__(self, num_mels: int = 64) -> None:
        self._bands = LogMel(SpeechInput(num_mels=num_mels, subsampling=1))
        self._rest = np.zeros(0, np.float32)
        self._column = 16_000 // COLUMNS_A_SECOND

    def feed(self, samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Return envelope (columns, 2) and bands (columns, mels), read-only; what makes no whole column waits."""
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // self._column * self._column
        columns = joined[:whole].reshape(-1, self._column)
        self._rest = joined[whole:]
        envelope = np.stack([columns.min(axis=1), columns.max(axis=1)], axis=1) if len(columns) else _no_columns()
        levels = (self._bands.feed(samples) - _FAINTEST) * (255 / (_LOUDEST - _FAINTEST))
        bands = np.clip(levels, 0, 255).astype(np.uint8)
        envelope.flags.writeable = bands.flags.writeable = False
        return envelope, bands


def _no_columns() -> NDArray[np.float32]:
    return np.zeros((0, 2), np.float32)
