"""A sheet of paper for digits: mouse, pen, finger and keyboard draw, every step can be undone. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

SIDE = 280
"""The sheet is square and this many units wide, whatever its size on the screen: ten for each pixel of a digit."""
_STEP = 10.0
_FINE_STEP = 2.0
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line in units of the sheet: points, and the pen's width."""

    points: tuple[QPointF, ...]
    width: float


class DrawingPad(QWidget):
    """`changed` comes with every bit that is drawn or taken back.

    By keyboard: the arrow keys move the pen (with Shift in small steps), Space sets it down and lifts it, Ctrl+Z takes
    back, Ctrl+Shift+Z or Ctrl+Y does again, Delete clears.
    """

    changed = Signal()
    history_changed = Signal()
    """What can be undone or done again is different now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 22.0
        self._strokes: tuple[Stroke, ...] = ()
        self._past: list[tuple[Stroke, ...]] = []
        self._future: list[tuple[Stroke, ...]] = []
        self._line: list[QPointF] = []
        self._line_width = 0.0
        self._cursor = QPointF(SIDE / 2, SIDE / 2)
        self._cursor_shown = False
        self._pen_down = False
        self._tablet_draws = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def empty(self) -> bool:
        """Return whether nothing is drawn."""
        return not self._strokes and not self._line

    @property
    def can_undo(self) -> bool:
        """Return whether a step can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Return whether a step that was taken back can be done again."""
        return bool(self._future)

    def set_pen_width(self, width: float) -> None:
        """Set the width of the next strokes in units of the sheet."""
        self._width = width
        self.update()

    @Slot()
    def undo(self) -> None:
        """Take the last stroke or the last clearing back."""
        self._lift()
        if self._past:
            self._future.append(self._strokes)
            self._set(self._past.pop())

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        if self._future:
            self._past.append(self._strokes)
            self._set(self._future.pop())

    @Slot()
    def clear(self) -> None:
        """Take a new sheet; undo brings the old one back."""
        self._lift()
        if self._strokes:
            self._past.append(self._strokes)
            self._future.clear()
            self._set(())

    def pixels(self) -> np.ndarray:
        """Return the sheet as uint8, SIDE x SIDE x 3, white on black as the digits were that the network learned."""
        image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strokes(painter, QColor(Qt.GlobalColor.white))
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, image.bytesPerLine())[:, :SIDE]
        pixels = np.repeat(rows[:, :, None], 3, axis=2)
        pixels.flags.writeable = False
        return pixels

    def sheet(self) -> QRectF:
        """Return where the sheet lies in the widget."""
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        """Return a size that can still be drawn in."""
        return QSize(140, 140)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay square at most, so that the tools follow the sheet at once."""
        super().resizeEvent(event)
        self.setMaximumHeight(max(140, self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, the strokes and the pen of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self.sheet()
        frame = QPen(self._theme.color("accent" if self.hasFocus() else "border_strong"), 2 if self.hasFocus() else 1)
        painter.setPen(frame)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(sheet, 10, 10)
        outline = QPainterPath()
        outline.addRoundedRect(sheet, 10, 10)
        painter.setClipPath(outline)
        painter.translate(sheet.topLeft())
        painter.scale(sheet.width() / SIDE, sheet.height() / SIDE)
        self._paint_guides(painter)
        self._paint_strokes(painter, self._theme.color("text"))
        if self._cursor_shown and self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(self._theme.color("accent") if self._pen_down else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._cursor, self._width / 2, self._width / 2)

    def _paint_guides(self, painter: QPainter) -> None:
        """Show the box in which the digits were that the network learned: the middle 20 of 28 pixels."""
        painter.setPen(QPen(self._theme.color("border"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(40, 40, 200, 200), 4, 4)

    def _paint_strokes(self, painter: QPainter, colour: QColor) -> None:
        strokes = self._strokes
        if self._line:
            strokes = (*strokes, Stroke(tuple(self._line), self._line_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in strokes:
            pen = QPen(colour, stroke.width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            if len(stroke.points) == 1:
                painter.drawPoint(stroke.points[0])
            else:
                painter.drawPolyline(stroke.points)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton and not self._tablet_draws:
            self._cursor_shown = False
            self._begin(event.position(), 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if event.buttons() & Qt.MouseButton.LeftButton and not self._tablet_draws:
            self._extend(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton and not self._tablet_draws:
            self._lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen; its pressure sets the width."""
        if event.type() == QEvent.Type.TabletPress:
            self._tablet_draws = True
            self._begin(event.position(), 0.5 + event.pressure())
        elif event.type() == QEvent.Type.TabletMove and self._tablet_draws:
            self._extend(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._lift()
            self._tablet_draws = False
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw, undo, redo and clear by keyboard."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() in _ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_cursor(_ARROWS[Qt.Key(event.key())] * (_FINE_STEP if fine else _STEP))
        elif event.key() == Qt.Key.Key_Space:
            self._toggle_pen()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lift the pen of the keyboard."""
        self._lift()
        super().focusOutEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the pen to those who come by keyboard."""
        self._cursor_shown = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def _move_cursor(self, step: QPointF) -> None:
        self._cursor_shown = True
        moved = self._cursor + step
        self._cursor = QPointF(min(SIDE, max(0.0, moved.x())), min(SIDE, max(0.0, moved.y())))
        if self._pen_down:
            self._line.append(self._cursor)
            self.changed.emit()
        self.update()

    def _toggle_pen(self) -> None:
        self._cursor_shown = True
        if self._pen_down:
            self._lift()
        else:
            self._pen_down = True
            self._line = [self._cursor]
            self._line_width = self._width
            self.changed.emit()
        self.update()

    def _begin(self, position: QPointF, pressure: float) -> None:
        self._lift()
        self._line = [self._to_sheet(position)]
        self._line_width = self._width * pressure
        self.update()
        self.changed.emit()

    def _extend(self, position: QPointF) -> None:
        if self._line:
            self._line.append(self._to_sheet(position))
            self.update()
            self.changed.emit()

    def _lift(self) -> None:
        """End the stroke under way, if there is one."""
        self._pen_down = False
        if self._line:
            self._past.append(self._strokes)
            self._future.clear()
            strokes = (*self._strokes, Stroke(tuple(self._line), self._line_width))
            self._line = []
            self._set(strokes)

    def _set(self, strokes: tuple[Stroke, ...]) -> None:
        self._strokes = strokes
        self.update()
        self.changed.emit()
        self.history_changed.emit()

    def _to_sheet(self, position: QPointF) -> QPointF:
        sheet = self.sheet()
        return (position - sheet.topLeft()) * (SIDE / sheet.width())
