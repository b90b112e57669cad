"""How the values of a tensor are spread, over the steps of a run: as heat, or as ridges. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from deepstudio.core.training_messages import Media
from deepstudio.ui.plots.export_button import ExportButton
from deepstudio.ui.plots.histogram_grid import HistogramGrid, make_grid
from deepstudio.ui.plots.paint_histogram import (
    draw_heat_frame,
    draw_ridges,
    heat_image,
    heat_levels,
    heat_view,
    ridges_view,
)
from deepstudio.ui.plots.plot_view import PlotView, pyqtgraph
from deepstudio.ui.plots.style import PlotStyle, colour_table, style_of
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.plots.viewport import Viewport
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import column, label, row


class HistogramCanvas(PlotView):
    """Heat: steps to the right, values up, darker where more values are. Ridges: the newest in front."""

    pointed = Signal(str)
    """What lies under the mouse, in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self._grid: HistogramGrid | None = None
        self._view = Viewport(0, 1, 0, 1)
        self._ridges = False
        self._heat = pyqtgraph.ImageItem()
        self.plot_box.setZValue(-1)  # the grid lies over it
        self.plot_box.addItem(self._heat)
        self.setMinimumSize(160, 100)
        theme.changed.connect(self._on_theme)

    @property
    def grid(self) -> HistogramGrid | None:
        """Return what is shown."""
        return self._grid

    @property
    def ridges(self) -> bool:
        """Return whether ridges are shown instead of heat."""
        return self._ridges

    def set_ridges(self, ridges: bool) -> None:
        """Show ridges instead of heat."""
        self._ridges = ridges
        self._arrange()

    def show_grid(self, grid: HistogramGrid | None) -> None:
        """Show histograms."""
        self._grid = grid
        self._colour()

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the frame over the heat, or ridges."""
        if self._grid is not None and self._ridges:
            draw_ridges(painter, self._view, self._grid, self._style)
        elif self._grid is not None:
            draw_heat_frame(painter, self._view, QRectF(self.rect()), self._grid, self._style)

    def print_on(self, painter: QPainter, area: QRectF, style: PlotStyle) -> None:
        """Paint what is shown anywhere else."""
        grid = self._grid
        if grid is None:
            return
        if self._ridges:
            draw_ridges(painter, ridges_view(grid, area, style), grid, style)
            return
        view = heat_view(grid, area, style)
        painter.drawImage(QRectF(view.left, view.top, view.width, view.height), heat_image(grid, style))
        draw_heat_frame(painter, view, area, grid, style)

    def table(self) -> Iterator[Sequence[object]]:
        """Yield the rows of a table of what is shown: step, a range of values, the share of the values in it."""
        yield "step", "low", "high", "share"
        grid = self._grid
        if grid is None:
            return
        edges = np.linspace(grid.low, grid.high, grid.density.shape[1] + 1).tolist()
        for step, shares in zip(grid.steps.tolist(), grid.density.tolist(), strict=True):
            for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True):
                yield step, repr(low), repr(high), repr(share)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the mouse."""
        grid = self._grid
        if grid is None:
            return
        value = self._view.x_at(event.position().x()) if self._ridges else self._view.y_at(event.position().y())
        step = grid.steps[-1] if self._ridges else self._view.x_at(event.position().x())
        place = int(np.abs(grid.steps - step).argmin())
        bins = grid.density.shape[1]
        bin_at = int(np.clip((value - grid.low) / (grid.high - grid.low) * bins, 0, bins - 1))
        width = (grid.high - grid.low) / bins
        self.pointed.emit(
            self.tr("step {step}: {share} % between {low} and {high}").format(
                step=f"{int(grid.steps[place]):,}",
                share=f"{100 * grid.density[place, bin_at]:.2f}",
                low=number(grid.low + bin_at * width),
                high=number(grid.low + (bin_at + 1) * width),
            )
        )

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing any more."""
        self.pointed.emit("")

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        if event is not None:
            self._arrange()

    def _colour(self) -> None:
        """Give the heat its values and colours."""
        grid = self._grid
        if grid is not None:
            levels_BC, table = (
                heat_levels(grid),
                colour_table(self._style.color("surface"), self._style.color("accent")),
            )
            self._heat.setImage(levels_BC, autoLevels=False, levels=(0, 255), lut=table)
        self._arrange()

    def _arrange(self) -> None:
        grid, area = self._grid, QRectF(self.rect())
        self._heat.setVisible(grid is not None and not self._ridges)
        if grid is not None and self._ridges:
            self._view = ridges_view(grid, area, self._style)
        elif grid is not None:
            view = self._view = heat_view(grid, area, self._style)
            self._heat.setRect(QRectF(view.x0, view.y0, view.x1 - view.x0, view.y1 - view.y0))
            self.place_box(view)
        self.refresh()

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self._colour()


class HistogramTrack(QFrame):
    """The histograms of one tensor with its name and what the newest says."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, surface="card")
        self._title = ElidedLabel(role="strong")
        self._title.setText(title)
        self._words = label("", "faint")
        self.canvas = HistogramCanvas(theme)
        self.canvas.pointed.connect(self._on_pointed)
        self._seen: tuple[int, int] = (0, -1)
        outer = column(self, margins=(10, 6, 8, 6), gap=0)
        head = row(gap=6)
        head.addWidget(self._title, 1)
        self.export = ExportButton(theme, self.canvas, title)
        head.addWidget(self.export)
        outer.addLayout(head)
        outer.addWidget(self.canvas, 1)
        outer.addWidget(self._words)
        self.setAccessibleName(title)

    def set_track(self, track: Sequence[Media]) -> None:
        """Show histograms, oldest first; nothing happens if they are shown already."""
        seen = (len(track), track[-1].step if track else -1)
        if seen == self._seen:
            return
        self._seen = seen
        self.canvas.show_grid(make_grid(track))
        self._words.setText(self.summary())
        self.export.words = self.summary()
        self.setAccessibleDescription(self.summary())

    def set_ridges(self, ridges: bool) -> None:
        """Show ridges instead of heat."""
        if self.canvas.ridges != ridges:
            self.canvas.set_ridges(ridges)

    def summary(self) -> str:
        """Return the newest ends in words, and whether there was anything that is no number."""
        grid = self.canvas.grid
        if grid is None:
            return self.tr("No values yet.")
        words = self.tr("newest: {low} to {high}").format(
            low=number(float(grid.smallest[-1])), high=number(float(grid.largest[-1]))
        )
        bad = int(grid.bad.sum())
        return words + (self.tr("; {count} values are no numbers").format(count=f"{bad:,}") if bad else "")

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(360, 220)

    @Slot(str)
    def _on_pointed(self, words: str) -> None:
        self._words.setText(words or self.summary())
