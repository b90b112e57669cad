"""Log-mel frames of a whole set in memory, at several speeds and in several rooms, and noises to mix in. In the lane.

Frames are float16 and come before any normalisation: noise and loudness are changed on energies, batch by batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.features import log_mel
from deepstudio.core.job import JobContext
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.speech.sets import Utterance, read_utterance

Frames = NDArray[np.float16]

_TRAINED_SHARE = 0.8
_ROOM_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Bank:
    """`variants[v][i]` are the frames of utterance i in variant v: every speed dry, then every speed in a room."""

    variants: tuple[tuple[Frames, ...], ...]
    speeds: int

    def choose(self, random: np.random.Generator, reverberation: float) -> int:
        """Return a variant: a speed at random, in a room with that probability where there are rooms."""
        speed = int(random.integers(self.speeds))
        return speed + self.speeds * (len(self.variants) > self.speeds and bool(random.random() < reverberation))


def make_bank(
    utterances: Sequence[Utterance],
    speech: SpeechInput,
    speeds: Sequence[float],
    rooms: Sequence[NDArray[np.float32]],
    context: JobContext,
) -> Bank:
    """Return the frames of all variants. Some 20 seconds an hour of sound and variant on one core."""
    import soxr

    context.status(QT_TRANSLATE_NOOP("status", "Listening to the data"))
    random = np.random.default_rng(0)
    dry: list[list[Frames]] = [[] for _ in speeds]
    wet: list[list[Frames]] = [[] for _ in speeds] if rooms else []
    for number, one in enumerate(utterances):
        context.check()
        context.progress(number, len(utterances))
        samples = read_utterance(one, speech.sample_rate)
        for place, speed in enumerate(speeds):
            heard = samples if speed == 1 else soxr.resample(samples, speech.sample_rate, speech.sample_rate / speed)
            dry[place].append(log_mel(heard, speech).astype(np.float16))
            if rooms:
                room = rooms[int(random.integers(len(rooms)))]
                wet[place].append(log_mel(in_room(heard, room), speech).astype(np.float16))
    return Bank(tuple(map(tuple, dry + wet)), len(speeds))


def read_rooms(folder: Path, speech: SpeechInput) -> list[NDArray[np.float32]]:
    """Return the impulse responses `room*` of a folder, each from its peak on (words stay where they are)."""
    rooms = []
    for path in sorted(folder.glob("room*")):
        response = read_utterance(Utterance(path=path, text=""), speech.sample_rate)
        first = int(np.abs(response).argmax())
        kept = response[first : first + round(_ROOM_SECONDS * speech.sample_rate)]
        rooms.append(0.9 * kept / np.sqrt(np.square(kept).sum()))
    return rooms


def read_noises(folder: Path, speech: SpeechInput) -> list[Frames]:
    """Return the frames of every other recording of a folder, without the last fifth, which is kept for tests."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith("room")]
    frames = [log_mel(read_utterance(Utterance(path=path, text=""), speech.sample_rate), speech) for path in paths]
    return [part[: int(len(part) * _TRAINED_SHARE)].astype(np.float16) for part in frames]


def in_room(samples: NDArray[np.float32], response: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the convolution, as long as `samples`."""
    size = 1 << (len(samples) + len(response) - 1).bit_length()
    product = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    return np.fft.irfft(product, size)[: len(samples)].astype(np.float32)
