"""Into a recurrent layer while it reads: its gates and its memory over the tokens. GUI thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QScrollArea, QToolButton, QWidget

from deepstudio.core.text_requests import RecurrentStates, ShowStates
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.workspaces.text.state_map import StateMap, unit_order

_GATES = frozenset({"input", "forget", "output", "reset", "update"})
_FIRST = "forget"
_NAMES = {
    "input": QT_TRANSLATE_NOOP("text", "Input"),
    "forget": QT_TRANSLATE_NOOP("text", "Forget"),
    "candidate": QT_TRANSLATE_NOOP("text", "Candidate"),
    "output": QT_TRANSLATE_NOOP("text", "Output"),
    "cell": QT_TRANSLATE_NOOP("text", "Memory"),
    "hidden": QT_TRANSLATE_NOOP("text", "Hidden"),
    "reset": QT_TRANSLATE_NOOP("text", "Reset"),
    "update": QT_TRANSLATE_NOOP("text", "Update"),
}
_MEANINGS = {
    "input": QT_TRANSLATE_NOOP("text", "How much of the candidate is let into the memory."),
    "forget": QT_TRANSLATE_NOOP("text", "How much of its memory a unit keeps: faint is forgotten."),
    "candidate": QT_TRANSLATE_NOOP("text", "What the token would write into the memory."),
    "output": QT_TRANSLATE_NOOP("text", "How much of the memory is let out into the hidden state."),
    "cell": QT_TRANSLATE_NOOP("text", "What a unit remembers: above zero in blue, below in orange."),
    "hidden": QT_TRANSLATE_NOOP("text", "What the layer hands on: above zero in blue, below in orange."),
    "reset": QT_TRANSLATE_NOOP("text", "How much of the hidden state the candidate sees."),
    "update": QT_TRANSLATE_NOOP("text", "How much of its hidden state a unit keeps: faint is overwritten."),
}


class StatesPane(QWidget):
    """`asked` says that another layer or direction is wanted; `looked_at` carries offsets [1, 2] and a weight [1]."""

    asked = Signal()
    looked_at = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: RecurrentStates | None = None
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._words: list[str] = []
        self._chosen = _FIRST
        self.layers = QComboBox()
        self.layers.setAccessibleName(self.tr("Layer"))
        self.layers.currentIndexChanged.connect(self.asked)
        self.backward = QCheckBox(self.tr("From the end"))
        self.backward.setToolTip(self.tr("Show the half of the layer that reads from the end to the beginning"))
        self.backward.toggled.connect(self.asked)
        self._values = QWidget()
        self._flow = FlowLayout(self._values, gap=4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self.trouble = Banner(theme, "accent", "info")
        self._meaning = label("", "faint", wrap=True)
        self.map = StateMap(theme)
        self.map.cell_shown.connect(self._on_cell)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.map)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self.map.setAutoFillBackground(False)
        self._facts = label("", "muted", wrap=True)
        self._lay_out()
        self.show_trouble("")

    def _lay_out(self) -> None:
        top = row(gap=12)
        top.addWidget(self.layers)
        top.addWidget(self.backward)
        top.addStretch(1)
        layout = column(self, gap=8)
        layout.addWidget(self.trouble, 0, Qt.AlignmentFlag.AlignTop)  # alone on the page it would fill it
        layout.addWidget(self._values)
        layout.addLayout(top)
        layout.addWidget(self._meaning)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._facts)

    def request(self, text: str, model: str) -> ShowStates:
        """Return the question for `text`."""
        layer = max(0, self.layers.currentIndex())
        return ShowStates(text=text, model=model, layer=layer, backward=self.backward.isChecked())

    def show_trouble(self, sentence: str) -> None:
        """Say why there is nothing to see, in place of what was there."""
        self._states = None
        self.trouble.say(sentence)
        for part in (self._values, self._meaning, self._scroll, self._facts, self.layers, self.backward):
            part.hide()

    def show_states(self, text: str, states: RecurrentStates) -> None:
        """Show what a layer held while it read `text`."""
        self._states = states
        self._order = unit_order(states.values)
        self._words = [" ".join(text[start:end].split()) or "⏎" for start, end in states.offsets.tolist()]
        self.trouble.say("")
        for part in (self._values, self._meaning, self._scroll, self._facts):
            part.show()
        with QSignalBlocker(self.layers):
            if self.layers.count() != states.layers:
                before = self.layers.currentIndex()
                self.layers.clear()
                self.layers.addItems([self.tr("Layer {n}").format(n=n + 1) for n in range(states.layers)])
                self.layers.setCurrentIndex(max(0, min(before, states.layers - 1)))
        self.layers.setVisible(states.layers > 1)
        self.backward.setVisible(states.backward_there)
        self._offer(list(states.values))
        self._show()

    def _offer(self, names: list[str]) -> None:
        if list(self._buttons) == names:
            return
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        if self._chosen not in names:
            self._chosen = names[-1]
        for name in names:
            button = QToolButton()
            button.setText(translate_sentence(_NAMES[name], "text"))
            button.setToolTip(translate_sentence(_MEANINGS[name], "text"))
            button.setCheckable(True)
            button.setChecked(name == self._chosen)
            button.clicked.connect(lambda _=False, name=name: self.choose(name))
            self._group.addButton(button)
            self._flow.addWidget(button)
            self._buttons[name] = button

    def choose(self, name: str) -> None:
        """Show another value of the layer, such as "cell"."""
        self._chosen = name
        self._buttons[name].setChecked(True)
        self._show()

    def _show(self) -> None:
        if self._states is None:
            return
        values = self._states.values[self._chosen]
        self.map.show_values(values, self._order, self._words, signed=self._chosen not in _GATES)
        meaning = translate_sentence(_MEANINGS[self._chosen], "text")
        self._meaning.setText(meaning + " " + self.tr("Units down, the longest memory first; bars show the mean."))
        self._on_cell(None)

    @Slot(object)
    def _on_cell(self, cell: tuple[int, int] | None) -> None:
        if cell is None or self._states is None:
            self._facts.setText(self.tr("Point at the picture to read a value."))
            self.looked_at.emit(None)
            return
        unit, value = self.map.value_at(cell)
        said = self.tr("After “{word}”: unit {unit} {value}, mean {mean}")
        mean = self.map.mean_at(cell[0])
        self._facts.setText(said.format(word=self._words[cell[0]], unit=unit, value=f"{value:.2f}", mean=f"{mean:.2f}"))
        self.looked_at.emit((self._states.offsets[cell[0] : cell[0] + 1], np.ones(1, np.float32)))
