"""The settings of the runs side by side, and what differs. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from deepstudio.ui.runview.grouping import flattened
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, row


class SettingsPage(QWidget):
    """A row for each setting, a column for each run."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sources: list[RunSource] = []
        self._shown: Any = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter settings"))
        self.search.setAccessibleName(self.tr("Filter settings"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(200)
        self.search.textChanged.connect(self._on_choice)
        self.only_differences = QCheckBox(self.tr("Only what &differs"))
        self.only_differences.toggled.connect(self._on_choice)
        self.table = QTableWidget()
        self.table.setProperty("kind", "plain")
        self.table.setAccessibleName(self.tr("Settings of the runs"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head = row(gap=12)
        head.addWidget(self.search)
        head.addWidget(self.only_differences)
        head.addStretch(1)
        outer = column(self, margins=(0, 4, 0, 0))
        outer.addLayout(head)
        outer.addWidget(self.table, 1)

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Show the settings of these runs."""
        self._sources = list(sources)
        self.only_differences.setVisible(len(sources) > 1)
        if len(sources) > 1:
            self.only_differences.setChecked(True)
        self.refresh()

    def has_content(self) -> bool:
        """Return whether any run says how it was made."""
        return any(source.settings for source in self._sources)

    def rows(self) -> list[tuple[str, list[str]]]:
        """Return the settings that are listed: name and value of each run."""
        flat = [flattened(source.settings) for source in self._sources]
        names = dict.fromkeys(name for settings in flat for name in settings)
        rows = [(name, [_words(settings.get(name)) for settings in flat]) for name in names]
        words = self.search.text().lower().split()
        rows = [(name, values) for name, values in rows if all(word in name.lower() for word in words)]
        if self.only_differences.isChecked() and len(flat) > 1:
            rows = [(name, values) for name, values in rows if len(set(values)) > 1]
        return rows

    def refresh(self) -> None:
        """Look again; called only while the page is on the screen."""
        if not self.isVisible():
            return
        rows = self.rows()
        wanted = ([source.name for source in self._sources], rows)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.table.setColumnCount(1 + len(self._sources))
        self.table.setHorizontalHeaderLabels([self.tr("Setting"), *(source.name for source in self._sources)])
        self.table.setRowCount(len(rows))
        for number, (name, values) in enumerate(rows):
            for place, text in enumerate((name, *values)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, place, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    @Slot()
    def _on_choice(self) -> None:
        self.refresh()


def _words(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return QCoreApplication.translate("runs", "yes") if value else QCoreApplication.translate("runs", "no")
    if isinstance(value, float):
        return f"{value:.6g}"  # a rate that was found by search has seventeen digits
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value))
    return str(value)
