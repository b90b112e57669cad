"""A published model: what it is, how large, from where, and the button that downloads it. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QWidget

from deepstudio.ui.text import file_size, translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import ElidedLabel, button, column, follow_icon, frame, label, row
from deepstudio.ui.workspaces.models.sections import figure_tiles
from deepstudio.ui.workspaces.models.words import count_text
from deepstudio.ui.workspaces.models.zoo_presenter import ZooPresenter

if TYPE_CHECKING:
    from deepstudio.models.torchvision_zoo import ZooEntry


def zoo_title(entry: ZooEntry) -> str:
    """Return a published model's name for people."""
    return entry.architecture.rpartition("/")[2]


class ZooDetail(QWidget):
    """One published model; follows its download while it is shown."""

    def __init__(self, theme: Theme, presenter: ZooPresenter, entry: ZooEntry, *, installed: bool) -> None:
        super().__init__()
        self._presenter = presenter
        self._entry = entry
        self._installed = installed
        layout = column(self, gap=16)
        layout.addWidget(label(zoo_title(entry), "display", wrap=True))
        badges = QWidget()
        flow = FlowLayout(badges, gap=6)
        flow.addWidget(label(self.tr("Published by torchvision"), "badge-accent"))
        flow.addWidget(label(entry.weights, "badge"))
        layout.addWidget(badges)
        layout.addWidget(self._build_download(theme))
        layout.addWidget(self._build_tiles())
        layout.addWidget(self._build_source())
        layout.addStretch(1)
        presenter.progressed.connect(self._on_progress)
        self._show_state()

    def _build_download(self, theme: Theme) -> QFrame:
        box = frame("card")
        inner = column(box, margins=(20, 16, 20, 16), gap=10)
        self._words = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        buttons = row(gap=8)
        self.start = button(self.tr("Download ({size})").format(size=file_size(self._entry.size)), "primary")
        self.start.clicked.connect(self._on_start)
        self.stop = button(self.tr("Cancel"))
        follow_icon(theme, self.stop, "close")
        self.stop.clicked.connect(self._on_stop)
        buttons.addWidget(self.start)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        inner.addWidget(self._words)
        inner.addWidget(self.bar)
        inner.addLayout(buttons)
        return box

    def _build_tiles(self) -> QWidget:
        entry, shape = self._entry, self._entry.preprocessing
        tiles = (
            (self.tr("Accuracy, as published"), f"{100 * entry.accuracy:.2f} %"),
            (self.tr("Labels"), str(len(entry.labels))),
            (self.tr("Looks at"), f"{shape.width} × {shape.height}"),
            (self.tr("Parameters"), count_text(entry.parameters)),
        )
        return figure_tiles(tiles)

    def _build_source(self) -> QFrame:
        box = frame("card")
        inner = column(box, margins=(20, 16, 20, 18), gap=12)
        inner.addWidget(label(self.tr("Source"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        facts = [(self.tr("Address"), self._entry.url), (self.tr("SHA-256 begins"), self._entry.sha256)]
        if self._entry.recipe:
            facts.append((self.tr("Recipe"), self._entry.recipe))
        for number, (name, value) in enumerate(facts):
            grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(ElidedLabel(value), number, 1)
        inner.addLayout(grid)
        return box

    @Slot(str)
    def _on_progress(self, name: str) -> None:
        if name == self._entry.name:
            self._show_state()

    @Slot()
    def _on_start(self) -> None:
        self._presenter.download(self._entry.name)

    @Slot()
    def _on_stop(self) -> None:
        self._presenter.cancel(self._entry.name)

    def _show_state(self) -> None:
        state = self._presenter.state(self._entry.name)
        self.bar.setVisible(state is not None)
        self.stop.setVisible(state is not None)
        self.start.setVisible(state is None and not self._installed)
        if state is None:
            self._words.setText(self._idle_words())
            return
        share = state.done / state.total if state.total else 0.0
        self.bar.setRange(0, 1000 if state.total else 0)
        self.bar.setValue(round(1000 * share))
        words = translate_sentence(state.status, "status") if state.status else self.tr("Waiting")
        if 0 < share < 1:
            done, total = file_size(round(share * self._entry.size)), file_size(self._entry.size)
            words += "  ·  " + self.tr("{done} of {total}").format(done=done, total=total)
        self._words.setText(words)

    def _idle_words(self) -> str:
        if self._installed:
            return self.tr("This model is installed.")
        return self.tr("The download comes straight from the address below and is checked when it has arrived.")
