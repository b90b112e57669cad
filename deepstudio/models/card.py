"""The card that travels in a model file: what the network is, how to feed it, what it can do and where it comes from.

Plain data, JSON in and out, no torch. Any thread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deepstudio.core.config import from_mapping, option, to_mapping
from deepstudio.core.errors import DeepStudioError, ModelFileError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.text_input import TextInput
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase

CARD_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure, with the data and split that it was measured on and how many examples that were."""

    name: str
    value: float
    data: str
    split: str
    examples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """Where training data come from and on which terms."""

    name: str
    source: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionInfo:
    """The measured "none of these" answer: a score of the features, and the logistic curve that makes it a chance.

    chance = 1 / (1 + exp(-slope * (score - threshold))); a picture is rejected where the score exceeds the threshold.
    The tensors that the score needs lie in the model file under `rejection.`.
    """

    method: str
    threshold: float
    slope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Everything about a trained network but its weights.

    `preprocessing` matters for images, `text` and `speech` are there for networks that take those; `labels` are empty
    where a network has no classes.
    """

    name: str
    title: str
    task: str
    architecture: str
    labels: tuple[str, ...]
    config: dict[str, Any] = field(default_factory=dict)
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    text: TextInput | None = None
    speech: SpeechInput | None = None
    tokenizer: str = option(
        "", "JSON of the tokenizer, as Hugging Face's tokenizers write it; after `zlib:` in base64."
    )
    temperature: float = option(1.0, "Divides the logits so that confidence means something.", low=1e-3, high=1e3)
    rejection: RejectionInfo | None = None
    description: str = ""
    warning: str = ""
    metrics: tuple[Measured, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    seed: int = 0
    sources: tuple[DataSource, ...] = ()
    parameters: int = 0
    sha256: str = ""
    version: str = "1"
    card_version: int = CARD_VERSION
    extra: dict[str, Any] = field(default_factory=dict)

    def figure(self, name: str) -> Measured | None:
        """Return the figure of that name on the test split; on another split where there is none; else None."""
        found = [metric for metric in self.metrics if metric.name == name]
        return next((metric for metric in found if metric.split == "test"), found[0] if found else None)

    def to_json(self) -> str:
        """Return the card as one JSON object."""
        return json.dumps(to_mapping(self), ensure_ascii=False, sort_keys=True)


def card_from_json(text: str, *, where: str) -> ModelCard:
    """Return the card in `text`; raises ModelFileError naming `where` if it is no card of this program."""
    try:
        mapping = json.loads(text)
    except ValueError as error:
        raise _broken(where, Phrase(QT_TRANSLATE_NOOP("errors", "it is not valid JSON."))) from error
    if not isinstance(mapping, Mapping):
        raise _broken(where, Phrase(QT_TRANSLATE_NOOP("errors", "it is not a JSON object.")))
    if isinstance(mapping.get("card_version"), int) and mapping["card_version"] > CARD_VERSION:
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "{where} was made by a newer DeepStudio (card version {version})."),
            fix=QT_TRANSLATE_NOOP("errors", "Update this program to use it."),
            where=where,
            version=mapping["card_version"],
        )
    try:
        return from_mapping(ModelCard, mapping, where=where)
    except DeepStudioError as error:
        raise _broken(where, Phrase(error.sentence, error.values)) from error


def _broken(where: str, reason: Phrase) -> ModelFileError:
    return ModelFileError(
        QT_TRANSLATE_NOOP("errors", "The card in {where} cannot be read: {reason}"),
        where=where,
        reason=reason,
    )
