"""Single words out of sentences: a recogniser says where in a recording each word of its transcript lies. In the lane.

The most likely path of the transcript's sounds through the network's outputs (Viterbi over CTC states; Graves et al.
2006, section 4.1) gives every sound its outputs, and so every word its beginning and its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from deepstudio.audio.features import log_mel
from deepstudio.audio.language import from_arrays
from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.arrayfile import load_arrays
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import load_model
from deepstudio.train.speech.augment import normalised, stacked
from deepstudio.train.speech.bank import Frames
from deepstudio.train.speech.measures import normalised_text
from deepstudio.train.speech.sets import Utterance, read_utterance

_BATCH = 16
_LEAST_LOG = -2.5
"""Words whose sounds are less likely than this on average (natural logarithm) were said otherwise than written."""

_BEFORE, _AFTER = 0.10, 0.10
"""Seconds kept around a word's first and last output, which fall inside its sounds."""

_LONGEST = 1.2


@dataclass(frozen=True, slots=True)
class _Aligner:
    network: nn.Module
    speech: SpeechInput
    spoken: dict[str, tuple[int, ...]]


def cut_words(utterances: Sequence[Utterance], model: str, language_model: str, context: JobContext) -> list[Utterance]:
    """Return the words of sentences as utterances of their own, in order; doubtful and unknown words are left out.

    Raises UnknownNameError and ModelFileError where the models do not exist or do not fit.
    """
    aligner = _open(model, language_model)
    order = sorted(range(len(utterances)), key=lambda number: utterances[number].seconds)
    found: dict[int, list[Utterance]] = {}
    context.status(QT_TRANSLATE_NOOP("status", "Finding words in sentences"))
    for first in range(0, len(order), _BATCH):
        context.check()
        context.progress(first, len(order))
        numbers = order[first : first + _BATCH]
        logs = _outputs(aligner, [utterances[number] for number in numbers])
        for number, logs_UK in zip(numbers, logs, strict=True):
            found[number] = list(_words(aligner, utterances[number], logs_UK))
    return [word for number in range(len(utterances)) for word in found[number]]


def sliced(words: Sequence[Utterance], speech: SpeechInput, context: JobContext) -> list[Frames]:
    """Return the frames of words of sentences (float16); each sentence is read once, for all its words."""
    rate = speech.sample_rate / speech.hop_samples
    frames: list[Frames] = []
    path: Path | None = None
    sentence = np.zeros((0, speech.num_mels), np.float16)
    for number, word in enumerate(words):
        if word.path != path:
            context.check()
            context.progress(number, len(words))
            path = word.path
            sentence = log_mel(read_utterance(Utterance(path=path, text=""), speech.sample_rate), speech).astype(
                np.float16
            )
        frames.append(sentence[round(word.start * rate) : round((word.start + word.seconds) * rate)])
    return frames


def _open(model: str, language_model: str) -> _Aligner:
    loaded = load_model(_path(model), torch.device("cpu"))
    speech = loaded.card.speech
    if speech is None:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{name} does not say how it takes sound."), name=model)
    language = from_arrays(load_arrays(_path(language_model))[1])
    language.lexicon(speech.symbols)  # raises where the two do not fit
    place = [0, *(speech.symbols.index(symbol) + 1 for symbol in language.symbols)]
    spoken = {
        word: tuple(place[symbol] for symbol in ways[0])
        for word, ways in zip(language.words, language.spoken, strict=True)
        if ways
    }
    return _Aligner(loaded.network, speech, spoken)


def _path(name: str) -> Path:
    path = Path(name)
    return path if path.suffix == SUFFIX and path.is_file() else default_library().find(name).path


def _outputs(aligner: _Aligner, utterances: Sequence[Utterance]) -> list[NDArray[np.float32]]:
    speech = aligner.speech
    frames = [log_mel(read_utterance(one, speech.sample_rate), speech) for one in utterances]
    frames_BTM, numbers_B = stacked(frames, speech)
    with torch.inference_mode():
        logits_BUK, _ = aligner.network(normalised(frames_BTM, speech))
        logs_BUK = logits_BUK.float().log_softmax(dim=-1).numpy()
    return [logs_BUK[row, : int(number) // speech.subsampling].copy() for row, number in enumerate(numbers_B.tolist())]


def _words(aligner: _Aligner, one: Utterance, logs_UK: NDArray[np.float32]) -> Iterator[Utterance]:
    names = normalised_text(one.text).split()
    if any(name not in aligner.spoken for name in names):
        return
    symbols = [symbol for name in names for symbol in aligner.spoken[name]]
    steps = best_path(logs_UK, symbols)
    if steps is None:
        return
    second = aligner.speech.frame_seconds
    at = 0
    for name in names:
        count = len(aligner.spoken[name])
        own = range(at, at + count)
        at += count
        likely = float(np.mean([logs_UK[steps[number][0], symbols[number]] for number in own]))
        start = max(0.0, steps[own[0]][0] * second - _BEFORE)
        seconds = (steps[own[-1]][1] + 1) * second + _AFTER - start
        if likely >= _LEAST_LOG and seconds <= _LONGEST:
            yield replace(one, text=name, start=one.start + start, seconds=seconds)


def best_path(logs_UK: NDArray[np.float32], symbols: Sequence[int]) -> list[tuple[int, int]] | None:
    """Return, for each symbol, the first and last output of the most likely path; None if there are too few outputs."""
    states = np.zeros(2 * len(symbols) + 1, np.int64)
    states[1::2] = symbols
    skips = np.zeros(len(states), bool)
    skips[3::2] = states[3::2] != states[1:-2:2]
    scores = np.full(len(states), -1e30)
    scores[:2] = logs_UK[0, states[:2]]
    back = np.zeros((len(logs_UK), len(states)), np.int8)
    for step in range(1, len(logs_UK)):
        one = np.concatenate([[-1e30], scores[:-1]])
        two = np.where(skips, np.concatenate([[-1e30, -1e30], scores[:-2]]), -1e30)
        ways = np.stack([scores, one, two])
        back[step] = ways.argmax(axis=0)
        scores = ways.max(axis=0) + logs_UK[step, states]
    state = len(states) - 1 - int(scores[-2] > scores[-1])
    if scores[state] < -1e20:
        return None
    spans: list[tuple[int, int]] = [(-1, -1)] * len(symbols)
    for step in range(len(logs_UK) - 1, -1, -1):
        if state % 2:
            last = spans[state // 2][1]
            spans[state // 2] = (step, step if last < 0 else last)
        state -= int(back[step, state])
    return spans
