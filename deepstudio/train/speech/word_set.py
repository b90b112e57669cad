"""Training on one's own words: features of the takes, cross-validation, the last layer, the file. In a lane."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from deepstudio.audio import word_sets
from deepstudio.audio.features import log_mel
from deepstudio.audio.take_cutter import LONGEST
from deepstudio.core.errors import DeepStudioError, InputError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.take_messages import WordFigure
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.models.speech_words import SpeechWords
from deepstudio.train.speech.clips import Clips, clips_of
from deepstudio.train.speech.keywords import OTHER, SILENCE, window_frames
from deepstudio.train.speech.layouts import find_utterances
from deepstudio.train.speech.made_noise import made_noises
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import Utterance, read_utterance
from deepstudio.train.speech.word_head import (
    NOISE_CENTRES,
    OTHER_CENTRES,
    SPREAD,
    Others,
    embed,
    fit_head,
    heard_plainly,
    heard_somehow,
)
from deepstudio.train.task import bare_card

_HEARINGS = 24
"""How often each take is heard, each time otherwise."""
_AT_ONCE = 1024
_FOLDS = 5
_LEAST_SPEAKERS = 3
_FOLD_STEPS = 150
_NOISE_SECONDS = 20
_PASSING = 0.95
_THRESHOLDS = (0.5, 0.9)
_FEW_TAKES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """All takes of a set: clip i is of word `labels[i]` (the number of words for "(other)") and said by a speaker."""

    words: tuple[str, ...]
    utterances: tuple[Utterance, ...]
    clips: Clips
    labels: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What cross-validation says; `threshold` lets nearly all rightly heard takes pass."""

    accuracy: float
    spread: float
    examples: int
    by_speaker: bool
    words: tuple[WordFigure, ...]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedWords:
    """The model file, its card, and the estimate that the card states."""

    path: Path
    card: ModelCard
    estimate: Estimate
    notes: tuple[Phrase, ...]


def train_word_set(recipe: SpeechRecipe, data: Path, target: Path, context: JobContext) -> TrainedWords:
    """Write the model of a folder of takes (a folder for each word). Some ten seconds for a hundred takes.

    Raises InputError for too few words or takes, ModelFileError if the model to start from is none of single words.
    """
    started = time.perf_counter()
    body, network, others = _body(recipe.network.start_from)
    assert body.card.speech is not None
    speech = body.card.speech
    frames = window_frames(recipe, speech)
    takes = read_takes(data, body, context)
    context.status(QT_TRANSLATE_NOOP("status", "Hearing each take in many ways"))
    random = np.random.default_rng(recipe.seed)
    made = made_noises(speech.sample_rate, recipe.seed, seconds=_NOISE_SECONDS)
    noises = clips_of([log_mel(sound, speech).astype(np.float16) for sound in made.values()], speech.num_mels)
    chosen = np.repeat(np.arange(len(takes.clips)), _HEARINGS)
    parts = []
    for part in np.array_split(chosen, max(1, len(chosen) // _AT_ONCE)):  # thousands of takes fit into memory, too
        context.check()
        heard = heard_somehow(takes.clips, part, frames, recipe.augment, speech, noises, random)
        parts.append(embed(network, torch.from_numpy(heard), speech))
    features = torch.cat(parts)
    plain = embed(network, torch.from_numpy(heard_plainly(takes.clips, frames, speech)), speech)
    others = others.away_from(plain[takes.labels < len(takes.words)])
    context.check()
    context.status(QT_TRANSLATE_NOOP("status", "Leaving takes out to see how well the others hear them"))
    estimate = _cross_validate(takes, features, torch.from_numpy(chosen), plain, others, context)
    context.status(QT_TRANSLATE_NOOP("status", "Training"))
    count = len(takes.words)
    head = fit_head(features, takes.labels[torch.from_numpy(chosen)], count, others, context, tell=True)
    labels = (*takes.words, OTHER, SILENCE)
    own = build_network(body.card.architecture, body.card.config, num_classes=len(labels))
    weights = {**network.state_dict(), "out.weight": head.weight, "out.bias": head.bias}
    own.load_state_dict({name: weights[name] for name in own.state_dict()})
    card = _card(recipe, body, labels, takes, estimate, time.perf_counter() - started)
    eight_bits = body.card.recipe.get("storage") == "int8"
    card = save_model(target, card, own.eval(), body.extras, eight_bits=eight_bits)
    return TrainedWords(path=target, card=card, estimate=estimate, notes=_notes(takes, estimate))


def read_takes(data: Path, body: LoadedModel, context: JobContext) -> Takes:
    """Return the takes of a word set, or of any folder with a folder for each word. Raises InputError."""
    speech = body.card.speech
    assert speech is not None
    found = _utterances(data, context)
    counts = Counter(one.text for one in found)
    words = tuple(sorted(word for word in counts if word != word_sets.OTHER))
    if len(words) < word_sets.LEAST_WORDS:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "At least two words are needed."),
            fix=QT_TRANSLATE_NOOP("errors", "Put the recordings of each word into a folder of its name."),
        )
    for word in words:
        if counts[word] < word_sets.LEAST_TAKES:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "There are too few takes of “{name}”: {count} of at least {least}."),
                name=word,
                count=counts[word],
                least=word_sets.LEAST_TAKES,
            )
    frames = []
    for number, one in enumerate(found):
        context.check()
        context.progress(number, len(found))
        samples = read_utterance(one, speech.sample_rate)
        if not len(samples) or len(samples) > 2 * LONGEST * speech.sample_rate:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "{path} holds no single word: it is {seconds} s long."),
                path=str(one.path),
                seconds=round(len(samples) / speech.sample_rate, 1),
            )
        frames.append(log_mel(samples, speech).astype(np.float16))
    place = {word: number for number, word in enumerate(words)}
    return Takes(
        words=words,
        utterances=tuple(found),
        clips=clips_of(frames, speech.num_mels),
        labels=torch.tensor([place.get(one.text, len(words)) for one in found]),
    )


def _utterances(data: Path, context: JobContext) -> list[Utterance]:
    try:
        own = word_sets.open_word_set(data)
    except DeepStudioError:
        found = find_utterances(data, context.check)
        return [*found.train, *found.validation, *found.test]
    return [
        Utterance(path=take.path, text=word.text, speaker=take.speaker, seconds=take.seconds)
        for word in own.words
        for take in word.takes
    ]


def _body(name: str) -> tuple[LoadedModel, SpeechWords, Others]:
    path = Path(name or "commands")
    file = path if path.suffix == SUFFIX and path.is_file() else default_library().find(str(path)).path
    loaded = load_model(file, torch.device("cpu"))
    network, extras = loaded.network, loaded.extras
    wanted = (OTHER_CENTRES, NOISE_CENTRES, SPREAD)
    if not isinstance(network, SpeechWords) or loaded.card.speech is None or any(name not in extras for name in wanted):
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "The model {model} cannot learn new words."),
            fix=QT_TRANSLATE_NOOP("errors", "Start from the model commands."),
            model=loaded.card.name,
        )
    return loaded, network, Others(*(extras[name] for name in wanted))


def _cross_validate(
    takes: Takes, features: Tensor, of: Tensor, plain: Tensor, others: Others, context: JobContext
) -> Estimate:
    """Return how takes fare that the last layer was not fitted to; `of` says which take each row of `features` is."""
    groups, by_speaker = _groups(takes)
    count = len(takes.words)
    chances = torch.zeros(len(plain), count + 2)
    folds = sorted(set(groups.tolist()))
    for done, fold in enumerate(folds):
        context.check()
        context.progress(done, len(folds))
        out = groups == fold
        kept = ~out[of]
        head = fit_head(features[kept], takes.labels[of][kept], count, others, context, steps=_FOLD_STEPS)
        chances[out] = head(plain[out]).softmax(dim=1)
    is_word = takes.labels < count
    best = chances.argmax(dim=1)
    right = (best == takes.labels) & is_word
    accuracy = float(right[is_word].float().mean())
    sure = chances.amax(dim=1)[right]
    threshold = float(sure.quantile(1 - _PASSING)) if len(sure) else _THRESHOLDS[0]
    low, high = _THRESHOLDS
    return Estimate(
        accuracy=accuracy,
        spread=_half_interval(accuracy, int(is_word.sum())),
        examples=int(is_word.sum()),
        by_speaker=by_speaker,
        words=tuple(_figure(takes, number, best) for number in range(count)),
        threshold=min(max(threshold, low), high),
    )


def _groups(takes: Takes) -> tuple[Tensor, bool]:
    """Return which fold each take is left out in, and whether folds are speakers."""
    speakers = sorted({one.speaker for one in takes.utterances})
    if len(speakers) >= _LEAST_SPEAKERS and all(speakers):
        place = {speaker: number % 10 for number, speaker in enumerate(speakers)}
        return torch.tensor([place[one.speaker] for one in takes.utterances]), True
    seen: Counter[int] = Counter()
    folds = []
    for label in takes.labels.tolist():
        folds.append(seen[label] % _FOLDS)
        seen[label] += 1
    return torch.tensor(folds), False


def _figure(takes: Takes, number: int, best: Tensor) -> WordFigure:
    mine = best[takes.labels == number].tolist()
    wrong = Counter(label for label in mine if label != number)
    names = (*takes.words, OTHER, SILENCE)
    return WordFigure(
        text=takes.words[number],
        takes=len(mine),
        heard=sum(label == number for label in mine) / max(len(mine), 1),
        confused_with=names[wrong.most_common(1)[0][0]] if wrong else "",
    )


def _half_interval(share: float, count: int) -> float:
    """Return half the width of Wilson's 95 % interval (1927)."""
    z = 1.96
    return float(z / (1 + z**2 / count) * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2)))


def _card(
    recipe: SpeechRecipe,
    body: LoadedModel,
    labels: Sequence[str],
    takes: Takes,
    estimate: Estimate,
    seconds: float,
) -> ModelCard:
    card = bare_card(
        recipe,
        architecture=body.card.architecture,
        config=body.card.config,
        labels=tuple(labels),
        speech=body.card.speech,
    )
    speakers = {one.speaker for one in takes.utterances}
    return replace(
        card,
        task=body.card.task,
        sources=body.card.sources,
        metrics=(
            Measured(
                name="accuracy",
                value=estimate.accuracy,
                data=recipe.data.name or recipe.title or recipe.name,
                split="left-out speakers" if estimate.by_speaker else "left-out takes",
                examples=estimate.examples,
            ),
        ),
        extra={
            "threshold": round(estimate.threshold, 3),
            "start_from": body.card.name,
            "training": {
                "seconds": round(seconds, 2),
                "training_examples": len(takes.labels),
                "speakers": len(speakers),
            },
        },
    )


def _notes(takes: Takes, estimate: Estimate) -> tuple[Phrase, ...]:
    notes = []
    if not estimate.by_speaker:
        notes.append(
            Phrase(QT_TRANSLATE_NOOP("takes", "Measured on takes of the same voices: expect less from other voices."))
        )
    few = [word.text for word in estimate.words if word.takes < _FEW_TAKES]
    if few:
        names = ", ".join(few)
        notes.append(Phrase(QT_TRANSLATE_NOOP("takes", "More takes would help: {names}."), {"names": names}))
    for word in estimate.words:
        if word.confused_with and word.heard < 0.8 and not word.confused_with.startswith("("):
            values: dict[str, object] = {"name": word.text, "other": word.confused_with}
            notes.append(Phrase(QT_TRANSLATE_NOOP("takes", "“{name}” is often taken for “{other}”."), values))
    return tuple(notes)
