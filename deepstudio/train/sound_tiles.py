"""Small spectrograms of recordings by name, for grids, as a job. Torch-free; in any lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.picture import SoundPicture
from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.train.speech.sets import read_utterance
from deepstudio.train.speech.utterances import Utterance

_RATE = 16_000
_MELS = 48
_LONGEST = 4.0
"""Seconds of a recording that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPlace:
    """Where a sample is heard: `seconds` of a file from `start` on, 0 to its end."""

    path: Path
    start: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSoundTiles:
    """Draw these recordings, by the names that the tiles have."""

    sounds: Mapping[str, SoundPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTile:
    """How loud each band is, uint8 (bands, columns), high tones first, read-only; None where nothing can be read."""

    name: str
    levels: NDArray[np.uint8] | None = None


def read_sound_tiles(request: ReadSoundTiles, context: JobContext) -> int:
    """Send each as a `SoundTile`, in order; return how many could be read."""
    read = 0
    for name, place in request.sounds.items():
        context.check()
        tile = SoundTile(name=name, levels=_levels(place))
        read += tile.levels is not None
        context.partial(tile)
    return read


def _levels(place: SoundPlace) -> NDArray[np.uint8] | None:
    seconds = min(place.seconds or _LONGEST, _LONGEST)
    try:
        samples = read_utterance(Utterance(path=place.path, text="", start=place.start, seconds=seconds), _RATE)
    except DeepStudioError:
        return None
    _, bands = SoundPicture(_MELS).feed(np.concatenate([samples, np.zeros(_RATE // 20, np.float32)]))
    loudest = max(int(bands.max(initial=1)), 1)
    levels: NDArray[np.uint8] = np.ascontiguousarray((bands * np.float32(255 / loudest)).astype(np.uint8).T[::-1])
    levels.flags.writeable = False
    return levels
