"""Digits spoken in a row: the speech recogniser with a grammar of digits in place of its language model. In a lane.

The sounds come from the ordinary acoustic model; the search knows the words zero to nine, "oh", "double" and "triple",
and besides any single sound at a price (a filler, as in Rose and Paul 1990), which takes up what is no digit. Runs of
fillers are talk, and digits inside talk are not digits that somebody dictates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from deepstudio.audio.beam_search import BeamOptions
from deepstudio.audio.language import Language
from deepstudio.audio.ngram import NgramModel, ngram_model
from deepstudio.audio.recognizer import RecognizerOptions, StreamingRecognizer, options_of
from deepstudio.core.errors import ModelFileError
from deepstudio.core.speech_messages import Final, Partial, Revised, SpeechEvent, Word
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.speech_ctc import CtcStream

SPOKEN = {
    "0": ("Z IH R OW", "Z IY R OW", "OW"),
    "1": ("W AH N", "HH W AH N"),
    "2": ("T UW",),
    "3": ("TH R IY",),
    "4": ("F AO R",),
    "5": ("F AY V",),
    "6": ("S IH K S",),
    "7": ("S EH V AH N", "S EH V IH N"),
    "8": ("EY T",),
    "9": ("N AY N",),
    "x2": ("D AH B AH L",),
    "x3": ("T R IH P AH L",),
}
"""Digits, "double" and "triple", and how each is spoken (ARPAbet without stress)."""

FILLER = ""
_MARKS = ("<unk>", "<s>", "</s>")
_FILLER_COST = 2.5
"""What a filler sound costs (natural logarithm): cheaper swallows digits, dearer makes digits of noises."""

_MOST_FILLERS = 0.34
"""Segments in which fillers are a larger share than this of all words are talk."""

_LEAST_SURE, _BRIEF_DOUBT = 0.25, 0.15
"""Segments less sure than this on average are noises, as long as they are; the second is added, divided by the digits:
a single digit may be a sneeze."""

_BEAM = BeamOptions(beam=100, width=16.0, lm_weight=1.0, word_bonus=0.0)


class DigitRecognizer:
    """As `StreamingRecognizer`, but texts are digits without spaces and words are digits ("33" for "double three")."""

    def __init__(self, recognizer: StreamingRecognizer) -> None:
        self._inner = recognizer
        self.sample_rate = recognizer.sample_rate
        self._shown: dict[int, str] = {}

    def reset(self) -> None:
        """Begin a new stream at time 0."""
        self._inner.reset()
        self._shown.clear()

    def feed(self, samples: NDArray[np.float32]) -> list[SpeechEvent]:
        """Take samples in and return what they tell."""
        return self._digits(self._inner.feed(samples))

    def finish(self) -> list[SpeechEvent]:
        """Return what is left once no more sound comes. `reset` before feeding again."""
        return self._digits(self._inner.finish())

    @property
    def position(self) -> float:
        """Return the seconds of sound fed so far."""
        return self._inner.position

    @property
    def processed(self) -> float:
        """Return the seconds of sound understood so far."""
        return self._inner.processed

    @property
    def speaking(self) -> bool:
        """Return whether somebody seems to speak now."""
        return self._inner.speaking

    @property
    def level(self) -> float:
        """Return the loudness of the last piece, dBFS."""
        return self._inner.level

    @property
    def compute_seconds(self) -> float:
        """Return the seconds spent so far."""
        return self._inner.compute_seconds

    def _digits(self, events: Sequence[SpeechEvent]) -> list[SpeechEvent]:
        found: list[SpeechEvent] = []
        for event in events:
            words = dictated(event.words)
            if _doubtful(words):
                words = ()
            text = "".join(word.text for word in words)
            before = self._shown.get(event.segment, "")
            if isinstance(event, Revised) or (isinstance(event, Partial) and text == before):
                continue  # the search is exact enough at once: options ask for no second pass
            if isinstance(event, Final) and not text and not before:
                continue
            start, end = (words[0].start, words[-1].end) if words else (event.start, event.end)
            kind = Final if isinstance(event, Final) and text else Partial  # an empty Partial takes back what was shown
            found.append(kind(segment=event.segment, text=text, start=start, end=end, words=words))
            self._shown[event.segment] = text
        return found


def _doubtful(words: Sequence[Word]) -> bool:
    """Return whether these digits of a segment are, so far, rather a noise."""
    if not words:
        return False
    sure = sum(word.confidence for word in words) / len(words)
    return sure < _LEAST_SURE + _BRIEF_DOUBT / len(words)


def dictated(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the digits among these words; none where too much else was said. "Double" and "triple" repeat the next."""
    fillers = sum(word.text == FILLER for word in words)
    if fillers > _MOST_FILLERS * len(words):
        return ()
    found: list[Word] = []
    times: Word | None = None
    for word in words:
        if word.text.startswith("x"):
            times = word
        elif word.text != FILLER:
            if times is not None:
                text = word.text * int(times.text[1:])
                sure = min(word.confidence, times.confidence)
                word = replace(word, text=text, start=times.start, confidence=sure)
            found.append(word)
            times = None
    return tuple(found)


def digit_language(symbols: Sequence[str], filler_cost: float = _FILLER_COST) -> Language:
    """Return the grammar for a network with these symbols. Raises ModelFileError where it has other sounds."""
    number = {symbol: place + 1 for place, symbol in enumerate(symbols)}
    if any(sound not in number for ways in SPOKEN.values() for way in ways for sound in way.split()):
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "This speech model does not know the sounds of English digits."),
            fix=QT_TRANSLATE_NOOP("errors", "Use the model english."),
        )
    words = [*_MARKS, *SPOKEN, *(FILLER for _ in symbols)]
    spoken: list[Sequence[tuple[int, ...]]] = [() for _ in _MARKS]
    spoken += [[tuple(number[sound] for sound in way.split()) for way in ways] for ways in SPOKEN.values()]
    spoken += [[(place + 1,)] for place in range(len(symbols))]
    return Language(words, symbols, spoken, _any_order(len(words), len(symbols), filler_cost))


def open_digits(
    model: Path | str = "english", *, device: str = "cpu", options: RecognizerOptions | None = None
) -> DigitRecognizer:
    """Return a recogniser of digits from a speech model by name or file. Raises as `infer.speech.open_recognizer`."""
    from deepstudio.infer.speech import load_speech

    card, speech, network = load_speech(model, torch.device(device))
    chosen = options or options_of(card.extra)
    penalty = chosen.first.blank_penalty
    first = replace(_BEAM, blank_penalty=penalty)
    options = replace(
        chosen,
        second_pass=False,
        probable=False,
        least_confidence=0.0,
        brief_doubt=0.0,
        vowel=0.0,
        narrow_band=True,
        first=first,
    )
    return DigitRecognizer(StreamingRecognizer(CtcStream(network), speech, digit_language(speech.symbols), options))


def _any_order(num_words: int, num_fillers: int, filler_cost: float) -> NgramModel:
    """Return n-grams in which every digit may follow every other at no price, and a filler at its own."""
    unigram = np.zeros(num_words, np.float32)
    unigram[num_words - num_fillers :] = -filler_cost
    unigram[0] = -1e9
    none = np.zeros(0, np.int64)
    pair, zero = np.zeros(1, np.int64), np.zeros(1, np.float32)  # a bigram that never comes: tables must not be empty
    return ngram_model(num_words, unigram, np.zeros(num_words, np.float32), pair, zero, zero, none, zero[:0])
