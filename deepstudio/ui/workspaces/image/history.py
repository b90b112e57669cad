"""The last answers of this session, newest first; a forgotten list can be brought back. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from deepstudio.core.requests import ImageSource
from deepstudio.ui.workspaces.image.picture_presenter import Viewing

CAPACITY = 16
"""Each entry keeps a picture of up to 3 MB, so that returning to it is instant."""
THUMBNAIL_SIDE = 200


@dataclass(eq=False, slots=True, kw_only=True)
class HistoryEntry:
    """A picture that was asked about; `viewing` is None for one remembered from an earlier session."""

    source: ImageSource
    viewing: Viewing | None = None
    thumbnail: np.ndarray | None = None
    """uint8 RGB, small; None while it has not been read."""


class History(QObject):
    """At most `CAPACITY` entries. One entry per picture: asking again, or another model, replaces its answers."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[HistoryEntry] = []

    def add(self, viewing: Viewing) -> None:
        """Put `viewing` first; the entry of the same picture moves up."""
        kept = [entry for entry in self.entries if not _same(entry.source, viewing.source)]
        entry = HistoryEntry(source=viewing.source, viewing=viewing, thumbnail=_thumbnail(viewing))
        self.entries = [entry, *kept][:CAPACITY]
        self.changed.emit()

    def clear(self) -> list[HistoryEntry]:
        """Forget all and return it, so that `bring_back` can undo."""
        entries, self.entries = self.entries, []
        self.changed.emit()
        return entries

    def bring_back(self, entries: list[HistoryEntry]) -> None:
        """Append `entries` behind what was added since they were cleared."""
        now = self.entries
        missing = [entry for entry in entries if not any(_same(entry.source, known.source) for known in now)]
        self.entries = [*now, *missing][:CAPACITY]
        self.changed.emit()

    def illustrate(self, source: ImageSource, pixels: np.ndarray) -> None:
        """Give the entry of `source` its small picture."""
        for entry in self.entries:
            if entry.source is source:
                entry.thumbnail = pixels
                self.changed.emit()

    def save(self) -> list[str]:
        """Return the paths of the entries that are files, newest first."""
        return [str(entry.source.path) for entry in self.entries if entry.source.path is not None]

    def restore(self, paths: object) -> None:
        """Take back what `save` returned; files that are gone are left out."""
        if not isinstance(paths, list) or not paths:
            return
        files = [Path(path) for path in paths[:CAPACITY] if isinstance(path, str)]
        entries = [HistoryEntry(source=ImageSource(name=path.name, path=path)) for path in files if path.is_file()]
        self.bring_back(entries)


def _thumbnail(viewing: Viewing) -> np.ndarray | None:
    """Return every n-th pixel of the picture: some hundred are left, which is enough to scale down well."""
    answer = viewing.first()
    if answer is None or answer.picture is None:
        return None
    step = max(1, max(answer.picture.shape[:2]) // THUMBNAIL_SIDE)
    return np.ascontiguousarray(answer.picture[::step, ::step])


def _same(one: ImageSource, other: ImageSource) -> bool:
    return one is other or (one.path is not None and one.path == other.path)
