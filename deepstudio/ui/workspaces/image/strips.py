"""Samples and last answers: one below the other, or in a low place one of them at a time. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, icon_button, label, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.widgets.thumbnail_strip import LARGE, SMALL, StripItem, ThumbnailStrip

_SAMPLES, _HISTORY = "samples", "history"


class Strips(QWidget):
    """Two strips with their titles. A strip without anything in it is not shown."""

    sample_picked = Signal(int)
    history_picked = Signal(int)
    clear_history_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._drawing = False
        self.samples = ThumbnailStrip(theme)
        self.samples.setAccessibleName(self.tr("Samples"))
        self.samples.picked.connect(self.sample_picked)
        self.history = ThumbnailStrip(theme)
        self.history.setAccessibleName(self.tr("Last answers"))
        self.history.picked.connect(self.history_picked)
        self.switch = Segmented(theme)
        self.switch.add(_SAMPLES)
        self.switch.add(_HISTORY)
        self.switch.set_text(_SAMPLES, self.tr("Samples"))
        self.switch.set_text(_HISTORY, self.tr("Last answers"))
        self.switch.chosen.connect(self._arrange)
        self._samples_title = label(self.tr("Samples"), "section")
        self._history_title = label(self.tr("Last answers"), "section")
        self._forget = icon_button(theme, "trash", self.tr("Forget the last answers"), size=16)
        self._forget.clicked.connect(self.clear_history_asked)
        self._lay_out()
        self._arrange()

    def _lay_out(self) -> None:
        head = row()
        head.addWidget(self.switch)
        head.addWidget(self._history_title)
        head.addStretch(1)
        head.addWidget(self._forget)
        whole = column(self, gap=6)
        whole.addWidget(self._samples_title)
        whole.addWidget(self.samples)
        whole.addLayout(head)
        whole.addWidget(self.history)
        self._column = whole
        self._head = head

    def show_samples(self, items: Sequence[StripItem]) -> None:
        """Show the samples."""
        self.samples.show_items(items)
        self._arrange()

    def show_history(self, items: Sequence[StripItem]) -> None:
        """Show the last answers."""
        self.history.show_items(items)
        self._arrange()

    def set_compact(self, compact: bool) -> None:
        """Show one strip at a time, with a switch above it."""
        if compact != self._compact:
            self._compact = compact
            self._arrange()

    def set_large(self, large: bool) -> None:
        """Show the samples large."""
        self.samples.set_side(LARGE if large else SMALL)

    def set_drawing(self, drawing: bool) -> None:
        """Leave the samples away: who draws needs room."""
        self._drawing = drawing
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        samples = self.samples.count() > 0 and not self._drawing
        history = self.history.count() > 0
        both = samples and history
        one_at_a_time = both and self._compact
        if one_at_a_time:
            samples, history = self.switch.current == _SAMPLES, self.switch.current == _HISTORY
        # The line of the switch and of the waste bin stands above whichever strip it belongs to.
        self._column.removeItem(self._head)
        self._column.insertLayout(0 if one_at_a_time else 2, self._head)
        self.switch.setVisible(one_at_a_time)
        self._samples_title.setVisible(samples and not one_at_a_time)
        self.samples.setVisible(samples)
        self._history_title.setVisible(history and not one_at_a_time)
        self._forget.setVisible(history)
        self.history.setVisible(history)
