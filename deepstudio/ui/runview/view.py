"""One or several runs, as Train and Runs show them. GUI thread only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from deepstudio.ui.runview.curves_page import CurvesPage
from deepstudio.ui.runview.events_page import EventsPage
from deepstudio.ui.runview.histograms_page import HistogramsPage
from deepstudio.ui.runview.media_page import ActivationsPage, ConfusionPage, MediaPage, SamplesPage
from deepstudio.ui.runview.scheduler import Drawable, DrawScheduler
from deepstudio.ui.runview.settings_page import SettingsPage
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column

RarePage = HistogramsPage | MediaPage | EventsPage | SettingsPage


class RunView(QWidget):
    """Tabs over what is known of some runs. What is not on the screen costs nothing."""

    cell_activated = Signal(str, int, int)
    """A cell of the confusion matrix: run, true class, predicted class."""
    sample_activated = Signal(str, str, int)
    """A picture of the samples: run, name of the media, index."""
    event_activated = Signal(str, int)
    style_changed = Signal(str, dict)
    state_changed = Signal()
    message = Signal(str)
    failed = Signal(object)
    drawn = Signal(str, int)
    """What is on the screen now: run and its last step."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sources: list[RunSource] = []
        self._seen: dict[str, tuple[int, int, int]] = {}
        outer = column(self, gap=0)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        outer.addWidget(self.tabs)
        self.curves = CurvesPage(theme)
        self.system = CurvesPage(theme, system=True)
        self._pages: dict[str, QWidget] = {}
        self._added: list[MediaPage] = []
        self._stale = True
        self.histograms = HistogramsPage(theme)
        self.samples = SamplesPage(theme)
        self.samples.sample_activated.connect(self.sample_activated)
        self.confusion = ConfusionPage(theme)
        self.confusion.cell_activated.connect(self.cell_activated)
        self.activations = ActivationsPage(theme)
        self.events = EventsPage(theme)
        self.events.event_activated.connect(self._on_event)
        self.settings = SettingsPage(theme)
        for key, title, page in (
            ("curves", self.tr("Curves"), self.curves),
            ("samples", self.tr("Samples"), self.samples),
            ("confusion", self.tr("Confusion"), self.confusion),
            ("histograms", self.tr("Histograms"), self.histograms),
            ("activations", self.tr("Activations"), self.activations),
            ("system", self.tr("System"), self.system),
            ("events", self.tr("Events"), self.events),
            ("settings", self.tr("Settings"), self.settings),
        ):
            self._add_page(key, title, page)
        for page in (self.curves, self.system):
            page.state_changed.connect(self.state_changed)
            page.style_changed.connect(self._on_style)
        for page in (self.curves, self.system, self.histograms, self.confusion):
            page.message.connect(self.message)
            page.failed.connect(self.failed)
        self._scheduler = DrawScheduler(self._visible, self)
        self._scheduler.drawn.connect(self._on_drawn)
        self.tabs.currentChanged.connect(self._on_tab)
        for page in (self.curves, self.system):
            page.grid.shown_changed.connect(self._on_changed)
        self._show_tabs()

    # -- runs

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Show these runs instead of the ones before."""
        for source in self._sources:
            source.changed.disconnect(self._on_changed)
        self._sources = list(sources)
        self._seen.clear()
        for source in self._sources:
            source.changed.connect(self._on_changed)
        for page in (self.curves, self.system, *self._rare()):
            page.set_sources(self._sources)
        self._look_again()
        self._scheduler.poke()

    def sources(self) -> list[RunSource]:
        """Return the runs that are shown."""
        return list(self._sources)

    def set_style(self, run_id: str, **style: Any) -> None:
        """Change `colour`, `hidden` or `pinned` of a run."""
        self.set_styles({run_id: style})

    def set_styles(self, styles: Mapping[str, Mapping[str, Any]]) -> None:
        """Change `colour`, `hidden` or `pinned` of runs."""
        for page in (self.curves, self.system):
            page.set_styles(styles)

    def set_settings(self, run_id: str, settings: Mapping[str, object]) -> None:
        """Say with which settings a run was made."""
        for source in self._sources:
            if source.run_id == run_id and source.settings != settings:
                source.settings = settings
                self._seen.pop(run_id, None)
                self._scheduler.poke()
        self.settings.refresh()
        self._show_tabs()

    # -- tabs

    def show_tab(self, key: str) -> None:
        """Show a tab."""
        if key in self._pages and self.tabs.isTabVisible(self.tabs.indexOf(self._pages[key])):
            self.tabs.setCurrentWidget(self._pages[key])

    @property
    def tab(self) -> str:
        """Return the key of the tab that is shown."""
        return next((key for key, page in self._pages.items() if page is self.tabs.currentWidget()), "curves")

    def add_tab(self, key: str, title: str, widget: QWidget) -> None:
        """Add a tab at the end; one for media is hidden while there are none."""
        self._add_page(key, title, widget)
        if isinstance(widget, MediaPage):
            self._added.append(widget)
            widget.set_sources(self._sources)
            self._show_tabs()

    def show_step(self, run_id: str, step: int) -> None:
        """Show where a step lies on the curves."""
        self.show_tab("curves")
        self.curves.show_step(run_id, step)

    # -- state

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart, as JSON-ready values."""
        return {"tab": self.tab, "curves": self.curves.save_state(), "system": self.system.save_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        for name, page in (("curves", self.curves), ("system", self.system)):
            found = state.get(name)
            if isinstance(found, dict):
                page.restore_state(found)
        self.show_tab(str(state.get("tab", "curves")))

    # -- what is new

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._look_again()
        self._scheduler.poke()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again when the window comes back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._scheduler.poke()

    def _add_page(self, key: str, title: str, page: QWidget) -> None:
        self._pages[key] = page
        self.tabs.addTab(page, title)

    def _visible(self) -> list[Drawable]:
        if not self.isVisible():
            return []
        self._look_again()
        page = self.tabs.currentWidget()
        if isinstance(page, CurvesPage):
            return list(page.visible_canvases())
        if page in self._rare() and self._stale:
            self._stale = False
            page.refresh()
        return []

    def _rare(self) -> tuple[RarePage, ...]:
        """Return the pages on which something is new only now and then."""
        own = (self.histograms, self.samples, self.confusion, self.activations, self.events, self.settings)
        return (*own, *self._added)

    def _look_again(self) -> None:
        """Take in new metrics, media and events: that is rarer than new points, and costs more."""
        metrics = media = events = False
        for source in self._sources:
            now = (source.metrics_revision, source.media_revision, source.events_revision)
            before = self._seen.get(source.run_id, (-1, -1, -1))
            self._seen[source.run_id] = now
            metrics, media, events = metrics or now[0] != before[0], media or now[1] != before[1], now[2] != before[2]
        for page in (self.curves, self.system):
            if metrics:
                page.refresh_metrics()
            if events:
                page.refresh_events()
        if metrics or media or events:
            self._stale = True
            self._show_tabs()

    def _show_tabs(self) -> None:
        for page in (self.system, *(page for page in self._rare() if not isinstance(page, EventsPage))):
            place = self.tabs.indexOf(page)
            if self.tabs.isTabVisible(place) != page.has_content():
                self.tabs.setTabVisible(place, page.has_content())

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self._scheduler.poke()

    @Slot(str, int)
    def _on_event(self, run_id: str, step: int) -> None:
        self.show_step(run_id, step)
        self.event_activated.emit(run_id, step)

    @Slot()
    def _on_tab(self) -> None:
        self._stale = True
        self._scheduler.poke()
        self.state_changed.emit()

    @Slot(str, dict)
    def _on_style(self, run_id: str, style: dict[str, Any]) -> None:
        for page in (self.curves, self.system):
            if page is not self.sender():
                page.set_styles({run_id: style})
        self.style_changed.emit(run_id, style)

    @Slot()
    def _on_drawn(self) -> None:
        for source in self._sources:
            last = source.newest_step()
            if last is not None:
                self.drawn.emit(source.run_id, last)
