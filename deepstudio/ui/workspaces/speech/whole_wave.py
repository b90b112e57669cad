"""A whole recording as one wave: where speech is, what is playing, and a way to any moment of it. GUI thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_MARGIN = 10
_STEP_SECONDS, _PAGE_SECONDS = 1.0, 10.0


class WholeWave(QWidget):
    """A click, or the arrow keys and Space, choose where playing goes on: `play_asked` carries the seconds."""

    play_asked = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shape: NDArray[np.float32] = np.zeros(0, np.float32)
        self._seconds = 0.0
        self._position = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Wave of the recording"))
        self.setToolTip(self.tr("Click to play from here."))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(400, 58)

    def show_wave(self, shape: NDArray[np.float32], seconds: float) -> None:
        """Show a recording: `shape` float32 (columns), 0..1, over `seconds`."""
        self._shape, self._seconds, self._position = shape, seconds, 0.0
        self.update()

    def show_position(self, seconds: float) -> None:
        """Show where playing is."""
        self._position = min(max(0.0, seconds), self._seconds)
        self.setAccessibleDescription(clock(self._position))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave, its played part stronger, and the time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        painter.setPen(QPen(self._theme.color("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 8, 8)
        if not len(self._shape) or not self._seconds:
            return
        area = self._area()
        place = area.left() + area.width() * self._position / self._seconds
        self._paint_wave(painter, area, place)
        painter.fillRect(QRectF(place - 0.75, area.top(), 1.5, area.height()), self._theme.color("accent"))
        painter.setPen(self._theme.color("text_muted"))
        beside, right = whole.adjusted(0, 0, -_MARGIN, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, right, self._told(self._position))

    def _area(self) -> QRectF:
        """Return where the wave is: left of the time."""
        told = self.fontMetrics().horizontalAdvance(self._told(self._seconds))
        return QRectF(self.rect()).adjusted(_MARGIN, 8, -2 * _MARGIN - told, -8)

    def _told(self, seconds: float) -> str:
        return f"{clock(seconds)} / {clock(self._seconds)}"

    def _paint_wave(self, painter: QPainter, area: QRectF, place: float) -> None:
        bars = max(1, int(area.width() / 3))
        parts = np.array_split(self._shape, min(bars, len(self._shape)))
        heights = [max(1.5, float(part.max()) * area.height()) for part in parts]
        width, middle = area.width() / len(heights), area.center().y()
        rest = QColor(self._theme.color("accent"))
        rest.setAlphaF(0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, played in ((self._theme.color("accent"), True), (rest, False)):
            painter.setBrush(colour)
            lefts = ((area.left() + number * width, height) for number, height in enumerate(heights))
            painter.drawRects(
                [
                    QRectF(left, middle - height / 2, max(1.0, width * 0.66), height)
                    for left, height in lefts
                    if (left <= place) == played
                ]
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play from where the click is."""
        area = self._area()
        share = (event.position().x() - area.left()) / max(1.0, area.width())
        self.play_asked.emit(self._seconds * min(1.0, max(0.0, share)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by seconds, and play."""
        steps = {
            Qt.Key.Key_Left: -_STEP_SECONDS,
            Qt.Key.Key_Right: _STEP_SECONDS,
            Qt.Key.Key_PageUp: -_PAGE_SECONDS,
            Qt.Key.Key_PageDown: _PAGE_SECONDS,
            Qt.Key.Key_Home: -self._seconds,
        }
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.play_asked.emit(self._position)
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            self.show_position(self._position + step)
        else:
            super().keyPressEvent(event)


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, such as "1:05", and hours where there are any: "1:00:05"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
