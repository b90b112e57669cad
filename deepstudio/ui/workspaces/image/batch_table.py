"""The table of many pictures as a Qt model, filtered and sorted by plain Python.

A `QSortFilterProxyModel` would ask back through Qt for each comparison: 60,000 calls to sort 5,000 rows, and again with
every batch of rows that streams in. Sorting the rows themselves takes milliseconds (measured in the tests).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPixmap

from deepstudio.ui.text import translate_failure
from deepstudio.ui.workspaces.image.batch_rows import BatchRow, Column, Kind, RowFilter, sort_rows
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.image.words import milliseconds, percent

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
COLUMNS = tuple(Column)
ROW_ROLE = Qt.ItemDataRole.UserRole
"""The `BatchRow` itself, for delegates."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BatchTable(QAbstractTableModel):
    """All rows of a batch, of which those are shown that the filter admits. GUI thread."""

    counts_changed = Signal()
    """Rows were added, or the filter changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[BatchRow] = []
        self._shown: list[BatchRow] = []
        self._filter = RowFilter()
        self._column: Column | None = None
        self._descending = False
        self._pixmaps: dict[int, QPixmap] = {}
        self.kinds: Counter[Kind] = Counter()
        self.labels: Counter[str] = Counter()
        """How often each label was answered."""

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    @property
    def total(self) -> int:
        """Return the number of rows, shown or not."""
        return len(self._rows)

    def shown_rows(self) -> list[BatchRow]:
        """Return the rows as they are shown."""
        return list(self._shown)

    def row_at(self, index: _Index) -> BatchRow:
        """Return the row of `index`."""
        return self._shown[index.row()]

    def place_of(self, row: BatchRow) -> int:
        """Return where `row` is shown, -1 if it is not."""
        return self._shown.index(row) if row in self._shown else -1

    def reset(self) -> None:
        """Remove all rows; filter and sorting stay."""
        self.beginResetModel()
        self._rows, self._shown = [], []
        self._pixmaps.clear()
        self.kinds.clear()
        self.labels.clear()
        self.endResetModel()
        self.counts_changed.emit()

    def add_rows(self, rows: list[BatchRow]) -> None:
        """Take in rows that just arrived."""
        self._rows.extend(rows)
        self.kinds.update(row.kind for row in rows)
        self.labels.update(row.label for row in rows if row.kind is Kind.ANSWERED)
        fresh = [row for row in rows if self._filter.admits(row)]
        if fresh:
            first = len(self._shown)
            self.beginInsertRows(_NO_PARENT, first, first + len(fresh) - 1)
            self._shown.extend(fresh)
            self.endInsertRows()
            if self._column is not None or self._descending:
                self._sort_shown()
        self.counts_changed.emit()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the rows that `row_filter` admits."""
        if row_filter == self._filter:
            return
        self._filter = row_filter
        self.beginResetModel()
        admitted = (row for row in self._rows if row_filter.admits(row))
        self._shown = sort_rows(admitted, self._column, descending=self._descending)
        self.endResetModel()
        self.counts_changed.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by `column`; -1 is the order of arrival."""
        self._column = COLUMNS[column] if 0 <= column < len(COLUMNS) else None
        self._descending = self._column is not None and order == Qt.SortOrder.DescendingOrder
        self._sort_shown()

    def _sort_shown(self) -> None:
        """Sort what is shown, keeping selection and current row on the pictures that they were on."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(index, self._shown[index.row()]) for index in before]
        self._shown = sort_rows(self._shown, self._column, descending=self._descending)
        if held:
            place = {id(row): number for number, row in enumerate(self._shown)}
            after = [self.index(place[id(row)], index.column()) for index, row in held]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section < 2 else _RIGHT
        return None

    def _title(self, column: Column) -> str:
        titles = {
            Column.NAME: self.tr("Picture"),
            Column.ANSWER: self.tr("Answer"),
            Column.CONFIDENCE: self.tr("Confidence"),
            Column.UNKNOWN: self.tr("None of these"),
            Column.TIME: self.tr("Time"),
            Column.SIZE: self.tr("Size"),
        }
        return titles[column]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what the cell shows."""
        row = self._shown[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell_text(row, column)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DecorationRole and column is Column.NAME:
            return self._thumbnail(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() < 2 else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return None

    def cell_text(self, row: BatchRow, column: Column) -> str:
        """Return the words and numbers of one cell."""
        if column is Column.NAME:
            return row.source.name
        if row.failure is not None:
            return translate_failure(row.failure)[0] if column is Column.ANSWER else ""
        match column:
            case Column.ANSWER:
                label = QCoreApplication.translate("labels", row.label)
                return self.tr("None of these (%1?)").replace("%1", label) if row.kind is Kind.REJECTED else label
            case Column.CONFIDENCE:
                return percent(row.confidence)
            case Column.UNKNOWN:
                return "–" if row.unknown is None else percent(row.unknown)
            case Column.TIME:
                return milliseconds(row.timing.total_ms)
            case _:
                return f"{row.width} × {row.height}"

    def _tip(self, row: BatchRow, column: Column) -> str:
        if column is Column.NAME and row.source.path is not None:
            return str(row.source.path)
        if row.failure is not None:
            return " ".join(part for part in translate_failure(row.failure) if part)
        return ""

    def _thumbnail(self, row: BatchRow) -> QPixmap | None:
        if row.thumbnail is None:
            return None
        pixmap = self._pixmaps.get(row.number)
        if pixmap is None:
            pixmap = QPixmap.fromImage(image_from_pixels(row.thumbnail))
            self._pixmaps[row.number] = pixmap
        return pixmap
