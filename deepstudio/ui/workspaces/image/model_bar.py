"""Which model answers, and which second one beside it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import icon_button, label, row
from deepstudio.ui.workspaces.image.model_choices import ModelChoice, choice_named

_LEAST_WIDTH, _MOST_WIDTH = 132, 220


class ModelBar(QWidget):
    """Two lists and a button that brings the second. `chosen` comes when the user changed something."""

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[ModelChoice, ...] = ()
        self.first = self._make_list(self.tr("Model"))
        self.second = self._make_list(self.tr("Second model, for comparison"))
        self.compare: QToolButton = icon_button(theme, "compare", self.tr("Compare two models side by side"))
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self._on_compare)
        line = row(self)
        self._title = label(self.tr("Model"), "muted")
        self._title.setBuddy(self.first)
        line.addWidget(self._title)
        line.addWidget(self.first)
        line.addWidget(self.compare)
        line.addWidget(self.second)
        self.second.hide()

    def _make_list(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setMinimumWidth(_LEAST_WIDTH)
        made.setMaximumWidth(_MOST_WIDTH)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(self._on_activated)
        return made

    @property
    def choices(self) -> tuple[ModelChoice, ...]:
        """Return every model on offer."""
        return self._choices

    @property
    def comparing(self) -> bool:
        """Return whether a second model answers too."""
        return self.compare.isChecked() and len(self._choices) > 1

    def offer(self, choices: tuple[ModelChoice, ...]) -> None:
        """Offer `choices`; what was chosen stays chosen where it still exists."""
        if choices == self._choices:
            return
        first, second = self.first.currentData(), self.second.currentData()
        self._choices = choices
        for models in (self.first, self.second):
            with QSignalBlocker(models):
                models.clear()
                for choice in choices:
                    models.addItem(translate_sentence(choice.title, "cards"), choice.name)
                    models.setItemData(models.count() - 1, translate_sentence(choice.card.description, "cards"), 3)
        self.compare.setEnabled(len(choices) > 1)
        self.second.setCurrentIndex(min(1, len(choices) - 1))
        self.select(first, second)

    def select(self, first: object, second: object = None, *, compare: bool | None = None) -> None:
        """Choose models by name, without a signal; unknown names change nothing."""
        for models, name in ((self.first, first), (self.second, second)):
            place = models.findData(name) if isinstance(name, str) else -1
            if place >= 0:
                models.setCurrentIndex(place)
        if compare is not None:
            with QSignalBlocker(self.compare):
                self.compare.setChecked(compare and len(self._choices) > 1)
        self.second.setVisible(self.comparing)

    def set_roomy(self, roomy: bool) -> None:
        """Leave the word before the list away where there is no room."""
        self._title.setVisible(roomy)

    def selected(self) -> tuple[ModelChoice, ...]:
        """Return the one or two models that answer; never the same one twice."""
        names = [self.first.currentData()]
        if self.comparing and self.second.currentData() != names[0]:
            names.append(self.second.currentData())
        found = (choice_named(self._choices, name) for name in names if name is not None)
        return tuple(choice for choice in found if choice is not None)

    @Slot(int)
    def _on_activated(self, _place: int) -> None:
        self._keep_apart()
        self.chosen.emit()

    @Slot(bool)
    def _on_compare(self, _on: bool) -> None:
        self._keep_apart()
        self.second.setVisible(self.comparing)
        self.chosen.emit()

    def _keep_apart(self) -> None:
        """Compare a model with another one, not with itself."""
        if self.comparing and self.first.currentIndex() == self.second.currentIndex():
            self.second.setCurrentIndex((self.first.currentIndex() + 1) % len(self._choices))
