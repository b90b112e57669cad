"""A classifier for labels of the user's own: by words, by example pictures, or both. In the predict lane.

Shapes: K labels, D shared space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.requests import OwnLabel
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.decode import decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.tensors import to_input
from deepstudio.models.image_text import (
    SIMILARITY,
    ImageText,
    LabelledImages,
    Similarity,
    phrase_vectors,
)
from deepstudio.models.image_text_words import WordTable
from deepstudio.models.modelfile import LoadedModel

IMAGE_TEXT = "image-text"
"""The task of models that take labels of the user's own."""


def with_labels(loaded: LoadedModel, table: WordTable, labels: Sequence[OwnLabel], context: JobContext) -> LoadedModel:
    """Return a classifier of pictures that tells `labels` apart; without any, the names that the model was trained on.

    Raises InputError for a label that has no examples and no word that the model knows, and for examples that cannot
    be read.
    """
    network = loaded.network
    assert isinstance(network, ImageText)
    asked = tuple(labels) or tuple(OwnLabel(name=name) for name in loaded.card.labels)
    with torch.inference_mode():
        rows = [_vector(loaded, network, table, label, context) for label in asked]
        by_pictures = torch.tensor([bool(label.examples) for label in asked], device=loaded.device)
        weight_KD, bias_K = Similarity.from_tensor(loaded.extras[SIMILARITY]).head(torch.stack(rows), by_pictures)
    # Cloned outside of inference mode, so that explanations can follow gradients through the layer.
    classifier = LabelledImages(network, weight_KD.clone(), bias_K.clone())
    card = replace(
        loaded.card,
        task="image-classification",
        labels=tuple(label.name for label in asked),
        metrics=(),
    )
    return LoadedModel(card=card, network=classifier.eval(), extras={}, device=loaded.device)


def _vector(loaded: LoadedModel, network: ImageText, table: WordTable, label: OwnLabel, context: JobContext) -> Tensor:
    """Return the direction D of a label: the mean of its examples if it has any, else of its words."""
    if label.examples:
        pictures = []
        for source in label.examples:
            context.check()
            decoded = decode_image(source, target_side=decoding_side(loaded.card.preprocessing))
            pictures.append(fit_image(decoded.pixels, loaded.card.preprocessing).pixels)
        x = to_input(pictures, loaded.card.preprocessing, loaded.device)
        return F.normalize(network.image(x).mean(dim=0), dim=0)
    if not table.rows(label.name):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The model knows no word like '{label}'."),
            fix=QT_TRANSLATE_NOOP("errors", "Use English words, or give an example picture for it."),
            label=label.name,
        )
    return network.text(*phrase_vectors(network, table, [label.name]))[0]
