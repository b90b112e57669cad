"""Answers while a picture is still being drawn: one question under way, the newest waits. Knows no widget."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer, ImageSource, OwnLabel, PredictImages
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.image.picture_presenter import PICTURE_SIDE, Viewing

_INTERVAL_MS = 33
_SUPERSEDE = "image.drawing"


class LivePresenter(QObject):
    """At most one request under way and at most thirty a second; only the newest picture waits its turn.

    Cancelling the one under way with every stroke would mean no answer before the pen rests, so a request runs to its
    end unless the drawing was cleared.
    """

    answered = Signal(object)
    """A complete `Viewing` of the drawing."""
    failed = Signal(object)
    status = Signal(str)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._waiting: tuple[ImageSource, tuple[str, ...]] | None = None
        self._asking: Viewing | None = None
        self._handle: JobHandle | None = None
        self.own_labels: tuple[OwnLabel, ...] = ()
        """What models that take such labels tell apart."""
        self.viewing: Viewing | None = None
        """The last complete answer, None after `clear`."""
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.setInterval(_INTERVAL_MS)
        self._pace.timeout.connect(self._ask_next)

    def offer(self, source: ImageSource, models: tuple[str, ...]) -> None:
        """Ask about `source` as soon as it is its turn; it takes the place of what still waits."""
        self._waiting = (source, models)
        self._ask_next()

    def clear(self) -> None:
        """Forget the drawing: nothing that is under way comes through any more."""
        self._waiting = None
        self.viewing = None
        self._asking = None
        self._pace.stop()
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.cancel()

    @Slot()
    def _ask_next(self) -> None:
        if self._waiting is None or self._handle is not None or self._pace.isActive():
            return
        source, models = self._waiting
        self._waiting = None
        self._asking = Viewing(source=source, models=models, own_labels=self.own_labels)
        self._handle = self._services.jobs.submit(
            self._services.predictor.predict,
            PredictImages(
                sources=(source,),
                models=models,
                top_k=self._services.settings.current.answers.top_k,
                picture_side=PICTURE_SIDE,
                own_labels=self.own_labels,
            ),
            lane="predict",
            supersede=_SUPERSEDE,
            title=source.name,
        )
        self._handle.partial.connect(self._on_partial)
        self._handle.status.connect(self.status)
        self._handle.failed.connect(self._on_failed)
        self._handle.ended.connect(self._on_ended)
        self._pace.start()

    @Slot(object)
    def _on_partial(self, answer: ImageAnswer) -> None:
        if self.sender() is not self._handle or self._asking is None:
            return
        self._asking.answers[answer.model] = answer
        if self._asking.complete():
            self.viewing = self._asking
            self.answered.emit(self.viewing)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self.sender() is self._handle:
            self._waiting = None
            self.failed.emit(failure)

    @Slot(object)
    def _on_ended(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self._ask_next()
