"""Keyword spotting as a task. In the lane."""

from __future__ import annotations

import copy
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from deepstudio.audio.features import log_mel
from deepstudio.core.config import from_mapping
from deepstudio.core.errors import InputError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.models.speech_words import SpeechWords
from deepstudio.train.evaluation import measure as classification
from deepstudio.train.speech.bank import make_bank, read_noises, read_rooms
from deepstudio.train.speech.clips import Clips, clips_of
from deepstudio.train.speech.keywords import (
    OTHER,
    SILENCE,
    KeywordMaterial,
    KeywordObjective,
    predict,
    scaled,
    whole,
    window_frames,
)
from deepstudio.train.speech.made_noise import made_noises
from deepstudio.train.speech.measures import normalised_text
from deepstudio.train.speech.recipe import SpeechDataConfig, SpeechRecipe
from deepstudio.train.speech.recognition_task import made_frames
from deepstudio.train.speech.sets import SpeechSets, Utterance, read_sets, read_table, read_utterance
from deepstudio.train.speech.word_cuts import cut_words, sliced
from deepstudio.train.speech.word_head import describe_others
from deepstudio.train.task import Built, Finished, bare_card

_RUNNING_SPEECH = 2.0  # seconds: longer utterances are sentences, material for "any other word"
_MOST_SENTENCES = 400
_LEAST_TAKES = 20
_TALK_WINDOWS, _WORD_WINDOWS = 3000, 3000
"""Windows from which is learnt what any other word is like."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Words out of sentences: those that are labels, all others, and which of the frequent ones these are."""

    wanted: list[Utterance]
    others: list[Utterance]
    vocabulary: tuple[str, ...]
    numbers: np.ndarray


class KeywordTask:
    """Trains, finishes and measures keyword spotters."""

    def prepare(self, recipe: SpeechRecipe, data: Path, context: JobContext) -> KeywordMaterial:
        """Read all clips; utterances longer than two seconds are running speech. Raises InputError."""
        return self.material_of(recipe, data, read_sets(recipe.data, data), context)

    def material_of(self, recipe: SpeechRecipe, data: Path, sets: SpeechSets, context: JobContext) -> KeywordMaterial:
        """Return the material of sets that are divided already. Raises InputError."""
        clips = [tuple(one for one in part if is_word(one)) for part in (sets.train, sets.validation)]
        sentences = [tuple(one for one in part if not is_word(one)) for part in (sets.train, sets.validation)]
        named = recipe.labels or tuple(sorted({normalised_text(one.text) for one in clips[0]}))
        labels = (*named, OTHER, SILENCE)
        if len(named) < 2 or not clips[1]:
            raise InputError(QT_TRANSLATE_NOOP("errors", "At least two words, said by two people, are needed."))
        cut: list[Utterance] = []
        if recipe.data.cut_from:
            spoken = read_sets(_cut_config(recipe.data), data)
            held = {(one.set, one.speaker) for one in sets.validation if one.speaker}
            heard = [one for one in spoken.train if (one.set, one.speaker) not in held]
            cut = cut_words(heard, recipe.data.cut_with, recipe.language_model, context)
            sentences = [_some(heard), _some(list(spoken.validation))]
        wanted = [one for one in cut if one.text in named]
        others = [one for one in cut if one.text not in named]
        vocabulary, numbers = _vocabulary(others)
        return self._material(
            recipe,
            data,
            replace(sets, train=clips[0], validation=clips[1], test=tuple(one for one in sets.test if is_word(one))),
            labels,
            _Cut(wanted, others, vocabulary, numbers),
            sentences,
            context,
        )

    def _material(
        self,
        recipe: SpeechRecipe,
        data: Path,
        sets: SpeechSets,
        labels: tuple[str, ...],
        cut: _Cut,
        sentences: Sequence[Sequence[Utterance]],
        context: JobContext,
    ) -> KeywordMaterial:
        speech = recipe.speech
        noise = data / recipe.data.noise if recipe.data.noise else None
        rooms = read_rooms(noise, speech) if noise and recipe.augment.reverberation else []
        heard = make_bank(sets.train, speech, (1.0,), rooms, context).variants
        wanted = sliced(cut.wanted, speech, context)
        train = [*heard[0], *wanted]
        sample = np.concatenate(train[::5]).astype(np.float32)
        seconds = recipe.augment.made_noise_seconds
        made = made_noises(speech.sample_rate, recipe.seed, seconds=seconds) if noise and seconds else {}

        def clips(parts: Sequence[np.ndarray]) -> Clips:
            return clips_of(parts, speech.num_mels)

        def heard_of(utterances: Sequence[Utterance]) -> Clips:
            return clips(make_bank(utterances, speech, (1.0,), (), context).variants[0])

        return KeywordMaterial(
            sets=sets,
            speech=replace(
                speech,
                mean=tuple(sample.mean(axis=0).astype(float).tolist()),
                std=tuple(sample.std(axis=0).astype(float).tolist()),
            ),
            labels=labels,
            train=clips(train),
            rooms=clips([*heard[1], *wanted] if len(heard) > 1 else []),
            train_labels=_numbers([*sets.train, *cut.wanted], labels),
            train_voices=np.unique([one.speaker for one in [*sets.train, *cut.wanted]], return_inverse=True)[1],
            validation=heard_of(sets.validation),
            validation_labels=_numbers(sets.validation, labels),
            noises=clips(read_noises(noise, speech) + made_frames(made, speech) if noise else []),
            talk=heard_of(sentences[0]),
            validation_talk=heard_of(sentences[1]),
            words=clips(sliced(cut.others, speech, context)),
            word_numbers=cut.numbers,
            vocabulary=cut.vocabulary,
        )

    def build(self, recipe: SpeechRecipe, material: KeywordMaterial, device: torch.device) -> Built:
        """Return network and objective."""
        network = build_network(
            recipe.network.architecture, _config(recipe, material), num_classes=len(material.labels)
        ).to(device)
        return Built(network=network, objective=KeywordObjective(network, recipe, material, device))

    def card(self, recipe: SpeechRecipe, material: KeywordMaterial) -> ModelCard:
        """Return the card without figures."""
        return bare_card(
            recipe,
            architecture=recipe.network.architecture,
            config=_config(recipe, material),
            labels=material.labels,
            speech=material.speech,
        )

    def finish(
        self,
        network: nn.Module,
        recipe: SpeechRecipe,
        material: KeywordMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Write the file and measure it, on the test speakers once."""
        facts = {**training, "training_examples": len(material.train_labels), "other_words": len(material.words)}
        card = replace(self.card(recipe, material), config=recipe.network.config, extra={"training": facts})
        bare, beside = without_second_output(network, card).eval(), _others(network, recipe, material)
        eight_bits = recipe.storage == "int8"
        save_model(target, card, bare, beside, eight_bits=eight_bits)
        loaded = load_model(target, device)
        context.status(QT_TRANSLATE_NOOP("status", "Measuring"))
        found: dict[str, Mapping[str, Any]] = {}
        metrics: list[Measured] = []
        for split, clips in (("validation", material.sets.validation), ("test", material.sets.test)):
            if not clips:
                continue
            found[split] = _measure(loaded, clips, context, [])
            metrics += [
                Measured(name=name, value=found[split][name], data=recipe.data.name, split=split, examples=len(clips))
                for name in ("accuracy", "macro_f1")
            ]
            metrics += [
                Measured(name="accuracy", value=value, data=name, split=split, examples=count)
                for name, (value, count) in found[split]["sets"].items()
                if len(found[split]["sets"]) > 1
            ]
        card = replace(loaded.card, metrics=tuple(metrics))
        card = save_model(target, card, loaded.network, loaded.extras, eight_bits=eight_bits)
        return Finished(path=target, card=card, validation=found["validation"], test=found.get("test"))

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return figures on a table of clips (path, text), or on `test.tsv` of a folder."""
        unreadable: list[str] = []
        figures = _measure(loaded, read_table(data / "test.tsv" if data.is_dir() else data), context, unreadable)
        return {**figures, "unreadable": unreadable}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a spotter says of clips: logits_NK, the place truth_N of what was said among the labels, the clips read."""

    logits: torch.Tensor
    truth: np.ndarray
    read: list[Utterance]


def answers(loaded: LoadedModel, clips: Sequence[Utterance], context: JobContext, unreadable: list[str]) -> Answers:
    """Ask about every clip; a word that is no label counts as any other word. Raises InputError, ModelFileError."""
    card = loaded.card
    if card.speech is None:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "{name} does not say how it takes sound."), name=card.name)
    recipe = from_mapping(SpeechRecipe, card.recipe, where=card.name)
    parts: list[np.ndarray] = []
    read: list[Utterance] = []
    for number, one in enumerate(clips):
        context.check()
        context.progress(number, len(clips))
        try:
            samples = read_utterance(one, card.speech.sample_rate)
        except InputError as error:
            unreadable.append(str(error))
            continue
        parts.append(log_mel(samples, card.speech).astype(np.float16))
        read.append(one)
    if not parts:
        raise InputError(QT_TRANSLATE_NOOP("errors", "None of the clips can be read."))
    frames_NTM = whole(clips_of(parts, card.speech.num_mels), window_frames(recipe, card.speech), card.speech)
    logits_NK = predict(loaded.network, scaled(frames_NTM, card.speech), loaded.device, recipe)
    return Answers(logits_NK, _numbers(read, card.labels), read)


def _measure(
    loaded: LoadedModel, clips: Sequence[Utterance], context: JobContext, unreadable: list[str]
) -> Mapping[str, Any]:
    """Return accuracy, macro_f1 and so on."""
    started = time.perf_counter()
    said = answers(loaded, clips, context, unreadable)
    read = said.read
    report = classification(said.logits, torch.from_numpy(said.truth))
    right = said.logits.argmax(dim=1).numpy() == said.truth
    sets = {name: np.array([one.set == name for one in read]) for name in sorted({one.set for one in read})}
    return {
        "accuracy": report.accuracy,
        "macro_f1": _macro_f1(report.confusion),
        "precision": report.precision,
        "recall": report.recall,
        "confusion": report.confusion,
        "ece": report.ece,
        "labels": loaded.card.labels,
        "sets": {name: (float(right[mine].mean()), int(mine.sum())) for name, mine in sets.items()},
        "examples": len(read),
        "seconds": time.perf_counter() - started,
    }


def _macro_f1(confusion: list[list[int]]) -> float:
    """Return the mean F1 of the labels that occur: that nobody said "any other word" is no mistake."""
    table = np.array(confusion, np.float64)
    said, heard, right = table.sum(axis=1), table.sum(axis=0), np.diag(table)
    return float(np.mean((2 * right / np.maximum(said + heard, 1))[said > 0]))


def _cut_config(config: SpeechDataConfig) -> SpeechDataConfig:
    """Return where the sentences are; speakers are held out of all of them."""
    kept = SpeechDataConfig()
    return replace(
        config,
        sets=config.cut_from,
        held_out_from=(),
        held_out_seconds=kept.held_out_seconds,
        held_out_most=kept.held_out_most,
        test=(),
    )


def _some(sentences: list[Utterance]) -> tuple[Utterance, ...]:
    return tuple(sentences[:: max(1, len(sentences) // _MOST_SENTENCES)])


def _vocabulary(words: Sequence[Utterance]) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the words that come often enough to be learnt, and for each clip its number among them or -1."""
    counts = Counter(one.text for one in words)
    known = tuple(sorted(word for word, count in counts.items() if count >= _LEAST_TAKES))
    place = {word: number for number, word in enumerate(known)}
    return known, np.array([place.get(one.text, -1) for one in words], np.int64)


def _config(recipe: SpeechRecipe, material: KeywordMaterial) -> dict[str, Any]:
    config = recipe.network.config
    return {**config, "words": len(material.vocabulary)} if material.vocabulary and recipe.word_weight else config


def _others(network: nn.Module, recipe: SpeechRecipe, material: KeywordMaterial) -> dict[str, torch.Tensor]:
    """Return what any other word is like, for those who later teach this network words of their own."""
    if not isinstance(network, SpeechWords) or not len(material.noises) or not len(material.talk):
        return {}
    bare = copy.deepcopy(network).cpu().eval()
    frames = window_frames(recipe, material.speech)
    groups = ((material.talk, _TALK_WINDOWS), (material.words, _WORD_WINDOWS), (material.train, _WORD_WINDOWS))
    return describe_others(bare, groups, frames, material.speech, recipe.augment, material.noises)


def without_second_output(network: nn.Module, card: ModelCard) -> nn.Module:
    """Return the network of this card with the weights of `network` that it has."""
    bare = build_network(card.architecture, card.config, num_classes=len(card.labels))
    weights = network.state_dict()
    bare.load_state_dict({name: weights[name].cpu() for name in bare.state_dict()})
    return bare


def is_word(one: Utterance) -> bool:
    """Return whether a recording is a clip of one word, not running speech."""
    return " " not in one.text.strip() and one.seconds <= _RUNNING_SPEECH


def _numbers(clips: Sequence[Utterance], labels: Sequence[str]) -> np.ndarray:
    place = {label: number for number, label in enumerate(labels)}
    other = place[OTHER]
    return np.array([place.get(normalised_text(one.text), other) for one in clips], np.int64)
