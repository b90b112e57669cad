"""What came of a run: figures, and what can be done with the model now. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QPushButton, QWidget

from deepstudio.ui.presenters.training_state import RunInfo, RunState
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.models.words import SPLITS, metric_title, metric_value
from deepstudio.ui.workspaces.train.ways import ways_of
from deepstudio.ui.workspaces.train.words import duration

_FIGURES = 4


class ResultCard(QFrame):
    """Hidden while a run goes on."""

    open_asked = Signal()
    look_asked = Signal()
    again_asked = Signal()
    folder_asked = Signal()
    runs_asked = Signal()
    details_asked = Signal(object)
    """A `Failure` whose details are wanted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        mark(self, surface="card")
        self._failure: Any = None
        self._title = label("", "heading", wrap=True)
        self._sentence = label("", "muted", wrap=True, selectable=True)
        self._figures = QWidget()
        self._grid = FlowLayout(self._figures, gap=24)
        self.open = self._button(self.tr("Use the model"), "sparkles", kind="primary")
        self.open.clicked.connect(self.open_asked)
        self.look = self._button(self.tr("Look closer"), "search")
        self.look.clicked.connect(self.look_asked)
        self.again = self._button(self.tr("Change and train again"), "sliders")
        self.again.clicked.connect(self.again_asked)
        self.folder = self._button(self.tr("Open the folder"), "folder")
        self.folder.clicked.connect(self.folder_asked)
        self.runs = self._button(self.tr("Compare with other runs"), "runs")
        self.runs.clicked.connect(self.runs_asked)
        self.details = self._button(self.tr("Details"), "log")
        self.details.clicked.connect(self._on_details)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for widget in (self.open, self.look, self.again, self.runs, self.folder, self.details):
            flow.addWidget(widget)
        words = column(gap=4)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        head = row(gap=24)
        head.addLayout(words, 1)
        whole = column(self, margins=(16, 12, 16, 12), gap=10)
        whole.addLayout(head)
        whole.addWidget(self._figures)
        whole.addWidget(buttons)
        self.hide()

    def _button(self, text: str, icon: str, kind: str = "") -> QPushButton:
        made = button(text, kind)
        made.setIconSize(QSize(16, 16))
        follow_icon(self._theme, made, icon, "on_accent" if kind == "primary" else "text_muted")
        return made

    def show_run(self, run: RunInfo, *, can_compare: bool) -> None:
        """Show what came of `run`; hidden while it goes on."""
        # A series that has finished shows its figures as a table.
        shown = not run.active and not (run.is_series and run.state is RunState.FINISHED)
        self.setVisible(shown)
        if not shown:
            return
        self._failure = run.failure
        card = getattr(run.finished, "card", None)
        self._title.setText(self._headline(run))
        self._sentence.setText(self._explanation(run))
        self._sentence.setVisible(bool(self._sentence.text()))
        self._show_figures(_figures(card, run))
        self.open.setVisible(run.model is not None)
        self.look.setVisible(run.model is not None)
        reason = ways_of(run.recipe).look
        self.look.setEnabled(not reason)
        self.look.setToolTip(translate_sentence(reason, "settings") if reason else "")
        self.folder.setVisible(bool(run.folder))
        self.runs.setVisible(can_compare and bool(run.run_id))
        self.details.setVisible(run.failure is not None and bool(run.failure.details))

    def _headline(self, run: RunInfo) -> str:
        if run.state is RunState.FINISHED:
            return self.tr("Trained in {time}. The model is ready.").format(time=duration(run.seconds))
        if run.state is RunState.FAILED and run.failure is not None:
            return translate_failure(run.failure)[0]
        return self.tr("Stopped. The run can go on from where it stands.")

    def _explanation(self, run: RunInfo) -> str:
        if run.failure is not None:
            return translate_failure(run.failure)[1]
        if run.state is RunState.FINISHED and run.model is not None:
            return self.tr("It is installed as “{title}” once you use it.").format(title=run.recipe.title or run.name)
        return ""

    def _show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        _empty(self._grid)
        for title, value in figures:
            tile = QWidget()
            grid = QGridLayout(tile)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(0)
            grid.addWidget(label(value, "title"), 0, 0)
            grid.addWidget(label(title, "caption"), 1, 0)
            self._grid.addWidget(tile)
        self._figures.setVisible(bool(figures))

    def _on_details(self) -> None:
        if self._failure is not None:
            self.details_asked.emit(self._failure)


def _figures(card: Any, run: RunInfo) -> list[tuple[str, str]]:
    """Return titles and values: of the test split where there is one, else of validation."""
    if card is None:
        return []
    splits = {measured.split for measured in card.metrics}
    split = "test" if "test" in splits else "validation"
    found = [measured for measured in card.metrics if measured.split == split][:_FIGURES]
    where = translate_sentence(SPLITS.get(split, split), "cards")
    return [(f"{metric_title(measured.name)} ({where})", metric_value(measured)) for measured in found]


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
