"""Where the time of an answer went: parts side by side, each with its number. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_BAR = 8
_DOT = 8
_GAP = 14
_ALPHAS = (1.0, 0.62, 0.32)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePart:
    """One part: its name, its milliseconds, and the number as shown."""

    name: str
    value: float
    text: str


class TimingBar(QWidget):
    """A stacked bar above a legend; the legend wraps to as many lines as the width asks for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[TimePart, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[TimePart]) -> None:
        """Show `parts` from left to right."""
        self._parts = tuple(parts)
        self.setAccessibleName(", ".join(f"{part.name} {part.text}" for part in parts))
        self._fit_height()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(220, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest entry of the legend."""
        widest = max((self._entry_width(part) for part in self._parts), default=80)
        return QSize(widest, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become higher where the width is small."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        # A layout inside a scroll area does not ask for the height that goes with a width.
        self.setFixedHeight(_BAR + 6 + len(self._lines(self.width())) * self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar and legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        metrics = self.fontMetrics()
        y = _BAR + 6
        for line in self._lines(self.width()):
            x = 0
            for number in line:
                part = self._parts[number]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._colour(number))
                painter.drawEllipse(QRectF(x, y + (self._line_height() - _DOT) / 2, _DOT, _DOT))
                painter.setPen(self._theme.color("text_muted"))
                baseline = y + (self._line_height() + metrics.ascent() - metrics.descent()) // 2
                painter.drawText(x + _DOT + 6, baseline, self._entry(part))
                x += self._entry_width(part) + _GAP
            y += self._line_height()

    def _paint_bar(self, painter: QPainter) -> None:
        area = QRectF(0, 0, self.width(), _BAR)
        outline = QPainterPath()
        outline.addRoundedRect(area, _BAR / 2, _BAR / 2)
        painter.setClipPath(outline)
        painter.fillRect(area, self._theme.color("surface_sunken"))
        total = sum(part.value for part in self._parts)
        x = 0.0
        for number, part in enumerate(self._parts):
            width = area.width() * part.value / total if total > 0 else 0.0
            painter.fillRect(QRectF(x, 0, max(0.0, width - 1), _BAR), self._colour(number))
            x += width
        painter.setClipping(False)

    def _colour(self, number: int) -> QColor:
        colour = self._theme.color("accent")
        # The last part, the network, is what the reader came for.
        colour.setAlphaF(_ALPHAS[max(0, len(self._parts) - 1 - number) % len(_ALPHAS)])
        return colour

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        used = 0
        for number, part in enumerate(self._parts):
            need = self._entry_width(part)
            if lines[-1] and used + need > width:
                lines.append([])
                used = 0
            lines[-1].append(number)
            used += need + _GAP
        return lines

    def _line_height(self) -> int:
        return QFontMetrics(self.font()).height() + 4

    def _entry(self, part: TimePart) -> str:
        return f"{part.name} {part.text}"

    def _entry_width(self, part: TimePart) -> int:
        return _DOT + 6 + self.fontMetrics().horizontalAdvance(self._entry(part))
