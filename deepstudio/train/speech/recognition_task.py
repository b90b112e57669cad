"""Speech recognition as a task: from tables of utterances to a measured model file. In the lane."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from deepstudio.audio.features import log_mel
from deepstudio.audio.language import Language, from_arrays
from deepstudio.audio.recognizer import RecognizerOptions, StreamingRecognizer, options_of
from deepstudio.core.errors import InputError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.arrayfile import load_arrays
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.models.speech_ctc import CtcStream, SpeechCtc
from deepstudio.train.notices import notice
from deepstudio.train.speech.bank import make_bank, read_noises, read_rooms
from deepstudio.train.speech.made_noise import made_noises
from deepstudio.train.speech.measures import edit_distance, normalised_text
from deepstudio.train.speech.pronunciations import pronounced
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.recognition import RecognitionMaterial, RecognitionObjective
from deepstudio.train.speech.search_weights import choose_weights
from deepstudio.train.speech.sets import SpeechSets, Utterance, read_sets, read_table, read_utterance
from deepstudio.train.speech.streams import transcribe
from deepstudio.train.task import Built, Finished, bare_card

LETTERS = tuple("abcdefghijklmnopqrstuvwxyz' ")
_UNKNOWN_WORDS = QT_TRANSLATE_NOOP(
    "events", "{count} utterances are left out: words in them are written with other letters than a to z."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRates:
    """What recognition got wrong, over a set."""

    wer: float
    cer: float
    real_time_factor: float
    examples: int
    words: int
    seconds: float
    wer_first_pass: float


class RecognitionTask:
    """Trains, finishes and measures recognisers."""

    def prepare(self, recipe: SpeechRecipe, data: Path, context: JobContext) -> RecognitionMaterial:
        """Read every utterance and make its frames. Raises InputError."""
        return self.material_of(recipe, data, read_sets(recipe.data, data), context)

    def material_of(
        self, recipe: SpeechRecipe, data: Path, sets: SpeechSets, context: JobContext
    ) -> RecognitionMaterial:
        """Return the material of sets that are divided already. Raises InputError."""
        language = open_language(recipe.language_model)
        texts = (normalised_text(one.text) for one in (*sets.train, *sets.validation))
        spoken = pronounced((word for text in texts for word in text.split()), language, context)
        train, sounds = _with_sounds(sets.train, spoken)
        if len(train) < len(sets.train):
            notice(context, _UNKNOWN_WORDS, count=len(sets.train) - len(train))
        validation, validation_sounds = _with_sounds(sets.validation, spoken)
        speech = replace(recipe.speech, symbols=tuple(language.symbols), spelling=LETTERS if recipe.spelling else ())
        noise = data / recipe.data.noise if recipe.data.noise else None
        if noise is not None and not noise.is_dir():
            raise InputError(QT_TRANSLATE_NOOP("errors", "There is no folder {path}."), path=str(noise))
        rooms = read_rooms(noise, speech) if noise and recipe.augment.reverberation else []
        bank = make_bank(train, speech, recipe.augment.speeds, rooms, context)
        sample = np.concatenate(bank.variants[0][::7]).astype(np.float32)
        seconds = recipe.augment.made_noise_seconds
        made = made_noises(speech.sample_rate, recipe.seed, seconds=seconds) if noise and seconds else {}
        return RecognitionMaterial(
            # Words are measured on all that was held out: unknown ones count as errors, as they do in use.
            sets=SpeechSets(train=tuple(train), validation=sets.validation, test=sets.test),
            speech=replace(
                speech,
                mean=tuple(sample.mean(axis=0).astype(float).tolist()),
                std=tuple(sample.std(axis=0).astype(float).tolist()),
            ),
            language=language,
            train=bank,
            validation=make_bank(validation, speech, (1.0,), (), context),
            noises=tuple(read_noises(noise, speech) + made_frames(made, speech)) if noise else (),
            train_sounds=tuple(sounds),
            train_letters=tuple(spelled(one.text) for one in train),
            validation_sounds=tuple(validation_sounds),
            validation_letters=tuple(spelled(one.text) for one in validation),
        )

    def build(self, recipe: SpeechRecipe, material: RecognitionMaterial, device: torch.device) -> Built:
        """Return network and objective."""
        network = build_network(
            recipe.network.architecture, _config(recipe), num_classes=len(material.speech.symbols) + 1
        ).to(device)
        if recipe.network.start_from:
            start = load_model(model_file(recipe.network.start_from), device)
            network.load_state_dict(start.network.state_dict())
        return Built(network=network, objective=RecognitionObjective(network, recipe, material, device))

    def card(self, recipe: SpeechRecipe, material: RecognitionMaterial) -> ModelCard:
        """Return the card without figures."""
        speech = material.speech
        if recipe.network.architecture == "speech-ctc":
            network = build_network(recipe.network.architecture, _config(recipe), num_classes=2)
            assert isinstance(network, SpeechCtc)
            speech = replace(speech, lookahead=network.lookahead * speech.subsampling)
        labels = ("", *material.speech.symbols)
        return bare_card(
            recipe, architecture=recipe.network.architecture, config=_config(recipe), labels=labels, speech=speech
        )

    def finish(
        self,
        network: nn.Module,
        recipe: SpeechRecipe,
        material: RecognitionMaterial,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Choose the search's weights on the held-out speakers, write the file, and measure it as it will be used."""
        seconds = sum(one.seconds for one in material.sets.train)
        facts = {**training, "training_examples": len(material.sets.train), "training_seconds": round(seconds)}
        card, eight_bits = self.card(recipe, material), recipe.storage == "int8"
        save_model(target, replace(card, extra={"training": facts}), network.eval(), eight_bits=eight_bits)
        loaded = load_model(target, torch.device("cpu"))
        context.status(QT_TRANSLATE_NOOP("status", "Choosing what the language model counts for"))
        chosen = choose_weights(loaded, material.language, material.sets.validation[::2], context)
        loaded = replace(loaded, card=replace(loaded.card, extra={"training": facts, "search": chosen}))
        context.status(QT_TRANSLATE_NOOP("status", "Measuring"))
        parts = [("validation", material.sets.validation), ("test", material.sets.test)]
        rates = {
            split: measure(loaded, material.language, utterances, context) for split, utterances in parts if utterances
        }
        metrics = tuple(
            Measured(name=name, value=getattr(rate, name), data=recipe.data.name, split=split, examples=rate.examples)
            for split, rate in rates.items()
            for name in ("wer", "cer", "wer_first_pass")
        )
        card = save_model(target, replace(loaded.card, metrics=metrics), loaded.network, eight_bits=eight_bits)
        return Finished(path=target, card=card, validation=rates["validation"], test=rates.get("test"))

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return error rates on a table (path, text), fed in pieces as from a microphone; or on `test.tsv` of a folder.

        `language_model` names another language model, `second_pass=False` measures the first reading alone.
        """
        table = data / "test.tsv" if data.is_dir() else data
        if data.is_dir() and not table.is_file():
            table = next(iter(sorted(data.glob("*.tsv"))), table)
        language = open_language(str(options.get("language_model", "english-lm")))
        unreadable: list[str] = []
        rate = measure(loaded, language, read_table(table), context, unreadable)
        return {
            "wer": rate.wer,
            "cer": rate.cer,
            "wer_first_pass": rate.wer_first_pass,
            "real_time_factor": rate.real_time_factor,
            "examples": rate.examples,
            "words": rate.words,
            "seconds": rate.seconds,
            "unreadable": unreadable,
        }


def measure(
    loaded: LoadedModel,
    language: Language,
    utterances: Sequence[Utterance],
    context: JobContext,
    unreadable: list[str] | None = None,
    options: RecognizerOptions | None = None,
) -> ErrorRates:
    """Return error rates of the streaming recogniser, each utterance a stream of its own, in pieces of 40 ms."""
    recognizer = recognizer_of(loaded, language, options or options_of(loaded.card.extra))
    started = time.perf_counter()
    wrong = words = wrong_letters = letters = wrong_first = examples = 0
    heard = computed = 0.0
    for number, one in enumerate(utterances):
        context.check()
        context.progress(number, len(utterances))
        try:
            samples = read_utterance(one, recognizer.sample_rate)
        except InputError as error:
            if unreadable is None:
                raise
            unreadable.append(str(error))
            continue
        read = transcribe(recognizer, samples)
        truth = normalised_text(one.text)
        wrong += edit_distance(read.both.split(), truth.split())
        wrong_first += edit_distance(read.first.split(), truth.split())
        wrong_letters += edit_distance(read.both, truth)
        words += len(truth.split())
        letters += len(truth)
        examples += 1
        heard += recognizer.position
        computed += recognizer.compute_seconds
    return ErrorRates(
        wer=wrong / max(words, 1),
        cer=wrong_letters / max(letters, 1),
        real_time_factor=computed / max(heard, 1e-9),
        examples=examples,
        words=words,
        seconds=time.perf_counter() - started,
        wer_first_pass=wrong_first / max(words, 1),
    )


def recognizer_of(loaded: LoadedModel, language: Language, options: RecognizerOptions) -> StreamingRecognizer:
    """Return a recogniser of a loaded network. Raises ModelFileError for a model of another kind."""
    if loaded.card.speech is None or not isinstance(loaded.network, SpeechCtc):
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "{name} does not say how it takes sound."), name=loaded.card.name
        )
    return StreamingRecognizer(CtcStream(loaded.network), loaded.card.speech, language, options)


def open_language(name: str) -> Language:
    """Return a language model by name or file."""
    _, arrays = load_arrays(model_file(name))
    return from_arrays(arrays)


def model_file(name: str) -> Path:
    """Return the file of a model given by name or by path."""
    path = Path(name)
    return path if path.suffix == SUFFIX and path.is_file() else default_library().find(name).path


def spelled(text: str) -> tuple[int, ...]:
    """Return the letters of a text as symbols of the second head, from 1 on; others are left out."""
    return tuple(LETTERS.index(letter) + 1 for letter in normalised_text(text) if letter in LETTERS)


def made_frames(sounds: Mapping[str, np.ndarray], speech: SpeechInput) -> list[np.ndarray]:
    """Return the frames of sounds, without their last fifth, which is kept for tests."""
    return [log_mel(sound[: len(sound) * 4 // 5], speech).astype(np.float16) for sound in sounds.values()]


def _with_sounds(
    utterances: Sequence[Utterance], spoken: Mapping[str, tuple[int, ...]]
) -> tuple[list[Utterance], list[tuple[int, ...]]]:
    """Return the utterances all of whose words can be spoken, and their sounds."""
    kept: list[Utterance] = []
    sounds: list[tuple[int, ...]] = []
    for one in utterances:
        words = normalised_text(one.text).split()
        if words and all(word in spoken for word in words):
            kept.append(one)
            sounds.append(tuple(symbol for word in words for symbol in spoken[word]))
    return kept, sounds


def _config(recipe: SpeechRecipe) -> dict[str, Any]:
    letters = len(LETTERS) + 1 if recipe.spelling else 0
    return {**recipe.network.config, "num_mels": recipe.speech.num_mels, "num_letters": letters}
