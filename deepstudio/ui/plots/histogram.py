"""How the values of a tensor are spread, over the steps of a run: as heat, or as ridges. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from deepstudio.core.training_messages import Media
from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.histogram_grid import HistogramGrid, make_grid
from deepstudio.ui.plots.paint_frame import draw_frame, placed
from deepstudio.ui.plots.paint_lines import polygon
from deepstudio.ui.plots.style import colour_table, mix, style_of
from deepstudio.ui.plots.ticks import number
from deepstudio.ui.plots.viewport import Viewport
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.elided_label import ElidedLabel
from deepstudio.ui.widgets.parts import column, label, row

_RIDGES = 18


class HistogramCanvas(QWidget):
    """Heat: steps to the right, values up, darker where more values are. Ridges: the newest in front."""

    pointed = Signal(str)
    """What lies under the mouse, in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self._grid: HistogramGrid | None = None
        self._heat = QImage()
        self._view = Viewport(0, 1, 0, 1)
        self.ridges = False
        self.setMouseTracking(True)
        self.setMinimumSize(160, 100)
        theme.changed.connect(self._on_theme)

    @property
    def grid(self) -> HistogramGrid | None:
        """Return what is shown."""
        return self._grid

    def show_grid(self, grid: HistogramGrid | None) -> None:
        """Show histograms."""
        self._grid = grid
        self._heat = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, then heat or ridges."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        grid = self._grid
        if grid is not None:
            (self._paint_ridges if self.ridges else self._paint_heat)(painter, area, grid)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the mouse."""
        grid = self._grid
        if grid is None:
            return
        value = self._view.x_at(event.position().x()) if self.ridges else self._view.y_at(event.position().y())
        step = grid.steps[-1] if self.ridges else self._view.x_at(event.position().x())
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

    def _paint_heat(self, painter: QPainter, area: QRectF, grid: HistogramGrid) -> None:
        first, last = float(grid.steps[0]), float(grid.steps[-1])
        last = last if last > first else first + 1
        view = placed(Viewport(first, last, grid.low, grid.high), area, self._style, x_name=False, y_name=False)
        self._view = view
        if self._heat.isNull():
            self._heat = self._image(grid)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        inside = QRectF(view.left, view.top, view.width, view.height)
        painter.drawImage(inside, self._heat)
        draw_frame(painter, view, area, XAxis.STEP, self._style)
        outside = (grid.smallest < grid.low) | (grid.largest > grid.high)
        painter.setPen(QPen(self._style.color("warning"), 2))
        for place in np.flatnonzero(outside):
            x = view.pixel_x(float(grid.steps[place]))
            if grid.largest[place] > grid.high:
                painter.drawLine(QPointF(x, view.top), QPointF(x, view.top + 3))
            if grid.smallest[place] < grid.low:
                painter.drawLine(QPointF(x, view.bottom - 3), QPointF(x, view.bottom))
        painter.setPen(QPen(self._style.color("danger"), 2))
        for place in np.flatnonzero(grid.bad):
            x = view.pixel_x(float(grid.steps[place]))
            painter.drawLine(QPointF(x, view.top), QPointF(x, view.bottom))

    def _image(self, grid: HistogramGrid) -> QImage:
        """Return the densities as a picture with a column for each equal part of the steps."""
        columns = min(400, max(len(grid.steps) * 2, 60))
        at = np.linspace(grid.steps[0], grid.steps[-1], columns)
        # A histogram holds until the next one.
        place = np.clip(np.searchsorted(grid.steps, at, side="right") - 1, 0, len(grid.steps) - 1)
        shares = np.sqrt(grid.density[place])  # the root shows the tails
        shares = shares / max(float(shares.max()), 1e-12)
        table = colour_table(self._style.color("surface"), self._style.color("accent"))
        pixels = np.ascontiguousarray(table[(shares.T[::-1] * 255).astype(np.uint8)])
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()

    def _paint_ridges(self, painter: QPainter, area: QRectF, grid: HistogramGrid) -> None:
        count = len(grid.steps)
        chosen = np.unique(np.linspace(0, count - 1, min(count, _RIDGES)).round().astype(int))
        line = self._style.metrics.height()
        view = Viewport(
            grid.low, grid.high, 0, 1, left=10, top=6, width=area.width() - 74, height=area.height() - line - 14
        )
        self._view = view
        peak = max(float(grid.density.max()), 1e-12)
        tall = view.height * 0.45
        apart = (view.height - tall) / max(1, len(chosen) - 1) if len(chosen) > 1 else 0.0
        bins = grid.density.shape[1]
        x_B = view.left + (np.arange(bins) + 0.5) / bins * view.width
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.font)
        for number_, place in enumerate(chosen):
            base = view.bottom - (view.height - tall) + number_ * apart
            y_B = base - grid.density[place] / peak * tall
            shape = polygon(np.concatenate([[x_B[0]], x_B, [x_B[-1]]]), np.concatenate([[base], y_B, [base]]))
            share = (number_ + 1) / len(chosen)
            painter.setPen(Qt.PenStyle.NoPen)
            fill = mix(self._style.color("accent"), self._style.color("surface"), 0.12 + 0.3 * share)
            painter.setBrush(QColor(fill))
            painter.drawPolygon(shape)
            painter.setPen(QPen(mix(self._style.color("accent"), self._style.color("surface"), 0.4 + 0.6 * share), 1))
            painter.drawPolyline(polygon(x_B, y_B))
            if number_ in (0, len(chosen) // 2, len(chosen) - 1):
                painter.setPen(self._style.color("text_muted"))
                painter.drawText(QPointF(view.right + 6, base), f"{int(grid.steps[place]):,}")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._style.color("text_muted"))
        for value, flag in ((grid.low, Qt.AlignmentFlag.AlignLeft), (grid.high, Qt.AlignmentFlag.AlignRight)):
            box = QRectF(view.left, view.bottom + 3, view.width, line)
            painter.drawText(box, flag | Qt.AlignmentFlag.AlignVCenter, number(value))

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self._heat = QImage()
        self.update()


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
        self.setAccessibleDescription(self.summary())

    def set_ridges(self, ridges: bool) -> None:
        """Show ridges instead of heat."""
        if self.canvas.ridges != ridges:
            self.canvas.ridges = ridges
            self.canvas.update()

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
