"""What happened to the runs, and every value that is no number. GUI thread only."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from deepstudio.core.training_messages import Level
from deepstudio.store.series import BadRun
from deepstudio.store.series_spikes import SpikeFinder
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.runview.panels import SYSTEM
from deepstudio.ui.runview.source import EPOCH, EXAMPLES, RunSource
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label

_ROLES = {Level.INFO: "text", Level.WARNING: "warning", Level.ERROR: "danger"}
_BAD_SHOWN = 200
_SPIKES_SHOWN = 200
_TURN_POINTS = 50_000
"""Points looked at for spikes in one turn of the event loop: 2 ms."""
_PAUSE_MS = 15
_RESTLESS = ("_per_second", "seconds", "_per_sec")
"""Ends of names of what jumps by nature."""
_AXES = (EPOCH, EXAMPLES)
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of the list."""

    run_id: str
    run: str
    step: int
    wall: float
    words: str
    level: Level


class EventRows(QAbstractTableModel):
    """The lines, newest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[EventRow] = []

    def show_rows(self, rows: Sequence[EventRow]) -> None:
        """Show these lines."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns."""
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Step"), self.tr("Time"), self.tr("Run"), self.tr("What happened"))[section]

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a cell."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            clock = time.strftime("%d %b %H:%M:%S", time.localtime(row.wall)) if row.wall else ""
            return (f"{row.step:,}", clock, row.run, row.words)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._theme.color(_ROLES.get(row.level, "text")))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class EventsPage(QWidget):
    """A table of events; Enter or a click shows where one lies on the curves."""

    event_activated = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: list[RunSource] = []
        self.model = EventRows(theme, self)
        self._bad: dict[tuple[str, str], tuple[int, list[BadRun]]] = {}
        self._spikes: dict[tuple[str, str], SpikeFinder] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.refresh)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setProperty("kind", "plain")
        self.table.setAccessibleName(self.tr("Events"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_activated)
        self._empty = label(self.tr("Nothing happened yet."), "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer = column(self, margins=(0, 4, 0, 0))
        outer.addWidget(self.table, 1)
        outer.addWidget(self._empty)

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """List the events of these runs."""
        self._sources = list(sources)
        self._bad.clear()
        self._spikes.clear()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look again; called only while the page is on the screen."""
        if not self.isVisible():
            return
        self._look_for_spikes()
        rows = [
            row
            for source in self._sources
            for row in (*self._events(source), *self._bad_rows(source), *self._spike_rows(source))
        ]
        self.model.show_rows(sorted(rows, key=lambda row: (row.wall, row.step), reverse=True))
        self.table.setColumnHidden(2, len(self._sources) < 2)
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def _events(self, source: RunSource) -> list[EventRow]:
        return [
            EventRow(
                source.run_id,
                source.name,
                event.step,
                event.wall,
                translate_sentence(event.sentence, "events", **dict(event.values)),
                event.level,
            )
            for event in source.events()
        ]

    def _bad_rows(self, source: RunSource) -> list[EventRow]:
        rows = []
        for name in source.metrics():
            series = source.series(name)
            if series is None:
                continue
            revision, found = self._bad.get((source.run_id, name), (-1, []))
            if revision != series.revision:
                found = series.bad_runs(_BAD_SHOWN)
                self._bad[source.run_id, name] = (series.revision, found)
            rows += [self._bad_row(source, name, bad) for bad in found]
        return rows

    def _look_for_spikes(self) -> None:
        """Look at some more points; come back soon if there are others left."""
        left = _TURN_POINTS
        for source in self._sources:
            for name in source.metrics():
                series = source.series(name)
                if series is None or name.startswith(f"{SYSTEM}/") or name.endswith(_RESTLESS) or name in _AXES:
                    continue
                finder = self._spikes.get((source.run_id, name))
                if finder is None or finder.series is not series:
                    finder = self._spikes[source.run_id, name] = SpikeFinder(series)
                left -= finder.advance(left)
                if left <= 0:
                    self._later.start()
                    return

    def _spike_rows(self, source: RunSource) -> list[EventRow]:
        rows = []
        for name in source.metrics():
            finder = self._spikes.get((source.run_id, name))
            for spike in finder.spikes[:_SPIKES_SHOWN] if finder is not None else ():
                words = self.tr("{metric} jumps to {value}; the points around it lie at {usual}")
                text = words.format(metric=name, value=number(spike.value), usual=number(spike.usual))
                rows.append(EventRow(source.run_id, source.name, spike.step, spike.wall, text, Level.WARNING))
        return rows

    def _bad_row(self, source: RunSource, name: str, bad: BadRun) -> EventRow:
        words = self.tr("{metric} is not a number") if bad.kind == "nan" else self.tr("{metric} is infinite")
        if bad.count > 1:
            many = self.tr("{metric} is not a number in {count} points, up to step {last}")
            words = many if bad.kind == "nan" else self.tr("{metric} is infinite in {count} points, up to step {last}")
        text = words.format(metric=name, count=f"{bad.count:,}", last=f"{bad.last_step:,}")
        return EventRow(source.run_id, source.name, bad.first_step, bad.first_wall, text, Level.ERROR)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        self.event_activated.emit(row.run_id, row.step)
