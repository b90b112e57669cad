"""Asks the text models; what a person types next supersedes what was asked before. No widgets. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import ClassifyText, ContinuedText, ContinueText, NextToken
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.text.tasks import TextModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read a text file of any encoding."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """A file's text; `replaced` says that parts of it were unreadable."""

    path: Path
    text: str
    encoding: str
    replaced: bool


def read_file(request: ReadFile, context: JobContext) -> FileText:
    """Job: return the text of a file. Raises InputError where it cannot be read."""
    from deepstudio.data.text.encodings import read_text

    decoded = read_text(request.path)
    return FileText(path=request.path, text=decoded.text, encoding=decoded.encoding, replaced=bool(decoded.replaced))


class TextPresenter(QObject):
    """One question at a time: the latest."""

    answered = Signal(object)
    """An answer or a part of one; the last of a question comes whole."""
    settled = Signal()
    """The question on screen is answered."""
    asked = Signal()
    wrote = Signal(object)
    """A `NextToken`."""
    written = Signal(object)
    """The `ContinuedText`, or None where the writing was stopped."""
    failed = Signal(object)
    file_read = Signal(object)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._text = services.text
        self._waiting: tuple[str, TextModel] | None = None
        self._writing: JobHandle | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._ask_now)

    def ask(self, text: str, model: TextModel) -> None:
        """Ask `model` about `text`; several calls in one turn of the event loop become one question."""
        self._waiting = (text, model)
        self._turn.start()

    @Slot()
    def _ask_now(self) -> None:
        if self._waiting is None:
            return
        (text, model), self._waiting = self._waiting, None
        if model.task.ask is not None:
            self._submit(getattr(self._text, model.task.method), model.task.ask(text, model.name))

    def explain(self, request: ClassifyText) -> None:
        """Ask what speaks for a class."""
        self._submit(self._text.classify, request)

    def _submit(self, method: Any, request: object) -> None:
        handle = self._jobs.submit(
            method, request, lane="predict", supersede="text.ask", title=self.tr("Read the text")
        )
        handle.partial.connect(self.answered)
        handle.done.connect(self.answered)
        handle.done.connect(self.settled)
        handle.failed.connect(self.failed)
        self.asked.emit()

    def write_on(self, request: ContinueText) -> None:
        """Write on from a text, token by token."""
        handle = self._jobs.submit(
            self._text.continue_text, request, lane="predict", supersede="text.ask", title=self.tr("Write on")
        )
        self._writing = handle
        handle.partial.connect(self._on_token)
        handle.done.connect(self._on_written)
        handle.cancelled.connect(self._on_stopped)
        handle.failed.connect(self.failed)
        handle.failed.connect(self._on_stopped)

    def stop_writing(self) -> None:
        """Stop after the token that is being written."""
        if self._writing is not None:
            self._writing.cancel()

    @property
    def writing(self) -> bool:
        """Return whether something is being written."""
        return self._writing is not None

    def read(self, path: Path) -> None:
        """Read a file; it comes by `file_read`."""
        handle = self._jobs.submit(
            read_file, ReadFile(path=path), lane="files", supersede="text.read", title=self.tr("Read the file")
        )
        handle.done.connect(self.file_read)
        handle.failed.connect(self.failed)

    @Slot(object)
    def _on_token(self, token: NextToken) -> None:
        self.wrote.emit(token)

    @Slot(object)
    def _on_written(self, written: ContinuedText) -> None:
        self._writing = None
        self.written.emit(written)

    @Slot()
    def _on_stopped(self) -> None:
        self._writing = None
        self.written.emit(None)
