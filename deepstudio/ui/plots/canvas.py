"""The widget that paints a figure, zooms, pans and carries the crosshair. GUI thread only.

What is slow to paint lies in two pictures, painted only when something they show has changed: the frame, and the curves
over it. A moved crosshair copies the second one and draws a line.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.crosshair import CrosshairLink, draw_crosshair, readings_in_order
from deepstudio.ui.plots.extend import Extender
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.gestures import Gesture
from deepstudio.ui.plots.paint_frame import draw_frame
from deepstudio.ui.plots.style import PlotStyle, style_of
from deepstudio.ui.plots.ticks import duration, number
from deepstudio.ui.plots.viewport import Viewport
from deepstudio.ui.theme import Theme

_ZOOM = 1.2
_EVENT_REACH = 6
_WHOLE_EVERY_S = 3.0
_SETTLED_S = 0.3


class CurveCanvas(QWidget):
    """Paints a `Figure`. Wheel: zoom x (Ctrl or over the y axis: y). Drag: box. Shift or middle drag: pan."""

    ranges_changed = Signal()
    """The user zoomed, panned or fitted."""
    painted = Signal()
    """The curves were painted anew."""
    crosshair_moved = Signal(object)
    """Where the mouse is on the x axis, None when it left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Figure()
        self.wheel_needs_focus = False
        """Whether the wheel zooms only after a click (or with Ctrl): where the panel lies on a page that scrolls."""
        self._theme = theme
        self._style = style_of(theme)
        self._frame, self._layer = QPixmap(), QPixmap()
        self._frame_key: tuple[object, ...] = ()
        self._seen_key: tuple[object, ...] = ()
        self._dirty = True
        self._revision: tuple[int, ...] = ()
        self._extender = Extender()
        self._asked = self._fresh = self._unshown = False
        self._whole_at = self._extended_at = float("-inf")
        self._cross: float | None = None
        self._mouse_y: float | None = None
        self._gesture: Gesture | None = None
        self._link: CrosshairLink | None = None
        self.paint_seconds = 0.0
        """How long the last painting of the curves took."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)
        theme.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 240)

    @property
    def style_now(self) -> PlotStyle:
        """Return the look."""
        return self._style

    def refresh(self) -> None:
        """Paint anew: something other than the points has changed."""
        self._dirty = True
        self.update()

    def refresh_if_changed(self) -> bool:
        """Draw what is new of the curves; return whether anything was. Cheap: called thirty times a second.

        Where the view stays as it is, the new end is drawn at once; else all is painted in the next turn.
        """
        revision = self.figure.revision()
        now = time.perf_counter()
        if revision == self._revision and self.figure.caught_up():
            if self._whole_at < self._extended_at < now - _SETTLED_S:
                self._ask()
                return True
            fresh, self._fresh = self._fresh, False
            return fresh
        if self._dirty or now - self._whole_at > _WHOLE_EVERY_S or not self._extend(revision):
            self._ask()
        return True

    def _ask(self) -> None:
        self._asked = True
        self.refresh()

    @property
    def pending(self) -> bool:
        """Return whether a whole painting is to come."""
        return self._dirty

    @property
    def shown(self) -> bool:
        """Return whether all that was drawn is on the screen."""
        return not self._dirty and not self._unshown

    @property
    def again_in(self) -> float | None:
        """Return in how many seconds more should be drawn even if nothing new comes."""
        if not self.figure.caught_up():
            return 0.0
        return _SETTLED_S + 0.05 if self._extended_at > self._whole_at else None

    def link(self, link: CrosshairLink) -> None:
        """Share the crosshair with the other panels of `link`."""
        self._link = link
        link.moved.connect(self._on_linked)

    def show_crosshair(self, x: float | None) -> None:
        """Put the crosshair at a place of the x axis, here and wherever it is linked."""
        if self._link is not None:
            self._link.move(x)
        self._set_cross(x)
        self.crosshair_moved.emit(x)

    @property
    def crosshair(self) -> float | None:
        """Return where the crosshair is."""
        return self._cross

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

    def axis_words(self, x: float) -> str:
        """Return a place of the x axis in words."""
        axis = self.figure.axis
        if axis == XAxis.RELATIVE:
            return duration(x)
        if axis == XAxis.WALL:
            return time.strftime("%d %b %H:%M:%S", time.localtime(x))
        if axis == XAxis.EPOCH:
            return self.tr("epoch {at}").format(at=f"{x:.2f}")
        words = self.tr("step {at}") if axis == XAxis.STEP else self.tr("{at} examples")
        return words.format(at=f"{round(x):,}")

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves anew if they changed, then what the mouse adds."""
        if self._dirty or self._layer.size() != self._device_size():
            self._paint_layer()
        self._unshown = False
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._layer)
        if self._gesture is not None and self._gesture.box:
            self._paint_box(painter, self._gesture.rect(self.figure.view))
        elif self._cross is not None and self.figure.samples:
            self._paint_cross(painter, self._cross)
        if self.hasFocus():
            painter.setPen(QPen(self._style.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_layer(self) -> None:
        began = time.perf_counter()
        ratio = self.devicePixelRatioF()
        self._revision = self.figure.revision()
        view = self.figure.arrange(QRectF(self.rect()), self._style, ratio=ratio)
        if self._layer.size() != self._device_size():
            self._layer = self._blank(ratio)
        key = (view, self.figure.axis, self._style, self.size(), ratio)
        painter = QPainter(self._layer)
        if key != self._seen_key:
            # Another view each time while one zooms or pans: no use in keeping its frame.
            self._paint_frame(painter, view)
        else:
            if key != self._frame_key:
                self._frame = self._blank(ratio)
                keeper = QPainter(self._frame)
                self._paint_frame(keeper, view)
                keeper.end()
                self._frame_key = key
            painter.drawPixmap(0, 0, self._frame)
        self._seen_key = key
        self.figure.paint_curves(painter, self._style, ratio=ratio)
        painter.end()
        self._dirty = False
        self._extender.note(self.figure, ratio)
        # A painting that nobody asked for here (a new size, a new window) is news to the one who asks next.
        self._fresh, self._asked = not self._asked, False
        self._whole_at = time.perf_counter()
        self.paint_seconds = self._whole_at - began
        self.painted.emit()

    def _extend(self, revision: tuple[int, ...]) -> bool:
        """Draw the new end of the curves into the picture; return whether that was enough."""
        if self._layer.size() != self._device_size():
            return False
        began = time.perf_counter()
        ratio = self.devicePixelRatioF()
        painter = QPainter(self._layer)
        dirty = self._extender.extend(self.figure, painter, self._style, ratio=ratio)
        painter.end()
        if dirty is None:
            return False
        self._revision = revision
        self._extended_at = time.perf_counter()
        self.paint_seconds = self._extended_at - began
        if not dirty.isEmpty():
            self._unshown = True
            self.update(dirty.toAlignedRect())
        self.painted.emit()
        return True

    def _paint_frame(self, painter: QPainter, view: Viewport) -> None:
        area = QRectF(self.rect())
        painter.fillRect(area, self._style.color("surface"))
        draw_frame(painter, view, area, self.figure.axis, self._style)

    def _paint_cross(self, painter: QPainter, x: float) -> None:
        view = self.figure.view
        everything = self.figure.read(x)
        readings = readings_in_order(everything, view, self._mouse_y)
        nearest = min((reading.x for reading in readings), key=lambda at: abs(at - x), default=x)
        reach = abs(view.x_at(view.left + _EVENT_REACH) - view.x_at(view.left)) if not view.log_x else 0.0
        notes = [event.text for event in self.figure.events if abs(event.x - x) <= reach][:3]
        left_out = len(everything) - len(readings)
        more = self.tr("and {count} more").format(count=left_out) if left_out else ""
        title = self.axis_words(nearest)
        draw_crosshair(painter, view, x, readings, self._style, title=title, notes=notes, more=more)

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        ground = self._style.color("accent")
        ground.setAlphaF(0.14)
        painter.fillRect(box, ground)
        painter.setPen(QPen(self._style.color("accent"), 1))
        painter.drawRect(box)

    def _blank(self, ratio: float) -> QPixmap:
        made = QPixmap(self._device_size())
        made.setDevicePixelRatio(ratio)
        made.fill(self._style.color("surface"))
        return made

    def _device_size(self) -> QSize:
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    # -- what the user does

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
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Zoom into the box."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None and gesture.box:
            box = gesture.rect(self.figure.view)
            self._zoom_to(box, x=gesture.wide, y=gesture.high)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all."""
        self._gesture = None
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away."""
        self._mouse_y = None
        self.show_crosshair(None)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Nothing to do before the mouse moves."""

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame of the focus away."""
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint for the new size."""
        self._dirty = True

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

    def _set_cross(self, x: float | None) -> None:
        if x == self._cross:
            return
        self._cross = x
        words = ""
        if x is not None:
            said = [f"{reading.curve.label} {number(reading.value)}" for reading in self.figure.read(x)[:8]]
            words = f"{self.axis_words(x)}: " + ", ".join(said)
        self.setAccessibleDescription(words)
        self.update()

    @Slot()
    def _on_linked(self) -> None:
        if self._link is not None and self.isVisible() and self.visibleRegion() != QRect():
            self._set_cross(self._link.x)

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self.refresh()


def _sane(low: float, high: float) -> bool:
    """Return whether floating point can still tell the ends apart."""
    return low < high and abs(low) < 1e300 and abs(high) < 1e300 and high - low > 1e-13 * max(abs(low), abs(high))
