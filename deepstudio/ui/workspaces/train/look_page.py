"""Behind the figures: the confusion matrix, the samples of a cell or the worst, and correcting them. GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QMenu, QProgressBar, QSplitter, QStackedWidget, QWidget

from deepstudio.ui.text import display_label
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.drop_hint import DropHint
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, label, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.train.dialogs import TrainDialogs
from deepstudio.ui.workspaces.train.look_presenter import HIGHEST_LOSS, IN_ORDER, LEAST_SURE, MOST, LookPresenter
from deepstudio.ui.workspaces.train.sample_list import SampleList, Tile
from deepstudio.ui.workspaces.train.words import whole

_MOST_LABELS = 60


class LookPage(QWidget):
    """Looks at one finished model at a time."""

    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)
    corrected = Signal()
    train_asked = Signal()

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = services.theme
        self.presenter = LookPresenter(services, self)
        self._stack = QStackedWidget()
        self._matrix: Any = None
        self._build_parts()
        self._stack.addWidget(self._build_hint())
        self._stack.addWidget(self._build_body())
        column(self).addWidget(self._stack)
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.inspected.connect(self._on_inspected)
        presenter.corrected.connect(self.corrected)
        presenter.thumbnail.connect(self.samples.tiles.show_thumbnail)
        presenter.failed.connect(self.failed)
        presenter.message.connect(self.message)
        self._show()

    # Building

    def _build_parts(self) -> None:
        theme, presenter = self._theme, self.presenter
        self.splits = Segmented(theme)
        for key in ("validation", "test", "train"):
            self.splits.add(key)
        self.splits.set_text("validation", self.tr("Validation"))
        self.splits.set_text("test", self.tr("Test"))
        self.splits.set_text("train", self.tr("Training"))
        self.splits.chosen.connect(presenter.inspect)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Progress"))
        self._heading = label("", "heading", wrap=True)
        self.all = button(self.tr("Show all cells"), "link")
        self.all.clicked.connect(presenter.show_all)
        self.orders = QComboBox()
        self.orders.setAccessibleName(self.tr("Order"))
        for key, text in (
            (HIGHEST_LOSS, self.tr("Highest loss first")),
            (LEAST_SURE, self.tr("Least sure first")),
            (IN_ORDER, self.tr("As in the data")),
        ):
            self.orders.addItem(text, key)
        self.orders.activated.connect(self._on_order)
        self.wrong = QCheckBox(self.tr("Wrong ones only"))
        self.wrong.toggled.connect(presenter.set_wrong_only)
        self.samples = SampleList(theme)
        self.samples.wanted.connect(presenter.ask_thumbnails)
        self.samples.chosen.connect(self._show_buttons)
        self._build_buttons()

    def _build_buttons(self) -> None:
        theme, presenter = self._theme, self.presenter
        self.relabel = button(self.tr("Other label"))
        follow_icon(theme, self.relabel, "pencil")
        self.labels = QMenu(self.relabel)
        self.relabel.setMenu(self.labels)
        self.exclude = button(self.tr("Leave out"))
        follow_icon(theme, self.exclude, "trash")
        self.exclude.clicked.connect(self._on_exclude)
        self.undo = icon_button(theme, "undo", self.tr("Undo the last correction"))
        self.undo.clicked.connect(presenter.undo)
        self.redo = icon_button(theme, "redo", self.tr("Do the correction again"))
        self.redo.clicked.connect(presenter.redo)
        self.export = button(self.tr("Export…"))
        follow_icon(theme, self.export, "export")
        self.export.setToolTip(self.tr("Write the whole set, as corrected, to a table"))
        self.export.clicked.connect(self.ask_export)
        self.again = button(self.tr("Train again"), "primary")
        follow_icon(theme, self.again, "play", "on_accent")
        self.again.setToolTip(self.tr("Train anew with the corrected data"))
        self.again.clicked.connect(self.train_asked)
        self._corrections = label("", "caption", wrap=True)

    def _build_hint(self) -> QWidget:
        hint = DropHint(self._theme, "search")
        hint.set_words(
            self.tr("Nothing to look at yet"),
            self.tr("Once a run has finished, this shows which samples its network gets wrong, and lets you correct "
                    "their labels."),
        )  # fmt: skip
        return hint

    def _build_body(self) -> QWidget:
        left = QFrame()
        mark(left, surface="card")
        self._matrix_column = column(left, margins=(16, 12, 16, 12), gap=10)
        self._matrix_column.addWidget(label(self.tr("Confusion matrix"), "heading"))
        self._matrix_column.addWidget(self.splits)
        self._matrix_column.addWidget(self._meter)
        right = QFrame()
        mark(right, surface="card")
        inner = column(right, margins=(16, 12, 12, 12), gap=8)
        title = row(gap=8)
        title.addWidget(self._heading, 1)
        title.addWidget(self.all)
        inner.addLayout(title)
        inner.addWidget(_flow(self.orders, self.wrong))
        inner.addWidget(self.samples, 1)
        inner.addWidget(self._corrections)
        inner.addWidget(_flow(self.relabel, self.exclude, self.undo, self.redo, self.export, self.again))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("look_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        for pane in (left, right):
            pane.setMinimumWidth(300)
            splitter.addWidget(pane)
        splitter.setSizes([480, 560])
        return splitter

    @property
    def matrix(self) -> Any:
        """Return the confusion matrix, built when it is first needed."""
        if self._matrix is None:
            from deepstudio.ui.plots import ConfusionMatrix

            self._matrix = ConfusionMatrix(self._theme)
            self._matrix.cell_activated.connect(self.presenter.show_cell)
            self._matrix_column.addWidget(self._matrix, 1)
        return self._matrix

    # Doing

    def offer(self, model: Path, data: Path, recipe: Any) -> None:
        """Take the finished model of a run."""
        if recipe.task != "image-classification":
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

    @Slot()
    def ask_export(self) -> None:
        """Ask where, and write the corrected set."""
        data = self.presenter.data
        if data is None:
            return
        target = TrainDialogs.ask_corrections_target(self, f"{data.stem}-corrected.csv")
        if target is not None:
            self.presenter.export(target)

    @Slot(int)
    def _on_order(self, place: int) -> None:
        self.presenter.set_order(self.orders.itemData(place))

    @Slot()
    def _on_exclude(self) -> None:
        names = self.samples.names()
        excluded = self.presenter.state.excluded if self.presenter.state is not None else frozenset()
        if names and all(name in excluded for name in names):
            self.presenter.include(names)
        elif names:
            self.presenter.exclude(names)

    def _on_label(self, name: str) -> None:
        names = self.samples.names()
        if names:
            self.presenter.relabel(names, name)

    @Slot()
    def _on_inspected(self) -> None:
        result = self.presenter.result
        self.matrix.show_matrix(result.confusion, result.classes)
        self.labels.clear()
        for name in result.classes[:_MOST_LABELS]:
            self.labels.addAction(display_label(name), partial(self._on_label, name))
        self._show()

    # Showing

    @Slot()
    def _show(self) -> None:
        presenter = self.presenter
        self._stack.setCurrentIndex(0 if presenter.model is None else 1)
        if presenter.model is None:
            return
        self._meter.setVisible(presenter.busy)
        self._meter.setRange(0, presenter.total)
        self._meter.setValue(presenter.done)
        self.splits.choose(presenter.split)
        self._heading.setText(self._words())
        self.all.setVisible(presenter.cell is not None)
        self.wrong.setEnabled(presenter.cell is None)
        with QSignalBlocker(self.orders):
            self.orders.setCurrentIndex(self.orders.findData(presenter.order))
        if presenter.result is not None:
            self.samples.tiles.show_tiles([self._tile(place) for place in presenter.indices()])
        self._show_corrections()
        self._show_buttons()

    def _words(self) -> str:
        presenter = self.presenter
        if presenter.result is None:
            return self.tr("Asking the network about every sample…") if presenter.busy else ""
        count = presenter.count()
        if presenter.cell is not None:
            classes = presenter.result.classes
            true, predicted = (display_label(classes[place]) for place in presenter.cell)
            if presenter.cell[0] == presenter.cell[1]:
                return self.tr("{label}, answered rightly: {count}").format(label=true, count=whole(count))
            return self.tr("{label}, taken for {answer}: {count}").format(
                label=true, answer=predicted, count=whole(count)
            )
        if count > MOST:
            return self.tr("The first {shown} of {count} samples").format(shown=MOST, count=whole(count))
        return self.tr("Samples: {count}").format(count=whole(count))

    def _tile(self, place: int) -> Tile:
        result, state = self.presenter.result, self.presenter.state
        name, true, answer = result.names[place], int(result.labels[place]), int(result.predicted[place])
        excluded = state is not None and name in state.excluded
        other = state.relabelled.get(name) if state is not None else None
        label_now = other if other is not None else result.classes[true]
        upper = display_label(label_now)
        if answer != true:
            upper = f"{upper} → {display_label(result.classes[answer])}"
        loss = float(result.losses[place])
        lower = self.tr("loss {loss}").format(loss=f"{loss:.3g}" if loss >= 0.001 else "< 0.001")
        changed = other is not None and other != result.classes[true]
        return Tile(name=name, upper=upper, lower=lower, excluded=excluded, changed=changed, wrong=answer != true)

    def _show_corrections(self) -> None:
        state = self.presenter.state
        parts = []
        if state is not None and state.excluded:
            parts.append(self.tr("{count} left out").format(count=whole(len(state.excluded))))
        if state is not None and state.relabelled:
            parts.append(self.tr("{count} with another label").format(count=whole(len(state.relabelled))))
        if parts:
            parts.append(self.tr("kept beside the data; your files are as they were"))
        self._corrections.setText("  ·  ".join(parts))
        self._corrections.setVisible(bool(parts))

    @Slot()
    def _show_buttons(self) -> None:
        presenter = self.presenter
        names = self.samples.names()
        state = presenter.state
        self.relabel.setEnabled(bool(names))
        self.exclude.setEnabled(bool(names))
        all_out = bool(names) and state is not None and all(name in state.excluded for name in names)
        self.exclude.setText(self.tr("Take in again") if all_out else self.tr("Leave out"))
        self.undo.setEnabled(state is not None and state.can_undo)
        self.redo.setEnabled(state is not None and state.can_redo)
        self.export.setEnabled(presenter.result is not None)


def _flow(*widgets: QWidget) -> QWidget:
    place = QWidget()
    flow = FlowLayout(place, gap=8)
    for widget in widgets:
        flow.addWidget(widget)
    return place
