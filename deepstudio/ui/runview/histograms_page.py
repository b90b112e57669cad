"""Weights and gradients of all layers over the steps. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from deepstudio.core.training_messages import MediaKind
from deepstudio.ui.plots.histogram import HistogramTrack
from deepstudio.ui.runview.panel_grid import PanelGrid
from deepstudio.ui.runview.panels import PanelSpec, matching, natural
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, fill_combo, row
from deepstudio.ui.widgets.segmented import Segmented


class HistogramsPage(QWidget):
    """A panel for each tensor, in groups; only those on the screen are read and drawn."""

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sources: list[RunSource] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter layers"))
        self.search.setAccessibleName(self.tr("Filter layers"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(170)
        self.search.textChanged.connect(self.refresh)
        self._run = QComboBox()
        self._run.setAccessibleName(self.tr("Run"))
        self._run.currentIndexChanged.connect(self._on_run)
        self._kind = Segmented(theme)
        self._kind.add("heat")
        self._kind.add("ridges")
        self._kind.set_text("heat", self.tr("Heat"))
        self._kind.set_text("ridges", self.tr("Ridges"))
        self._kind.chosen.connect(self._on_kind)
        head = row(gap=8)
        head.addWidget(self.search)
        head.addWidget(self._run)
        head.addStretch(1)
        head.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignRight)
        outer = column(self, margins=(0, 4, 0, 0), gap=8)
        outer.addLayout(head)
        self.grid: PanelGrid[HistogramTrack] = PanelGrid(theme, self._make)
        self.grid.shown_changed.connect(self._fill)
        outer.addWidget(self.grid, 1)

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Show the histograms of those of these runs that have any, one run at a time."""
        self._sources = list(sources)
        self.grid.show_specs([])
        self.refresh()

    def has_content(self) -> bool:
        """Return whether any run has histograms."""
        return bool(self._having())

    @Slot()
    def refresh(self) -> None:
        """Look again which tensors there are, and show what is new of those on the screen."""
        if not self.isVisible():
            return
        self._offer_runs()
        source = self._source()
        if source is None:
            return
        specs = [
            PanelSpec(name, name.partition("/")[0] if "/" in name else "", name, (name,))
            for name in sorted(source.media_names(MediaKind.HISTOGRAM), key=natural)
        ]
        self.grid.show_specs(matching(specs, self.search.text()))

    def _having(self) -> list[RunSource]:
        return [source for source in self._sources if source.media_names(MediaKind.HISTOGRAM)]

    def _offer_runs(self) -> None:
        having, before = self._having(), self._run.currentData()
        fill_combo(self._run, [(source.name, source.run_id) for source in having])
        self._run.setVisible(len(having) > 1)
        if self._run.currentData() != before:
            self.grid.show_specs([])

    def _source(self) -> RunSource | None:
        chosen = self._run.currentData()
        return next((source for source in self._sources if source.run_id == chosen), None)

    def _make(self, spec: PanelSpec) -> HistogramTrack:
        made = HistogramTrack(self._theme, spec.title.partition("/")[2] or spec.title)
        made.setToolTip(spec.key)
        made.set_ridges(self._kind.current == "ridges")
        made.setProperty("key", spec.key)
        made.export.message.connect(self.message)
        made.export.failed.connect(self.failed)
        return made

    @Slot()
    def _fill(self) -> None:
        source = self._source()
        if source is None:
            return
        for panel in self.grid.visible_panels():
            panel.set_track(source.media(panel.property("key")))

    @Slot()
    def _on_run(self) -> None:
        self.grid.show_specs([])
        self.refresh()

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        for panel in self.grid.panels().values():
            panel.set_ridges(kind == "ridges")
