"""Training on a word set from the window: the model is installed when it is done. In the train lane."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from deepstudio.core.job import JobContext
from deepstudio.core.take_messages import WordTrainRequest, WordTrainResult
from deepstudio.core.torch_threads import use_usual_threads
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.word_set import train_word_set

RECIPE = "own-words"


class WordTrainer:
    """Answers `WordTrainRequest`."""

    def train(self, request: WordTrainRequest, context: JobContext) -> WordTrainResult:
        """Train, install the model under its name, and say how well left-out takes were heard.

        Raises InputError for too few words or takes, StorageError where the model cannot be written, JobCancelled.
        """
        use_usual_threads()
        started = time.perf_counter()
        recipe = load_recipe(RECIPE)
        assert isinstance(recipe, SpeechRecipe)
        recipe = replace(recipe, name=request.name, title=request.title or request.name)
        with tempfile.TemporaryDirectory(prefix="deepstudio-words-") as folder:
            trained = train_word_set(recipe, request.folder, Path(folder) / f"{request.name}{SUFFIX}", context)
            entry = default_library().install(trained.path)
        estimate = trained.estimate
        return WordTrainResult(
            model=entry.name,
            path=entry.path,
            accuracy=estimate.accuracy,
            spread=estimate.spread,
            examples=estimate.examples,
            by_speaker=estimate.by_speaker,
            words=estimate.words,
            false_alarms_per_hour=None,
            threshold=estimate.threshold,
            seconds=time.perf_counter() - started,
            notes=trained.notes,
        )
