"""Asks the models about one picture and routes their answers. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer, ImageSource, OwnLabel, PredictImages
from deepstudio.jobs.handle import JobHandle

PICTURE_SIDE = 1024
"""Longest side of the pictures that the lane sends back: enough for any pane, little enough to paint at once."""
_SUPERSEDE = "image.picture"


@dataclass(eq=False, slots=True, kw_only=True)
class Viewing:
    """One picture, what it was asked of, and the answers so far by model, in the order of the models."""

    source: ImageSource
    models: tuple[str, ...]
    own_labels: tuple[OwnLabel, ...] = ()
    answers: dict[str, ImageAnswer] = field(default_factory=dict)

    def complete(self) -> bool:
        """Return whether every model has answered."""
        return all(model in self.answers for model in self.models)

    def first(self) -> ImageAnswer | None:
        """Return the answer of the first model, None while it has not answered."""
        return self.answers.get(self.models[0]) if self.models else None


class PicturePresenter(QObject):
    """One picture at a time; asking again supersedes, and nothing of what was superseded comes through."""

    asked = Signal(object)
    """A `Viewing` without answers yet."""
    answered = Signal(object, object)
    """The `Viewing` and the `ImageAnswer` that just came."""
    finished = Signal(object)
    """The complete `Viewing`."""
    failed = Signal(object)
    """A `Failure` of the whole request: the model cannot be loaded, for example."""
    status = Signal(str)
    ended = Signal()
    """After `finished`, `failed` or a cancel: nothing is under way any more."""

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._handle: JobHandle | None = None
        self.viewing: Viewing | None = None
        self.own_labels: tuple[OwnLabel, ...] = ()
        """What models that take such labels tell apart."""

    def ask(self, source: ImageSource, models: tuple[str, ...]) -> None:
        """Ask `models` about `source`; what was under way is dropped."""
        self.drop()
        self.viewing = Viewing(source=source, models=models, own_labels=self.own_labels)
        request = PredictImages(
            sources=(source,),
            models=models,
            top_k=self._services.settings.current.answers.top_k,
            picture_side=PICTURE_SIDE,
            own_labels=self.own_labels,
        )
        handle = self._services.jobs.submit(
            self._services.predictor.predict,
            request,
            lane="predict",
            supersede=_SUPERSEDE,
            title=source.name,
        )
        self._handle = handle
        handle.partial.connect(self._on_partial)
        handle.status.connect(self.status)
        handle.failed.connect(self._on_failed)
        handle.ended.connect(self._on_ended)
        self.asked.emit(self.viewing)

    def show(self, viewing: Viewing) -> None:
        """Make an earlier viewing the present one, without asking again."""
        self.drop()
        self.viewing = viewing

    def drop(self) -> None:
        """Drop what is under way, without a signal."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.cancel()

    @Slot()
    def cancel(self) -> None:
        """Cancel what is under way because the user said so."""
        if self._handle is not None:
            self.drop()
            self.ended.emit()

    @property
    def busy(self) -> bool:
        """Return whether a request is under way."""
        return self._handle is not None

    @Slot(object)
    def _on_partial(self, answer: ImageAnswer) -> None:
        if self.sender() is not self._handle or self.viewing is None:
            return
        self.viewing.answers[answer.model] = answer
        self.answered.emit(self.viewing, answer)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self.sender() is self._handle:
            self.failed.emit(failure)

    @Slot(object)
    def _on_ended(self) -> None:
        if self.sender() is not self._handle:
            return
        self._handle = None
        if self.viewing is not None and self.viewing.complete():
            self.finished.emit(self.viewing)
        self.ended.emit()
