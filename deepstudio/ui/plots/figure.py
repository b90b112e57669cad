"""All that one plot shows, apart from any widget: the same figure is painted on the screen and into files.

GUI thread only (it asks fonts for widths).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots import ranges
from deepstudio.ui.plots.curve import Curve, Reading, Sampled, Smoothing
from deepstudio.ui.plots.paint_frame import EventMark, LegendEntry, draw_events, placed
from deepstudio.ui.plots.paint_lines import (
    clip_rect,
    draw_bad_lines,
    draw_bad_marks,
    draw_band,
    draw_outside,
    draw_raw,
    draw_smooth,
    outside,
)
from deepstudio.ui.plots.ranges import Range
from deepstudio.ui.plots.style import PlotStyle
from deepstudio.ui.plots.viewport import Viewport

_MOST_COLUMNS = 8000
_FAINT = 0.35


class Figure:
    """Curves, events and how they are looked at. `x_range` and `y_range` are None where the plot fits itself."""

    def __init__(self) -> None:
        self.curves: list[Curve] = []
        self.events: list[EventMark] = []
        self.axis = XAxis.STEP
        self.log_x = False
        self.log_y = False
        self.robust = False
        self.live = False
        """Whether points go on coming."""
        self.smoothing = Smoothing()
        self.x_range: Range | None = None
        self.y_range: Range | None = None
        self.follows = False
        """Whether a zoomed view that reaches the newest point moves on with it."""
        self.x_hint: Callable[[], Range | None] = lambda: None
        """Asked for what panels beside this one show: fitting takes it, so that all of them have the same x axis."""
        self.highlighted = ""
        """Key of the curve that outshines the others."""
        self.view = Viewport(0, 1, 0, 1)
        self.samples: list[tuple[Curve, Sampled]] = []
        self._fitted_x: Range | None = None
        self._fitted_y: Range | None = None

    def shown(self) -> list[Curve]:
        """Return the curves that are drawn, those to be on top last."""
        shown = [curve for curve in self.curves if not curve.hidden and curve.count]
        return sorted(shown, key=lambda curve: (curve.pinned, curve.key == self.highlighted))

    def revision(self) -> tuple[int, ...]:
        """Return numbers that change whenever the curves do."""
        return tuple(curve.revision for curve in self.curves if not curve.hidden)

    def forget_fit(self) -> None:
        """Fit anew at the next painting, whatever fitted before."""
        self._fitted_x = self._fitted_y = None

    def arrange(
        self, area: QRectF, style: PlotStyle, *, ratio: float, x_name: bool = False, y_name: bool = False
    ) -> Viewport:
        """Look at the curves for a plot in `area`, whose pixels are `ratio` device pixels wide; return the view."""
        curves = self.shown()
        x0, x1 = self._arranged_x(curves)
        width = self.view.width if self.view.width > 10 else area.width()
        for _ in range(3):
            around = replace(self.view, x0=x0, x1=x1, log_x=self.log_x, log_y=self.log_y, width=width)
            columns = int(min(_MOST_COLUMNS, max(2, round(width * ratio))))
            self.samples = [(curve, curve.sampled(around, columns, self.smoothing)) for curve in curves]
            y0, y1 = self._arranged_y((x0, x1))
            self.view = placed(replace(around, y0=y0, y1=y1), area, style, x_name=x_name, y_name=y_name)
            if round(self.view.width * ratio) == columns:
                break
            width = self.view.width
        return self.view

    def caught_up(self) -> bool:
        """Return whether all smoothed lines are complete: a long one takes several paintings."""
        return all(sampled.caught_up for _, sampled in self.samples)

    def paint_curves(self, painter: QPainter, style: PlotStyle, *, ratio: float) -> None:
        """Paint what `arrange` looked at."""
        view = self.view
        painter.save()
        painter.setClipRect(clip_rect(view))
        for _, sampled in self.samples:
            draw_bad_lines(painter, sampled, view, style)
        for curve, sampled in self.samples:
            draw_band(painter, sampled, view, curve.colour, style, self.strength(curve))
        for draw in (draw_raw, draw_smooth):
            for curve, sampled in self.samples:
                draw(painter, sampled, view, curve.colour, style, self.strength(curve), ratio)
        draw_events(painter, self.events, view, style)
        for _, sampled in self.samples:
            draw_bad_marks(painter, sampled, view, style)
        above = [outside(sampled, view) for _, sampled in self.samples]
        if above:
            over, under = (np.concatenate(part) for part in zip(*above, strict=True))
            draw_outside(painter, over, under, view, style.color("warning"))
        painter.restore()

    def read(self, x: float) -> list[Reading]:
        """Return what the shown curves say nearest to `x`."""
        found = (curve.read(x, self.smoothing) for curve in self.shown())
        return [reading for reading in found if reading is not None]

    def legend(self, words: Callable[[Curve], str] = lambda _: "") -> list[LegendEntry]:
        """Return the legend of what is shown, with the values that `words` says."""
        return [LegendEntry(curve.label, curve.colour, words(curve)) for curve in reversed(self.shown())]

    def hidden_points(self) -> int:
        """Return how many pixel columns (or points) hold values that a logarithmic axis cannot show."""
        if not self.log_y:
            return 0
        lows = [sampled.low if sampled.low is not None else sampled.line for _, sampled in self.samples]
        return sum(int((low <= 0).sum()) for low in lows)

    def strength(self, curve: Curve) -> float:
        """Return how strongly a curve is drawn: pale while another one is highlighted."""
        return _FAINT if self.highlighted and curve.key != self.highlighted else 1.0

    def _arranged_x(self, curves: Sequence[Curve]) -> Range:
        wanted = ranges.fit_x(curves, log=self.log_x)
        hint = self.x_hint()
        if hint is not None and (not self.log_x or hint[0] > 0):
            wanted = hint
        if self.x_range is not None and (not self.log_x or self.x_range[0] > 0):
            if self.follows and self.live and not self.log_x:
                self.x_range = ranges.followed(self.x_range, wanted[1])
            return self.x_range
        room = ranges.headroom(max((curve.seconds for curve in curves), default=0.0)) if self.live else 0.0
        fitted = ranges.steady_x(wanted, self._fitted_x, live=self.live, room=room)
        self._fitted_x = fitted
        return fitted

    def _arranged_y(self, inside: Range) -> Range:
        if self.y_range is not None and (not self.log_y or self.y_range[0] > 0):
            return self.y_range
        samples = [sampled for _, sampled in self.samples]
        wanted = ranges.fit_y(samples, log=self.log_y, robust=self.robust, inside=inside)
        before = self._fitted_y if self.live and self._fitted_y and (not self.log_y or self._fitted_y[0] > 0) else None
        self._fitted_y = ranges.steady_y(wanted, before, log=self.log_y)
        return self._fitted_y
