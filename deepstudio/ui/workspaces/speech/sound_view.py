"""The wave and its spectrogram, scrolling as sound comes in. GUI thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.core.listen_messages import HeardSound
from deepstudio.ui.theme import Theme

_SECONDS = 10
_RATE = 100
_COLUMNS = _RATE * _SECONDS
_FRAME_MS = 16
_LONGEST_FRAME_MS = 100
_IDLE_MS = 500
_AHEAD, _HURRY = 8, 0.15
"""Columns that may wait, and the share of those beyond them that comes into sight sooner, with each frame."""
_WAVE_SHARE = 0.4
_GAP = 6
_MOST_GAIN = 12.0


class Strip:
    """The last columns of a picture. New ones wait and come into sight at the pace of the sound, frame by frame."""

    def __init__(self, kept: NDArray) -> None:
        self._kept = kept
        self._waiting = kept[:0]
        self._part = 0.0

    def clear(self) -> None:
        """Show nothing."""
        self._kept[:] = 0
        self._waiting, self._part = self._kept[:0], 0.0

    def add(self, columns: NDArray) -> None:
        """Let `columns` wait."""
        self._waiting = np.concatenate([self._waiting, columns])[-len(self._kept) :]

    def reveal(self, seconds: float) -> int:
        """Move what waits into sight, as much as fits to `seconds`, and return how many columns that were."""
        late = max(0, len(self._waiting) - _AHEAD)
        due = self._part + _RATE * seconds + _HURRY * late
        count = min(int(due), len(self._waiting))
        self._part = min(due - count, 1.0)
        _push(self._kept, self._waiting[:count])
        self._waiting = self._waiting[count:]
        return count


class SoundView(QWidget):
    """The last ten seconds. Sound comes in pieces; 60 times a second the part of it is drawn that is due."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._envelope = np.zeros((_COLUMNS, 2), np.float32)
        self._bands = np.zeros((64, _COLUMNS), np.uint8)
        self._strips = Strip(self._envelope), Strip(self._bands.T)
        self._colours = np.zeros(256, np.uint32)
        self._frame, self._news = QElapsedTimer(), QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Wave and spectrogram of the last ten seconds"))
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._draw)
        theme.changed.connect(self._recolour)
        self._recolour()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(640, 168)

    def minimumSizeHint(self) -> QSize:
        """Return what is left of it in a low window."""
        return QSize(160, 76)

    def clear(self) -> None:
        """Show silence."""
        for strip in self._strips:
            strip.clear()
        self._timer.stop()
        self.update()

    def add(self, sound: HeardSound) -> None:
        """Append the columns of a piece of sound."""
        envelope, bands = self._strips
        envelope.add(sound.envelope)
        if sound.bands.size:
            bands.add(sound.bands)
        if not self._timer.isActive():
            self._frame.start()
            self._news.start()
            self._timer.start()

    @Slot()
    def _draw(self) -> None:
        seconds = min(self._frame.restart(), _LONGEST_FRAME_MS) / 1000
        if sum(strip.reveal(seconds) for strip in self._strips):
            self._news.restart()
            if self.isVisible():
                self.update()
        elif self._news.elapsed() > _IDLE_MS:
            self._timer.stop()

    @Slot()
    def _recolour(self) -> None:
        self._colours = np.array(level_colours(self._theme), np.uint32)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave above, the spectrogram below, low tones at the bottom."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wave_height = round(_WAVE_SHARE * self.height())
        self._paint_wave(painter, QRect(0, 0, self.width(), wave_height))
        pixels = self._colours[self._bands[::-1]]  # Qt would take twice the time to look colours up
        image = QImage(pixels.data, _COLUMNS, len(pixels), 4 * _COLUMNS, QImage.Format.Format_RGB32)
        below = QRectF(0, wave_height + _GAP, self.width(), self.height() - wave_height - _GAP)
        painter.drawImage(below, image)

    def _gain(self) -> float:
        """Return what quiet speech is enlarged by so that its wave can be seen; the level meter tells the truth."""
        return min(_MOST_GAIN, 0.95 / max(float(np.abs(self._envelope).max()), 1e-6))

    def _paint_wave(self, painter: QPainter, area: QRect) -> None:
        """Fill, column by column, what lies between the least and the greatest amplitude: an image of two colours."""
        ratio = self.devicePixelRatioF()
        columns, height = max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio))
        edges = np.linspace(0, _COLUMNS, columns + 1).astype(int)
        starts = np.minimum(edges[:-1], _COLUMNS - 1)
        low = np.minimum.reduceat(self._envelope[:, 0], starts)
        high = np.maximum.reduceat(self._envelope[:, 1], starts)
        half = (height / 2 - 1) * self._gain()
        rows = np.arange(height, dtype=np.float32)[:, None] - height / 2 + 0.5
        filled = (rows >= -high * half - ratio / 2) & (rows <= -low * half + ratio / 2)
        pixels = np.ascontiguousarray(filled, np.uint8)
        if columns % 4:
            pixels = np.pad(pixels, ((0, 0), (0, 4 - columns % 4)))
        image = QImage(pixels.data, columns, height, pixels.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable([self._theme.color("surface_sunken").rgb(), self._theme.color("accent").rgb()])
        painter.drawImage(QRectF(area), image)


def _push(kept: NDArray, new: NDArray) -> None:
    """Move `kept` along its first axis and put `new` at its end, in place."""
    count = min(len(new), len(kept))
    if count:
        kept[:-count] = kept[count:].copy()
        kept[-count:] = new[-count:]


def level_colours(theme: Theme) -> list[int]:
    """Return the colours of the 256 levels of a spectrogram, faint first."""
    ground, loud, peak = theme.color("surface_sunken"), theme.color("accent"), theme.color("text")
    return [_mixed(ground, loud, peak, level / 255).rgb() for level in range(256)]


def _mixed(ground: QColor, loud: QColor, peak: QColor, level: float) -> QColor:
    first, second, share = (ground, loud, level / 0.7) if level < 0.7 else (loud, peak, (level - 0.7) / 0.3)
    return QColor(
        round(first.red() + (second.red() - first.red()) * share),
        round(first.green() + (second.green() - first.green()) * share),
        round(first.blue() + (second.blue() - first.blue()) * share),
    )
