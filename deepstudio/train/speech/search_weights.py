"""What the language model counts for beside the network: chosen on recordings of speakers held out. In the lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from deepstudio.audio.language import Language
from deepstudio.audio.recognizer import StreamingRecognizer, options_of
from deepstudio.core.job import JobContext
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.speech_ctc import CtcStream, SpeechCtc
from deepstudio.train.speech.lateness import word_figures
from deepstudio.train.speech.measures import edit_distance, normalised_text
from deepstudio.train.speech.sets import Utterance, read_utterance
from deepstudio.train.speech.streams import RememberedStream, transcribe

_FIRST = {"lm_weight": 1.0, "word_bonus": 0.0, "blank_penalty": 2.0}
_STEPS = (
    {"word_bonus": 0.5},
    {"lm_weight": 0.2},
    {"blank_penalty": 1.0},
    {"lm_weight": 0.2, "word_bonus": 0.5},  # a model that counts for more makes fewer words, too
)
"""Where the search for the weights begins, and what is moved at a time, up or down."""
_LATE_MS = 300.0
_MOST_LATE = 0.045
"""Share of the right words that may be shown later than that; the budget is a twentieth, on whatever is said."""
_OVERDUE = 3.0
"""What each late word above it counts for beside a wrong one."""

Weights = Mapping[str, float]


def choose_weights(
    loaded: LoadedModel, language: Language, utterances: Sequence[Utterance], context: JobContext
) -> dict[str, Any]:
    """Return the weights with the fewest wrong words, and as `live` the best of those that show words in time.

    The network hears the utterances once; the first reading of the streaming recogniser is tried with many weights.
    """
    readings = _Readings(loaded, language, utterances, context)
    right = _descend(lambda weights: readings.of(weights).wrong)
    soon = _descend(lambda weights: _in_time(readings.of(weights)))
    return {**right, "live": dict(soon)}


class _Reading(NamedTuple):
    """How many words are wrong and how many right, and how many of the right ones came late."""

    wrong: int
    right: int
    late: int


def _in_time(reading: _Reading) -> float:
    return reading.wrong + _OVERDUE * max(0.0, reading.late - _MOST_LATE * reading.right)


class _Readings:
    """What some utterances are read as, with what weights."""

    def __init__(
        self, loaded: LoadedModel, language: Language, utterances: Sequence[Utterance], context: JobContext
    ) -> None:
        speech, network = loaded.card.speech, loaded.network
        assert speech is not None and isinstance(network, SpeechCtc)
        self._speech = speech
        self._language = language
        self._context = context
        self._heard = [(read_utterance(one, speech.sample_rate), normalised_text(one.text)) for one in utterances]
        self._stream = RememberedStream(CtcStream(network))
        self._known: dict[tuple[float, ...], _Reading] = {}

    def of(self, weights: Weights) -> _Reading:
        """Return what the first reading makes of all utterances."""
        key = tuple(weights.values())
        if key not in self._known:
            self._known[key] = self._read(weights)
        return self._known[key]

    def _read(self, weights: Weights) -> _Reading:
        self._stream.rewind()
        options = replace(options_of({"search": weights}), second_pass=False)
        recognizer = StreamingRecognizer(self._stream, self._speech, self._language, options)
        wrong = right = late = 0
        for samples, truth in self._heard:
            self._context.check()
            read = transcribe(recognizer, samples)
            wrong += edit_distance(read.first.split(), truth.split())
            shown = word_figures(read.history, truth)["right_ms"]
            right += len(shown)
            late += sum(after > _LATE_MS for after in shown)
        return _Reading(wrong, right, late)


def _descend(cost: Callable[[Weights], float]) -> Weights:
    """Return the weights from which no step of one of them leads to a lower cost.

    One round would stop too early: the weights lean on each other.
    """
    best: Weights = _FIRST
    before: Weights = {}
    while best != before:
        before = best
        for step in _STEPS:
            trials = [
                {**best, **{name: round(best[name] + way * by, 3) for name, by in step.items()}} for way in (-1, 1)
            ]
            best = min((best, *trials), key=cost)
    return best
