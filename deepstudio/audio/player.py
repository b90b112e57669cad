"""Playing sound back. The sound library's callback copies; a thread reads on while a long file plays.

Everything else happens where `play` is called.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.devices import TURN, exclusive, sound_library
from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_log = logging.getLogger(__name__)
_BLOCKS_AHEAD = 4

Sound = NDArray[np.float32]


class _Piece:
    """Blocks that wait for the sound card: one thread fills in, the callback takes out."""

    def __init__(self, channels: int) -> None:
        self._waiting: deque[Sound] = deque()
        self._room = threading.Semaphore(_BLOCKS_AHEAD)
        self._block, self._offset = np.zeros((0, channels), np.float32), 0
        self._complete = self._left = False
        self.position = 0
        """Frames that have been given."""

    def fill(self, blocks: Iterator[Sound]) -> None:
        """Let every block wait its turn, as long as somebody listens."""
        try:
            for block in blocks:
                self._room.acquire()
                if self._left:
                    return
                self._waiting.append(block)
        except (InputError, OSError) as error:  # what was read until then is heard
            _log.warning("The sound breaks off: %s", error)
        finally:
            self._complete = True

    def leave(self) -> None:
        """Nobody listens any more."""
        self._left = True
        self._room.release()

    def give(self, out: Sound) -> bool:
        """Fill `out` (frames, channels), with silence where nothing waits; return whether all is over."""
        complete = self._complete  # before looking at what waits: nothing comes after it
        filled = 0
        while filled < len(out):
            if self._offset == len(self._block):
                if not self._waiting:
                    break
                self._block, self._offset = self._waiting.popleft(), 0
                self._room.release()
            count = min(len(out) - filled, len(self._block) - self._offset)
            out[filled : filled + count] = self._block[self._offset : self._offset + count]
            filled, self._offset = filled + count, self._offset + count
        out[filled:] = 0
        self.position += filled
        return complete and filled < len(out)


class Player:
    """Plays one piece of sound at a time; a new one takes the place of the old. Any thread, one at a time."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._piece = _Piece(1)
        self._rate = 1
        self.ended = threading.Event()
        """Set when a piece has been played or stopped."""
        self.ended.set()

    def play(self, sound: Sound, sample_rate: int) -> None:
        """Start to play `sound` (frames, channels). Raises InputError where nothing can play it."""
        piece = _Piece(sound.shape[1])
        piece.fill(iter([sound]))
        self._begin(piece, sample_rate, sound.shape[1])

    def play_blocks(self, blocks: Iterator[Sound], sample_rate: int, channels: int) -> None:
        """Start to play blocks (frames, channels), which a thread of its own asks for some seconds ahead.

        Raises InputError where nothing can play it.
        """
        piece = _Piece(channels)
        threading.Thread(target=piece.fill, args=(blocks,), name="sound file", daemon=True).start()
        try:
            self._begin(piece, sample_rate, channels)
        except InputError:
            piece.leave()
            raise

    def _begin(self, piece: _Piece, sample_rate: int, channels: int) -> None:
        self.stop()
        self._piece, self._rate = piece, sample_rate
        self.ended.clear()
        with exclusive() as library:
            try:
                self._stream = library.OutputStream(
                    samplerate=sample_rate,
                    channels=channels,
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
        return None if self.ended.is_set() else self._piece.position / self._rate

    def stop(self) -> None:
        """Be silent."""
        if self._stream is not None:
            with TURN:
                self._stream.close()
            self._stream = None
        self._piece.leave()
        self.ended.set()

    def _give(self, out: Sound, frames: int, times: Any, status: Any) -> None:
        if self._piece.give(out):
            raise sound_library().CallbackStop
