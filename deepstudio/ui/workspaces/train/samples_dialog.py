"""All samples of a finding, to look at and to leave out. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.widgets.parts import button, column, label, row
from deepstudio.ui.workspaces.train.data_job import PICTURES, SOUNDS, TEXTS
from deepstudio.ui.workspaces.train.sample_list import SampleList, Tile
from deepstudio.ui.workspaces.train.words import marked

_MOST = 2000


class SamplesDialog(QDialog):
    """The pictures or texts of a finding; groups of duplicates lie together. `shows` as `DataView.shows`."""

    def __init__(
        self, services: Any, data: Path, finding: Any, parent: QWidget | None = None, *, shows: str = PICTURES
    ) -> None:
        super().__init__(parent)
        self._services, self._data, self._shows = services, data, shows
        self.setWindowTitle(self.tr("Samples"))
        self.resize(760, 560)
        self.samples = SampleList(services.theme)
        self.samples.show_as(texts=shows != PICTURES)
        self.samples.wanted.connect(self._ask)
        self.samples.chosen.connect(self._on_chosen)
        self.leave_out = button(self.tr("Leave out the selected"))
        self.leave_out.clicked.connect(self.accept)
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.reject)
        close.setDefault(True)
        layout = column(self, margins=(20, 18, 20, 16), gap=12)
        sentence = marked(finding)
        layout.addWidget(label(sentence, "heading", wrap=True))
        layout.addWidget(self.samples, 1)
        buttons = row()
        buttons.addWidget(self.leave_out)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        self.samples.tiles.show_tiles(_tiles(finding))
        self._on_chosen()

    @classmethod
    def ask(
        cls, services: Any, data: Path, finding: Any, parent: QWidget | None = None, *, shows: str = PICTURES
    ) -> tuple[str, ...]:
        """Show the samples; return those that shall be left out, none if the dialog was closed."""
        dialog = cls(services, data, finding, parent, shows=shows)
        sure = dialog.exec() == QDialog.DialogCode.Accepted
        names = dialog.samples.names() if sure else ()
        dialog.deleteLater()
        return names

    @Slot(object)
    def _ask(self, names: tuple[str, ...]) -> None:
        from deepstudio.data.thumbnails import ReadThumbnails, read_thumbnails

        if self._shows == SOUNDS:
            return
        if self._shows == TEXTS:
            from deepstudio.data.text.sample_texts import ReadTexts, read_sample_texts

            reading = self._services.jobs.submit(
                read_sample_texts,
                ReadTexts(data=self._data, names=names),
                lane="files",
                title=QT_TRANSLATE_NOOP("status", "Reading the data"),
            )
            reading.partial.connect(self._on_text)
            return
        handle = self._services.jobs.submit(
            read_thumbnails,
            ReadThumbnails(data=self._data, names=names, side=128),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Reading pictures"),
        )
        handle.partial.connect(self._on_thumbnail)

    @Slot(object)
    def _on_text(self, found: Any) -> None:
        self.samples.tiles.show_text(found.name, found.text)

    @Slot(object)
    def _on_thumbnail(self, found: Any) -> None:
        if found.pixels is not None:
            self.samples.tiles.show_thumbnail(found.name, found.pixels)

    @Slot()
    def _on_chosen(self) -> None:
        self.leave_out.setEnabled(bool(self.samples.names()))


def _tiles(finding: Any) -> list[Tile]:
    tiles: list[Tile] = []
    for number, group in enumerate(finding.groups, start=1):
        tiles += [Tile(name=name, upper=Path(name).name, lower=f"#{number}") for name in group]
    if not tiles:
        tiles = [Tile(name=name, upper=Path(name).name, lower=str(Path(name).parent)) for name in finding.items]
    return tiles[:_MOST]
