"""Keyword spotting as a task. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from deepstudio.train.evaluation import measure as classification
from deepstudio.train.speech.bank import make_bank, read_noises, read_rooms
from deepstudio.train.speech.keywords import (
    OTHER,
    SILENCE,
    KeywordMaterial,
    KeywordObjective,
    cut,
    predict,
    scaled,
    window_frames,
)
from deepstudio.train.speech.made_noise import made_noises
from deepstudio.train.speech.measures import normalised_text
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.recognition_task import made_frames
from deepstudio.train.speech.sets import SpeechSets, Utterance, read_sets, read_table, read_utterance
from deepstudio.train.task import Built, Finished, bare_card

_RUNNING_SPEECH = 2.0  # seconds: longer utterances are sentences, material for "any other word"
_MOST_SENTENCES = 150


class KeywordTask:
    """Trains, finishes and measures keyword spotters."""

    def prepare(self, recipe: SpeechRecipe, data: Path, context: JobContext) -> KeywordMaterial:
        """Read all clips; utterances longer than two seconds are running speech. Raises InputError."""
        sets = read_sets(recipe.data, data)
        words = [part for part in (sets.train, sets.validation)]
        clips = [tuple(one for one in part if _is_word(one)) for part in words]
        sentences = [tuple(one for one in part if not _is_word(one))[:_MOST_SENTENCES] for part in words]
        named = recipe.labels or tuple(sorted({normalised_text(one.text) for one in clips[0]}))
        labels = (*named, OTHER, SILENCE)
        if len(named) < 2 or not clips[1]:
            raise InputError(QT_TRANSLATE_NOOP("errors", "At least two words, said by two people, are needed."))
        noise = data / recipe.data.noise if recipe.data.noise else None
        speech = recipe.speech
        rooms = read_rooms(noise, speech) if noise and recipe.augment.reverberation else []
        train = make_bank(clips[0], speech, recipe.augment.speeds, rooms, context)
        sample = np.concatenate(train.variants[0][::5]).astype(np.float32)
        seconds = recipe.augment.made_noise_seconds
        made = made_noises(speech.sample_rate, recipe.seed, seconds=seconds) if noise and seconds else {}

        def running(utterances: Sequence[Utterance]) -> tuple[np.ndarray, ...]:
            if not utterances:
                return ()
            return make_bank(utterances, speech, (1.0,), (), context).variants[0]

        return KeywordMaterial(
            sets=SpeechSets(train=clips[0], validation=clips[1], test=tuple(one for one in sets.test if _is_word(one))),
            speech=replace(
                speech,
                mean=tuple(sample.mean(axis=0).astype(float).tolist()),
                std=tuple(sample.std(axis=0).astype(float).tolist()),
            ),
            labels=labels,
            train=train,
            validation=make_bank(clips[1], speech, (1.0,), (), context),
            train_labels=_numbers(clips[0], labels),
            validation_labels=_numbers(clips[1], labels),
            noises=tuple(read_noises(noise, speech) + made_frames(made, speech)) if noise else (),
            others=running(sentences[0]),
            validation_others=running(sentences[1]),
        )

    def build(self, recipe: SpeechRecipe, material: KeywordMaterial, device: torch.device) -> Built:
        """Return network and objective."""
        network = build_network(
            recipe.network.architecture, recipe.network.config, num_classes=len(material.labels)
        ).to(device)
        return Built(network=network, objective=KeywordObjective(network, recipe, material, device))

    def card(self, recipe: SpeechRecipe, material: KeywordMaterial) -> ModelCard:
        """Return the card without figures."""
        return bare_card(
            recipe,
            architecture=recipe.network.architecture,
            config=recipe.network.config,
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
        facts = {**training, "training_examples": len(material.train_labels)}
        save_model(target, replace(self.card(recipe, material), extra={"training": facts}), network.eval())
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
        card = save_model(target, replace(loaded.card, metrics=tuple(metrics)), loaded.network)
        return Finished(path=target, card=card, validation=found["validation"], test=found.get("test"))

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return figures on a table of clips (path, text), or on `test.tsv` of a folder."""
        unreadable: list[str] = []
        figures = _measure(loaded, read_table(data / "test.tsv" if data.is_dir() else data), context, unreadable)
        return {**figures, "unreadable": unreadable}


def _measure(
    loaded: LoadedModel, clips: Sequence[Utterance], context: JobContext, unreadable: list[str]
) -> Mapping[str, Any]:
    """Return accuracy, macro_f1 and so on; a word that is no label counts as any other word."""
    card = loaded.card
    if card.speech is None:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "{name} does not say how it takes sound."), name=card.name)
    recipe = from_mapping(SpeechRecipe, card.recipe, where=card.name)
    started = time.perf_counter()
    frames = window_frames(recipe, card.speech)
    parts, read = [], []
    for number, one in enumerate(clips):
        context.check()
        context.progress(number, len(clips))
        try:
            samples = read_utterance(one, card.speech.sample_rate)
        except InputError as error:
            unreadable.append(str(error))
            continue
        parts.append(cut(log_mel(samples, card.speech), frames, 0, card.speech))
        read.append(one)
    if not parts:
        raise InputError(QT_TRANSLATE_NOOP("errors", "None of the clips can be read."))
    logits_NK = predict(loaded.network, scaled(torch.stack(parts), card.speech), loaded.device, recipe)
    report = classification(logits_NK, torch.from_numpy(_numbers(read, card.labels)))
    return {
        "accuracy": report.accuracy,
        "macro_f1": report.macro_f1,
        "precision": report.precision,
        "recall": report.recall,
        "confusion": report.confusion,
        "ece": report.ece,
        "labels": card.labels,
        "examples": len(read),
        "seconds": time.perf_counter() - started,
    }


def _is_word(one: Utterance) -> bool:
    return " " not in one.text.strip() and one.seconds <= _RUNNING_SPEECH


def _numbers(clips: Sequence[Utterance], labels: Sequence[str]) -> np.ndarray:
    place = {label: number for number, label in enumerate(labels)}
    other = place[OTHER]
    return np.array([place.get(normalised_text(one.text), other) for one in clips], np.int64)
