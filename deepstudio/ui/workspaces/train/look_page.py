"""Behind the figures: the confusion matrix, the samples of a cell or the worst, and correcting them. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.parts import column
from deepstudio.ui.workspaces.speech.playback import Playback
from deepstudio.ui.workspaces.train.dialogs import TrainDialogs
from deepstudio.ui.workspaces.train.look_matrix import LookMatrix
from deepstudio.ui.workspaces.train.look_presenter import LookPresenter
from deepstudio.ui.workspaces.train.look_samples import LookSamples
from deepstudio.ui.workspaces.train.ways import ways_of


class LookPage(QWidget):
    """Looks at one finished model at a time."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    corrected = Signal()
    train_asked = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme: Theme = services.theme
        self.presenter = LookPresenter(services, self)
        self.left = LookMatrix(theme)
        self.right = LookSamples(theme, self.presenter)
        self.playback = Playback(services.jobs, self.tr("Play"), self)
        self._hint = DropHint(theme, "search")
        self._say_nothing("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._build_body())
        column(self).addWidget(self._stack)
        self._connect()
        self._show()

    def _build_body(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("look_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        for pane in (self.left, self.right):
            pane.setMinimumWidth(300)
            splitter.addWidget(pane)
        splitter.setSizes([480, 560])
        return splitter

    def _connect(self) -> None:
        presenter = self.presenter
        self.left.split_chosen.connect(presenter.inspect)
        self.left.cell_activated.connect(presenter.show_cell)
        self.right.train_asked.connect(self.train_asked)
        self.right.export_asked.connect(self.ask_export)
        self.right.play_asked.connect(self.play)
        self.playback.failed.connect(self.failed)
        presenter.changed.connect(self._show)
        presenter.inspected.connect(self._on_inspected)
        presenter.corrected.connect(self.corrected)
        presenter.thumbnail.connect(self.right.list.tiles.show_thumbnail)
        presenter.sound_tile.connect(self.right.list.tiles.show_sound)
        presenter.failed.connect(self.failed)
        presenter.message.connect(self.message)

    @property
    def matrix(self) -> Any:
        """Return the confusion matrix."""
        return self.left.matrix

    @property
    def samples(self) -> Any:
        """Return the list of samples."""
        return self.right.list

    # Doing

    def offer(self, model: Path, data: Path, recipe: Any) -> None:
        """Take the finished model of a run."""
        reason = ways_of(recipe).look
        self._say_nothing(translate_sentence(reason, "settings") if reason else "")
        if reason:
            return
        self.samples.forget()
        self.presenter.offer(model, data, recipe)
        if self.isVisible():
            self.presenter.inspect()

    def forget(self) -> None:
        """Let the model go: another run has begun."""
        self.samples.forget()
        self.presenter.forget()

    def show_cell(self, true: int, predicted: int) -> None:
        """Show the samples of one cell, once they are known."""
        self.presenter.show_cell(true, predicted)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the model when the page is first seen."""
        super().showEvent(event)
        if self.presenter.model is not None and self.presenter.result is None and not self.presenter.busy:
            self.presenter.inspect()

    @Slot(str)
    def play(self, name: str) -> None:
        """Play a recording; another one takes its place."""
        place = self.presenter.sound(name)
        self.playback.play(place.path, place.start, place.start + place.seconds if place.seconds else None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Be silent where nobody looks."""
        super().hideEvent(event)
        self.playback.stop()

    @Slot()
    def ask_export(self) -> None:
        """Ask where, and write the corrected set."""
        data = self.presenter.data
        if data is None:
            return
        target = TrainDialogs.ask_corrections_target(self, f"{data.stem}-corrected.csv")
        if target is not None:
            self.presenter.export(target)

    @Slot()
    def _on_inspected(self) -> None:
        result = self.presenter.result
        self.matrix.show_matrix(result.confusion, result.classes)
        self.right.show_classes(result.classes, texts=bool(result.texts), sounds=bool(result.sounds))
        self._show()

    # Showing

    def _say_nothing(self, reason: str) -> None:
        self._hint.set_words(
            self.tr("Nothing to look at yet"),
            reason
            or self.tr("Once a run has finished, this shows which samples its network gets wrong, and lets you correct "
                       "their labels."),
        )  # fmt: skip

    @Slot()
    def _show(self) -> None:
        presenter = self.presenter
        self._stack.setCurrentIndex(0 if presenter.model is None else 1)
        if presenter.model is None:
            return
        self.left.show_progress(busy=presenter.busy, done=presenter.done, total=presenter.total)
        self.left.splits.choose(presenter.split)
        self.right.show_samples()
