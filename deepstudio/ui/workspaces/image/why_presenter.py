"""Asks why a model gives a label to a picture, and remembers the last explanations. Knows no widget."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.requests import ExplainImage, Explanation, ImageSource, OwnLabel
from deepstudio.jobs.handle import JobHandle

METHODS = ("grad-cam", "integrated-gradients")
_SUPERSEDE = "image.why"
_REMEMBERED = 16
_Key = tuple[int, str, int, str, tuple[tuple[object, ...], ...]]


class WhyPresenter(QObject):
    """One question at a time; a new one supersedes. A question asked before is answered from memory, at once."""

    asked = Signal(object)
    """The `ExplainImage` that is now under way."""
    explained = Signal(object, object)
    """The `ExplainImage` and its `Explanation`."""
    failed = Signal(object)
    ended = Signal()
    """Nothing is under way any more."""

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._handle: JobHandle | None = None
        self._request: ExplainImage | None = None
        self.own_labels: tuple[OwnLabel, ...] = ()
        """What models that take such labels tell apart."""
        # Keyed by identity, so the sources are kept alive beside their explanations.
        self._known: OrderedDict[_Key, tuple[ImageSource, Explanation]] = OrderedDict()

    def ask(self, source: ImageSource, model: str, label: int, method: str) -> None:
        """Ask why `model` gives `label` to `source`."""
        self.drop()
        request = ExplainImage(source=source, model=model, label=label, methods=(method,), own_labels=self.own_labels)
        self._request = request
        known = self._known.get(_key(request))
        if known is not None:
            self._known.move_to_end(_key(request))
            self.explained.emit(request, known[1])
            self.ended.emit()
            return
        self._handle = self._services.jobs.submit(
            self._services.explainer.explain,
            request,
            lane="predict",
            supersede=_SUPERSEDE,
            title=source.name,
        )
        self._handle.partial.connect(self._on_partial)
        self._handle.failed.connect(self._on_failed)
        self._handle.ended.connect(self._on_ended)
        self.asked.emit(request)

    def drop(self) -> None:
        """Drop what is under way, without a signal."""
        self._request = None
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.cancel()

    @Slot()
    def cancel(self) -> None:
        """Cancel what is under way because the user said so."""
        if self._handle is not None:
            self.drop()
            self.ended.emit()

    @Slot(object)
    def _on_partial(self, explanation: Explanation) -> None:
        if self.sender() is not self._handle or self._request is None:
            return
        self._known[_key(self._request)] = (self._request.source, explanation)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        self.explained.emit(self._request, explanation)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self.sender() is self._handle:
            self.failed.emit(failure)

    @Slot(object)
    def _on_ended(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self.ended.emit()


def _key(request: ExplainImage) -> _Key:
    names = tuple((label.name, *map(id, label.examples)) for label in request.own_labels)
    return (id(request.source), request.model, request.label, request.methods[0], names)
