"""Recognisers from model files. In a lane."""

from __future__ import annotations

from pathlib import Path

import torch

from deepstudio.audio.language import from_arrays
from deepstudio.audio.recognizer import RecognizerOptions, StreamingRecognizer, options_of
from deepstudio.core.errors import ModelFileError
from deepstudio.core.speech_input import SpeechInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.arrayfile import load_arrays
from deepstudio.models.card import ModelCard
from deepstudio.models.library import SUFFIX, default_library
from deepstudio.models.modelfile import load_model
from deepstudio.models.speech_ctc import CtcStream, SpeechCtc

TASK = "speech-recognition"

__all__ = ["RecognizerOptions", "StreamingRecognizer", "open_recognizer"]


def open_recognizer(
    model: Path | str = "english",
    language_model: Path | str = "english-lm",
    *,
    device: str = "cpu",
    options: RecognizerOptions | None = None,
) -> StreamingRecognizer:
    """Return a recogniser of a speech model and a language model, each by name or file. Some two seconds, in a lane.

    Raises UnknownNameError for unknown names, ModelFileError for damaged files and for models of another task.
    """
    card, speech, network = load_speech(model, torch.device(device))
    _, arrays = load_arrays(_path(language_model))
    return StreamingRecognizer(CtcStream(network), speech, from_arrays(arrays), options or options_of(card.extra))


def load_speech(model: Path | str, device: torch.device) -> tuple[ModelCard, SpeechInput, SpeechCtc]:
    """Return card, input and network of a speech model by name or file. Raises as `open_recognizer`."""
    loaded = load_model(_path(model), device)
    card, network = loaded.card, loaded.network
    if card.task != TASK or card.speech is None or not isinstance(network, SpeechCtc):
        raise ModelFileError(
            QT_TRANSLATE_NOOP("errors", "The model {model} is made for another task ({task}), not for speech."),
            model=card.name,
            task=card.task,
        )
    return card, card.speech, network


def _path(name: Path | str) -> Path:
    path = Path(name)
    return path if path.suffix == SUFFIX and path.is_file() else default_library().find(str(name)).path
