"""The right half of looking closer: the samples of a cell or the worst ones, and correcting them. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QMenu, QWidget

from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import button, column, follow_icon, icon_button, label, row
from deepstudio.ui.workspaces.train.look_presenter import HIGHEST_LOSS, IN_ORDER, LEAST_SURE, MOST, LookPresenter
from deepstudio.ui.workspaces.train.sample_list import SampleList, Tile
from deepstudio.ui.workspaces.train.words import whole

_MOST_LABELS = 60


class LookSamples(QFrame):
    """Shows what a `LookPresenter` holds and asks it to correct."""

    train_asked = Signal()
    export_asked = Signal()
    play_asked = Signal(str)
    """A recording's name."""

    def __init__(self, theme: Theme, presenter: LookPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._theme, self.presenter = theme, presenter
        self._heading = label("", "heading", wrap=True)
        self.all = button(self.tr("Show all cells"), "link")
        self.all.clicked.connect(presenter.show_all)
        self._build_order()
        self.list = SampleList(theme)
        self.list.wanted.connect(presenter.ask_thumbnails)
        self.list.chosen.connect(self._show_buttons)
        self.list.activated.connect(self._on_play)
        self.list.clicked.connect(self._on_play)
        self._build_corrections()
        self._build_ways_on()
        self._corrections = label("", "caption", wrap=True)
        self._lay_out()

    def _build_order(self) -> None:
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
        self.wrong.toggled.connect(self.presenter.set_wrong_only)

    def _build_corrections(self) -> None:
        theme, presenter = self._theme, self.presenter
        self.play = button(self.tr("Play"))
        follow_icon(theme, self.play, "play")
        self.play.setToolTip(self.tr("Play the chosen recording; a click on it does so, too"))
        self.play.clicked.connect(self._on_play)
        self.play.hide()
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

    def _build_ways_on(self) -> None:
        self.export = button(self.tr("Export…"))
        follow_icon(self._theme, self.export, "export")
        self.export.setToolTip(self.tr("Write the whole set, as corrected, to a table"))
        self.export.clicked.connect(self.export_asked)
        self.again = button(self.tr("Train again"), "primary")
        follow_icon(self._theme, self.again, "play", "on_accent")
        self.again.setToolTip(self.tr("Train anew with the corrected data"))
        self.again.clicked.connect(self.train_asked)

    def _lay_out(self) -> None:
        inner = column(self, margins=(16, 12, 12, 12), gap=8)
        title = row(gap=8)
        title.addWidget(self._heading, 1)
        title.addWidget(self.all)
        inner.addLayout(title)
        inner.addWidget(_flow(self.orders, self.wrong))
        inner.addWidget(self.list, 1)
        inner.addWidget(self._corrections)
        inner.addWidget(_flow(self.play, self.relabel, self.exclude, self.undo, self.redo, self.export, self.again))

    # Doing

    @Slot(int)
    def _on_order(self, place: int) -> None:
        self.presenter.set_order(self.orders.itemData(place))

    @Slot()
    def _on_play(self) -> None:
        names = self.list.names()
        if len(names) == 1 and self.presenter.sound(names[0]) is not None:
            self.play_asked.emit(names[0])

    @Slot()
    def _on_exclude(self) -> None:
        names = self.list.names()
        excluded = self.presenter.state.excluded if self.presenter.state is not None else frozenset()
        if names and all(name in excluded for name in names):
            self.presenter.include(names)
        elif names:
            self.presenter.exclude(names)

    def _on_label(self, name: str) -> None:
        names = self.list.names()
        if names:
            self.presenter.relabel(names, name)

    # Showing

    def show_classes(self, classes: tuple[str, ...], *, texts: bool, sounds: bool = False) -> None:
        """Offer these labels; show the samples as texts or as pictures, those of recordings with a way to hear them."""
        self.list.show_as(texts=texts)
        self.play.setVisible(sounds)
        self.labels.clear()
        for name in classes[:_MOST_LABELS]:
            self.labels.addAction(display_label(name), partial(self._on_label, name))

    def show_samples(self) -> None:
        """Show what the presenter holds."""
        presenter = self.presenter
        self._heading.setText(self._words())
        self.all.setVisible(presenter.cell is not None)
        self.wrong.setEnabled(presenter.cell is None)
        with QSignalBlocker(self.orders):
            self.orders.setCurrentIndex(self.orders.findData(presenter.order))
        if presenter.result is not None:
            self.list.tiles.show_tiles([self._tile(place) for place in presenter.indices()])
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
        return Tile(
            name=name,
            upper=upper,
            lower=self.tr("loss {loss}").format(loss=f"{loss:.3g}" if loss >= 0.001 else "< 0.001"),
            text=result.texts[place] if result.texts else "",
            excluded=excluded,
            changed=other is not None and other != result.classes[true],
            wrong=answer != true,
        )

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
        names = self.list.names()
        state = presenter.state
        self.relabel.setEnabled(bool(names))
        self.play.setEnabled(len(names) == 1)
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
