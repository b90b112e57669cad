"""How runs become curves: which series of which run, in which colour, with which events. GUI thread only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from deepstudio.core.training_messages import EventKind, Level
from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.curve import Curve
from deepstudio.ui.plots.paint_frame import EventMark
from deepstudio.ui.plots.style import series_colour
from deepstudio.ui.runview.panels import PanelSpec, split_name
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.text import translate_sentence
from deepstudio.ui.theme import Theme

_ROLES = {Level.INFO: "text_muted", Level.WARNING: "warning", Level.ERROR: "danger"}
_UNMARKED = (EventKind.STARTED, EventKind.NOTICE, EventKind.STORE, EventKind.SNAPSHOT)
_MOST_MARKS = 400


class RunCurves(QObject):
    """The runs of a page, how each is drawn, and the expression that chooses among them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sources: list[RunSource] = []
        self.expression: re.Pattern[str] | None = None
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
        """Return the curves of a panel."""
        curves = []
        alone = len(self.sources) == 1
        for source in self.sources:
            style = self.style(source.run_id)
            for place, metric in enumerate(spec.metrics):
                series, mapped = source.series(metric), source.axis_map(axis)
                if series is None or mapped is None:
                    continue
                split = translate_sentence(split_name(metric)[1], "plots") if len(spec.metrics) > 1 else ""
                curve = Curve(
                    key=source.run_id,
                    label=self._label(source, split, metric, alone=alone),
                    series=series,
                    colour=series_colour(self._theme.roles, place) if alone else self.colour_of(source.run_id),
                    axis=mapped,
                    hidden=bool(style["hidden"]) or not self.matches(source),
                    pinned=bool(style["pinned"]),
                )
                curves.append(curve)
        return curves

    def _label(self, source: RunSource, split: str, metric: str, *, alone: bool) -> str:
        if alone:
            return split or (self.tr("training") if split_name(metric)[0] != metric else metric)
        return f"{source.name} · {split}" if split else source.name

    def events(self, axis: XAxis) -> list[EventMark]:
        """Return the marks of what happened to the runs that are not hidden."""
        marks = []
        for source in self.sources:
            if self.style(source.run_id)["hidden"] or source.axis_map(axis) is None:
                continue
            for event in source.events():
                if event.kind in _UNMARKED:
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
