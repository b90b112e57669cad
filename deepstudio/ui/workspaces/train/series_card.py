"""The runs of a cross-validation, or with several seeds: each one's figures, their mean and spread. GUI thread."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from deepstudio.ui.presenters.training_state import RunInfo, RunKind
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.models.words import metric_title
from deepstudio.ui.workspaces.train.words import number

_MOST_COLUMNS = 4
_PREFERRED = ("accuracy", "validation_accuracy", "balanced_accuracy", "macro_f1", "validation_loss", "loss")


class SeriesCard(QFrame):
    """Fills while the series goes on."""

    again_asked = Signal()
    runs_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._members: list[Any] = []
        self._title = label("", "heading", wrap=True)
        self.summary = label("", "muted", wrap=True, selectable=True)
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("Runs of the series"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        mark(self.table, kind="plain")
        self.again = button(self.tr("Change and train again"))
        follow_icon(theme, self.again, "sliders")
        self.again.clicked.connect(self.again_asked)
        self.runs = button(self.tr("Compare with other runs"))
        follow_icon(theme, self.runs, "runs")
        self.runs.clicked.connect(self.runs_asked)
        head = row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(self.again)
        head.addWidget(self.runs)
        whole = column(self, margins=(16, 12, 16, 12), gap=8)
        whole.addLayout(head)
        whole.addWidget(self.summary)
        whole.addWidget(self.table)
        self.hide()

    def begin(self, run: RunInfo | None) -> None:
        """Forget the last series; hidden where `run` is none."""
        self._members = []
        self.table.setRowCount(0)
        self.summary.setText("")
        for made in (self.again, self.runs):
            made.setVisible(False)
        self.setVisible(run is not None and run.is_series)
        if run is not None:
            self._title.setText(
                self.tr("Cross-validation") if run.kind is RunKind.FOLDS else self.tr("The same with other seeds")
            )

    def add(self, member: Any) -> None:
        """Take in a run that has ended (`Member`)."""
        self._members.append(member)
        self._show_table()

    def show_result(self, result: Any) -> None:
        """Show mean and spread of the whole series (`SeriesResult`)."""
        self._members = list(result.members)
        self._show_table()
        for made in (self.again, self.runs):
            made.setVisible(True)
        parts = [
            self.tr("{name}: {mean} ± {spread}").format(
                name=metric_title(name),
                mean=_figure(name, result.mean[name]),
                spread=_figure(name, result.spread.get(name, 0.0)),
            )
            for name in self._columns()
            if name in result.mean
        ]
        self.summary.setText("   ·   ".join(parts))

    def _columns(self) -> list[str]:
        found = dict.fromkeys(name for member in self._members for name in member.metrics)
        known = [name for name in _PREFERRED if name in found]
        return (known + [name for name in found if name not in known])[:_MOST_COLUMNS]

    def _show_table(self) -> None:
        columns = self._columns()
        table = self.table
        table.setColumnCount(1 + len(columns))
        table.setHorizontalHeaderLabels([self.tr("Run"), *(metric_title(name) for name in columns)])
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        table.horizontalHeaderItem(0).setTextAlignment(left)
        table.setRowCount(len(self._members))
        for place, member in enumerate(self._members):
            table.setItem(place, 0, QTableWidgetItem(str(member.name)))
            for column_number, name in enumerate(columns, start=1):
                item = QTableWidgetItem(_figure(name, member.metrics.get(name, math.nan)))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(place, column_number, item)
        rows = min(len(self._members), 4)
        height = header.sizeHint().height() + rows * table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(height + 8)


def _figure(name: str, value: float) -> str:
    """Return shares in percent, losses and others as they are."""
    if math.isnan(value):
        return "–"
    return f"{100 * value:.1f} %" if 0 <= value <= 1 and "loss" not in name else number(value)
