"""Folds of recordings for cross-validation: whole speakers where they are known, else clips. In the lane."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.data.splits import folds
from deepstudio.train.speech.keyword_task import KeywordTask
from deepstudio.train.speech.keywords import KeywordMaterial
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.recognition import RecognitionMaterial
from deepstudio.train.speech.recognition_task import RecognitionTask
from deepstudio.train.speech.sets import SpeechSets, Utterance, read_sets


def speech_folds(
    recipe: SpeechRecipe, data: Path, count: int, context: JobContext
) -> Iterator[RecognitionMaterial | KeywordMaterial]:
    """Yield the material of each fold; every utterance but those of the test part is held out once.

    Raises InputError where there are fewer speakers (or, where none is known, recordings) than folds.
    """
    task = KeywordTask() if recipe.task == "keyword-spotting" else RecognitionTask()
    sets = read_sets(recipe.data, data)
    whole = [*sets.train, *sets.validation]
    everything = np.arange(len(whole))
    for held in folds(_kinds(whole, recipe.task), count, 0, _speakers(whole)):
        rest = np.setdiff1d(everything, held)
        parts = SpeechSets(train=tuple(whole[n] for n in rest), validation=tuple(whole[n] for n in held))
        yield task.material_of(recipe, data, parts, context)


def _kinds(whole: list[Utterance], task: str) -> np.ndarray:
    """Return what is spread evenly over the folds: the words of a spotter, of a recogniser the utterances."""
    if task != "keyword-spotting":
        return np.zeros(len(whole), np.int64)
    return np.unique([one.text if " " not in one.text.strip() else "" for one in whole], return_inverse=True)[1]


def _speakers(whole: list[Utterance]) -> list[str] | None:
    named = [f"{one.set}/{one.speaker}" for one in whole]
    return named if len(set(named)) > 1 else None
