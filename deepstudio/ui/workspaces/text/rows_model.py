"""The rows of a table with the answer for each, in any order, filtered. No widgets. GUI thread."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from deepstudio.core.text_requests import AnsweredRows, ClassifiedRows
from deepstudio.data.text.tables import Table, label_column
from deepstudio.ui.text import display_label

TEXT, LABEL, PROBABILITY, GIVEN = range(4)
_MOST_SHOWN = 400
_ROOT = QModelIndex()


class RowsModel(QAbstractTableModel):
    """`answers` and `shares` hold the likeliest label of each row and its probability; -1 where none is known yet.

    A model that answers in words has no labels: there `words` hold the answers, and a row that has one has answer 0.
    """

    def __init__(self) -> None:
        super().__init__()
        self.table: Table | None = None
        self.texts: tuple[str, ...] = ()
        self.labels: tuple[str, ...] = ()
        self.given: tuple[str, ...] = ()
        """The labels that the table came with, if it did."""
        self.answers: NDArray[np.int64] = np.zeros(0, np.int64)
        self.shares: NDArray[np.float32] = np.zeros(0, np.float32)
        self.words: list[str] = []
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._sort: tuple[int, bool] = (-1, False)
        self._filter = -1

    def begin(self, table: Table, column: str) -> None:
        """Take a table, whose texts stand in `column`; no row has an answer yet."""
        self.beginResetModel()
        self.table, self.texts = table, tuple(table.column(column))
        label = label_column(table)
        self.given = tuple(table.column(label)) if label is not None and label != column else ()
        self._forget()
        self._arrange()
        self.endResetModel()

    def ask_again(self) -> None:
        """Forget all answers: another model is asked."""
        self.beginResetModel()
        self._forget()
        self._arrange()
        self.endResetModel()

    def _forget(self) -> None:
        self.labels, self._filter = (), -1
        self.answers = np.full(len(self.texts), -1, np.int64)
        self.shares = np.zeros(len(self.texts), np.float32)
        self.words = [""] * len(self.texts)

    def add(self, rows: ClassifiedRows) -> None:
        """Take answers, which lie from row `rows.first` of the table on."""
        self.labels = rows.labels
        best = rows.probabilities.argmax(axis=1)
        places = slice(rows.first, rows.first + len(best))
        self.answers[places] = best
        self.shares[places] = rows.probabilities[np.arange(len(best)), best]
        if self.rowCount():
            self.dataChanged.emit(self.index(0, LABEL), self.index(self.rowCount() - 1, PROBABILITY))

    def add_words(self, rows: AnsweredRows) -> None:
        """Take answers in words, which lie from row `rows.first` of the table on."""
        places = slice(rows.first, rows.first + len(rows.answers))
        self.answers[places] = 0
        self.shares[places] = rows.shares
        self.words[places] = rows.answers
        if self.rowCount():
            self.dataChanged.emit(self.index(0, LABEL), self.index(self.rowCount() - 1, PROBABILITY))

    def answer_of(self, place: int) -> str:
        """Return the answer to row `place` of the table as the model names it, "" where there is none yet."""
        answer = int(self.answers[place])
        return (self.labels[answer] if self.labels else self.words[place]) if answer >= 0 else ""

    def finish(self) -> None:
        """All answers are there: sort and filter by them."""
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        self.layoutChanged.emit()

    def set_filter(self, label: int) -> None:
        """Show the rows with this answer; -1 shows all."""
        self.beginResetModel()
        self._filter = label
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are equal keep the order of the table."""
        self.layoutAboutToBeChanged.emit()
        self._sort = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        order = np.arange(len(self.texts))
        column, descending = self._sort
        if column == TEXT:
            order = np.array(sorted(order, key=lambda place: self.texts[place].casefold(), reverse=descending), int)
        elif column == GIVEN and self.given:
            order = np.array(sorted(order, key=lambda place: self.given[place].casefold(), reverse=descending), int)
        elif column == LABEL and not self.labels:
            order = np.array(sorted(order, key=lambda place: self.words[place].casefold(), reverse=descending), int)
        elif column in (LABEL, PROBABILITY):
            keys: NDArray[Any] = self.answers if column == LABEL else self.shares
            order = np.argsort(-keys if descending else keys, kind="stable")
        self._order = order if self._filter < 0 else order[self.answers[order] == self._filter]

    def text_of(self, row: int) -> str:
        """Return the text that a row of the view shows."""
        return self.texts[int(self._order[row])]

    def matches(self) -> tuple[int, int]:
        """Return how many answers agree with the labels of the table, and how many could be compared."""
        known = {name.casefold(): number for number, name in enumerate(self.labels)}
        pairs = [
            (known[given.strip().casefold()], int(answer))
            for given, answer in zip(self.given, self.answers, strict=False)
            if answer >= 0 and given.strip().casefold() in known
        ]
        return sum(given == answer for given, answer in pairs), len(pairs)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Return the rows shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Return text, answer, probability, and the label that the table came with."""
        return 0 if parent.isValid() else 4 if self.given else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns; rows have the numbers that they have in the table."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(int(self._order[section]) + 1)
        return (self.tr("Text"), self.tr("Answer"), self.tr("Sure"), self.tr("Given"))[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        place, column = int(self._order[index.row()]), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == PROBABILITY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == TEXT:
            return self.texts[place][:2000]
        if role == Qt.ItemDataRole.ToolTipRole and column == LABEL and not self.labels:
            return self.words[place][:2000]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if column == TEXT:
            return " ".join(self.texts[place][:_MOST_SHOWN].split())
        if column == GIVEN:
            return display_label(self.given[place])
        if self.answers[place] < 0:
            return "…"
        if column == PROBABILITY:
            share = float(self.shares[place])
            return "" if np.isnan(share) else f"{100 * share:.1f} %"
        answer = self.answer_of(place)
        return display_label(answer) if self.labels else " ".join(answer[:_MOST_SHOWN].split()) or "–"
