"""A table of texts, a row a text: each sorted or answered in words; filtered, exported. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFrame,
    QHeaderView,
    QProgressBar,
    QStackedWidget,
    QTableView,
    QWidget,
)

from deepstudio.data.text.encodings import encoding_name
from deepstudio.data.text.tables import Table, text_column
from deepstudio.ui.text import display_label, translate_failure
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.banner import Banner
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import ElidedLabel, button, column, follow_icon, icon_button, label, row
from deepstudio.ui.workspaces.text.rows_jobs import WriteTable
from deepstudio.ui.workspaces.text.rows_model import LABEL, PROBABILITY, TEXT, RowsModel
from deepstudio.ui.workspaces.text.rows_presenter import RowsPresenter
from deepstudio.ui.workspaces.text.tasks import CLASSIFY, TextModel

_WIDTHS = {LABEL: 96, PROBABILITY: 68}
_WIDEST_BOX = 240


class RowsPane(QWidget):
    """`text_chosen` carries the text of a row; `open_asked` wants a table to be chosen."""

    text_chosen = Signal(str)
    open_asked = Signal()
    message = Signal(str)

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = services.theme
        self._path: Path | None = None
        self._model: TextModel | None = None
        self.presenter = RowsPresenter(services, self)
        self.rows = RowsModel()
        self.columns = QComboBox()
        self.columns.setAccessibleName(self.tr("Column with the texts"))
        self.columns.setToolTip(self.tr("Column with the texts"))
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Show rows with this answer"))
        self.filter.setToolTip(self.tr("Show rows with this answer"))
        for box in (self.columns, self.filter):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # it is filled again and again
            box.setMaximumWidth(_WIDEST_BOX)
        self.export = button(self.tr("Export CSV…"))
        follow_icon(theme, self.export, "export")
        self.stop = icon_button(theme, "stop", self.tr("Stop"))
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        self._facts = label("", "muted", wrap=True)
        self._trouble = Banner(theme, "warning", "warning")
        self.table = QTableView()
        self._set_up_table()
        self._lay_out(theme)
        self._connect()

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.rows)
        table.setAccessibleName(self.tr("Rows and answers"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setToolTip(self.tr("Double-click a row to read it on the left"))
        mark(table, kind="plain")
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        table.setSortingEnabled(True)

    def _lay_out(self, theme: Any) -> None:
        hint = DropHint(theme, "table")
        hint.set_words(
            self.tr("Many texts at once"),
            self.tr("Open a table (CSV, TSV or JSON) or a file with a text a line: each row gets an answer."),
        )
        opener = button(self.tr("Open a table…"), "primary")
        opener.clicked.connect(self.open_asked)
        hint.add(opener)
        top = row(gap=8)
        top.addWidget(self.columns)
        top.addWidget(self.filter)
        top.addStretch(1)
        top.addWidget(self.export)
        below = row(gap=8)
        below.addWidget(self._meter, 1)
        below.addWidget(self.stop)
        page = QWidget()
        inside = column(page, gap=8)
        self._title = column(gap=0)
        inside.addLayout(self._title)
        inside.addLayout(top)
        inside.addWidget(self.table, 1)
        inside.addLayout(below)
        inside.addWidget(self._facts)
        self._stack = QStackedWidget()
        self._stack.addWidget(hint)
        self._stack.addWidget(page)
        layout = column(self, gap=8)
        layout.addWidget(self._trouble)
        layout.addWidget(self._stack, 1)
        self._busy(False)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.table_read.connect(self._on_table)
        presenter.rows_came.connect(self.rows.add)
        presenter.words_came.connect(self.rows.add_words)
        presenter.progressed.connect(self._on_progress)
        presenter.finished.connect(self._on_finished)
        presenter.failed.connect(self._on_failed)
        presenter.written.connect(lambda path: self.message.emit(self.tr("Saved {name}.").format(name=path.name)))
        self.columns.activated.connect(self._on_column)
        self.filter.activated.connect(self._on_filter)
        self.stop.clicked.connect(presenter.stop)
        self.export.clicked.connect(self.ask_export)
        self.table.activated.connect(self._on_row)

    def open_table(self, path: Path, model: TextModel) -> None:
        """Read a table and ask `model` about its rows."""
        self._model = model
        self._trouble.say("")
        self.presenter.read(path)

    def use_model(self, model: TextModel) -> None:
        """Ask another model about the same rows."""
        changed = self._model is None or model.name != self._model.name
        self._model = model
        if changed and self.rows.table is not None:
            self._ask()

    @Slot()
    def ask_export(self) -> None:
        """Ask where to, and write the table with the answers."""
        if self._path is None:
            return
        proposed = self._path.with_name(f"{self._path.stem}-answers.csv")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the table"), str(proposed), "*.csv")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write all rows, in the order of the table, with answer and probability."""
        rows = self.rows
        if rows.table is not None:
            answers = tuple(rows.answer_of(place) for place in range(len(rows.texts)))
            shares = tuple(rows.shares.tolist())
            self.presenter.write(WriteTable(path=path, table=rows.table, answers=answers, probabilities=shares))

    @Slot(object, object)
    def _on_table(self, path: Path, table: Table) -> None:
        self._path = path
        texts = text_column(table)
        while (item := self._title.takeAt(0)) is not None:
            item.widget().deleteLater()
        self._title.addWidget(ElidedLabel(path.name, "heading"))
        with QSignalBlocker(self.columns):
            self.columns.clear()
            for name in table.columns:
                self.columns.addItem(self.tr("Column {n}").format(n=int(name) + 1) if name.isdigit() else name, name)
            self.columns.setCurrentIndex(table.columns.index(texts))
        self.columns.setVisible(len(table.columns) > 1)
        self._stack.setCurrentIndex(1)
        if name := encoding_name(table.encoding):
            said = self.tr("The table is not in UTF-8. It was read as {encoding}: if letters look wrong, that is why.")
            self.message.emit(said.format(encoding=name))
        self._take(table, texts)

    @Slot()
    def _on_column(self) -> None:
        if self.rows.table is not None:
            self._take(self.rows.table, self.columns.currentData())

    def _take(self, table: Table, texts: str) -> None:
        self.rows.begin(table, texts)
        self._ask()

    def _fit_columns(self) -> None:
        """Give the texts what room there is; answers in words share it."""
        header = self.table.horizontalHeader()
        sorts = self._model is None or self._model.task.pane == CLASSIFY
        for section in range(self.rows.columnCount()):
            wide = section == TEXT or (section == LABEL and not sorts)
            resize = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(section, resize)
            if not wide:
                header.resizeSection(section, _WIDTHS.get(section, 96))

    def _ask(self) -> None:
        if self._model is None:
            return
        self.presenter.stop()  # it says that all is finished, before all begins
        self._fit_columns()
        self.rows.ask_again()
        self._fill_filter()
        self._trouble.say("")
        self._meter.setRange(0, len(self.rows.texts))
        self._meter.setValue(0)
        self._busy(True)
        self._facts.setText("")
        self.presenter.answer(self.rows.texts, self._model)

    def _fill_filter(self) -> None:
        rows = self.rows
        counts = np.bincount(rows.answers[rows.answers >= 0], minlength=len(rows.labels))
        with QSignalBlocker(self.filter):
            self.filter.clear()
            self.filter.addItem(self.tr("All {count}").format(count=f"{len(rows.texts):,}"), -1)
            for number, name in enumerate(rows.labels):
                self.filter.addItem(f"{display_label(name)} {int(counts[number]):,}", number)
        self.filter.setVisible(self._model is None or self._model.task.pane == CLASSIFY)

    @Slot()
    def _on_filter(self) -> None:
        self.rows.set_filter(int(self.filter.currentData()))

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self._meter.setValue(done)
        self._facts.setText(self.tr("{done} of {total} rows").format(done=f"{done:,}", total=f"{total:,}"))

    @Slot()
    def _on_finished(self) -> None:
        self._busy(False)
        self.rows.finish()
        self._fill_filter()
        known = int((self.rows.answers >= 0).sum())
        said = self.tr("{done} of {total} rows").format(done=f"{known:,}", total=f"{len(self.rows.texts):,}")
        right, compared = self.rows.matches()
        if compared:
            share = self.tr("{share} % agree with the given labels").format(share=f"{100 * right / compared:.1f}")
            said += f"   ·   {share}"
        self._facts.setText(said)

    def _busy(self, busy: bool) -> None:
        self._meter.setVisible(busy)
        self.stop.setVisible(busy)
        self.export.setEnabled(not busy)

    @Slot(object)
    def _on_failed(self, failure: Any) -> None:
        self._trouble.say(" ".join(filter(None, translate_failure(failure))))

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        self.text_chosen.emit(self.rows.text_of(index.row()))
