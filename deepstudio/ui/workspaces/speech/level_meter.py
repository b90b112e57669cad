"""How loud the microphone is, and whether that is right. GUI thread."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_LOWEST_DB = -60.0
_CLIPPED = 0.985
_QUIET_DB = -42.0
_LISTENED_SECONDS = 4.0
_FALL_DB_A_SECOND = 24.0


class LevelMeter(QWidget):
    """A bar in decibels with the highest moment marked; `hint` says in words what is wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = self._peak = _LOWEST_DB
        self._loudest = _LOWEST_DB
        self._listening_since = 0.0
        self._clipped_at = -math.inf
        self._updated = time.monotonic()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Loudness"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(200, 10)

    def reset(self) -> None:
        """Forget what was heard."""
        self._level = self._peak = self._loudest = _LOWEST_DB
        self._listening_since = time.monotonic()
        self._clipped_at = -math.inf
        self.update()

    def show_level(self, peak: float, rms: float) -> None:
        """Show the loudness of the last moment, 0..1."""
        now = time.monotonic()
        fallen = self._peak - _FALL_DB_A_SECOND * (now - self._updated)
        self._updated = now
        self._level = decibels(rms)
        self._peak = max(decibels(peak), fallen)
        self._loudest = max(self._loudest, self._peak)
        if peak >= _CLIPPED:
            self._clipped_at = now
        self.update()

    def hint(self) -> str:
        """Return what to do about the loudness, "" where it is right."""
        now = time.monotonic()
        if now - self._clipped_at < _LISTENED_SECONDS:
            return self.tr("Too loud: turn the microphone down or move away from it.")
        if now - self._listening_since > _LISTENED_SECONDS and self._loudest < _QUIET_DB:
            return self.tr("Very quiet: turn the microphone up or come closer.")
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(whole, radius, radius)
        colour = "danger" if self._peak > -1.0 else "warning" if self._peak > -6.0 else "success"
        painter.setBrush(self._theme.color(colour))
        filled = QRectF(whole)
        filled.setWidth(whole.width() * share(self._level))
        if filled.width() >= 2 * radius:
            painter.drawRoundedRect(filled, radius, radius)
        mark = whole.width() * share(self._peak)
        if mark > 2 * radius:
            painter.drawRect(QRectF(mark - 2, whole.top(), 2, whole.height()))


def decibels(amplitude: float) -> float:
    """Return an amplitude of 0..1 in decibels of full scale."""
    return max(_LOWEST_DB, 20 * math.log10(max(amplitude, 1e-9)))


def share(level: float) -> float:
    """Return how much of the bar a level in decibels fills."""
    return min(1.0, max(0.0, 1 - level / _LOWEST_DB))
