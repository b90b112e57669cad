"""What a network says of every single text of a split: for the texts behind a figure. In a lane.

Shapes: N texts, K classes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.device import pick_device
from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.examples import LabelledTexts, joined
from deepstudio.data.text.rows import short_name
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.modelfile import load_model
from deepstudio.train.inspect import Inspected, InspectRequest
from deepstudio.train.text.cards import recipe_of, text_input_of
from deepstudio.train.text.classification import ClassSets, predict_logits, read_sets, shortened
from deepstudio.train.text.recipe import TextRecipe

_SHOWN = 2000
_PART = 512


def inspect_texts(request: InspectRequest, context: JobContext) -> Inspected:
    """Return every text of the split with its answer and its loss.

    Raises ModelFileError for a model that does not classify texts, InputError for a split that is not there.
    """
    loaded = load_model(request.model, pick_device(request.device))
    card = loaded.card
    recipe = request.recipe if isinstance(request.recipe, TextRecipe) else recipe_of(card)
    texts = _texts_of(read_sets(replace(recipe, labels=card.labels), request.data), request)
    context.status(QT_TRANSLATE_NOOP("status", "Looking at every sample"))
    tokens = shortened(TextTokenizer.from_card(card.tokenizer).encode_all(texts.texts), text_input_of(card))
    parts = []
    for begin in range(0, len(tokens), _PART):
        context.check()
        context.progress(begin, len(tokens))
        parts.append(predict_logits(loaded.network.eval(), tokens[begin : begin + _PART], loaded.device))
    logits_NK = torch.cat(parts) / card.temperature
    confidence_N, predicted_N = torch.softmax(logits_NK, dim=1).max(dim=1)
    confusion_KK = np.zeros((len(card.labels), len(card.labels)), np.int64)
    np.add.at(confusion_KK, (texts.labels, predicted_N.numpy()), 1)
    losses_N = F.cross_entropy(logits_NK, torch.from_numpy(texts.labels), reduction="none")
    return Inspected(
        root=request.data,
        split=request.split,
        names=tuple(short_name(name, request.data) for name in texts.names),
        labels=texts.labels.copy(),
        predicted=predicted_N.numpy(),
        losses=losses_N.numpy(),
        confidence=confidence_N.numpy(),
        classes=card.labels,
        confusion=confusion_KK,
        texts=tuple(text[:_SHOWN] for text in texts.texts),
    )


def _texts_of(sets: ClassSets, request: InspectRequest) -> LabelledTexts:
    if request.split == "train":
        return sets.train
    found = sets.validation if request.split == "validation" else sets.test
    if not found:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no test split in {path}."), path=str(request.data))
    return joined(list(found.values()), request.split)
