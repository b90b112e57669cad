"""A transcript in a person's hands: kept while it is typed, with a way back to what it was. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.audio.recordings import Recording
from deepstudio.audio.transcripts import Segment, as_json
from deepstudio.core.failures import failure_from
from deepstudio.core.job import SilentContext
from deepstudio.ui.workspaces.speech.recordings_panel import title_of
from deepstudio.ui.workspaces.speech.write_text import WriteText, write_text

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.speech.transcript_part import TranscriptPart

_WRITTEN_AFTER_MS = 1000
"""Pause in typing after which the text is on disk."""


class TranscriptEditing(QObject):
    """Lets the text of a `TranscriptPart` be changed, and keeps what was changed."""

    failed = Signal(object)
    undo_offered = Signal(str, object)

    def __init__(self, part: TranscriptPart) -> None:
        super().__init__(part)
        self._part = part
        self._text = part.page.text
        self._on_disk = False
        """Whether something of this editing has been written."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_WRITTEN_AFTER_MS)
        self._pause.timeout.connect(self._write_typed)
        self._text.textChanged.connect(self._on_text)

    def begin(self) -> None:
        """Let the text be changed."""
        if not self._text.editing:
            self._on_disk = False
            self._text.set_editing(True)

    def end(self) -> bool:
        """Keep what was changed, and offer the way back; return whether there was anything to end."""
        if not self._text.editing:
            return False
        part, texts, before = self._part, self._text.texts(), self._part.transcript.segments()
        self._pause.stop()
        self._text.set_editing(False)
        changed = part.transcript.edit(texts)
        if part.recording is not None and (changed or self._on_disk):
            part.write(WriteText(text=as_json(part.transcript.segments()), recording=part.recording))
        if part.recording is not None and changed:
            self._offer_back(part.recording, before)
            part.changed.emit()
        return True

    def leave(self) -> None:
        """Write what was typed last at once: the window closes, and no lane writes any more."""
        request = self._typed() if self._pause.isActive() else None
        self._pause.stop()
        if request is not None:
            try:
                write_text(request, SilentContext())
            except OSError as error:
                self.failed.emit(failure_from(error))

    @Slot()
    def _on_text(self) -> None:
        if self._text.editing:
            self._pause.start()

    @Slot()
    def _write_typed(self) -> None:
        """Write what was typed so far: a crash must not take it."""
        request = self._typed()
        if request is not None:
            self._on_disk = True
            self._part.write(request)

    def _typed(self) -> WriteText | None:
        recording = self._part.recording
        if recording is None or not self._text.editing:
            return None
        return WriteText(text=as_json(self._part.transcript.edited(self._text.texts())), recording=recording)

    def _offer_back(self, recording: Recording, before: list[Segment]) -> None:
        """Offer the text that the recording had before it was edited."""

        def undo() -> None:
            self._part.write(WriteText(text=as_json(before), recording=recording))
            self._part.retell(recording, before)
            self._part.changed.emit()

        self.undo_offered.emit(self.tr("{name} has a new text.").format(name=title_of(recording)), undo)
