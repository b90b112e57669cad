"""Joins the panes that look inside a model to the presenter that asks for them. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.text_requests import Neighbours, RecurrentStates, WordPoints
from deepstudio.ui.text import translate_failure
from deepstudio.ui.workspaces.text.inside_presenter import InsidePresenter
from deepstudio.ui.workspaces.text.states_pane import StatesPane
from deepstudio.ui.workspaces.text.words_pane import WordsPane


class InsidePart(QObject):
    """`looked_at` carries offsets int32 [N, 2] of the text and weights float32 [N], or None."""

    looked_at = Signal(object)
    timed = Signal(float)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.presenter = InsidePresenter(services, self)
        self.states = StatesPane(services.theme)
        self.words = WordsPane(services.theme)
        self._text = ""
        self._model = ""
        self._words_of = ""
        presenter = self.presenter
        presenter.states_came.connect(self._on_states)
        presenter.states_failed.connect(lambda failure: self.states.show_trouble(_sentence(failure)))
        presenter.map_came.connect(self._on_points)
        presenter.neighbours_came.connect(self._on_neighbours)
        presenter.map_failed.connect(lambda failure: self.words.show_trouble(_sentence(failure)))
        presenter.neighbours_failed.connect(lambda failure: self.words.show_nothing_near(_sentence(failure)))
        self.states.asked.connect(self._ask_states)
        self.states.looked_at.connect(self.looked_at)
        self.words.map_asked.connect(self._ask_map)
        self.words.find_asked.connect(self._find)

    def ask_states(self, text: str, model: str) -> None:
        """Show what a layer holds while it reads `text`."""
        self._text, self._model = text, model
        self._ask_states()

    def ask_words(self, model: str) -> None:
        """Show the words of a model, once."""
        if self._words_of != model:
            self._words_of = model
            self.words.begin_model()
            self._ask_map()

    @Slot()
    def _ask_states(self) -> None:
        if not self._text:
            self.states.show_trouble(self.tr("Type a text to see what the layer remembers of it."))
        elif self._model:
            self.presenter.show_states(self.states.request(self._text, self._model))

    @Slot()
    def _ask_map(self) -> None:
        if self._words_of:
            self.presenter.map_words(self.words.map_request(self._words_of))

    @Slot()
    def _find(self) -> None:
        self.presenter.find(self.words.find_request(self._words_of))

    @Slot(object)
    def _on_states(self, states: RecurrentStates) -> None:
        if self._text and states.model == self._model:
            self.states.show_states(self._text, states)
            self.timed.emit(states.milliseconds)

    @Slot(object)
    def _on_points(self, points: WordPoints) -> None:
        if points.model == self._words_of:
            self.words.show_points(points)

    @Slot(object)
    def _on_neighbours(self, near: Neighbours) -> None:
        if near.model == self._words_of:
            self.words.show_neighbours(near)


def _sentence(failure: Any) -> str:
    return " ".join(filter(None, translate_failure(failure)))
