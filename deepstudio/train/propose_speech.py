"""A sensible recipe for recordings that nobody wrote one for. Torch-free, a job for any lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import recipes_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.speech.layouts import find_utterances, is_standard, with_lengths
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import read_table
from deepstudio.train.speech.utterances import SpeechSets, Utterance

WORDS, SPEECH = "keyword-spotting", "speech-recognition"
GENERIC = {WORDS: "spoken-words", SPEECH: "speech"}
"""The shipped recipes that a proposal starts from, by task."""
_SHORTEST_SENTENCE = 3
_HELD_OUT = 0.15
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeSpeech:
    """Propose a recipe for the recordings at `data`; `task` "" finds out whether they are words or sentences."""

    data: Path
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechProposal:
    """A recipe, and the utterances that it is for."""

    recipe: SpeechRecipe
    sets: SpeechSets


def propose_speech_recipe(request: ProposeSpeech, context: JobContext) -> SpeechProposal:
    """Return a recipe fitted to the recordings. Raises InputError where there are none."""
    from deepstudio.train.propose import short_name, title_of

    context.status(QT_TRANSLATE_NOOP("status", "Looking at the data"))
    data = request.data
    sets = utterances_at(data, context)
    task = request.task or _task_of(sets.train)
    recipe = load_recipe(recipes_dir() / f"{GENERIC[task]}.toml")
    assert isinstance(recipe, SpeechRecipe)
    title = title_of(data)
    seconds = sum(one.seconds for one in sets.train)
    config = replace(recipe.data, name=title, held_out_seconds=max(1.0, round(_HELD_OUT * seconds, 1)))
    recipe = replace(recipe, name=short_name(data), title=title, data=replace(config, held_out_most=1e6))
    fitted = _words(recipe, sets.train) if task == WORDS else _speech(recipe, seconds)
    return SpeechProposal(recipe=fitted, sets=sets)


def utterances_at(data: Path, context: JobContext) -> SpeechSets:
    """Return the utterances at `data` with their lengths. Raises InputError where there are none."""
    if data.is_dir() and is_standard(data / "train.tsv"):
        test = data / "test.tsv"
        held = read_table(test) if test.is_file() else []
        return SpeechSets(train=tuple(read_table(data / "train.tsv")), validation=(), test=tuple(held))
    found = find_utterances(data, context.check)
    if not any(one.path.is_file() for one in found.train[:_LOOKED_AT]):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "None of the recordings named in {path} is there."),
            fix=QT_TRANSLATE_NOOP("errors", "Paths in a table start at its own folder."),
            path=str(data),
        )
    return SpeechSets(
        train=tuple(with_lengths(found.train, context.check)),
        validation=tuple(with_lengths(found.validation, context.check)),
        test=tuple(with_lengths(found.test, context.check)),
    )


def _task_of(utterances: Sequence[Utterance]) -> str:
    """Return whether single words come again and again, or sentences are spoken."""
    texts = Counter(one.text.strip().casefold() for one in utterances)
    long = sum(count for text, count in texts.items() if len(text.split()) >= _SHORTEST_SENTENCE)
    total = max(sum(texts.values()), 1)
    return SPEECH if long > 0.5 * total or (len(texts) > 0.5 * total and len(texts) > 20) else WORDS


def _words(recipe: SpeechRecipe, utterances: Sequence[Utterance]) -> SpeechRecipe:
    count = len(utterances)
    lengths = [one.seconds for one in utterances if one.seconds] or [1.0]
    window = float(np.clip(round(float(np.quantile(lengths, 0.9)), 1), 0.5, 3.0))
    batch = 16 if count < 300 else 64
    epochs = int(np.clip(round(40_000 / max(count, 1)), 8, 60))
    training = replace(recipe.training, epochs=epochs, batch_size=batch, patience=max(5, epochs // 4))
    return replace(recipe, window_seconds=window, training=training)


def _speech(recipe: SpeechRecipe, seconds: float) -> SpeechRecipe:
    english = load_recipe(recipes_dir() / "english.toml")
    assert isinstance(english, SpeechRecipe)
    epochs = int(np.clip(round(6 * 3600 / max(seconds, 1)), 2, 12))
    return replace(
        recipe,
        speech=english.speech,
        network=replace(recipe.network, config=dict(english.network.config)),
        training=replace(recipe.training, epochs=epochs),
        batch_seconds=float(np.clip(round(seconds / 10), 20, recipe.batch_seconds)),
    )
