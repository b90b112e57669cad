"""The curves of all runs of a view: controls above, runs on the left, panels. GUI thread only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSplitter, QStackedWidget, QToolButton, QWidget

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.canvas import CurveCanvas
from deepstudio.ui.runview.controls import CurveControls
from deepstudio.ui.runview.curve_panels import CurvePanels
from deepstudio.ui.runview.group_legend import GroupLegend
from deepstudio.ui.runview.grouping import differing
from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.runview.panel_layout import PanelLayout
from deepstudio.ui.runview.panels import SYSTEM, matching, panel_specs
from deepstudio.ui.runview.run_curves import RunCurves
from deepstudio.ui.runview.run_legend import RunLegend
from deepstudio.ui.runview.source import RunSource
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
        self._system = system
        self._filter = ""
        self.runs = RunCurves(theme, self)
        self.panels = CurvePanels(theme, self.runs, self)
        self.grid, self.tools, self.link = self.panels.grid, self.panels.tools, self.panels.link
        for name in ("state_changed", "message", "failed"):
            getattr(self.panels, name).connect(getattr(self, name))
        self.tools.changed.connect(self._on_layout)
        outer = column(self, margins=(0, 4, 0, 0), gap=8)
        outer.addLayout(self._build_head(theme))
        self.groups = GroupLegend()
        self.groups.toggled.connect(self._on_group_toggled)
        self.groups.hide()
        outer.addWidget(self.groups)
        self.legend = RunLegend(theme)
        self.legend.changed.connect(self._on_style)
        self.legend.highlighted.connect(self.panels.highlight)
        self.legend.filtered.connect(self._on_runs_filtered)
        self.legend.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self.legend)
        self._empty: QLabel = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QStackedWidget()
        self._body.addWidget(self.grid)
        self._body.addWidget(self._empty)
        self._splitter.addWidget(self._body)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([200, 900])
        outer.addWidget(self._splitter, 1)
        theme.changed.connect(self._on_theme)

    def _build_head(self, theme: Theme) -> QHBoxLayout:
        self.controls = CurveControls(theme)
        self.controls.changed.connect(self._on_looks)
        self.controls.filtered.connect(self._on_filter)
        fit = icon_button(theme, "fit", self.tr("Show all of every curve"))
        fit.clicked.connect(self.panels.fit_all)
        self._new = icon_button(theme, "plus", self.tr("A new panel, with metrics of your choice"))
        self._new.clicked.connect(self._on_new)
        self._back = icon_button(theme, "grid", self.tr("Bring removed panels back"))
        self._back.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._back)
        menu.aboutToShow.connect(lambda: self.tools.fill_back(menu))
        self._back.setMenu(menu)
        self._back.hide()
        head = row(gap=8)
        head.addWidget(self.controls, 1)
        for widget in (fit, self._new, self._back):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        return head

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
        self.panels.take(specs)
        self._offer_axes()
        self.panels.looks = self.controls.looks()
        self.controls.set_groups(differing(self.runs.sources), several=len(self.runs.sources) > 1)
        self.runs.group = self.controls.looks().group if len(self.runs.sources) > 1 else ""
        shown = matching(self.panels.specs, self._filter)
        self._recurve()
        self.grid.show_specs(shown)
        self._back.setVisible(self.tools.layout.is_changed)
        self._new.setVisible(bool(specs))
        self._body.setCurrentWidget(self.grid if shown else self._empty)
        if not specs:
            comes = any(source.live for source in self.runs.sources)
            self._empty.setText(self.tr("Curves appear with the first step.") if comes else self.tr("No curves yet."))
        elif self._filter:
            self._empty.setText(self.tr("No metric contains “{words}”.").format(words=self._filter))
        else:
            self._empty.setText(self.tr("All panels were removed. The button at the upper right brings them back."))

    def refresh_events(self) -> None:
        """Mark the events anew."""
        self.panels.mark_events()

    def has_content(self) -> bool:
        """Return whether there is any metric for this page."""
        return bool(self.panels.automatic)

    def visible_canvases(self) -> Iterable[CurveCanvas]:
        """Return the canvases that are on the screen."""
        return self.panels.visible_canvases()

    def set_styles(self, styles: Mapping[str, Mapping[str, Any]]) -> None:
        """Change colour, hidden or pinned of runs."""
        changed = False
        for run_id, style in styles.items():
            known = self.runs.style(run_id)
            changed = changed or any(known.get(name) != value for name, value in style.items())
            known.update(style)
        if changed:
            self._restyle()

    def show_step(self, run_id: str, step: int) -> None:
        """Bring a step into view in all panels, and put the crosshair on it."""
        self.panels.show_step(run_id, step)

    # -- state

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        self.panels.note_states()
        return {
            **self.controls.looks().state(),
            "layout": self.tools.layout.state(),
            "folded": sorted(self.grid.folded),
            "panels": self.panels.states,
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
        self.tools.layout, self.grid.folded, self.panels.states = layout, folded, panels
        self.controls.set_looks(looks)
        self.panels.looks = looks
        self.refresh_metrics()
        self.panels.look(looks)

    # -- parts

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

    def _all_metrics(self) -> list[str]:
        names: dict[str, None] = {}
        for source in self.runs.sources:
            names.update(dict.fromkeys(source.metrics()))
        return list(names)

    def _recurve(self) -> None:
        self.panels.recurve()
        self.groups.show_groups(self.runs.groups() if self.runs.group else (), self.runs.hidden_groups)

    # -- slots

    @Slot(object)
    def _on_looks(self, looks: Looks) -> None:
        before, group = self.panels.looks, looks.group if len(self.runs.sources) > 1 else ""
        self.panels.looks = looks
        if (before.axis, before.log_x, self.runs.group) != (looks.axis, looks.log_x, group):
            self.runs.group = group
            self.link.move(None)
            self._recurve()
        self.panels.look(looks)
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
        self.set_styles({run_id: style})
        self.style_changed.emit(run_id, style)

    @Slot()
    def _on_theme(self) -> None:
        self._restyle()
