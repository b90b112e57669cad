"""The models that are loaded, the latest used ones kept, for predicting and explaining alike. In the predict lane."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from deepstudio.core.device import pick_device
from deepstudio.core.job import JobContext
from deepstudio.core.requests import OwnLabel
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.infer.memory import free_memory, in_batches
from deepstudio.infer.narrow import for_answering
from deepstudio.infer.own_labels import IMAGE_TEXT, with_labels
from deepstudio.models.image_text import table_of
from deepstudio.models.image_text_words import WordTable
from deepstudio.models.library import SUFFIX, ModelLibrary
from deepstudio.models.modelfile import LoadedModel, load_model

_PICTURES = ("image-classification", IMAGE_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """`answering` is `loaded`, or the same network in arithmetic that is quicker and a little coarser."""

    loaded: LoadedModel
    answering: LoadedModel
    stamp: tuple[Path, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    """A model of pictures and words, its words, and the classifier of the latest labels."""

    towers: LoadedModel
    table: WordTable
    labels: tuple[OwnLabel, ...] = ()
    classifier: LoadedModel | None = None


def _is_model_file(name: str) -> bool:
    """Return True if `name` is no name in a library but the path of a model file."""
    return name.endswith(SUFFIX) and Path(name).is_file()


class ModelPool:
    """Loads each model once and warms it up; a file that changed since is loaded anew."""

    def __init__(self, library: ModelLibrary, device: str = "auto", *, capacity: int = 4) -> None:
        self._library = library
        self._wanted = device
        self._capacity = capacity
        self._slots: OrderedDict[str, _Slot] = OrderedDict()
        self._labelled: dict[str, _Labelled] = {}
        self._device: torch.device | None = None

    @property
    def device(self) -> torch.device:
        """Where the models run; picked on first use. Raises UnknownNameError if the wanted device is not there."""
        if self._device is None:
            self._device = pick_device(self._wanted)
        return self._device

    def get(self, name: str, context: JobContext) -> LoadedModel:
        """Return the model `name` (or the model in the file of that name), loaded and warm.

        Raises UnknownNameError, ModelFileError, or OutOfMemoryError if the device cannot hold it.
        """
        return self._slot(name, context).loaded

    def answering(self, name: str, labels: tuple[OwnLabel, ...], context: JobContext) -> LoadedModel:
        """Return the model `name` as answers to pictures want it: quick. Arguments and errors as `get_labelled`."""
        slot = self._slot(name, context)
        return self.get_labelled(name, labels, context) if slot.loaded.card.task == IMAGE_TEXT else slot.answering

    def _slot(self, name: str, context: JobContext) -> _Slot:
        path = Path(name) if _is_model_file(name) else self._library.locate(name)
        status = path.stat()
        stamp = (path, status.st_mtime_ns, status.st_size)
        slot = self._slots.get(name)
        if slot is None or slot.stamp != stamp:
            context.status(QT_TRANSLATE_NOOP("status", "Loading the model"))
            self._slots.pop(name, None)
            while len(self._slots) >= self._capacity:
                gone, _slot = self._slots.popitem(last=False)
                self._labelled.pop(gone, None)
                free_memory(self.device)
            loaded = self._load(path, context)
            slot = _Slot(loaded=loaded, answering=self._warm(loaded, context), stamp=stamp)
            self._slots[name] = slot
        self._slots.move_to_end(name)
        return slot

    def get_labelled(self, name: str, labels: tuple[OwnLabel, ...], context: JobContext) -> LoadedModel:
        """Return the model `name`; one of pictures and words as a classifier of `labels`. Raises as `get`, InputError.

        The classifier of the latest labels is kept, and made anew only where they or the file change.
        """
        loaded = self.get(name, context)
        if loaded.card.task != IMAGE_TEXT:
            return loaded
        kept = self._labelled.get(name)
        if kept is None or kept.towers is not loaded:
            kept = _Labelled(towers=loaded, table=table_of(loaded))
        if kept.classifier is None or kept.labels != labels:
            kept = replace(kept, labels=labels, classifier=with_labels(loaded, kept.table, labels, context))
            self._labelled[name] = kept
        assert kept.classifier is not None
        return kept.classifier

    def names(self) -> tuple[str, ...]:
        """Return the loaded models, least lately used first."""
        return tuple(self._slots)

    def clear(self) -> None:
        """Let all models go."""
        self._slots.clear()
        self._labelled.clear()
        if self._device is not None:
            free_memory(self._device)

    def _load(self, path: Path, context: JobContext) -> LoadedModel:
        try:
            loaded = load_model(path, self.device)
        except torch.OutOfMemoryError:  # the other models may be what fills the device
            self.clear()
            loaded = load_model(path, self.device)
        context.check()
        return loaded

    def _warm(self, loaded: LoadedModel, context: JobContext) -> LoadedModel:
        """Return `loaded` as it answers to pictures, ready to; other models as they are."""
        if loaded.card.task not in _PICTURES:
            return loaded
        # Convolutions are a quarter faster in this order of memory; torch keeps it from layer to layer.
        loaded.network.to(memory_format=torch.channels_last)
        answering = for_answering(loaded) if loaded.card.task != IMAGE_TEXT else loaded
        preprocessing = loaded.card.preprocessing
        blank = torch.zeros(1, preprocessing.channels, preprocessing.height, preprocessing.width, device=self.device)
        with torch.inference_mode():  # the first pass chooses kernels and is many times slower than the next
            in_batches(answering.network, blank, largest=1, check=context.check)
        return answering
