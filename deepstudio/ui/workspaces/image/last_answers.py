"""The strips of samples and last answers below the picture, and the small pictures of answers kept. GUI thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.widgets.thumbnail_strip import StripItem
from deepstudio.ui.workspaces.image.history import History
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.image.samples import read_small, shipped_samples
from deepstudio.ui.workspaces.image.thumbnails import ReadThumbnails, Thumbnail, read_thumbnails


class LastAnswers(QObject):
    """Keeps `strips` as the shipped samples and `history` are; reads pictures of kept answers in the predict lane."""

    def __init__(self, services: Any, history: History, strips: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._history = history
        self._strips = strips
        history.changed.connect(self._show)

    def show_samples(self) -> None:
        """Show the samples that come with the program."""
        items: list[StripItem] = []
        for sample in shipped_samples():
            title = translate_sentence(sample.title, "samples")
            items.append((title, read_small(sample.path), title))
        self._strips.show_samples(items)

    def restore(self, state: Any) -> None:
        """Take back what `History.save` returned, and read what its pictures look like."""
        self._history.restore(state)
        missing = tuple(entry.source for entry in self._history.entries if entry.thumbnail is None)
        if missing:
            reading = self._services.jobs.submit(
                read_thumbnails,
                ReadThumbnails(sources=missing),
                lane="predict",
                supersede="image.thumbnails",
                title=self.tr("Last answers"),
            )
            reading.partial.connect(self._on_thumbnail)

    @Slot()
    def _show(self) -> None:
        items: list[StripItem] = []
        for entry in self._history.entries:
            image = image_from_pixels(entry.thumbnail) if entry.thumbnail is not None else None
            items.append((entry.source.name, image, entry.source.name))
        self._strips.show_history(items)

    @Slot(object)
    def _on_thumbnail(self, thumbnail: Thumbnail) -> None:
        self._history.illustrate(thumbnail.source, thumbnail.pixels)
