"""Reads a table, asks a model about its rows, writes the answers. No widgets. GUI thread.

Rows are asked about a stretch at a time, so that the answer to what a person types meanwhile need not wait.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.text_requests import AnsweredRows, ClassifiedRows
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.text.rows_jobs import ReadTable, WriteTable, open_table, write_table
from deepstudio.ui.workspaces.text.tasks import CLASSIFY, TextModel

_AT_ONCE = 256
_IN_WORDS_AT_ONCE = 8
"""Rows: a translation takes a tenth of a second."""


class RowsPresenter(QObject):
    """One table, one model."""

    table_read = Signal(object, object)
    """Path and `Table`."""
    rows_came = Signal(object)
    """`ClassifiedRows`, counted from the top of the table."""
    words_came = Signal(object)
    """`AnsweredRows`, counted likewise."""
    progressed = Signal(int, int)
    finished = Signal()
    """All rows have answers, or no more are asked for."""
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._text = services.text
        self._texts: tuple[str, ...] = ()
        self._model: TextModel | None = None
        self._first = 0
        self._handle: JobHandle | None = None

    @property
    def busy(self) -> bool:
        """Return whether rows are being asked about."""
        return self._handle is not None

    def read(self, path: Path) -> None:
        """Read a table; it comes by `table_read`."""
        handle = self._jobs.submit(
            open_table, ReadTable(path=path), lane="files", supersede="text.table", title=self.tr("Read the table")
        )
        handle.done.connect(self._on_table)
        handle.failed.connect(self.failed)

    def answer(self, texts: tuple[str, ...], model: TextModel) -> None:
        """Ask `model` about all rows, from the first on."""
        self.stop()
        self._texts, self._model, self._first = texts, model, 0
        self._ask()

    @Slot()
    def stop(self) -> None:
        """Ask about no more rows."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            handle.cancel()
            self.finished.emit()

    @property
    def _stretch(self) -> int:
        sorts = self._model is None or self._model.task.pane == CLASSIFY
        return _AT_ONCE if sorts else _IN_WORDS_AT_ONCE

    def write(self, request: WriteTable) -> None:
        """Write the table; its path comes by `written`."""
        handle = self._jobs.submit(write_table, request, lane="files", title=self.tr("Write the table"))
        handle.done.connect(self.written)
        handle.failed.connect(self.failed)

    def _ask(self) -> None:
        texts = self._texts[self._first : self._first + self._stretch]
        task = self._model.task if self._model is not None else None
        if not texts or self._model is None or task is None or task.rows_request is None:
            self._handle = None
            self.finished.emit()
            return
        self._handle = self._jobs.submit(
            getattr(self._text, task.rows),
            task.rows_request(texts, self._model.name),
            lane="predict",
            supersede="text.rows",
            title=self.tr("Answer the rows"),
        )
        self._handle.partial.connect(self._on_rows)
        self._handle.done.connect(self._on_stretch)
        self._handle.failed.connect(self._on_failed)

    @Slot(object)
    def _on_rows(self, rows: ClassifiedRows | AnsweredRows) -> None:
        first = self._first + rows.first
        if isinstance(rows, AnsweredRows):
            self.words_came.emit(AnsweredRows(first=first, answers=rows.answers, shares=rows.shares))
            return
        self.rows_came.emit(ClassifiedRows(first=first, labels=rows.labels, probabilities=rows.probabilities))

    @Slot()
    def _on_stretch(self) -> None:
        self._first = min(self._first + self._stretch, len(self._texts))
        self.progressed.emit(self._first, len(self._texts))
        self._ask()

    @Slot(object)
    def _on_failed(self, failure: object) -> None:
        self._handle = None
        self.failed.emit(failure)
        self.finished.emit()

    @Slot(object)
    def _on_table(self, read: Any) -> None:
        self.table_read.emit(*read)
