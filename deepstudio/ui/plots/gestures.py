"""A drag over a plot: a box to zoom into, or a pan. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from deepstudio.ui.plots.viewport import Viewport

_STARTS = 5
_FLAT = 12


class Gesture:
    """One drag, from the press to the release. A flat box zooms along one axis only."""

    def __init__(self, start: QPointF, view: Viewport, *, pans: bool) -> None:
        self._start = QPointF(start)
        self._now = QPointF(start)
        self._view = view
        self.pans = pans

    def move(self, to: QPointF) -> None:
        """Follow the mouse."""
        self._now = QPointF(to)

    @property
    def box(self) -> bool:
        """Return whether this is a box by now: a click is none."""
        moved = self._now - self._start
        return not self.pans and max(abs(moved.x()), abs(moved.y())) >= _STARTS

    @property
    def wide(self) -> bool:
        """Return whether the box says something about x."""
        return abs(self._now.x() - self._start.x()) >= _FLAT or not self.high

    @property
    def high(self) -> bool:
        """Return whether the box says something about y."""
        return abs(self._now.y() - self._start.y()) >= _FLAT

    def rect(self, view: Viewport) -> QRectF:
        """Return the box in pixels; over the whole height or width where it is flat."""
        box = QRectF(self._start, self._now).normalized()
        plot = QRectF(view.left, view.top, view.width, view.height)
        if not self.high:
            box.setTop(plot.top())
            box.setBottom(plot.bottom())
        if not self.wide:
            box.setLeft(plot.left())
            box.setRight(plot.right())
        return box & plot

    def panned(self) -> Viewport:
        """Return the view of the press, moved as far as the mouse was."""
        moved = self._now - self._start
        return self._view.moved(moved.x(), -moved.y())
