"""What a person does with a shown figure: zoom, pan, choose a box, walk along the points. GUI thread only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from deepstudio.ui.plots.figure_view import FigureView
from deepstudio.ui.plots.gestures import Gesture
from deepstudio.ui.plots.viewport import Viewport
from deepstudio.ui.theme import Theme

_ZOOM = 1.2


class CurveCanvas(FigureView):
    """A figure to work with. Wheel: zoom x (Ctrl or over the y axis: y). Drag: box. Shift or middle drag: pan."""

    ranges_changed = Signal()
    """The user zoomed, panned or fitted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.wheel_needs_focus = False
        """Whether the wheel zooms only after a click (or with Ctrl): where the panel lies on a page that scrolls."""

    def fit(self) -> None:
        """Show all of the curves."""
        self.figure.x_range = self.figure.y_range = None
        self.figure.forget_fit()
        self._on_user()

    def zoom(self, factor: float, *, x: bool = True, y: bool = False, around: QPointF | None = None) -> None:
        """Show `factor` times as much, around a point in pixels (the middle of the plot if None)."""
        view = self.figure.view
        at = around or QPointF(view.left + view.width / 2, view.top + view.height / 2)
        if x:
            view = view.zoomed_x(factor, view.x_at(at.x()))
        if y:
            view = view.zoomed_y(factor, view.y_at(at.y()))
        self._look(view, x=x, y=y)

    def pan(self, right: float, up: float) -> None:
        """Push what is shown by shares of the plot's size: (0.1, 0) looks a tenth farther right."""
        view = self.figure.view
        self._look(view.moved(-right * view.width, -up * view.height), x=right != 0, y=up != 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse: x, or y with Ctrl and over the words of the y axis; Shift pans."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.wheel_needs_focus and not self.hasFocus() and not control:
            event.ignore()
            return
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not turned.y():
            self.pan(-(turned.x() or turned.y()) / 1200, 0)
        else:
            over_y = event.position().x() < self.figure.view.left or control
            self.zoom(_ZOOM ** (-turned.y() / 120), x=not over_y, y=over_y, around=event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box, or a pan with Shift or the middle button."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = Gesture(event.position(), self.figure.view, pans=shift)
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._gesture = Gesture(event.position(), self.figure.view, pans=True)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the crosshair, draw the box or pan."""
        self._mouse_y = event.position().y()
        if self._gesture is None:
            view = self.figure.view
            inside = view.left - 2 <= event.position().x() <= view.right + 2
            self.show_crosshair(view.x_at(event.position().x()) if inside else None)
            return
        self._gesture.move(event.position())
        if self._gesture.pans:
            moved = self._gesture.panned()
            self._look(moved, x=True, y=self.figure.y_range is not None)
        else:
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Zoom into the box."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None and gesture.box:
            box = gesture.rect(self.figure.view)
            self._zoom_to(box, x=gesture.wide, y=gesture.high)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all."""
        self._gesture = None
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away."""
        self._mouse_y = None
        self.show_crosshair(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan, fit and walk along the points by keys."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / _ZOOM, x=not control, y=control)
        elif key == Qt.Key.Key_Minus:
            self.zoom(_ZOOM, x=not control, y=control)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = 1 if key == Qt.Key.Key_Right else -1
            if shift:
                self._walk(forward)
            else:
                self.pan(0.1 * forward, 0)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.pan(0, 0.1 if key == Qt.Key.Key_Up else -0.1)
        elif key == Qt.Key.Key_Escape and (self._gesture is not None or self._cross is not None):
            self._gesture = None
            self.show_crosshair(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, forward: int) -> None:
        """Put the crosshair on the next point of the uppermost curve."""
        shown = self.figure.shown()
        if not shown:
            return
        curve, view = shown[-1], self.figure.view
        start = self._cross if self._cross is not None else (view.x0 if forward > 0 else view.x1)
        place = curve.series.nearest(float(curve.axis.to_key(np.array([start]))[0]), curve.axis.key)
        if place is None:
            return
        points = curve.series.view(curve.axis.key)
        place = min(len(points) - 1, max(0, place + (forward if self._cross is not None else 0)))
        self.show_crosshair(float(curve.axis.from_key(points.keys(place, place + 1))[0]))

    def _zoom_to(self, box: QRectF, *, x: bool, y: bool) -> None:
        view = self.figure.view
        x0, x1 = view.x_at(box.left()), view.x_at(box.right())
        y0, y1 = view.y_at(box.bottom()), view.y_at(box.top())
        self._look(replace(view, x0=x0, x1=x1, y0=y0, y1=y1), x=x, y=y)

    def _look(self, view: Viewport, *, x: bool, y: bool) -> None:
        if x and _sane(view.x0, view.x1):
            self.figure.x_range = (view.x0, view.x1)
        if y and _sane(view.y0, view.y1):
            self.figure.y_range = (view.y0, view.y1)
        self._on_user()

    def _on_user(self) -> None:
        shown = self.figure.x_range
        newest = max((span[1] for curve in self.figure.shown() if (span := curve.x_span()) is not None), default=None)
        self.figure.follows = shown is not None and newest is not None and shown[1] >= newest
        self.refresh()
        self.ranges_changed.emit()


def _sane(low: float, high: float) -> bool:
    """Return whether floating point can still tell the ends apart."""
    return low < high and abs(low) < 1e300 and abs(high) < 1e300 and high - low > 1e-13 * max(abs(low), abs(high))
