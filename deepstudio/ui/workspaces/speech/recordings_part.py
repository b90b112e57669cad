"""The list of recordings: read, renamed, deleted with a way back. GUI thread; files are read in the lane "files"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog

from deepstudio.audio.recordings import Recording, delete_recording, rename_recording, restore_recording
from deepstudio.core.failures import failure_from
from deepstudio.ui.workspaces.speech.recordings_job import ListRecordings, RecordingList, list_recordings
from deepstudio.ui.workspaces.speech.recordings_panel import RecordingsPanel, title_of


class RecordingsPart(QObject):
    """Fills a `RecordingsPanel` and does what its menu says."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    renamed = Signal(object, str)
    """A `Recording` and its new title."""
    deleted = Signal(object)
    """The folder of a recording that is gone."""

    def __init__(self, jobs: Any, panel: RecordingsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._panel = panel
        self._selected: Path | None = None
        panel.rename_asked.connect(self.ask_rename)
        panel.delete_asked.connect(self.delete)

    def refresh(self, selected: Path | None = None, *, first: bool = False) -> None:
        """Read the list anew and mark the recording in `selected`; `first` completes what a crash left behind."""
        self._selected = selected
        handle = self._jobs.submit(
            list_recordings,
            ListRecordings(first=first),
            lane="files",
            supersede=None if first else "speech.list",
            title=self.tr("List the recordings"),
        )
        handle.done.connect(self._on_listed)

    @Slot(object)
    def delete(self, recording: Recording) -> None:
        """Delete a recording; it can be brought back."""
        try:
            hidden = delete_recording(recording)
        except OSError as error:
            self.failed.emit(failure_from(error))
            return
        self.deleted.emit(recording.folder)
        self.refresh()

        def undo() -> None:
            restore_recording(hidden)
            self.refresh()

        self.undo_offered.emit(self.tr("{name} was deleted.").format(name=title_of(recording)), undo)

    @Slot(object)
    def ask_rename(self, recording: Recording) -> None:
        """Ask for another title."""
        title, accepted = QInputDialog.getText(
            self._panel, self.tr("Rename"), self.tr("Title of the recording"), text=title_of(recording)
        )
        if accepted and title.strip():
            rename_recording(recording, title.strip())
            self.renamed.emit(recording, title.strip())
            self.refresh(recording.folder)

    @Slot(object)
    def _on_listed(self, found: RecordingList) -> None:
        self._panel.set_rows(found.rows)
        self._panel.select(self._selected)
        if found.recovered:
            self.message.emit(self.tr("A recording that was interrupted has been recovered."))
