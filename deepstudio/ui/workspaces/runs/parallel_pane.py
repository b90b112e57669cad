"""Runs as lines over their settings and results: what goes with a good result shows at a glance. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from deepstudio.ui.plots.export_button import ExportButton
from deepstudio.ui.plots.parallel import ParallelCoordinates, ParallelRow
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.workspaces.runs.column_words import column_title
from deepstudio.ui.workspaces.runs.items import RunItem, common_settings, value_of

_LEAST_AXES, _MOST_AXES = 4, 10
_AXIS_WIDTH = 110
_FEW_RUNS = 8
"""So many lines are told apart by the colours of the runs; more are coloured by a result."""
_RESULTS = ("best_accuracy", "best_loss", "loss", "accuracy")


class ParallelPane(QWidget):
    """The runs of the table, or the selected ones if there are several."""

    activated = Signal(str)
    """The id of a run whose line was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[RunItem] = []
        self._colours: dict[str, str] = {}
        self.chart = ParallelCoordinates(theme)
        self.chart.activated.connect(self.activated)
        self.colour_by = QComboBox()
        self.colour_by.setAccessibleName(self.tr("Colour the lines by"))
        self.colour_by.currentIndexChanged.connect(self._recolour)
        self._words = label("", "muted")
        head = row(gap=8)
        head.addWidget(self._words, 1)
        head.addWidget(label(self.tr("Colour by"), "muted"))
        head.addWidget(self.colour_by)
        self.export = ExportButton(theme, self.chart, self.tr("Settings and results of the runs"))
        head.addWidget(self.export)
        page = QWidget()
        inner = column(page, gap=8)
        inner.addLayout(head)
        inner.addWidget(self.chart, 1)
        self._hint = DropHint(theme, "sliders")
        self._hint.set_words(
            self.tr("Nothing to compare yet"),
            self.tr("Runs that differ in a setting and have a result appear here as lines."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(page)
        layout = column(self, margins=(4, 12, 12, 12))
        layout.addWidget(self._stack)

    def show_items(self, items: Sequence[RunItem], colours: dict[str, str]) -> None:
        """Show these runs; drawn when the pane is visible."""
        self._items, self._colours = list(items), colours
        if self.isVisible():
            self._draw()

    def showEvent(self, event: object) -> None:
        """Draw what changed meanwhile."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._draw()

    def axes(self) -> list[str]:
        """Return the column keys of the axes: settings that differ, then results."""
        telling = [key for path in common_settings(self._items) if _tells(self._items, key := f"set:{path}")]
        telling.sort(key=lambda key: key == "set:seed")  # luck comes last
        results = [key for key in _RESULTS if _num_values(self._items, key) > 1][:2]
        room = max(_LEAST_AXES, min(_MOST_AXES, self.width() // _AXIS_WIDTH))
        return [*telling[: room - len(results)], *results]

    def _draw(self) -> None:
        axes = self.axes()
        usable = len(axes) >= 2 and len(self._items) >= 2
        self._stack.setCurrentIndex(1 if usable else 0)
        if not usable:
            return
        self._words.setText(self.tr("{count} runs").format(count=len(self._items)))
        titles = _titles(axes)
        rows = [
            ParallelRow(
                item.id,
                item.run.name,
                {titles[key]: _plain(value_of(item, key)) for key in axes},
                self._colours.get(item.id, ""),
            )
            for item in self._items
        ]
        self.chart.set_rows(rows, [titles[key] for key in axes])
        self._offer(list(titles.values()))

    def _offer(self, names: list[str]) -> None:
        wanted = [self.tr("Run"), *names]
        if [self.colour_by.itemText(place) for place in range(self.colour_by.count())] == wanted:
            return
        before = self.colour_by.currentText()
        blocked = self.colour_by.blockSignals(True)
        self.colour_by.clear()
        self.colour_by.addItems(wanted)
        place = self.colour_by.findText(before, Qt.MatchFlag.MatchExactly)
        first = 0 if len(self._items) <= _FEW_RUNS else len(wanted) - 1
        self.colour_by.setCurrentIndex(place if place >= 0 else first)
        self.colour_by.blockSignals(blocked)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        place = self.colour_by.currentIndex()
        self.chart.colour_by(self.colour_by.currentText() if place > 0 else None)


def _tells(items: Sequence[RunItem], key: str) -> bool:
    """Return whether runs differ in a setting, and not all of them: a folder of its own says nothing about a run."""
    texts = {value for item in items if isinstance(value := value_of(item, key), str)}
    return _num_values(items, key) > 1 and (not texts or len(texts) <= max(2, len(items) // 2))


def _num_values(items: Sequence[RunItem], key: str) -> int:
    return len({repr(value) for item in items if (value := value_of(item, key)) is not None})


def _titles(axes: Sequence[str]) -> dict[str, str]:
    """Return a title for each axis: the short one unless two would be the same."""
    short = {key: column_title(key) for key in axes}
    twice = {title for title in short.values() if list(short.values()).count(title) > 1}
    return {key: key.partition(":")[2] or title if title in twice else title for key, title in short.items()}


def _plain(value: object) -> float | str | None:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value if value is None or isinstance(value, str) else str(value)
    return float(value) if isinstance(value, (int, float)) else str(value)
