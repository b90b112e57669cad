"""Trains a network on a word set, in the train lane. No widgets. GUI thread."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.audio.word_sets import WordSet
from deepstudio.core.messages import JobEnded
from deepstudio.core.take_messages import WordTrainRequest, WordTrainResult
from deepstudio.core.training_messages import MetricBatch
from deepstudio.jobs.handle import JobHandle

_PREFIX = "words-"
_LOSS = "loss"


class WordTraining(QObject):
    """At most one training of words at a time; it waits for its turn where another network is trained."""

    changed = Signal()
    """Status, progress or result is another one."""
    curve_grew = Signal(object, object)
    """steps_N int64 and losses_N float64 that are new."""
    done = Signal(object)
    """The `WordTrainResult`; the model is in the library now."""
    failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._listener = services.listener
        self._handle: JobHandle | None = None
        self.folder: object = None
        """The folder of the set that is, or was last, trained."""
        self.status = ""
        """A sentence of the context "status", "" while it waits."""
        self.progress = (0, 0)
        self.result: WordTrainResult | None = None

    @property
    def active(self) -> bool:
        """Return whether a set waits for its training or is trained."""
        return self._handle is not None

    def start(self, word_set: WordSet) -> None:
        """Train a network on `word_set`."""
        if self.active:
            return
        self.folder, self.result, self.status, self.progress = word_set.folder, None, "", (0, 0)
        request = WordTrainRequest(folder=word_set.folder, name=model_name(word_set.title), title=word_set.title)
        handle = self._jobs.submit(self._listener.train_words, request, lane="train", title=self.tr("Train words"))
        self._handle = handle
        handle.status.connect(self._on_status)
        handle.progress.connect(self._on_progress)
        handle.partial.connect(self._on_partial)
        handle.done.connect(self._on_done)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop; the model of an earlier training stays."""
        if self._handle is not None:
            self._handle.cancel()

    @Slot(str)
    def _on_status(self, text: str) -> None:
        self.status = text
        self.changed.emit()

    @Slot("qlonglong", "qlonglong")
    def _on_progress(self, done: int, total: int) -> None:
        self.progress = (done, total)
        self.changed.emit()

    @Slot(object)
    def _on_partial(self, value: object) -> None:
        if isinstance(value, MetricBatch):
            for columns in value.columns:
                if columns.name == _LOSS:
                    self.curve_grew.emit(np.asarray(columns.steps), np.asarray(columns.values))

    @Slot(object)
    def _on_done(self, result: WordTrainResult) -> None:
        self.result = result
        self.done.emit(result)

    @Slot(object)
    def _on_ended(self, ended: JobEnded) -> None:
        self._handle = None
        self.changed.emit()


def model_name(title: str) -> str:
    """Return the name of the model of a set: its title in plain letters; what has none is named by its code points."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return _PREFIX + (words or "-".join(f"{ord(letter):x}" for letter in title if not letter.isspace())[:40])
