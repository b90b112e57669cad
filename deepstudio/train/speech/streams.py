"""Whole recordings through a streaming recogniser, as a microphone would bring them. In the lane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.recognizer import StreamingRecognizer
from deepstudio.audio.transcripts import Transcript
from deepstudio.core.speech_messages import Final, SpeechEvent
from deepstudio.models.speech_ctc import CtcStream

_PIECE = 320
"""Samples that a live microphone hands over at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a recogniser made of a recording: the texts of the first and of both passes, and when it said what."""

    first: str
    both: str
    history: list[tuple[float, SpeechEvent]]
    """Each event with the seconds of sound that had been heard when it came."""


def transcribe(recognizer: StreamingRecognizer, samples: NDArray[np.float32]) -> Reading:
    """Feed a recording in small pieces and return what comes of it."""
    recognizer.reset()
    history: list[tuple[float, SpeechEvent]] = []
    for at in range(0, len(samples), _PIECE):
        events = recognizer.feed(samples[at : at + _PIECE])
        history += [(recognizer.position, event) for event in events]
    history += [(recognizer.position, event) for event in recognizer.finish()]
    both, alone = Transcript(), Transcript()
    for _, event in history:
        both.add(event)
        if isinstance(event, Final):
            alone.add(event)
    return Reading(first=_text(alone), both=_text(both), history=history)


def _text(transcript: Transcript) -> str:
    return " ".join(part.text for part in transcript.segments)


class RememberedStream:
    """A network hearing recordings that it may be given again: then it answers from memory, call by call.

    The same recordings must come in the same order and pieces. It spells like the network behind it
    (`audio.recognizer.SpellingStream`).
    """

    def __init__(self, stream: CtcStream) -> None:
        self._stream = stream
        self._answers: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
        self._next = 0
        self.letters_UL = stream.letters_UL

    def rewind(self) -> None:
        """Begin with the first recording again."""
        self._next = 0

    def reset(self) -> None:
        """Begin a new recording."""
        self._stream.reset()

    def feed(self, frames_TM: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        """Return log probabilities, shape (outputs, symbols), as the network did or does."""
        if self._next == len(self._answers):
            logs_UK = self._stream.feed(frames_TM, last=last)
            self._answers.append((logs_UK, self._stream.letters_UL))
        logs_UK, self.letters_UL = self._answers[self._next]
        self._next += 1
        return logs_UK
