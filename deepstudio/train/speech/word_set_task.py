"""`deepstudio train own-words`: a few takes of one's own words, without steps to watch. In a lane."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from deepstudio.core.job import JobContext
from deepstudio.models.modelfile import load_model
from deepstudio.train.speech.keyword_task import KeywordTask
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.word_set import train_word_set
from deepstudio.train.task import Finished


class WordSetTask:
    """Makes keyword spotters out of a few takes."""

    def make(self, recipe: SpeechRecipe, data: Path, target: Path, context: JobContext) -> Finished:
        """Train and write the model file; validation is the estimate of cross-validation."""
        trained = train_word_set(recipe, data, target, context)
        return Finished(path=trained.path, card=trained.card, validation=trained.estimate)

    def evaluate_file(self, path: Path, data: Path, context: JobContext) -> Mapping[str, Any]:
        """Return figures on any clips, as for every keyword spotter."""
        return KeywordTask().evaluate(load_model(path, torch.device("cpu")), data, context)
