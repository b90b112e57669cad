"""The right side: the curves of the selected runs over each other, and pages about them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.jobs.run_feed import RunFeed
from deepstudio.store.runs import RunStore
from deepstudio.ui.runview import RunSource, RunView, StoreRunSource
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.workspaces.image.empty_state import EmptyState
from deepstudio.ui.workspaces.runs.about_pane import AboutPane
from deepstudio.ui.workspaces.runs.items import RunItem
from deepstudio.ui.workspaces.runs.parallel_pane import ParallelPane
from deepstudio.ui.workspaces.runs.sounds_page import SoundsPage

MOST = 100
"""Runs that are drawn over each other at once."""


class RunPane(QWidget):
    """Shows the runs it is told to; keeps the sources of those that stay."""

    failed = Signal(object)
    message = Signal(str)
    state_changed = Signal()
    style_changed = Signal(str, dict)

    def __init__(self, services: Any, colour_of: Callable[[RunItem], QColor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._theme: Theme = services.theme
        self._colour_of = colour_of
        self._sources: dict[str, RunSource] = {}
        self._items: dict[str, RunItem] = {}
        self.view = RunView(services.theme)
        self.about = AboutPane(services.theme)
        self.parallel = ParallelPane(services.theme)
        self.sounds = SoundsPage(services.theme, services.jobs)
        self.sounds.failed.connect(self.failed)
        self.view.add_tab("sounds", self.tr("Sounds"), self.sounds)
        self.view.add_tab("about", self.tr("About"), self.about)
        self.view.add_tab("parallel", self.tr("Parallel"), self.parallel)
        for shown in (self.view, self.parallel.export):
            shown.failed.connect(self.failed)
            shown.message.connect(self.message)
        self.view.state_changed.connect(self.state_changed)
        self.view.style_changed.connect(self.style_changed)
        self._hint = EmptyState(services.theme, "runs")
        self._hint.set_words(
            self.tr("No run is selected"),
            self.tr("Select one or more runs in the table to lay their curves over each other."),
        )
        self._many = label("", "faint")
        self._many.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.view)
        layout = column(self, margins=(4, 8, 8, 8), gap=4)
        layout.addWidget(self._many)
        layout.addWidget(self._stack, 1)
        services.theme.changed.connect(self._recolour)

    def shown_ids(self) -> list[str]:
        """Return the runs that are drawn."""
        return list(self._sources)

    def show_items(self, items: Sequence[RunItem], store: RunStore, feed: RunFeed) -> None:
        """Draw these runs."""
        drawn = items[:MOST]
        self._many.setVisible(len(items) > MOST)
        self._many.setText(self.tr("The first {some} of {all} runs are drawn.").format(some=MOST, all=len(items)))
        wanted = [item.id for item in drawn]
        gone = [run_id for run_id in self._sources if run_id not in wanted]
        if gone or any(run_id not in self._sources for run_id in wanted) or wanted != list(self._sources):
            sources = {}
            for item in drawn:
                sources[item.id] = self._sources.get(item.id) or self._make(item, store, feed)
            left = [self._sources[run_id] for run_id in gone]
            self._sources = sources
            self.view.set_sources(list(sources.values()))
            # The table beside the curves is their legend.
            self.view.curves.legend.hide()
            self.view.system.legend.hide()
            for source in left:
                source.close()  # type: ignore[attr-defined]
                source.deleteLater()
        self._items = {item.id: item for item in drawn}
        self._stack.setCurrentIndex(1 if drawn else 0)
        self._style(drawn)
        for item in drawn:
            self.view.set_settings(item.id, item.settings)
        self.about.show_item(items[0] if items else None)

    def refresh(self, items: Sequence[RunItem]) -> None:
        """Take what changed in the rows of the runs shown."""
        known = [item for item in items if item.id in self._sources]
        for item in known:
            self._items[item.id] = item
            self._sources[item.id].name = item.run.name
        self._style(known)
        first = next(iter(self._items.values()), None)
        self.about.show_item(first)

    def close_sources(self) -> None:
        """Follow nothing any more."""
        self.view.set_sources([])
        self.sounds.silence()
        for source in self._sources.values():
            source.close()  # type: ignore[attr-defined]
        self._sources.clear()

    def _make(self, item: RunItem, store: RunStore, feed: RunFeed) -> RunSource:
        source: RunSource = StoreRunSource(store, item.run, self._jobs, self, feed=feed)
        source.colour = self._colour_of(item).name()
        return source

    def _style(self, items: Iterable[RunItem]) -> None:
        styles = {}
        for item in items:
            colour = self._sources[item.id].colour = self._colour_of(item).name()
            styles[item.id] = {"colour": colour, "hidden": item.run.hidden}
        self.view.set_styles(styles)

    def _recolour(self) -> None:
        self._style(self._items.values())
