"""What a spotter takes the last moment for, as bars that move with it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_ROWS = 5
_TRACK = 6
_GAP = 10


class GuessBars(QWidget):
    """Names and shares of the best guesses; a fixed number of rows, so that nothing jumps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._guesses: tuple[tuple[str, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What it could be"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(220, _ROWS * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Return the least that still shows names."""
        return QSize(130, self.sizeHint().height())

    def guesses(self) -> tuple[tuple[str, float], ...]:
        """Return what is shown."""
        return self._guesses

    def show_guesses(self, guesses: tuple[tuple[str, float], ...]) -> None:
        """Show labels and probabilities, the best first."""
        guesses = guesses[:_ROWS]
        if guesses != self._guesses:
            self._guesses = guesses
            said = ", ".join(f"{name} {round(100 * share)} %" for name, share in guesses)
            self.setAccessibleDescription(said)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, share and bar of each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = [*self._guesses, *[("", 0.0)] * (_ROWS - len(self._guesses))]
        for number, (name, share) in enumerate(rows):
            self._paint_row(painter, number, name, share)

    def _paint_row(self, painter: QPainter, number: int, name: str, share: float) -> None:
        height = self._row_height()
        area = QRectF(0, number * height, self.width(), height - _GAP)
        quiet = name.startswith("(")
        if name:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if number == 0 and not quiet else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(self._theme.color("text_faint" if quiet else "text" if number == 0 else "text_muted"))
            line = area.adjusted(0, 0, 0, -(_TRACK + 2))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._shown(name))
            told = f"{round(100 * share)} %"
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        track = QRectF(area.left(), area.bottom() - _TRACK, area.width(), _TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        if share > 0.005:
            colour = self._theme.color("text_faint" if quiet else "accent")
            if number:
                colour.setAlphaF(0.6)
            track.setWidth(max(_TRACK, track.width() * share))
            painter.setBrush(colour)
            painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + _TRACK + 4 + _GAP

    def _shown(self, label: str) -> str:
        """Return a label as a person reads it: those in brackets stand for what is no word of the model."""
        if label.startswith("(no"):
            return self.tr("(nothing)")
        return self.tr("(another word)") if label.startswith("(") else label
