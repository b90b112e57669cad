"""What the units of a recurrent layer held, token by token, as a picture: tokens across, units down. GUI thread.

Shapes: T tokens, U units.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_CELL, _WIDEST = 20.0, 44.0
_MOST_NAME = 96.0
_STRIP = 34.0
"""The curve of the mean above the picture."""
_GAP = 8.0
_LEAST_HEIGHT = 96.0


def unit_order(values: dict[str, NDArray[np.float32]]) -> NDArray[np.int64]:
    """Return the units by how long they remember, the longest first; the same order for every value of a layer.

    An LSTM remembers where its forget gate stays open, a GRU where its update gate does; of others the hidden value
    that changes least from token to token.
    """
    for gate in ("forget", "update"):
        if gate in values:
            return np.argsort(-values[gate].mean(axis=0), kind="stable")
    hidden_TU = values["hidden"]
    return np.argsort(np.abs(np.diff(hidden_TU, axis=0, prepend=0)).mean(axis=0), kind="stable")


def blended(low: QColor, high: QColor, share: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return colours between two, float32 [..., 3] of 0..255."""
    ends = np.array([[one.red(), one.green(), one.blue()] for one in (low, high)], np.float32)
    return ends[0] + (ends[1] - ends[0]) * share[..., None]


class StateMap(QWidget):
    """`cell_shown` carries (token, unit) under the pointer or chosen by the arrow keys, or None."""

    cell_shown = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values_TU: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._words: tuple[str, ...] = ()
        self._signed = False
        self._extent = 1.0
        self._image: QImage | None = None
        self._cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("What the units held after each token"))
        theme.changed.connect(self._recolour)

    def show_values(
        self, values_TU: NDArray[np.float32], order: NDArray[np.int64], words: Sequence[str], *, signed: bool
    ) -> None:
        """Show values: 0..1 (gates), or `signed` around 0. `order` says which unit stands in which row."""
        if values_TU.shape != self._values_TU.shape or tuple(words) != self._words:
            self._cell = None
        self._values_TU, self._order, self._words = values_TU[:, order], order, tuple(words)
        self._signed = signed
        # A few extreme memories would leave all others pale.
        self._extent = max(float(np.quantile(np.abs(values_TU), 0.99)), 1e-6) if signed and values_TU.size else 1.0
        self.setMinimumWidth(round(len(self._words) * _CELL + 4))
        self.updateGeometry()
        self._recolour()

    @property
    def extent(self) -> float:
        """Return the value that has the strongest colour."""
        return self._extent

    def value_at(self, cell: tuple[int, int]) -> tuple[int, float]:
        """Return the unit's own number and its value at (token, row)."""
        token, row = cell
        return int(self._order[row]), float(self._values_TU[token, row])

    def mean_at(self, token: int) -> float:
        """Return the mean over the units after a token."""
        return float(self._values_TU[token].mean())

    def sizeHint(self) -> QSize:
        """Return room for the words and a picture that can be read."""
        return QSize(round(len(self._words) * _CELL + 4), 340)

    def minimumSizeHint(self) -> QSize:
        """Return the least that shows something; more tokens are scrolled to."""
        return QSize(self.minimumWidth(), round(self._top() + _LEAST_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, the mean, and the picture."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        self._paint_mean(painter)
        area = self._area()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(area, self._image)
        if self._cell is None:
            return
        token, row = self._cell
        height = area.height() / len(self._order)
        painter.setPen(QPen(self._theme.color("text"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(
            QRectF(area.left() + token * self._cell_width(), area.top(), self._cell_width(), area.height())
        )
        painter.drawRect(
            QRectF(
                area.left() + token * self._cell_width(),
                area.top() + row * height,
                self._cell_width(),
                max(height, 2.0),
            )
        )

    def _paint_words(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(self.font())
        bottom = self._top() - _STRIP - _GAP
        for token, word in enumerate(self._words):
            chosen = self._cell is not None and self._cell[0] == token
            painter.setPen(self._theme.color("accent_text" if chosen else "text_muted"))
            painter.save()
            painter.translate(token * self._cell_width() + self._cell_width() / 2 + metrics.ascent() / 2 - 1, bottom)
            painter.rotate(-90)
            painter.drawText(QPointF(0, 0), metrics.elidedText(word, Qt.TextElideMode.ElideRight, _MOST_NAME))
            painter.restore()

    def _paint_mean(self, painter: QPainter) -> None:
        top = self._top() - _STRIP - _GAP / 2
        painter.fillRect(
            QRectF(0, top, len(self._words) * self._cell_width(), _STRIP), self._theme.color("surface_sunken")
        )
        painter.setPen(Qt.PenStyle.NoPen)
        middle = top + _STRIP / 2 if self._signed else top + _STRIP
        room = _STRIP / 2 if self._signed else _STRIP
        for token, mean in enumerate(self._values_TU.mean(axis=1)):
            height = float(np.clip(mean / self._extent, -1, 1)) * room
            painter.setBrush(self._theme.color("accent" if height >= 0 else "warning"))
            bar = QRectF(token * self._cell_width() + 1, middle - max(height, 0), self._cell_width() - 2, abs(height))
            painter.drawRect(bar)

    def _recolour(self) -> None:
        values = self._values_TU
        self._image = None
        if values.size:
            ground, strong = self._theme.color("surface_sunken"), self._theme.color("accent")
            share = np.clip(np.abs(values) / self._extent, 0, 1).astype(np.float32)
            colours = blended(ground, strong, share)
            if self._signed:
                negative = values < 0
                colours[negative] = blended(ground, self._theme.color("warning"), share)[negative]
            pixels = np.full((*values.shape[::-1], 4), 255, np.uint8)
            pixels[..., :3] = np.rint(colours).astype(np.uint8).transpose(1, 0, 2)
            height, width = pixels.shape[:2]
            self._image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def _top(self) -> float:
        metrics = QFontMetricsF(self.font())
        longest = max((metrics.horizontalAdvance(word) for word in self._words), default=0.0)
        return min(_MOST_NAME, longest) + _STRIP + 2 * _GAP

    def _cell_width(self) -> float:
        return min(max((self.width() - 4) / max(len(self._words), 1), _CELL), _WIDEST)

    def _area(self) -> QRectF:
        top = self._top()
        return QRectF(0, top, len(self._words) * self._cell_width(), max(self.height() - top - 2, 1.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the cell under the pointer."""
        area, place = self._area(), event.position()
        token = int(place.x() // self._cell_width())
        row = int((place.y() - area.top()) / area.height() * max(len(self._order), 1))
        inside = 0 <= token < len(self._words) and self._image is not None
        self._choose((token, min(max(row, 0), len(self._order) - 1)) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Show no cell."""
        self._choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrow keys."""
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._image is None:
            super().keyPressEvent(event)
            return
        token, row = self._cell or (-step[0], -step[1])
        token, row = token + step[0], row + step[1]
        self._choose((min(max(token, 0), len(self._words) - 1), min(max(row, 0), len(self._order) - 1)))

    def _choose(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.cell_shown.emit(cell)
            self.update()
