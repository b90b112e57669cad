"""The widget that shows a figure and keeps it up to date, with the crosshair over it. GUI thread only."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.crosshair import CrosshairLink, draw_crosshair, readings_in_order
from deepstudio.ui.plots.figure import Figure
from deepstudio.ui.plots.gestures import Gesture
from deepstudio.ui.plots.picture import FigurePicture
from deepstudio.ui.plots.plot_view import PlotView
from deepstudio.ui.plots.style import PlotStyle, style_of
from deepstudio.ui.plots.ticks import duration, number
from deepstudio.ui.theme import Theme

_EVENT_REACH = 6
_WHOLE_EVERY_S = 10.0
_SETTLED_S = 0.3
_READING_S = 0.2


class FigureView(PlotView):
    """Shows a `Figure`. A moved crosshair copies the picture of it and draws a line."""

    painted = Signal()
    """The curves were painted; of new ends alone it is told as often as one can read a number."""
    crosshair_moved = Signal(object)
    """Where the mouse is on the x axis, None when it left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, opaque=True)
        self.figure = Figure()
        self._theme = theme
        self._style = style_of(theme)
        self._picture = FigurePicture(self.figure)
        self._dirty = True
        self._asked = self._fresh = self._unshown = False
        self._cross: float | None = None
        self._mouse_y: float | None = None
        self._gesture: Gesture | None = None
        self._link: CrosshairLink | None = None
        self.when_shown: Callable[[], None] | None = None
        """Called when what was drawn is on the screen."""
        self._port = self.viewport()
        self._told_at = 0.0
        _ = self.plot_box
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

    # -- what is new

    def refresh(self) -> None:
        """Paint anew: something other than the points has changed."""
        self._dirty = True
        self._port.update()

    def refresh_if_changed(self) -> bool:
        """Draw what is new of the curves; return whether anything was. Cheap: called many times a second.

        Where the view stays as it is, the new end is drawn at once; else all is painted in the next turn.
        """
        picture, revision = self._picture, self.figure.revision()
        now = time.perf_counter()
        if revision == picture.revision and self.figure.caught_up():
            if picture.whole_at < picture.extended_at < now - _SETTLED_S:
                self._ask()
                return True
            fresh, self._fresh = self._fresh, False
            return fresh
        if self._dirty or now - picture.whole_at > _WHOLE_EVERY_S or not self._extend(revision):
            self._ask()
        return True

    def _ask(self) -> None:
        self._asked = True
        self.refresh()

    def _extend(self, revision: tuple[int, ...]) -> bool:
        """Draw the new end of the curves into the picture; return whether that was enough."""
        ratio = self.devicePixelRatioF()
        if not self._picture.fits(self.size(), ratio):
            return False
        dirty = self._picture.extend(revision, ratio=ratio)
        if dirty is None:
            return False
        if not dirty.isEmpty():
            self._unshown = True
            self._port.update(dirty.toAlignedRect())
        now = self._picture.extended_at
        if now - self._told_at > _READING_S:
            self._told_at = now
            self.painted.emit()
        return True

    @property
    def extended(self) -> bool:
        """Return whether the last painting only added the new end of the curves: a whole one follows when they rest."""
        return self._picture.extended_at > self._picture.whole_at

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
        return _SETTLED_S + 0.05 if self.extended else None

    # -- crosshair

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

    def _set_cross(self, x: float | None) -> None:
        if x == self._cross:
            return
        self._cross = x
        words = ""
        if x is not None:
            said = [f"{reading.curve.label} {number(reading.value)}" for reading in self.figure.read(x)[:8]]
            words = f"{self.axis_words(x)}: " + ", ".join(said)
        self.setAccessibleDescription(words)
        self._port.update()

    @Slot()
    def _on_linked(self) -> None:
        if self._link is not None and self.isVisible() and not self.viewport().visibleRegion().isEmpty():
            self._set_cross(self._link.x)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves anew if they changed, then the scene."""
        if self._dirty or not self._picture.fits(self.size(), self.devicePixelRatioF()):
            self._paint_picture()
        super().paintEvent(event)
        self._unshown = False
        if self.when_shown is not None:
            self.when_shown()

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Copy the picture, and paint what the mouse adds."""
        painter.drawPixmap(0, 0, self._picture.curves)
        if self._gesture is not None and self._gesture.box:
            self._paint_box(painter, self._gesture.rect(self.figure.view))
        elif self._cross is not None and self.figure.samples:
            self._paint_cross(painter, self._cross)
        if self.hasFocus():
            painter.setPen(QPen(self._style.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_picture(self) -> None:
        self._picture.paint(self.size(), self._style, ratio=self.devicePixelRatioF())
        self.place_box(self.figure.view)
        self._dirty = False
        # A painting that nobody asked for here (a new size, a new window) is news to the one who asks next.
        self._fresh, self._asked = not self._asked, False
        self.painted.emit()

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focus."""
        self._port.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame of the focus away."""
        self._port.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Paint for the new size."""
        super().resizeEvent(event)
        self._dirty = True

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self.refresh()
