"""Many pictures as a table that fills while it is read. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QProgressBar, QStackedWidget, QTableView, QWidget

from deepstudio.core.failures import failure_from
from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageSource
from deepstudio.ui.text import translate_failure, translate_sentence
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.workspaces.image.batch_delegate import ICON_SIDE, BatchDelegate
from deepstudio.ui.workspaces.image.batch_filters import BatchFilters
from deepstudio.ui.workspaces.image.batch_presenter import BatchPresenter
from deepstudio.ui.workspaces.image.batch_rows import BatchRow, Column, Kind, RowFilter, write_csv
from deepstudio.ui.workspaces.image.batch_table import COLUMNS, BatchTable
from deepstudio.ui.workspaces.image.dialogs import ImageDialogs
from deepstudio.ui.workspaces.image.words import whole_number

_PATIENCE_MS = 300
_NARROW = 900
_SPARED = (Column.UNKNOWN, Column.SIZE)
"""Columns that a narrow place does without."""
_WIDTHS = {Column.ANSWER: 210, Column.CONFIDENCE: 120, Column.UNKNOWN: 118, Column.TIME: 92, Column.SIZE: 120}


class BatchPage(QWidget):
    """`picture_opened` carries the `ImageSource` of the row that was clicked."""

    picture_opened = Signal(object)
    open_files_asked = Signal()
    open_folder_asked = Signal()
    message = Signal(str)
    failed = Signal(object)
    ended = Signal()
    search_shown = Signal()
    """Looking for pictures takes long enough to be shown."""

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = services.theme
        self.presenter = BatchPresenter(services, self)
        self.rows = BatchTable(self)
        self.filters = BatchFilters(self._theme)
        self.table = QTableView()
        self._summary = label("", "heading")
        self._counts = ElidedLabel(role="muted", mode=Qt.TextElideMode.ElideRight)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        self._trouble = Banner(self._theme, "danger", "error")
        self._warning = Banner(self._theme, "warning", "warning")
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.presenter.cancel)
        self.export = button(self.tr("Export CSV…"))
        follow_icon(self._theme, self.export, "export")
        self.export.clicked.connect(self.export_csv)
        self._stack = QStackedWidget()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_search)
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._update()

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.rows)
        table.setItemDelegate(BatchDelegate(self._theme, table))
        table.setAccessibleName(self.tr("Pictures and answers"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        mark(table, kind="plain")
        rows = table.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ICON_SIDE + 14)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(64)
        for name, width in _WIDTHS.items():
            header.resizeSection(COLUMNS.index(name), width)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        hint = DropHint(self._theme, "grid")
        hint.set_words(
            self.tr("Drop many pictures or a folder here"),
            self.tr("Each becomes a row with its answer. Sort, filter and export them as a table."),
        )
        folder = button(self.tr("Open a folder…"), "primary")
        folder.clicked.connect(self.open_folder_asked)
        files = button(self.tr("Open pictures…"), "link")
        files.clicked.connect(self.open_files_asked)
        hint.add(folder)
        hint.add(files)
        head = row()
        head.addWidget(self._summary)
        head.addWidget(self._counts, 1)
        head.addWidget(self.cancel)
        head.addWidget(self.export)
        filled = QFrame()
        mark(filled, surface="card")
        inner = column(filled, margins=(16, 14, 16, 12), gap=10)
        inner.addLayout(head)
        inner.addWidget(self._meter)
        inner.addWidget(self._warning)
        inner.addWidget(self._trouble)
        inner.addWidget(self.filters)
        inner.addWidget(self.table, 1)
        self._stack.addWidget(hint)
        self._stack.addWidget(filled)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        self.presenter.began.connect(self._on_began)
        self.presenter.rows_arrived.connect(self._on_rows)
        self.presenter.failed.connect(self._on_failed)
        self.presenter.refused.connect(self.failed)
        self.presenter.search_ended.connect(self._on_search_ended)
        self.presenter.ended.connect(self._on_ended)
        self.filters.changed.connect(self._on_filter)
        self.rows.counts_changed.connect(self._update)
        self.table.clicked.connect(self._on_open)
        self.table.activated.connect(self._on_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least where there is no room."""
        super().resizeEvent(event)
        for spared in _SPARED:
            self.table.setColumnHidden(COLUMNS.index(spared), self.width() < _NARROW)

    def gather(self, paths: Sequence[Path]) -> None:
        """Look for pictures in files and folders."""
        self.presenter.gather(paths)
        self._patience.start()

    def warn(self, sentence: str) -> None:
        """Show the warning of the model's card, or none."""
        self._warning.say(translate_sentence(sentence, "warnings") if sentence else "")

    def warning(self) -> str:
        """Return the warning that is shown."""
        return self._warning.text()

    def run(self, sources: tuple[ImageSource, ...], model: str) -> None:
        """Show every picture to `model`."""
        self.presenter.run(sources, model)

    def ask_again(self, model: str, *, other_labels: bool = False) -> None:
        """Ask about the same pictures if it is another model, or other labels of the user's, that are wanted now."""
        if self.presenter.sources and (other_labels or model != self.presenter.model):
            self.presenter.run(self.presenter.sources, model)

    @property
    def empty(self) -> bool:
        """Return whether there was no batch yet."""
        return self._stack.currentIndex() == 0

    def summary(self) -> str:
        """Return the words above the table."""
        return f"{self._summary.text()} {self._counts.text()}"

    @Slot()
    def export_csv(self) -> None:
        """Ask where, and write the rows that are shown."""
        target = ImageDialogs.ask_csv(self, self.tr("answers.csv"))
        if target is not None:
            self.write_csv(target)

    def write_csv(self, target: Path) -> None:
        """Write the rows that are shown to `target`, and say so."""
        rows = self.rows.shown_rows()
        try:
            write_csv(target, rows)
        except OSError as error:
            self.failed.emit(failure_from(error))
            return
        words = self.tr("%1 rows were written to %2.").replace("%1", whole_number(len(rows)))
        self.message.emit(words.replace("%2", target.name))

    @Slot(int)
    def _on_began(self, _total: int) -> None:
        self._trouble.say("")
        self.rows.reset()
        self._stack.setCurrentIndex(1)
        self._update()

    @Slot(object)
    def _on_rows(self, rows: list[BatchRow]) -> None:
        self.rows.add_rows(rows)

    @Slot(object)
    def _on_filter(self, row_filter: RowFilter) -> None:
        self.rows.set_filter(row_filter)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._trouble.say(" ".join(part for part in translate_failure(failure) if part))

    @Slot()
    def _show_search(self) -> None:
        self._stack.setCurrentIndex(1)
        self._update()
        self.search_shown.emit()

    @Slot()
    def _on_search_ended(self) -> None:
        self._patience.stop()
        self._stack.setCurrentIndex(1 if self.presenter.sources else 0)
        self._update()

    @Slot()
    def _on_ended(self) -> None:
        self._update()
        self.ended.emit()

    @Slot(QModelIndex)
    def _on_open(self, index: QModelIndex) -> None:
        picked = self.rows.row_at(index)
        if picked.kind is not Kind.FAILED:
            self.picture_opened.emit(picked.source)

    @Slot()
    def _update(self) -> None:
        rows, total, busy = self.rows, len(self.presenter.sources), self.presenter.busy
        searching = self.presenter.searching
        self._meter.setVisible(busy or searching)
        self._meter.setRange(0, 0 if searching else max(1, total))
        self._meter.setValue(rows.total)
        self.cancel.setVisible(busy or searching)
        self.export.setEnabled(rows.rowCount() > 0)
        self.filters.offer(rows.labels, rows.kinds, settled=not busy)
        done, all_of_them = whole_number(rows.total), whole_number(total)
        counted = self.tr("%1 of %2 pictures").replace("%1", done).replace("%2", all_of_them)
        self._summary.setText(self.tr("Looking for pictures…") if searching else counted)
        self._counts.setText(" · ".join(self._count_words()))

    def _count_words(self) -> list[str]:
        rows = self.rows
        words = []
        if rows.rowCount() != rows.total:
            words.append(self.tr("%1 shown").replace("%1", whole_number(rows.rowCount())))
        if rows.kinds[Kind.REJECTED]:
            words.append(self.tr("%1 none of these").replace("%1", whole_number(rows.kinds[Kind.REJECTED])))
        if rows.kinds[Kind.FAILED]:
            words.append(self.tr("%1 could not be read").replace("%1", whole_number(rows.kinds[Kind.FAILED])))
        rate = rows.total / self.presenter.seconds if self.presenter.seconds > 0 else 0.0
        if rate >= 1:
            words.append(self.tr("%1 per second").replace("%1", whole_number(round(rate))))
        return words
