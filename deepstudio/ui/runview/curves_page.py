"""The curves of all runs of a view: controls above, runs on the left, panels. GUI thread only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QToolButton, QWidget

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.plots.crosshair import CrosshairLink
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.ranges import Range, fit_x
from deepstudio.ui.runview.controls import CurveControls
from deepstudio.ui.runview.group_legend import GroupLegend
from deepstudio.ui.runview.grouping import differing
from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.runview.panel_grid import PanelGrid
from deepstudio.ui.runview.panel_layout import PanelLayout
from deepstudio.ui.runview.panel_tools import PanelTools
from deepstudio.ui.runview.panels import SYSTEM, PanelSpec, matching, panel_specs
from deepstudio.ui.runview.run_curves import RunCurves
from deepstudio.ui.runview.run_legend import RunLegend
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, icon_button, label, row


class CurvesPage(QWidget):
    """Panels of the metrics that `wanted` lets through, with shared axes and one crosshair."""

    state_changed = Signal()
    style_changed = Signal(str, dict)
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, system: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._system = system
        self.runs = RunCurves(theme, self)
        self._filter = ""
        self._panel_states: dict[str, dict[str, Any]] = {}
        self._automatic: list[PanelSpec] = []
        self._specs: list[PanelSpec] = []
        self._linking = False
        self._x_shown: Range | None = None
        self.link = CrosshairLink(self)
        outer = column(self, margins=(0, 4, 0, 0), gap=8)
        self.controls = CurveControls(theme)
        self.controls.changed.connect(self._on_looks)
        self.controls.filtered.connect(self._on_filter)
        fit = icon_button(theme, "fit", self.tr("Show all of every curve"))
        fit.clicked.connect(self.fit_all)
        self._new = icon_button(theme, "plus", self.tr("A new panel, with metrics of your choice"))
        self._new.clicked.connect(self._on_new)
        self._back = icon_button(theme, "grid", self.tr("Bring removed panels back"))
        self._back.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._back.setMenu(QMenu(self._back))
        self._back.hide()
        head = row(gap=8)
        head.addWidget(self.controls, 1)
        for widget in (fit, self._new, self._back):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        self.groups = GroupLegend()
        self.groups.toggled.connect(self._on_group_toggled)
        self.groups.hide()
        outer.addWidget(self.groups)
        self.grid: PanelGrid[CurvePanel] = PanelGrid(theme, self._make_panel)
        self.grid.group_title = self._group_title
        self.grid.folded_changed.connect(self.state_changed)
        self.tools = PanelTools(self.grid, lambda: self._automatic, self._metric_names, self)
        self.tools.changed.connect(self._on_layout)
        self._back.menu().aboutToShow.connect(lambda: self.tools.fill_back(self._back.menu()))
        self.legend = RunLegend(theme)
        self.legend.changed.connect(self._on_style)
        self.legend.highlighted.connect(self._highlight)
        self.legend.filtered.connect(self._on_runs_filtered)
        self.legend.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self.legend)
        self._splitter.addWidget(self.grid)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([200, 900])
        outer.addWidget(self._splitter, 1)
        self._empty: QLabel = label(self.tr("Curves appear with the first step."), "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self._empty)
        theme.changed.connect(self._on_theme)

    # -- what is shown

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Show these runs."""
        self.runs.set_sources(sources)
        self.legend.show_runs(sources)
        self.legend.setVisible(len(sources) > 1)
        self.refresh_metrics()
        self._restyle()

    def refresh_metrics(self) -> None:
        """Look again which metrics there are."""
        specs = [spec for spec in panel_specs(self._all_metrics()) if (spec.group == SYSTEM) == self._system]
        self._automatic = specs
        self._specs = self.tools.layout.apply(specs, self._metric_names())
        self._offer_axes()
        self.controls.set_groups(differing(self.runs.sources), several=len(self.runs.sources) > 1)
        self.runs.group = self.controls.looks().group if len(self.runs.sources) > 1 else ""
        shown = matching(self._specs, self._filter)
        self._recurve()
        self.grid.show_specs(shown)
        self._back.setVisible(self.tools.layout.is_changed)
        self._new.setVisible(bool(specs))
        self._empty.setVisible(not shown)
        self._splitter.setVisible(bool(shown) or len(self.runs.sources) > 1)
        if not specs:
            self._empty.setText(self.tr("Curves appear with the first step."))
        elif self._filter:
            self._empty.setText(self.tr("No metric contains “{words}”.").format(words=self._filter))
        else:
            self._empty.setText(self.tr("All panels were removed. The button at the upper right brings them back."))

    def refresh_events(self) -> None:
        """Mark the events anew."""
        for panel in self.grid.panels().values():
            panel.set_events(self.runs.events(panel.figure.axis))

    def has_content(self) -> bool:
        """Return whether there is any metric for this page."""
        return bool(self._automatic)

    def visible_canvases(self) -> Iterable[CurveCanvas]:
        """Return the canvases that are on the screen."""
        self._x_shown = None
        return [panel.canvas for panel in self.grid.visible_panels()]

    def _x_hint(self) -> Range | None:
        """Return the x range of all panels on the screen; asked once for each round of drawing."""
        if self._x_shown is None:
            curves = [curve for panel in self.grid.visible_panels() for curve in panel.figure.shown()]
            self._x_shown = fit_x(curves, log=self.controls.looks().log_x) if curves else None
        return self._x_shown

    def set_style(self, run_id: str, **style: Any) -> None:
        """Change colour, hidden or pinned of a run."""
        self.runs.style(run_id).update(style)
        self._restyle()

    def show_step(self, run_id: str, step: int) -> None:
        """Bring a step into view in all panels, and put the crosshair on it."""
        source = self.runs.source(run_id)
        if source is None:
            return
        x = self.runs.x_of(source, self.controls.looks().axis, step)
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

    # -- state

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        for key, panel in self.grid.panels().items():
            self._note_panel(key, panel)
        return {
            **self.controls.looks().state(),
            "layout": self.tools.layout.state(),
            "folded": sorted(self.grid.folded),
            "panels": self._panel_states,
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned; what makes no sense is ignored."""
        try:
            looks = Looks.from_state(state)
            layout = PanelLayout.from_state(state.get("layout", {}))
            folded = {str(group) for group in state["folded"]}
            panels = {str(key): dict(value) for key, value in state["panels"].items()}
        except (KeyError, TypeError, ValueError, AttributeError):
            return
        self.tools.layout, self.grid.folded, self._panel_states = layout, folded, panels
        self.controls.set_looks(looks)
        self.grid.set_panel_size(looks.size)
        self.refresh_metrics()
        for key, panel in self.grid.panels().items():
            self._look(key, panel)

    # -- panels

    def _make_panel(self, spec: PanelSpec) -> CurvePanel:
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
        panel.settings_changed.connect(self._on_panel_settings)
        self._look(spec.key, panel)
        other = next(iter(self.grid.panels().values()), None)
        if other is not None:
            panel.figure.x_range = other.figure.x_range
        return panel

    def _look(self, key: str, panel: CurvePanel) -> None:
        looks, state = self.controls.looks(), self._panel_states.get(key, {})
        panel.set_axis(looks.axis, log_x=looks.log_x)
        panel.set_smoothing(looks.smoothing)
        panel.set_robust(bool(state.get("robust", False)) or looks.robust)
        panel.set_log_y(bool(state.get("log_y", False)))
        panel.figure.live = self.runs.live
        panel.set_events(self.runs.events(looks.axis))

    def _offer_axes(self) -> None:
        axes = [axis for axis in XAxis if any(source.axis_map(axis) is not None for source in self.runs.sources)]
        self.controls.set_axes(axes or [XAxis.STEP])

    def _restyle(self) -> None:
        for source in self.runs.sources:
            style = self.runs.style(source.run_id)
            colour = self.runs.colour_of(source.run_id)
            shown = self.legend.row(source.run_id)
            shown.show_style(colour, hidden=bool(style["hidden"]), pinned=bool(style["pinned"]))
        self._recurve()

    def _recurve(self) -> None:
        """Make the curves of all panels anew."""
        specs = {spec.key: spec for spec in self._specs}
        for key, panel in self.grid.panels().items():
            if key in specs:
                self._fill(panel, specs[key])
        self.groups.show_groups(self.runs.groups() if self.runs.group else (), self.runs.hidden_groups)

    def _fill(self, panel: CurvePanel, spec: PanelSpec) -> None:
        panel.set_title(translate_sentence(spec.title, "plots"))
        panel.setToolTip(", ".join(spec.metrics))
        panel.set_curves(self.runs.curves(spec, self.controls.looks().axis))
        panel.figure.live = self.runs.live

    def _all_metrics(self) -> list[str]:
        names: dict[str, None] = {}
        for source in self.runs.sources:
            names.update(dict.fromkeys(source.metrics()))
        return list(names)

    def _metric_names(self) -> list[str]:
        """Return the metrics that panels of this page may show."""
        return [name for spec in self._automatic for name in spec.metrics]

    def _group_title(self, group: str) -> str:
        if not group:
            return self.tr("Training")
        return self.tr("This computer") if group == SYSTEM else group

    # -- slots

    @Slot(object)
    def _on_looks(self, looks: Looks) -> None:
        axis_changed = any(
            (panel.figure.axis, panel.figure.log_x) != (looks.axis, looks.log_x)
            for panel in self.grid.panels().values()
        )
        self.grid.set_panel_size(looks.size)
        group = looks.group if len(self.runs.sources) > 1 else ""
        if axis_changed or group != self.runs.group:
            self.runs.group = group
            self.link.move(None)
            self._recurve()
        for key, panel in self.grid.panels().items():
            self._look(key, panel)
        self.state_changed.emit()

    @Slot()
    def _on_layout(self) -> None:
        self.refresh_metrics()
        self.state_changed.emit()

    @Slot()
    def _on_new(self) -> None:
        self.tools.add_panel(self._new.mapToGlobal(QPoint(0, self._new.height() + 2)))

    @Slot(str, bool)
    def _on_group_toggled(self, words: str, shown: bool) -> None:
        self.runs.hidden_groups ^= {words} if shown == (words in self.runs.hidden_groups) else set()
        self._recurve()

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self._filter = text
        self.refresh_metrics()

    @Slot(object)
    def _on_runs_filtered(self, expression: re.Pattern[str] | None) -> None:
        self.runs.expression = expression
        self.legend.show_matches({source.run_id for source in self.runs.sources if self.runs.matches(source)})
        self._recurve()

    @Slot(str, dict)
    def _on_style(self, run_id: str, style: dict[str, Any]) -> None:
        self.set_style(run_id, **style)
        self.style_changed.emit(run_id, style)

    @Slot(str)
    def _highlight(self, run_id: str) -> None:
        for panel in self.grid.panels().values():
            panel.figure.highlighted = run_id
            panel.canvas.refresh()

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
    def _on_panel_settings(self) -> None:
        panel = self.sender()
        assert isinstance(panel, CurvePanel)
        self._note_panel(panel.property("key"), panel)
        self.state_changed.emit()

    def _note_panel(self, key: str, panel: CurvePanel) -> None:
        robust = panel.figure.robust and not self.controls.looks().robust
        self._panel_states[key] = {"log_y": panel.figure.log_y, "robust": robust}

    @Slot()
    def _on_theme(self) -> None:
        self._restyle()
