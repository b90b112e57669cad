"""What a spotter of words says of every recording of a split: for the recordings behind a figure. In a lane.

Shapes: N recordings, K labels.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.config import from_mapping
from deepstudio.core.device import pick_device
from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.modelfile import load_model
from deepstudio.train.inspect import Inspected, InspectRequest
from deepstudio.train.sound_tiles import SoundPlace
from deepstudio.train.speech.keyword_task import answers, is_word
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.speech.sets import read_sets, sample_name


def inspect_words(request: InspectRequest, context: JobContext) -> Inspected:
    """Return every clip of the split with its answer and its loss; what cannot be read is left out.

    Raises ModelFileError for a model that spots no words, InputError for a split that is not there.
    """
    loaded = load_model(request.model, pick_device(request.device))
    card = loaded.card
    recipe = request.recipe
    if not isinstance(recipe, SpeechRecipe):
        recipe = from_mapping(SpeechRecipe, card.recipe, where=card.name)
    sets = read_sets(recipe.data, request.data)
    part = {"train": sets.train, "validation": sets.validation, "test": sets.test}[request.split]
    clips = [one for one in part if is_word(one)]
    if not clips:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no test split in {path}."), path=str(request.data))
    context.status(QT_TRANSLATE_NOOP("status", "Looking at every sample"))
    said = answers(loaded, clips, context, [])
    logits_NK = said.logits / card.temperature
    confidence_N, predicted_N = torch.softmax(logits_NK, dim=1).max(dim=1)
    confusion_KK = np.zeros((len(card.labels), len(card.labels)), np.int64)
    np.add.at(confusion_KK, (said.truth, predicted_N.numpy()), 1)
    root = request.data.parent if request.data.is_file() else request.data
    return Inspected(
        root=root,
        split=request.split,
        names=tuple(sample_name(one, root) for one in said.read),
        labels=said.truth.copy(),
        predicted=predicted_N.numpy(),
        losses=F.cross_entropy(logits_NK, torch.from_numpy(said.truth), reduction="none").numpy(),
        confidence=confidence_N.numpy(),
        classes=card.labels,
        confusion=confusion_KK,
        sounds=tuple(SoundPlace(path=one.path, start=one.start, seconds=one.seconds) for one in said.read),
    )
