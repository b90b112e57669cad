"""Playing sound back. The sound library's callback copies; everything else happens where `play` is called."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.devices import TURN, exclusive, sound_library
from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP


class Player:
    """Plays one piece of sound at a time; a new one takes the place of the old. Any thread, one at a time."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._sound = np.zeros((0, 1), np.float32)
        self._position = 0
        self._rate = 1
        self.ended = threading.Event()
        """Set when a piece has been played or stopped."""
        self.ended.set()

    def play(self, sound: NDArray[np.float32], sample_rate: int) -> None:
        """Start to play `sound` (frames, channels). Raises InputError where nothing can play it."""
        self.stop()
        self._sound, self._position, self._rate = sound, 0, sample_rate
        self.ended.clear()
        with exclusive() as library:
            try:
                self._stream = library.OutputStream(
                    samplerate=sample_rate,
                    channels=sound.shape[1],
                    dtype="float32",
                    callback=self._give,
                    finished_callback=self.ended.set,
                )
                self._stream.start()
            except (library.PortAudioError, ValueError) as error:
                self.ended.set()
                raise InputError(
                    QT_TRANSLATE_NOOP("errors", "The sound cannot be played: {reason}."), reason=str(error).rstrip(".")
                ) from error

    @property
    def played(self) -> float | None:
        """Return how many seconds of the piece have gone to the sound card; None while nothing plays. Any thread."""
        return None if self.ended.is_set() else min(self._position, len(self._sound)) / self._rate

    def stop(self) -> None:
        """Be silent."""
        if self._stream is not None:
            with TURN:
                self._stream.close()
            self._stream = None
        self.ended.set()

    def _give(self, out: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        piece = self._sound[self._position : self._position + frames]
        out[: len(piece)] = piece
        out[len(piece) :] = 0
        self._position += frames
        if len(piece) < frames:
            raise sound_library().CallbackStop
