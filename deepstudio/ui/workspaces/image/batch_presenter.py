"""Runs a model over many pictures, a few at a time, and hands on rows thirty times a second. Knows no widget."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.core.job import JobContext
from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer, ImageSource, OwnLabel, PredictImages
from deepstudio.data.sources import gather_sources
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.image.batch_rows import BatchRow, row_from_answer

CHUNK = 64
"""Pictures per request. The lane is serial: between two requests a picture that the user opens gets its turn."""
THUMBNAIL_SIDE = 64
_TICK_MS = 33


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherPictures:
    """Look for pictures in files and folders."""

    paths: tuple[Path, ...]


def gather_pictures(request: GatherPictures, context: JobContext) -> tuple[ImageSource, ...]:
    """Return the pictures under the paths of `request`. A job of the predict lane; decodes nothing.

    Raises InputError for a folder that holds no picture or cannot be listed.
    """
    context.check()
    return tuple(gather_sources(list(request.paths)))


class BatchPresenter(QObject):
    """One batch at a time. Rows arrive in order; a picture that cannot be read is a row with its failure."""

    gathered = Signal(object)
    """The tuple of `ImageSource` found by `gather`."""
    refused = Signal(object)
    """A `Failure`: `gather` found nothing, or could not look."""
    search_ended = Signal()
    """After `gathered`, `refused` or a cancel."""
    began = Signal(int)
    """A batch of so many pictures was started."""
    rows_arrived = Signal(object)
    """A list of new `BatchRow`, at most about thirty times a second."""
    failed = Signal(object)
    """A `Failure` that ended the whole batch."""
    ended = Signal()
    """Nothing is under way any more."""

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._handle: JobHandle | None = None
        self._gathering: JobHandle | None = None
        self.own_labels: tuple[OwnLabel, ...] = ()
        """What models that take such labels tell apart."""
        self.model = ""
        """Who answers, or answered."""
        self._asked = 0
        self._fresh: list[BatchRow] = []
        self._began = 0.0
        self.sources: tuple[ImageSource, ...] = ()
        self.done = 0
        self.seconds = 0.0
        """How long the batch has taken, or took."""
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._hand_on)

    @property
    def busy(self) -> bool:
        """Return whether a batch is under way."""
        return self._handle is not None

    @property
    def searching(self) -> bool:
        """Return whether pictures are being looked for."""
        return self._gathering is not None

    def gather(self, paths: Sequence[Path]) -> None:
        """Look for pictures in `paths`; `gathered` says what was found."""
        self._drop_search()
        handle = self._services.jobs.submit(
            gather_pictures,
            GatherPictures(paths=tuple(paths)),
            lane="predict",
            supersede="image.gather",
            title=paths[0].name if paths else "",
        )
        self._gathering = handle
        handle.done.connect(self._on_gathered)
        handle.failed.connect(self._on_gather_failed)

    def run(self, sources: tuple[ImageSource, ...], model: str) -> None:
        """Start over with `sources` and `model`."""
        self._drop()
        self.sources = sources
        self.model = model
        self._asked = self.done = 0
        self._fresh.clear()
        self._began = time.perf_counter()
        self.seconds = 0.0
        self.began.emit(len(sources))
        self._ask_next()

    @Slot()
    def cancel(self) -> None:
        """Stop here; the rows so far stay."""
        if self._gathering is not None:
            self._drop_search()
            self.search_ended.emit()
        if self._handle is not None:
            self._drop()
            self._finish()

    def close(self) -> None:
        """Drop everything, without a signal."""
        self._drop_search()
        self._drop()
        self._tick.stop()
        self._fresh.clear()

    def _drop_search(self) -> None:
        gathering, self._gathering = self._gathering, None
        if gathering is not None:
            gathering.cancel()

    def _drop(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.cancel()

    def _ask_next(self) -> None:
        chunk = self.sources[self._asked : self._asked + CHUNK]
        if not chunk:
            self._finish()
            return
        self._handle = self._services.jobs.submit(
            self._services.predictor.predict,
            PredictImages(
                sources=chunk,
                models=(self.model,),
                top_k=1,
                picture_side=THUMBNAIL_SIDE,
                own_labels=self.own_labels,
            ),
            lane="predict",
            supersede="image.batch",
            title=chunk[0].name,
        )
        self._handle.partial.connect(self._on_partial)
        self._handle.failed.connect(self._on_failed)
        self._handle.done.connect(self._on_chunk_done)

    def _finish(self) -> None:
        self.seconds = time.perf_counter() - self._began
        self._tick.stop()
        self._hand_on()
        self.ended.emit()

    @Slot(object)
    def _on_partial(self, answer: ImageAnswer) -> None:
        if self.sender() is not self._handle:
            return
        number = self._asked + answer.index
        self._fresh.append(row_from_answer(number, self.sources[number], answer))
        self.done += 1
        if not self._tick.isActive():
            self._tick.start()

    @Slot()
    def _hand_on(self) -> None:
        if self._fresh:
            rows, self._fresh = self._fresh, []
            self.seconds = time.perf_counter() - self._began
            self.rows_arrived.emit(rows)

    @Slot(object)
    def _on_chunk_done(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self._asked += CHUNK
            self._ask_next()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self.failed.emit(failure)
            self._finish()

    @Slot(object)
    def _on_gathered(self, sources: tuple[ImageSource, ...]) -> None:
        if self.sender() is not self._gathering:
            return
        self._gathering = None
        self.search_ended.emit()
        self.gathered.emit(sources)

    @Slot(object)
    def _on_gather_failed(self, failure: Failure) -> None:
        if self.sender() is self._gathering:
            self._gathering = None
            self.search_ended.emit()
            self.refused.emit(failure)
