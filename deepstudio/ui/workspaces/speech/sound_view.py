"""The wave and its spectrogram, scrolling as sound comes in. GUI thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.core.listen_messages import HeardSound
from deepstudio.ui.theme import Theme

_SECONDS = 10
_COLUMNS = 100 * _SECONDS
_FRAME_MS = 16
_WAVE_SHARE = 0.4
_GAP = 6
_MOST_GAIN = 12.0


class SoundView(QWidget):
    """The last ten seconds. Sound is only noted when it arrives; a timer of 60 frames a second draws what is new."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._envelope = np.zeros((_COLUMNS, 2), np.float32)
        self._bands = np.zeros((64, _COLUMNS), np.uint8)
        self._colours: list[int] = []
        self._new = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Wave and spectrogram of the last ten seconds"))
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._draw_news)
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
        self._envelope[:] = 0
        self._bands[:] = 0
        self._timer.stop()
        self.update()

    def add(self, sound: HeardSound) -> None:
        """Append the columns of a piece of sound."""
        _push(self._envelope, sound.envelope)
        if sound.bands.size:
            _push(self._bands.T, sound.bands)
        self._new = True
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _draw_news(self) -> None:
        if not self._new:
            self._timer.stop()
        elif self.isVisible():
            self.update()
        self._new = False

    @Slot()
    def _recolour(self) -> None:
        self._colours = level_colours(self._theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave above, the spectrogram below, low tones at the bottom."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wave_height = round(_WAVE_SHARE * self.height())
        self._paint_wave(painter, QRect(0, 0, self.width(), wave_height))
        flipped = np.ascontiguousarray(self._bands[::-1])
        image = QImage(flipped.data, _COLUMNS, len(flipped), _COLUMNS, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
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
