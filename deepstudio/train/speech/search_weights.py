"""What the language model counts for beside the network: chosen on recordings of speakers held out. In the lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
_STEPS = {"word_bonus": 0.5, "lm_weight": 0.2, "blank_penalty": 1.0}
"""Where the search for the weights begins, and how far each is moved at a time."""
_LATE_MS = 300.0
_COST_OF_LATE = 0.25
"""What a word that is shown later than this after its end counts beside one that is wrong."""


def choose_weights(
    loaded: LoadedModel, language: Language, utterances: Sequence[Utterance], context: JobContext
) -> dict[str, float]:
    """Return the weights with which the first reading of the streaming recogniser is best: right, and not late.

    The network hears the utterances once; the search reads its answers with each trial of weights.
    """
    speech, network = loaded.card.speech, loaded.network
    assert speech is not None and isinstance(network, SpeechCtc)
    heard = [(read_utterance(one, speech.sample_rate), normalised_text(one.text).split()) for one in utterances]
    stream = RememberedStream(CtcStream(network))
    known: dict[tuple[float, ...], float] = {}

    def cost(weights: dict[str, float]) -> float:
        key = tuple(weights.values())
        if key not in known:
            stream.rewind()
            options = replace(options_of({"search": weights}), second_pass=False)
            recognizer = StreamingRecognizer(stream, speech, language, options)
            known[key] = 0
            for samples, truth in heard:
                context.check()
                read = transcribe(recognizer, samples)
                late = sum(shown > _LATE_MS for shown in word_figures(read.history)["shown_ms"])
                known[key] += edit_distance(read.first.split(), truth) + _COST_OF_LATE * late
        return known[key]

    best, before = _FIRST, None
    # One weight after the other until no step helps: they lean on each other, so one round stops too early.
    while best != before:
        before = best
        for name, step in _STEPS.items():
            trials = [{**best, name: round(best[name] + way * step, 3)} for way in (-1, 1)]
            best = min((best, *trials), key=cost)
    return best
