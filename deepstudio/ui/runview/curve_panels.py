"""The panels of a page: made, filled with curves, looked at alike, zoomed together. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.plots.crosshair import CrosshairLink
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.ranges import Range, fit_x
from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.runview.panel_grid import PanelGrid
from deepstudio.ui.runview.panel_tools import PanelTools
from deepstudio.ui.runview.panels import SYSTEM, PanelSpec
from deepstudio.ui.runview.run_curves import RunCurves
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme


class CurvePanels(QObject):
    """Keeps the panels in the `grid` in step with the `specs`, the `runs` and the `looks`."""

    state_changed = Signal()
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, runs: RunCurves, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.runs = runs
        self.looks = Looks()
        self.automatic: list[PanelSpec] = []
        """The panels as they come about by themselves; `specs` are those that are wished."""
        self.specs: list[PanelSpec] = []
        self.states: dict[str, dict[str, Any]] = {}
        """What was switched in single panels, by key."""
        self.link = CrosshairLink(self)
        self.grid: PanelGrid[CurvePanel] = PanelGrid(theme, self._make)
        self.grid.group_title = self._group_title
        self.grid.folded_changed.connect(self.state_changed)
        self.tools = PanelTools(self.grid, lambda: self.automatic, self.metric_names, self)
        self._linking = False
        self._x_shown: Range | None = None

    def metric_names(self) -> list[str]:
        """Return the metrics that panels may show."""
        return [name for spec in self.automatic for name in spec.metrics]

    def take(self, automatic: Sequence[PanelSpec]) -> None:
        """Take the panels that come about by themselves, and make of them what is wished."""
        self.automatic = list(automatic)
        self.specs = self.tools.layout.apply(self.automatic, self.metric_names())

    def recurve(self) -> None:
        """Make the curves of all panels anew."""
        specs = {spec.key: spec for spec in self.specs}
        for key, panel in self.grid.panels().items():
            if key in specs:
                self._fill(panel, specs[key])

    def look(self, looks: Looks) -> None:
        """Look at all panels so."""
        self.looks = looks
        self.grid.set_panel_size(looks.size)
        for key, panel in self.grid.panels().items():
            self._look(key, panel)

    def mark_events(self) -> None:
        """Mark the events anew."""
        for panel in self.grid.panels().values():
            panel.set_events(self.runs.events(panel.figure.axis))

    def note_states(self) -> None:
        """Take down in `states` what was switched in the panels that exist."""
        for key, panel in self.grid.panels().items():
            self._note(key, panel)

    def visible_canvases(self) -> Iterable[CurveCanvas]:
        """Return the canvases that are on the screen."""
        self._x_shown = None
        return [panel.canvas for panel in self.grid.visible_panels()]

    def show_step(self, run_id: str, step: int) -> None:
        """Bring a step into view in all panels, and put the crosshair on it."""
        source = self.runs.source(run_id)
        if source is None:
            return
        x = self.runs.x_of(source, self.looks.axis, step)
        for panel in self.grid.panels().values():
            shown = panel.figure.x_range
            if shown is not None and not shown[0] <= x <= shown[1]:
                half = (shown[1] - shown[0]) / 2
                panel.figure.x_range = (x - half, x + half)
                panel.canvas.refresh()
        self.link.move(x)

    @Slot()
    def fit_all(self) -> None:
        """Show all of every curve."""
        for panel in self.grid.panels().values():
            panel.figure.y_range = None
            panel.canvas.fit()

    @Slot(str)
    def highlight(self, run_id: str) -> None:
        """Let the curves of a run outshine the others, "" for none."""
        for panel in self.grid.panels().values():
            panel.figure.highlighted = run_id
            panel.canvas.refresh()

    def _make(self, spec: PanelSpec) -> CurvePanel:
        panel = CurvePanel(self._theme, translate_sentence(spec.title, "plots"), embedded=True)
        panel.setProperty("key", spec.key)
        self.tools.attach(panel, spec.key)
        self._fill(panel, spec)
        panel.figure.x_hint = self._x_hint
        panel.canvas.link(self.link)
        panel.canvas.ranges_changed.connect(self._on_ranges)
        panel.message.connect(self.message)
        panel.failed.connect(self.failed)
        panel.close_asked.connect(self._on_close)
        panel.enlarge_asked.connect(self._on_enlarge)
        panel.settings_changed.connect(self._on_settings)
        self._look(spec.key, panel)
        other = next(iter(self.grid.panels().values()), None)
        if other is not None:
            panel.figure.x_range = other.figure.x_range
        return panel

    def _fill(self, panel: CurvePanel, spec: PanelSpec) -> None:
        panel.set_title(translate_sentence(spec.title, "plots"))
        panel.setToolTip(", ".join(spec.metrics))
        panel.set_curves(self.runs.curves(spec, self.looks.axis))
        panel.figure.live = self.runs.live

    def _look(self, key: str, panel: CurvePanel) -> None:
        looks, state = self.looks, self.states.get(key, {})
        panel.set_axis(looks.axis, log_x=looks.log_x)
        panel.set_smoothing(looks.smoothing)
        panel.set_robust(bool(state.get("robust", False)) or looks.robust)
        panel.set_log_y(bool(state.get("log_y", False)))
        panel.figure.live = self.runs.live
        panel.set_events(self.runs.events(looks.axis))

    def _note(self, key: str, panel: CurvePanel) -> None:
        robust = panel.figure.robust and not self.looks.robust
        self.states[key] = {"log_y": panel.figure.log_y, "robust": robust}

    def _x_hint(self) -> Range | None:
        """Return the x range of all panels on the screen; asked once for each round of drawing."""
        if self._x_shown is None:
            curves = [curve for panel in self.grid.visible_panels() for curve in panel.figure.shown()]
            self._x_shown = fit_x(curves, log=self.looks.log_x) if curves else None
        return self._x_shown

    def _group_title(self, group: str) -> str:
        if not group:
            return self.tr("Training")
        return self.tr("This computer") if group == SYSTEM else group

    @Slot()
    def _on_ranges(self) -> None:
        """What is zoomed in one panel is zoomed in all: they count the same."""
        canvas = self.sender()
        if self._linking or not isinstance(canvas, CurveCanvas):
            return
        self._linking = True
        for panel in self.grid.panels().values():
            if panel.canvas is not canvas and panel.figure.x_range != canvas.figure.x_range:
                panel.figure.x_range = canvas.figure.x_range
                panel.figure.follows = canvas.figure.follows
                panel.canvas.refresh()
        self._linking = False

    @Slot()
    def _on_close(self) -> None:
        self.tools.remove(self.sender().property("key"))

    @Slot()
    def _on_enlarge(self) -> None:
        self.grid.enlarge(self.sender().property("key"))

    @Slot()
    def _on_settings(self) -> None:
        panel = self.sender()
        assert isinstance(panel, CurvePanel)
        self._note(panel.property("key"), panel)
        self.state_changed.emit()
