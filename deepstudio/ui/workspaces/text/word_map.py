"""Words on a plane: those near each other are used alike. Wheel zooms, dragging moves, a click chooses. GUI thread."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.core.text_requests import WordPoints
from deepstudio.ui.theme import Theme

_EDGE = 36.0
_NEAR = 14.0
_DOT = 2.5
_MOST_ZOOM = 60.0
_KEY_ZOOM, _KEY_STEP = 1.25, 40.0
_MOVED = 4.0


class WordMap(QWidget):
    """`word_chosen` carries the word that was clicked."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._points: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        """In 0..1, the middle of the map at 0.5."""
        self._asked: frozenset[str] = frozenset()
        self._near: frozenset[str] = frozenset()
        self._zoom, self._shift = 1.0, QPointF(0, 0)
        self._pressed: QPointF | None = None
        self._dragged = False
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of words"))
        theme.changed.connect(self.update)

    def show_points(self, points: WordPoints) -> None:
        """Show words at points of any scale; zoom and place of the view stay."""
        self._words = points.words
        low, high = points.points.min(axis=0, initial=np.inf), points.points.max(axis=0, initial=-np.inf)
        size = np.maximum(high - low, 1e-9)
        self._points = ((points.points - low) / size).astype(np.float32) if len(points.words) else points.points
        self._hovered = -1
        self.update()

    def highlight(self, asked: Collection[str], near: Collection[str]) -> None:
        """Name these words before all others: those asked about, and their neighbours."""
        self._asked, self._near = frozenset(asked), frozenset(near)
        self.update()

    def show_all(self) -> None:
        """Undo zooming and moving."""
        self._zoom, self._shift = 1.0, QPointF(0, 0)
        self.update()

    def centre_on(self, word: str) -> None:
        """Bring a word into the middle."""
        if word in self._words:
            place = self._points[self._words.index(word)]
            room = self._room()
            self._shift = QPointF((0.5 - place[0]) * room.width(), (place[1] - 0.5) * room.height()) * self._zoom
            self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable map."""
        return QSize(420, 360)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(200, 160)

    def labelled(self) -> list[tuple[int, QRectF]]:
        """Return the words that are named now and the places of their names, which do not overlap."""
        metrics = QFontMetricsF(self.font())
        places, view = self._places(), QRectF(self.rect())
        marked = {number for number, word in enumerate(self._words) if word in self._asked or word in self._near}
        dots = [QRectF(x - 5, y - 5, 10, 10) for x, y in places[sorted(marked)].tolist()]
        taken: list[QRectF] = []
        named = []
        for number in self._by_rank():
            x, y = float(places[number, 0]), float(places[number, 1])
            if not view.contains(x, y):
                continue
            width, height = metrics.horizontalAdvance(self._words[number]), metrics.height()
            for left in (x + 6, x - 6 - width):
                area = QRectF(left, y - height / 2, width, height)
                # Only names that are pointed out themselves may cover a dot that is.
                others = taken if number in marked else [*taken, *dots]
                if view.contains(area) and not any(area.intersects(other) for other in others):
                    taken.append(area.adjusted(-3, 0, 3, 0))
                    named.append((number, area))
                    break
        return named

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw dots, then the names that have room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        faint = self._theme.color("text_faint")
        faint.setAlphaF(0.55)
        for number, (x, y) in enumerate(self._places().tolist()):
            role = self._role(number)
            painter.setBrush(faint if role == "text_muted" else self._theme.color(role))
            radius = _DOT if role == "text_muted" else 2 * _DOT
            painter.drawEllipse(QPointF(x, y), radius, radius)
        for number, area in self.labelled():
            painter.setPen(self._theme.color(self._role(number)))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._words[number])

    def _role(self, number: int) -> str:
        word = self._words[number]
        if word in self._asked:
            return "accent_text"
        if word in self._near:
            return "success"
        return "text" if number == self._hovered else "text_muted"

    def _by_rank(self) -> list[int]:
        words = self._words
        first = [self._hovered] if self._hovered >= 0 else []
        first += [number for number, word in enumerate(words) if word in self._asked and number != self._hovered]
        first += [number for number, word in enumerate(words) if word in self._near and number not in first]
        known = set(first)
        return first + [number for number in range(len(words)) if number not in known]

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_EDGE, _EDGE / 2, -_EDGE, -_EDGE / 2)

    def _places(self) -> NDArray[np.float32]:
        room = self._room()
        middle = room.center() + self._shift
        size = np.array([room.width(), -room.height()], np.float32) * self._zoom
        return (self._points - 0.5) * size + np.array([middle.x(), middle.y()], np.float32)

    def _word_at(self, place: QPointF) -> int:
        for number, area in self.labelled():
            if area.contains(place):
                return number
        if not len(self._words):
            return -1
        away = np.hypot(*(self._places() - np.array([place.x(), place.y()], np.float32)).T)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= _NEAR else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, or name the word under the pointer."""
        if self._pressed is not None:
            moved = event.position() - self._pressed
            if self._dragged or moved.manhattanLength() > _MOVED:
                self._dragged = True
                self._shift += moved
                self._pressed = event.position()
                self.update()
            return
        hovered = self._word_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.OpenHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the word that was clicked."""
        pressed, self._pressed = self._pressed, None
        number = self._word_at(event.position())
        if pressed is not None and not self._dragged and number >= 0:
            self.word_chosen.emit(self._words[number])

    def leaveEvent(self, event: QEvent) -> None:
        """Name no word."""
        self._hovered = -1
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self._zoom_by(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by plus and minus, move by the arrows, 0 shows all."""
        steps = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key = Qt.Key(event.key())
        if key in steps:
            self._shift += QPointF(*steps[key]) * _KEY_STEP
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom_by(_KEY_ZOOM, QPointF(self.rect().center()))
        elif key == Qt.Key.Key_Minus:
            self._zoom_by(1 / _KEY_ZOOM, QPointF(self.rect().center()))
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _zoom_by(self, factor: float, around: QPointF) -> None:
        zoom = min(max(self._zoom * factor, 0.5), _MOST_ZOOM)
        away = around - self._room().center()
        self._shift = away - (away - self._shift) * (zoom / self._zoom)
        self._zoom = zoom
        self.update()
