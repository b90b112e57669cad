"""What is slow to paint of a figure, kept in two pictures: the frame, and the curves over it. GUI thread only.

Each is painted only when something it shows has changed; where the view stays as it is, the new end of the curves is
drawn into the picture that there is.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from deepstudio.ui.plots.extend import Extender, Stroke
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.paint_frame import draw_frame
from deepstudio.ui.plots.paint_lines import clip_rect, draw_columns, draw_polyline
from deepstudio.ui.plots.style import PlotStyle
from deepstudio.ui.plots.viewport import Viewport

_MARGIN = QMarginsF(3.0, 3.0, 3.0, 3.0)


class FigurePicture:
    """The picture of `figure`, `size` large (in widget pixels, of which each has `ratio` squared device pixels)."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._frame, self.curves = QPixmap(), QPixmap()
        self._frame_key: tuple[object, ...] = ()
        self._seen_key: tuple[object, ...] = ()
        self._extender = Extender()
        self.revision: tuple[int, ...] = ()
        """The revision of the figure that is painted."""
        self.whole_at = self.extended_at = float("-inf")
        """When all was painted last, and when a new end was."""

    def fits(self, size: QSize, ratio: float) -> bool:
        """Return whether the picture has this size."""
        return self.curves.size() == _device_size(size, ratio)

    def paint(self, size: QSize, style: PlotStyle, *, ratio: float) -> None:
        """Paint all that has changed since the last time."""
        figure, area = self._figure, QRectF(0, 0, size.width(), size.height())
        self.revision = figure.revision()
        view = figure.arrange(area, style, ratio=ratio)
        if not self.fits(size, ratio):
            self.curves = _blank(size, style, ratio)
        key = (view, figure.axis, style, size, ratio)
        painter = QPainter(self.curves)
        if key != self._seen_key:
            # Another view each time while one zooms or pans: no use in keeping its frame.
            self._paint_frame(painter, view, area, style)
        else:
            if key != self._frame_key:
                self._frame = _blank(size, style, ratio)
                keeper = QPainter(self._frame)
                self._paint_frame(keeper, view, area, style)
                keeper.end()
                self._frame_key = key
            painter.drawPixmap(0, 0, self._frame)
        self._seen_key = key
        figure.paint_curves(painter, style, ratio=ratio)
        painter.end()
        self._extender.note(figure, style, ratio)
        self.whole_at = time.perf_counter()

    def extend(self, revision: tuple[int, ...], *, ratio: float) -> QRectF | None:
        """Draw the new end of the curves; return where (nowhere if it is seen already), None if all must be painted."""
        strokes = self._extender.extend(self._figure)
        if strokes is None:
            return None
        dirty = self._draw(strokes, ratio) if strokes else QRectF()
        self.revision = revision
        self.extended_at = time.perf_counter()
        return dirty

    def _draw(self, strokes: list[Stroke], ratio: float) -> QRectF:
        painter = QPainter(self.curves)
        painter.setClipRect(clip_rect(self._figure.view))
        dirty = QRectF()
        for stroke in strokes:
            if stroke.fine:
                draw_polyline(painter, stroke.points, stroke.colour, ratio)
            else:
                draw_columns(painter, stroke.points, stroke.colour)
            dirty |= stroke.points.boundingRect().marginsAdded(_MARGIN)
        painter.end()
        return dirty & clip_rect(self._figure.view)

    def _paint_frame(self, painter: QPainter, view: Viewport, area: QRectF, style: PlotStyle) -> None:
        painter.fillRect(area, style.color("surface"))
        draw_frame(painter, view, area, self._figure.axis, style)


def _blank(size: QSize, style: PlotStyle, ratio: float) -> QPixmap:
    made = QPixmap(_device_size(size, ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(style.color("surface"))
    return made


def _device_size(size: QSize, ratio: float) -> QSize:
    return (size.toSizeF() * ratio).toSize()
