"""An on-off switch, drawn from the palette that the theme sets. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

_WIDTH, _HEIGHT = 40, 22


class Switch(QAbstractButton):
    """A checkable button in the form of a switch; space toggles it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the fixed size, ring included."""
        return QSize(_WIDTH + 6, _HEIGHT + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, knob and focus ring."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(3, 3, _WIDTH, _HEIGHT)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Accent if on else QPalette.ColorRole.Dark))
        if not self.isEnabled():
            painter.setOpacity(0.5)
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        painter.setBrush(QColor(palette.color(QPalette.ColorRole.BrightText if on else QPalette.ColorRole.Base)))
        radius = _HEIGHT / 2 - 3
        middle = track.right() - _HEIGHT / 2 if on else track.left() + _HEIGHT / 2
        painter.drawEllipse(QPointF(middle, track.center().y()), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(QRectF(1, 1, _WIDTH + 4, _HEIGHT + 4), _HEIGHT / 2 + 2, _HEIGHT / 2 + 2)
        painter.end()
