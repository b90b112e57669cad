"""Asks the text models; what a person types next supersedes what was asked before. No widgets. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.core.messages import JobEnded
from deepstudio.core.text_requests import ClassifyText, ContinuedText, ContinueText, NextToken, TaggedText
from deepstudio.jobs.handle import JobHandle
from deepstudio.ui.workspaces.text.tasks import TextModel

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read a text file of any encoding."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """Count the words of a text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEntities:
    """Write the entities of a text for other programs: "conll" or "spacy"."""

    path: Path
    kind: str
    text: str
    tagged: TaggedText


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


def save_entities(request: SaveEntities, context: JobContext) -> Path:
    """Job: write the file, whole or not at all, and return its path."""
    from deepstudio.data.text.export import tagged_to_conll, tagged_to_spacy

    made = tagged_to_conll if request.kind == "conll" else tagged_to_spacy
    write_text_atomic(request.path, made(request.text, request.tagged))
    return request.path


def count_words(request: CountWords, context: JobContext) -> int:
    """Job: return how many words there are; a piece at a time, so that the window gets its turns."""
    text, words, start = request.text, 0, 0
    while start < len(text):
        context.check()
        piece = text[start : start + _PIECE]
        words += len(piece.split())
        start += len(piece)
        if start < len(text) and not piece[-1].isspace() and not text[start].isspace():
            words -= 1
    return words


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
    saved = Signal(object)
    counted = Signal(object)
    """The words of the text that `count` was given."""

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._text = services.text
        self._writing: JobHandle | None = None
        self._asking: JobHandle | None = None

    def ask(self, text: str, model: TextModel) -> None:
        """Ask `model` about `text`, in place of what was asked before."""
        if model.task.ask is not None:
            self._submit(getattr(self._text, model.task.method), model.task.ask(text, model.name))

    def forget(self) -> None:
        """Drop the question that is under way."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def count(self, text: str) -> None:
        """Count words beside the window; the number comes by `counted`."""
        handle = self._jobs.submit(
            count_words, CountWords(text=text), lane="files", supersede="text.count", title=self.tr("Count the words")
        )
        handle.done.connect(self.counted)

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
        self._asking = handle
        self.asked.emit()

    def write_on(self, request: ContinueText) -> None:
        """Write on from a text, token by token."""
        handle = self._jobs.submit(
            self._text.continue_text, request, lane="predict", supersede="text.ask", title=self.tr("Write on")
        )
        self._writing = handle
        handle.partial.connect(self._on_token)
        handle.done.connect(self._on_written)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)

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

    def save_entities(self, request: SaveEntities) -> None:
        """Write entities; the path comes by `saved`."""
        handle = self._jobs.submit(save_entities, request, lane="files", title=self.tr("Save the entities"))
        handle.done.connect(self.saved)
        handle.failed.connect(self.failed)

    @Slot(object)
    def _on_token(self, token: NextToken) -> None:
        self.wrote.emit(token)

    @Slot(object)
    def _on_written(self, written: ContinuedText) -> None:
        self._writing = None
        self.written.emit(written)

    @Slot(object)
    def _on_ended(self, ended: JobEnded) -> None:
        """Say so, if no end was told: that of a writing that another one took the place of is not its end."""
        if self._writing is not None and self._writing.job_id == ended.job_id:
            self._writing = None
            self.written.emit(None)
