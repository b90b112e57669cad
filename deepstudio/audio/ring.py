"""The buffer between the sound card's callback and everybody else.

One thread writes, one reads. Positions only grow and each is written by one side alone, so neither ever waits for the
other: the callback copies and returns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


class SampleRing:
    """Holds the latest `capacity` frames of `channels` float32 samples."""

    def __init__(self, capacity: int, channels: int) -> None:
        self._data = np.zeros((capacity, channels), np.float32)
        self._written = 0
        self._read = 0
        self.lost = 0
        """Frames that the reader came too late for; they were never handed out."""

    @property
    def position(self) -> int:
        """Return how many frames the reader has passed since the start. Any thread."""
        return self._read

    @property
    def waiting(self) -> int:
        """Return the frames written and not yet read. Any thread."""
        return self._written - self._read

    def write(self, block: Samples) -> None:
        """Append `block` (frames, channels). The writer's thread; never waits, never fails."""
        capacity = len(self._data)
        kept = block[-capacity:]
        start = (self._written + len(block) - len(kept)) % capacity
        first = min(len(kept), capacity - start)
        self._data[start : start + first] = kept[:first]
        self._data[: len(kept) - first] = kept[first:]
        self._written += len(block)

    def take(self) -> Samples:
        """Return what was written since the last call (frames, channels), a copy. The reader's thread."""
        capacity = len(self._data)
        while True:
            end = self._written
            begin = max(self._read, end - capacity)
            places = np.arange(begin, end) % capacity
            block = self._data[places]
            overtaken = self._written - capacity  # what the writer ran over while it was copied
            if overtaken <= begin:
                break
        self.lost += begin - self._read
        self._read = end
        return block
