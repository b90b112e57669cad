"""What a model says of each sample, and corrections of them. Reads in lanes; knows no widget. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.workspaces.train.lane_jobs import LookAtSamples, look_at_samples

HIGHEST_LOSS, LEAST_SURE, IN_ORDER = "loss", "confidence", "order"
ORDERS = (HIGHEST_LOSS, LEAST_SURE, IN_ORDER)
MOST = 500
"""Samples shown at once."""


class LookPresenter(QObject):
    """One model on one set at a time."""

    changed = Signal()
    """What is known, the corrections or the progress are other ones now."""
    inspected = Signal()
    """The figures of every sample have come: see `result`."""
    corrected = Signal()
    """Something was corrected or taken back."""
    thumbnail = Signal(str, object)
    sound_tile = Signal(str, object)
    """A recording's name and its levels, uint8 (bands, columns)."""
    failed = Signal(object)
    message = Signal(str)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._device = services.settings.current.computing.device
        self.model: Path | None = None
        self.data: Path | None = None
        self.recipe: Any = None
        self.split = "validation"
        self.result: Any = None
        self.state: Any = None
        """The `CorrectionsState`, None before it is known."""
        self.cell: tuple[int, int] | None = None
        self.order = HIGHEST_LOSS
        self.wrong_only = False
        self.done = self.total = 0
        self._handle: Any = None

    @property
    def busy(self) -> bool:
        """Return whether the samples are being looked at."""
        return self._handle is not None

    def offer(self, model: Path, data: Path, recipe: Any) -> None:
        """Take the model to look at; nothing is computed before `inspect`."""
        self.forget()
        self.model, self.data, self.recipe = model, data, recipe
        self.changed.emit()

    def forget(self) -> None:
        """Let the model go."""
        self.cancel()
        self.model = self.data = self.recipe = self.result = self.state = self.cell = None
        self.split = "validation"
        self.changed.emit()

    def inspect(self, split: str | None = None) -> None:
        """Ask the model about every sample of a split."""
        if self.model is None or self.data is None:
            return
        self.split = split or self.split
        self.result = None
        self.done = self.total = 0
        handle = self._jobs.submit(
            look_at_samples,
            LookAtSamples(model=self.model, data=self.data, recipe=self.recipe, split=self.split, device=self._device),
            lane="predict",
            supersede="train.inspect",
            title=QT_TRANSLATE_NOOP("status", "Looking at the samples"),
        )
        self._handle = handle
        handle.progress.connect(self._on_progress)
        handle.done.connect(self._on_result)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_ended)
        self._correct(action="show")
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """End the looking."""
        if self._handle is not None:
            self._handle.cancel()

    # What is shown

    def show_cell(self, true: int, predicted: int) -> None:
        """Show the samples of one cell of the confusion matrix only."""
        self.cell = (true, predicted)
        self.changed.emit()

    def show_all(self) -> None:
        """Show the samples of all cells."""
        self.cell = None
        self.changed.emit()

    def set_order(self, order: str) -> None:
        """Sort by HIGHEST_LOSS, LEAST_SURE or IN_ORDER."""
        self.order = order
        self.changed.emit()

    def set_wrong_only(self, on: bool) -> None:
        """Leave out what was answered rightly."""
        self.wrong_only = on
        self.changed.emit()

    def indices(self) -> np.ndarray:
        """Return the places of the samples to show, in order, at most `MOST`."""
        result = self.result
        if result is None:
            return np.zeros(0, np.int64)
        chosen = np.ones(len(result.names), bool)
        if self.cell is not None:
            chosen &= (result.labels == self.cell[0]) & (result.predicted == self.cell[1])
        elif self.wrong_only:
            chosen &= result.labels != result.predicted
        places = np.flatnonzero(chosen)
        if self.order == HIGHEST_LOSS:
            places = places[np.argsort(-result.losses[places], kind="stable")]
        elif self.order == LEAST_SURE:
            places = places[np.argsort(result.confidence[places], kind="stable")]
        return places[:MOST]

    def count(self) -> int:
        """Return how many samples there are to show, those beyond `MOST` included."""
        result = self.result
        if result is None:
            return 0
        if self.cell is not None:
            return int(result.confusion[self.cell[0], self.cell[1]])
        return int((result.labels != result.predicted).sum()) if self.wrong_only else len(result.names)

    # Corrections

    def relabel(self, names: Sequence[str], label: str) -> None:
        """Give samples another label."""
        self._correct(action="relabel", labels=dict.fromkeys(names, label))

    def exclude(self, names: Sequence[str]) -> None:
        """Leave samples out of training."""
        self._correct(action="exclude", names=tuple(names))

    def include(self, names: Sequence[str]) -> None:
        """Take samples in again."""
        self._correct(action="include", names=tuple(names))

    @Slot()
    def undo(self) -> None:
        """Take the last correction back."""
        self._correct(action="undo")

    @Slot()
    def redo(self) -> None:
        """Do the last correction again."""
        self._correct(action="redo")

    def export(self, target: Path) -> None:
        """Write the set as corrected to a table."""
        assert self.data is not None
        job, request = self._export_job(self.data, target)
        handle = self._jobs.submit(
            job, request, lane="files", title=QT_TRANSLATE_NOOP("status", "Writing the corrected set")
        )
        handle.done.connect(self._on_exported)
        handle.failed.connect(self.failed)

    def sound(self, name: str) -> Any:
        """Return where a sample is heard, a `SoundPlace`; None for what is no recording."""
        result = self.result
        return result.sounds[result.names.index(name)] if result is not None and result.sounds else None

    def _export_job(self, data: Path, target: Path) -> tuple[Any, Any]:
        if self.recipe.task == "keyword-spotting":
            from deepstudio.train.export_sounds import ExportSounds, export_sounds

            return export_sounds, ExportSounds(recipe=self.recipe, data=data, target=target)
        if self.recipe.task == "text-classification":
            from deepstudio.train.export_texts import ExportTexts, export_texts

            return export_texts, ExportTexts(recipe=self.recipe, data=data, target=target)
        from deepstudio.data.corrections_jobs import ExportCorrections, export_corrections
        from deepstudio.train.preflight import layout_of

        return export_corrections, ExportCorrections(data=data, target=target, layout=layout_of(self.recipe))

    @property
    def root(self) -> Path | None:
        """Return where the names of the samples start: the set itself, where the data are a folder of sets."""
        if self.data is None or not hasattr(self.recipe, "preprocessing"):
            return self.data
        from deepstudio.train.sets import data_root

        return data_root(self.recipe.data, self.data)

    def _correct(self, **what: Any) -> None:
        from deepstudio.data.corrections_jobs import ChangeCorrections, change_corrections

        root = self.root
        if root is None:
            return
        handle = self._jobs.submit(
            change_corrections,
            ChangeCorrections(data=root, **what),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Correcting the data"),
        )
        handle.done.connect(self._on_shown if what["action"] == "show" else self._on_corrected)
        handle.failed.connect(self.failed)

    def ask_thumbnails(self, names: Sequence[str]) -> None:
        """Read pictures of samples; each comes as `thumbnail`, of recordings as `sound_tile`."""
        from deepstudio.data.thumbnails import ReadThumbnails, read_thumbnails

        root = self.root
        if root is None or (self.result is not None and self.result.texts):
            return
        if self.result is not None and self.result.sounds:
            self._ask_sound_tiles(names)
            return
        handle = self._jobs.submit(
            read_thumbnails,
            ReadThumbnails(data=root, names=tuple(names), side=128),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Reading pictures"),
        )
        handle.partial.connect(self._on_thumbnail)

    def _ask_sound_tiles(self, names: Sequence[str]) -> None:
        from deepstudio.train.sound_tiles import ReadSoundTiles, read_sound_tiles

        handle = self._jobs.submit(
            read_sound_tiles,
            ReadSoundTiles(sounds={name: self.sound(name) for name in names}),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Reading the recordings"),
        )
        handle.partial.connect(self._on_sound_tile)

    @Slot(object)
    def _on_sound_tile(self, found: Any) -> None:
        if found.levels is not None:
            self.sound_tile.emit(found.name, found.levels)

    @Slot(object)
    def _on_thumbnail(self, found: Any) -> None:
        if found.pixels is not None:
            self.thumbnail.emit(found.name, found.pixels)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if self.sender() is self._handle:
            self.done, self.total = done, total
            self.changed.emit()

    @Slot(object)
    def _on_result(self, result: Any) -> None:
        if self.sender() is self._handle:
            self.result = result
            self.inspected.emit()

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self.changed.emit()

    @Slot(object)
    def _on_shown(self, state: Any) -> None:
        self.state = state
        self.changed.emit()

    @Slot(object)
    def _on_corrected(self, state: Any) -> None:
        self.state = state
        self.changed.emit()
        self.corrected.emit()

    @Slot(object)
    def _on_exported(self, count: Any) -> None:
        self.message.emit(self.tr("The corrected set was written. Your own files are as they were."))
