"""The table of runs as a Qt model: rows change in place, order changes without losing the selection. GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from deepstudio.store.run_filter import Test, parse_filter
from deepstudio.ui.workspaces.runs import items as run_items
from deepstudio.ui.workspaces.runs.column_words import TEXTS, cell_text, cell_tip, column_title, group_title, spoken
from deepstudio.ui.workspaces.runs.items import DEFAULT, NAME, Group, Row, RunItem, arrange

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The `RunItem` or `Group` of a row."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_FEW = 20
"""Rows that go one by one; more of them go in one reset, after which the view finds its selection again."""


class RunsModel(QAbstractTableModel):
    """All runs, of which those are shown that the filter admits."""

    shown_changed = Signal()
    """Other rows are shown than before, or in another order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, RunItem] = {}
        self._rows: list[Row] = []
        self._columns: tuple[str, ...] = DEFAULT
        self._passes: Test = parse_filter("")
        self.changing = False
        """True while rows come and go by themselves: no person selects anything then."""
        self.filter = ""
        self.sort_column = "started"
        self.descending = True
        self.group = ""

    # What is known ------------------------------------------------------------------------------------------------

    def items(self) -> list[RunItem]:
        """Return all runs that are not deleted, shown or not."""
        return [item for item in self._items.values() if item.run.deleted is None]

    def item(self, run_id: str) -> RunItem | None:
        """Return a run, None if it is not known."""
        return self._items.get(run_id)

    def shown(self) -> list[RunItem]:
        """Return the runs as they are shown."""
        return [row for row in self._rows if isinstance(row, RunItem)]

    def row_at(self, index: _Index) -> Row | None:
        """Return the row of `index`."""
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, run_id: str) -> int:
        """Return where a run is shown, -1 if it is not."""
        return next((i for i, row in enumerate(self._rows) if isinstance(row, RunItem) and row.id == run_id), -1)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the keys of the columns."""
        return self._columns

    # Changes ------------------------------------------------------------------------------------------------------

    def take(self, items: Iterable[RunItem], *, gone: Iterable[str] = ()) -> None:
        """Take runs that are new or changed (the same objects if known), and forget those that are gone."""
        changed = set()
        for item in items:
            self._items[item.id] = item
            changed.add(item.id)
        for run_id in gone:
            self._items.pop(run_id, None)
        if not self.refresh():
            for number_of_row, row in enumerate(self._rows):
                if isinstance(row, RunItem) and row.id in changed:
                    last = len(self._columns) - 1
                    self.dataChanged.emit(self.index(number_of_row, 0), self.index(number_of_row, last))

    def refresh(self) -> bool:
        """Filter, sort and group again; True if other rows are shown now or in another order."""
        rows = arrange(
            self.items(), passes=self._passes, sort=self.sort_column, descending=self.descending, group=self.group
        )
        if _same(rows, self._rows):
            self._rows = rows
            return False
        self.changing = True
        if _content(rows) == _content(self._rows):
            self._reorder(rows)
        else:
            self._replace(rows)
        self.changing = False
        self.shown_changed.emit()
        return True

    def set_filter(self, text: str) -> None:
        """Show the runs that pass (see `store.run_filter`). Raises InputError for a wrong expression."""
        self._passes = parse_filter(text)
        self.filter = text
        self.refresh()

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show these columns; the name is always the first."""
        wanted = (NAME, *(key for key in dict.fromkeys(keys) if key != NAME and _known(key)))
        if wanted == self._columns:
            return
        self.beginResetModel()
        self._columns = wanted
        self.endResetModel()
        self.shown_changed.emit()

    def set_group(self, key: str) -> None:
        """Group by a column key such as "set:optimizer.name", "" for no groups; an unknown one makes none."""
        self.group = key if _known(key) else ""
        self.refresh()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if 0 <= column < len(self._columns):
            self.sort_by(self._columns[column], descending=order == Qt.SortOrder.DescendingOrder)

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by a column, shown or not."""
        self.sort_column, self.descending = key if _known(key) else NAME, descending
        self.refresh()

    def tell_running(self) -> None:
        """Let the durations of runs that go on be drawn again."""
        if "duration" not in self._columns:
            return
        column = self._columns.index("duration")
        for number_of_row, row in enumerate(self._rows):
            if isinstance(row, RunItem) and row.run.status.alive:
                index = self.index(number_of_row, column)
                self.dataChanged.emit(index, index)

    def _reorder(self, rows: list[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(index.column(), _identity(self._rows[index.row()])) for index in before]
        self._rows = rows
        place = {_identity(row): number_of_row for number_of_row, row in enumerate(rows)}
        self.changePersistentIndexList(before, [self.index(place[identity], column) for column, identity in held])
        self.layoutChanged.emit()

    def _replace(self, rows: list[Row]) -> None:
        """Show other rows: those that stay keep selection and current row."""
        keep = {_identity(row) for row in rows}
        if sum(_identity(row) not in keep for row in self._rows) > _FEW:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for place in range(len(self._rows) - 1, -1, -1):
            if _identity(self._rows[place]) not in keep:
                self.beginRemoveRows(_NO_PARENT, place, place)
                del self._rows[place]
                self.endRemoveRows()
        known = {_identity(row) for row in self._rows}
        fresh = [row for row in rows if _identity(row) not in known]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(_NO_PARENT, first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()
        self._reorder(rows)

    # Qt's side ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of rows, titles of groups included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Titles of groups cannot be chosen."""
        if isinstance(self.row_at(index), Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        key = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(key)
        if role == Qt.ItemDataRole.ToolTipRole and ":" in key:
            return key.partition(":")[2]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if key in TEXTS else _RIGHT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what the cell shows."""
        row = self.row_at(index)
        if role == ROW_ROLE or row is None:
            return row
        if isinstance(row, Group):
            return group_title(row) if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        key = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(row, key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if key in TEXTS else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_tip(row, key)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return spoken(row)
        return None


def _known(key: str) -> bool:
    return key in run_items.PLAIN or key.partition(":")[0] in ("last", "best", "set")


def _identity(row: Row) -> str:
    return row.id if isinstance(row, RunItem) else f"group {row.path} {row.value!r}"


def _content(rows: Sequence[Row]) -> set[str]:
    return {_identity(row) for row in rows}


def _same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return len(one) == len(other) and all(
        _identity(a) == _identity(b) and (not isinstance(a, Group) or a.count == getattr(b, "count", -1))
        for a, b in zip(one, other, strict=True)
    )
