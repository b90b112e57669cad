"""The right side: the curves of the selected runs over each other, and pages about them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.jobs.run_feed import RunFeed
from deepstudio.store.runs import RunStore
from deepstudio.ui.plots_preload import plots_loaded, preload_plots
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.workspaces.image.empty_state import EmptyState
from deepstudio.ui.workspaces.runs.about_pane import AboutPane
from deepstudio.ui.workspaces.runs.items import RunItem

if TYPE_CHECKING:
    from deepstudio.ui.runview import RunSource, RunView
    from deepstudio.ui.workspaces.runs.parallel_pane import ParallelPane
    from deepstudio.ui.workspaces.runs.sounds_page import SoundsPage

MOST = 100
"""Runs that are drawn over each other at once."""


class RunPane(QWidget):
    """Shows the runs it is told to; keeps the sources of those that stay.

    What draws is imported in a lane meanwhile; runs wait for it. Who asks for `view`, `parallel` or `sounds` before has
    them built at once.
    """

    failed = Signal(object)
    message = Signal(str)
    state_changed = Signal()
    style_changed = Signal(str, dict)
    line_activated = Signal(str)
    """The id of a run whose line of the parallel coordinates was chosen."""

    def __init__(self, services: Any, colour_of: Callable[[RunItem], QColor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._theme: Theme = services.theme
        self._colour_of = colour_of
        self._sources: dict[str, RunSource] = {}
        self._items: dict[str, RunItem] = {}
        self._drawing: tuple[RunView, ParallelPane, SoundsPage] | None = None
        self._wanted: tuple[Sequence[RunItem], RunStore, RunFeed] | None = None
        self._lines: tuple[Sequence[RunItem], dict[str, str]] | None = None
        self._state: dict[str, Any] = {}
        self.about = AboutPane(services.theme)
        self._hint = EmptyState(services.theme, "runs")
        self._hint.set_words(
            self.tr("No run is selected"),
            self.tr("Select one or more runs in the table to lay their curves over each other."),
        )
        self._many = label("", "faint")
        self._many.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        layout = column(self, margins=(4, 8, 8, 8), gap=4)
        layout.addWidget(self._many)
        layout.addWidget(self._stack, 1)
        services.theme.changed.connect(self._recolour)
        preload_plots(services.jobs, self, self._on_plots)

    @property
    def view(self) -> RunView:
        """Return the view of curves and pages about the runs."""
        return self._build()[0]

    @property
    def parallel(self) -> ParallelPane:
        """Return the tab with runs as lines over their settings."""
        return self._build()[1]

    @property
    def sounds(self) -> SoundsPage:
        """Return the tab with the sounds that runs logged."""
        return self._build()[2]

    def save_view(self) -> dict[str, Any]:
        """Return the state of the view: as it is, or as it will be once it is built."""
        return self._state if self._drawing is None else self.view.save_state()

    def restore_view(self, state: dict[str, Any]) -> None:
        """Take back what `save_view` returned."""
        if self._drawing is None:
            self._state = state
        else:
            self.view.restore_state(state)

    def show_lines(self, items: Sequence[RunItem], colours: dict[str, str]) -> None:
        """Draw these runs as lines over their settings."""
        if self._drawing is None:
            self._lines = (items, colours)
        else:
            self.parallel.show_items(items, colours)

    def _build(self) -> tuple[RunView, ParallelPane, SoundsPage]:
        if self._drawing is not None:
            return self._drawing
        from deepstudio.ui.runview import RunView
        from deepstudio.ui.workspaces.runs.parallel_pane import ParallelPane
        from deepstudio.ui.workspaces.runs.sounds_page import SoundsPage

        view, parallel, sounds = RunView(self._theme), ParallelPane(self._theme), SoundsPage(self._theme, self._jobs)
        self._drawing = (view, parallel, sounds)
        sounds.failed.connect(self.failed)
        view.add_tab("sounds", self.tr("Sounds"), sounds)
        view.add_tab("about", self.tr("About"), self.about)
        view.add_tab("parallel", self.tr("Parallel"), parallel)
        for shown in (view, parallel.export):
            shown.failed.connect(self.failed)
            shown.message.connect(self.message)
        parallel.activated.connect(self.line_activated)
        view.state_changed.connect(self.state_changed)
        view.style_changed.connect(self.style_changed)
        self._stack.addWidget(view)
        if self._state:
            view.restore_state(self._state)
        if self._lines is not None:
            parallel.show_items(*self._lines)
        return self._drawing

    @Slot()
    def _on_plots(self) -> None:
        """Show what waited."""
        self._build()
        if self._wanted is not None:
            self.show_items(*self._wanted)

    def shown_ids(self) -> list[str]:
        """Return the runs that are drawn."""
        return list(self._sources)

    def show_items(self, items: Sequence[RunItem], store: RunStore, feed: RunFeed) -> None:
        """Draw these runs."""
        if self._drawing is None and not plots_loaded():
            self._wanted = (items, store, feed)
            return
        self._wanted = None
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
        if self._drawing is not None:
            self.view.set_sources([])
            self.sounds.silence()
        for source in self._sources.values():
            source.close()  # type: ignore[attr-defined]
        self._sources.clear()

    def _make(self, item: RunItem, store: RunStore, feed: RunFeed) -> RunSource:
        from deepstudio.ui.runview import StoreRunSource

        source: RunSource = StoreRunSource(store, item.run, self._jobs, self, feed=feed)
        source.colour = self._colour_of(item).name()
        return source

    def _style(self, items: Iterable[RunItem]) -> None:
        if self._drawing is None:
            return
        styles = {}
        for item in items:
            colour = self._sources[item.id].colour = self._colour_of(item).name()
            styles[item.id] = {"colour": colour, "hidden": item.run.hidden}
        self.view.set_styles(styles)

    def _recolour(self) -> None:
        self._style(self._items.values())
