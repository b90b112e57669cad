"""Asks what lies inside text models: states of recurrent layers, word vectors. No widgets. GUI thread.

The answer to what a person types goes first: a map of words that is still settling gives way and is asked for again.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.text_requests import FindNeighbours, MapWords, ShowStates, WordPoints
from deepstudio.jobs.handle import JobHandle


class InsidePresenter(QObject):
    """One question of each kind at a time: the latest."""

    states_came = Signal(object)
    states_failed = Signal(object)
    map_came = Signal(object)
    map_failed = Signal(object)
    neighbours_came = Signal(object)
    neighbours_failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._text = services.text
        self._map: tuple[JobHandle, MapWords] | None = None
        self._given_way: MapWords | None = None

    def show_states(self, request: ShowStates) -> None:
        """Ask what a layer held; it comes by `states_came`."""
        handle = self._jobs.submit(
            self._text.states, request, lane="predict", supersede="text.states", title=self.tr("Look into the layer")
        )
        handle.done.connect(self.states_came)
        handle.failed.connect(self.states_failed)

    def map_words(self, request: MapWords) -> None:
        """Ask for a map; it comes by `map_came`, unsettled ones first."""
        self._given_way = None
        handle = self._jobs.submit(
            self._text.map_words, request, lane="predict", supersede="text.map", title=self.tr("Map the words")
        )
        self._map = (handle, request)
        handle.partial.connect(self.map_came)
        handle.done.connect(self._on_map)
        handle.failed.connect(self._on_map_failed)

    def find(self, request: FindNeighbours) -> None:
        """Ask for words near others; they come by `neighbours_came`."""
        handle = self._jobs.submit(
            self._text.neighbours, request, lane="predict", supersede="text.near", title=self.tr("Find words nearby")
        )
        handle.done.connect(self.neighbours_came)
        handle.failed.connect(self.neighbours_failed)

    @Slot()
    def give_way(self) -> None:
        """Let the answer to what was typed go first."""
        if self._map is not None:
            handle, self._given_way = self._map
            self._map = None
            handle.cancel()

    @Slot()
    def go_on(self) -> None:
        """Ask again for the map that gave way."""
        if self._given_way is not None:
            self.map_words(self._given_way)

    @Slot(object)
    def _on_map(self, points: WordPoints) -> None:
        self._map = None
        self.map_came.emit(points)

    @Slot(object)
    def _on_map_failed(self, failure: object) -> None:
        self._map = None
        self.map_failed.emit(failure)
