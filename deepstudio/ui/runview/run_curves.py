"""How runs become curves: which series of which run, in which colour, with which events. GUI thread only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from deepstudio.core.training_messages import EventKind, Level
from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.curve import Curve
from deepstudio.ui.plots.group_curve import GroupCurve
from deepstudio.ui.plots.paint_frame import EventMark
from deepstudio.ui.plots.style import mix, series_colour
from deepstudio.ui.runview.grouping import grouped
from deepstudio.ui.runview.panels import PanelSpec, split_name
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme

_ROLES = {Level.INFO: "text_muted", Level.WARNING: "warning", Level.ERROR: "danger"}
_UNMARKED = (EventKind.STARTED, EventKind.NOTICE, EventKind.STORE, EventKind.SNAPSHOT)
_MOST_MARKS = 400


@dataclass(frozen=True, slots=True)
class RunGroup:
    """Runs that are shown as one curve, and what they have in common in words ("" for all runs)."""

    words: str
    colour: str
    sources: list[RunSource]


class RunCurves(QObject):
    """The runs of a page, how each is drawn, and the expression that chooses among them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sources: list[RunSource] = []
        self.expression: re.Pattern[str] | None = None
        self.group = ""
        """What runs are grouped by (see `grouping`), "" for not at all."""
        self.hidden_groups: set[str] = set()
        self._styles: dict[str, dict[str, Any]] = {}

    def set_sources(self, sources: Sequence[RunSource]) -> None:
        """Take these runs; those that were there keep their style."""
        self.sources = list(sources)
        for source in sources:
            self.style(source.run_id)

    def style(self, run_id: str) -> dict[str, Any]:
        """Return `hidden`, `pinned` and `colour` of a run, to read and to change."""
        return self._styles.setdefault(run_id, {"hidden": False, "pinned": False, "colour": None})

    def source(self, run_id: str) -> RunSource | None:
        """Return the run of that id, None if it is not here."""
        return next((source for source in self.sources if source.run_id == run_id), None)

    @property
    def live(self) -> bool:
        """Return whether any run goes on."""
        return any(source.live for source in self.sources)

    def colour_of(self, run_id: str) -> str:
        """Return the colour in which a run is drawn."""
        place = next((place for place, source in enumerate(self.sources) if source.run_id == run_id), 0)
        chosen = self.style(run_id)["colour"]
        own = self.sources[place].colour if self.sources else None
        return chosen or own or series_colour(self._theme.roles, place)

    def curves(self, spec: PanelSpec, axis: XAxis) -> list[Curve]:
        """Return the curves of a panel: one for each metric of each run, or of each group of runs."""
        if not self.group:
            return [curve for source in self.sources for curve in self._of_run(spec, axis, source)]
        curves = []
        for group in self.groups():
            members = [self._of_run(spec, axis, source) for source in group.sources]
            for place, metric in enumerate(spec.metrics):
                of_metric = tuple(
                    curve for found in members for curve in found if not curve.hidden and curve.metric == metric
                )
                if of_metric:
                    curves.append(self._of_group(spec, group, place, of_metric))
        pinned = [source for source in self.sources if self.style(source.run_id)["pinned"]]
        return curves + [curve for source in pinned for curve in self._of_run(spec, axis, source)]

    def groups(self) -> list[RunGroup]:
        """Return the groups of the runs that are not hidden, with their colours."""
        shown = [source for source in self.sources if not self.style(source.run_id)["hidden"] and self.matches(source)]
        return [
            RunGroup(words, series_colour(self._theme.roles, place), sources)
            for place, (words, sources) in enumerate(grouped(shown, self.group).items())
        ]

    def _of_run(self, spec: PanelSpec, axis: XAxis, source: RunSource) -> list[Curve]:
        curves = []
        alone = len(self.sources) == 1
        style = self.style(source.run_id)
        for place, metric in enumerate(spec.metrics):
            series, mapped = source.series(metric), source.axis_map(axis)
            if series is None or mapped is None:
                continue
            own = (
                series_colour(self._theme.roles, place) if alone else self._shade(self.colour_of(source.run_id), place)
            )
            curve = Curve(
                key=source.run_id,
                label=self._label(source, spec, metric, alone=alone),
                series=series,
                colour=own,
                axis=mapped,
                hidden=bool(style["hidden"]) or not self.matches(source),
                pinned=bool(style["pinned"]),
                metric=metric,
            )
            curves.append(curve)
        return curves

    def _of_group(self, spec: PanelSpec, group: RunGroup, place: int, members: tuple[Curve, ...]) -> GroupCurve:
        what = self._what(spec, spec.metrics[place])
        words = group.words or self.tr("All runs")
        label = f"{words} · {what}" if what else words
        first = members[0]
        return GroupCurve(
            key=f"group {group.words}",
            label=f"{label}  ({len(members)})",
            series=first.series,
            colour=self._shade(group.colour, place),
            axis=first.axis,
            hidden=group.words in self.hidden_groups,
            metric=first.metric,
            members=members,
        )

    def _shade(self, colour: str, place: int) -> str:
        """Return the colour of a run's further metrics in one panel: paler ones."""
        if not place:
            return colour
        return mix(QColor(colour), self._theme.color("surface"), max(0.3, 0.6 - 0.15 * (place - 1))).name()

    def _what(self, spec: PanelSpec, metric: str) -> str:
        """Return what tells a metric from the others of its panel, "" if it is alone."""
        if len(spec.metrics) == 1:
            return ""
        if len({split_name(name)[0] for name in spec.metrics}) > 1:
            return metric
        return translate_sentence(split_name(metric)[1], "plots")

    def _label(self, source: RunSource, spec: PanelSpec, metric: str, *, alone: bool) -> str:
        what = self._what(spec, metric)
        if alone:
            return what or (self.tr("training") if split_name(metric)[0] != metric else metric)
        return f"{source.name} · {what}" if what else source.name

    def events(self, axis: XAxis) -> list[EventMark]:
        """Return the marks of what happened to the runs that are not hidden."""
        marks = []
        for source in self.sources:
            if self.style(source.run_id)["hidden"] or source.axis_map(axis) is None:
                continue
            for event in source.events():
                warns = event.kind is EventKind.NOTICE and event.level is not Level.INFO and event.step > 0
                if event.kind in _UNMARKED and not warns:
                    continue
                words = translate_sentence(event.sentence, "events", **dict(event.values))
                text = words if len(self.sources) == 1 else f"{source.name}: {words}"
                x = self.x_of(source, axis, event.step, event.wall)
                marks.append(EventMark(x, text, _ROLES.get(event.level, "text_muted")))
        return marks[-_MOST_MARKS:]

    def x_of(self, source: RunSource, axis: XAxis, step: int, wall: float | None = None) -> float:
        """Return where a step of a run lies on an axis."""
        mapped = source.axis_map(axis)
        if mapped is None:
            return float(step)
        if mapped.key == "step":
            return float(mapped.from_key(np.array([float(step)]))[0])
        if wall is None:
            series = next((found for name in source.metrics() if (found := source.series(name)) is not None), None)
            place = series.nearest(step) if series is not None else None
            wall = series.timeline.walls.at(place) if series is not None and place is not None else 0.0
        return float(mapped.from_key(np.array([wall]))[0])

    def matches(self, source: RunSource) -> bool:
        """Return whether the expression lets a run through."""
        return self.expression is None or self.expression.search(source.name) is not None
