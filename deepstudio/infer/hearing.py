"""One door to everything that listens: sentences, digits in a row, single words. In a lane.

What comes back behaves alike, so a microphone, a sound file and a recording can be heard in any of these ways.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.recognizer import StreamingRecognizer
from deepstudio.core.speech_messages import Final, SpeechEvent, Word
from deepstudio.infer.commands import TASK, KeywordSpotter, open_spotter
from deepstudio.infer.digits import DigitRecognizer, open_digits
from deepstudio.infer.sherpa import SherpaRecognizer, open_sherpa
from deepstudio.infer.speech import open_recognizer
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import read_card

DIGITS = "digits"
"""Given as the language model: digits spoken in a row."""

_SPEAKING_SECONDS = 0.3


class SingleWords:
    """A keyword spotter as a recogniser: each word that it hears is a segment of its own."""

    def __init__(self, spotter: KeywordSpotter) -> None:
        self._spotter = spotter
        self.sample_rate = spotter.sample_rate
        self.reset()

    def reset(self) -> None:
        """Begin a new stream at time 0."""
        self._spotter.reset()
        self._segment = 0
        self._samples = 0
        self._loud_at = float("-inf")
        self.level = -96.0
        self.compute_seconds = 0.0

    @property
    def position(self) -> float:
        """Return the seconds of sound fed so far."""
        return self._samples / self.sample_rate

    @property
    def processed(self) -> float:
        """Return the seconds of sound understood so far."""
        return self.position

    @property
    def speaking(self) -> bool:
        """Return whether it was loud just now."""
        return self.position - self._loud_at < _SPEAKING_SECONDS

    @property
    def guesses(self) -> tuple[tuple[str, float], ...]:
        """Return what the last moment could be: labels and probabilities, the best first; () in silence."""
        return self._spotter.guesses

    def feed(self, samples: NDArray[np.float32]) -> list[SpeechEvent]:
        """Take samples in and return a Final for each word that they complete."""
        started = time.perf_counter()
        self._samples += len(samples)
        if len(samples):
            newest = samples[-round(_SPEAKING_SECONDS * self.sample_rate) :]
            self.level = max(-96.0, 10 * float(np.log10(np.mean(np.square(newest, dtype=np.float64)) + 1e-12)))
        if self.level > self._spotter.least_level:
            self._loud_at = self.position
        events: list[SpeechEvent] = []
        for found in self._spotter.feed(samples):
            word = Word(text=found.text, start=found.start, end=found.end, confidence=found.confidence)
            events.append(Final(segment=self._segment, text=word.text, start=word.start, end=word.end, words=(word,)))
            self._segment += 1
        self.compute_seconds += time.perf_counter() - started
        return events

    def finish(self) -> list[SpeechEvent]:
        """Return what is left: a word that ends with the sound is heard with silence after it."""
        tail = np.zeros(round(self._spotter.tail_seconds * self.sample_rate), np.float32)
        before = self._samples
        events = self.feed(tail)
        self._samples = before
        return events


Hearing = SingleWords | DigitRecognizer | StreamingRecognizer | SherpaRecognizer
"""All satisfy `infer.live_recording.Recognizer`."""


def open_hearing(
    model: Path | str = "english", language_model: Path | str = "english-lm", *, device: str = "cpu"
) -> Hearing:
    """Return what hears a stream with this model: by its card, and by "digits" in place of a language model.

    A folder is a model of sherpa-onnx.

    Raises UnknownNameError for unknown names, ModelFileError for damaged files and models of another task.
    """
    path = Path(model)
    if path.is_dir():
        return open_sherpa(path)
    file = path if path.suffix == SUFFIX and path.is_file() else default_library().find(str(model)).path
    if read_card(file).task == TASK:
        return SingleWords(open_spotter(file, device=device))
    if str(language_model) == DIGITS:
        return open_digits(file, device=device)
    return open_recognizer(file, language_model, device=device)
