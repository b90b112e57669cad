"""What the language model counts for beside the network: chosen on recordings of speakers held out. In the lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

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

Weights = Mapping[str, float]


def choose_weights(
    loaded: LoadedModel, language: Language, utterances: Sequence[Utterance], context: JobContext
) -> dict[str, Any]:
    """Return the weights with the fewest wrong words, and as `live` those with the fewest wrong or late ones.

    The network hears the utterances once; the first reading of the streaming recogniser is tried with many weights.
    """
    readings = _Readings(loaded, language, utterances, context)
    right = _descend(lambda weights: readings.of(weights)[0])
    soon = _descend(lambda weights: sum(readings.of(weights)))
    return {**right, "live": dict(soon)}


class _Readings:
    """How many words of some utterances are wrong with what weights, and how many are right but shown late."""

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
        self._known: dict[tuple[float, ...], tuple[int, int]] = {}

    def of(self, weights: Weights) -> tuple[int, int]:
        """Return how many words are wrong, and how many right but late."""
        key = tuple(weights.values())
        if key not in self._known:
            self._known[key] = self._read(weights)
        return self._known[key]

    def _read(self, weights: Weights) -> tuple[int, int]:
        self._stream.rewind()
        options = replace(options_of({"search": weights}), second_pass=False)
        recognizer = StreamingRecognizer(self._stream, self._speech, self._language, options)
        wrong = late = 0
        for samples, truth in self._heard:
            self._context.check()
            read = transcribe(recognizer, samples)
            wrong += edit_distance(read.first.split(), truth.split())
            late += sum(shown > _LATE_MS for shown in word_figures(read.history, truth)["right_ms"])
        return wrong, late


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
