"""The most likely labels as bars that can be clicked. GUI thread.

Each bar is a button of its own, so that keyboard and screen reader know it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from deepstudio.ui.theme import Theme

BAR_INSET = 10
"""From the edge of a bar to its text, in pixels."""
_TRACK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BarValue:
    """One bar: the label's index, its name and share (0..1) as shown. `quiet` marks one that is no label ("none")."""

    label: int
    name: str
    share: float
    share_text: str
    quiet: bool = False


class ClassBar(QAbstractButton):
    """Name, share and bar of one label."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.value = BarValue(label=-1, name="", share=0.0, share_text="")
        self.best = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_value(self, value: BarValue, *, best: bool, tip: str) -> None:
        """Show `value`; the first bar is `best` and stands out."""
        self.value = value
        self.best = best
        self.setText(value.name)
        self.setAccessibleName(f"{value.name}, {value.share_text}")
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.setEnabled(not value.quiet)
        self.setCursor(Qt.CursorShape.ArrowCursor if value.quiet else Qt.CursorShape.PointingHandCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line of text above a bar."""
        return QSize(180, self.fontMetrics().height() + _TRACK + 16)

    def minimumSizeHint(self) -> QSize:
        """Return the least width that still shows a name."""
        return QSize(110, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, name, share and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        area = self.rect().adjusted(BAR_INSET, 5, -BAR_INSET, -6)
        quiet = self.value.quiet
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.best else QFont.Weight.Normal)
        painter.setFont(font)
        stale = not self.parentWidget().isEnabled()
        painter.setPen(self._theme.color("text_faint" if stale else "text_muted" if quiet else "text"))
        line = area.adjusted(0, 0, 0, -(_TRACK + 4))
        width = painter.fontMetrics().horizontalAdvance(self.value.share_text)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.value.share_text)
        room = line.adjusted(0, 0, -width - 10, 0)
        name = painter.fontMetrics().elidedText(self.value.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        track = QRectF(area.left(), area.bottom() - _TRACK + 1, area.width(), _TRACK)
        self._paint_track(painter, track)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        colour: QColor | None = None
        if self.isChecked():
            colour = self._theme.color("accent_soft")
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            colour = self._theme.color("hover")
        painter.setPen(QPen(self._theme.color("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colour if colour is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground, 8, 8)

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("pressed" if self.isChecked() else "surface_sunken"))
        if self.isChecked():
            ground = self._theme.color("accent")
            ground.setAlphaF(0.16)
            painter.setBrush(ground)
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        filled = QRectF(track)
        filled.setWidth(max(_TRACK, track.width() * self.value.share))
        stale = not self.parentWidget().isEnabled()
        colour = self._theme.color("text_faint" if self.value.quiet or stale else "accent")
        if not self.best and not self.value.quiet:
            colour.setAlphaF(0.6)
        if self.value.share > 0.0005:
            painter.setBrush(colour)
            painter.drawRoundedRect(filled, _TRACK / 2, _TRACK / 2)


class ClassBars(QWidget):
    """Bars from the most likely down. `label_chosen` carries the index of the label that was clicked."""

    label_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: list[ClassBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        theme.changed.connect(self.update)

    def show_values(self, values: Sequence[BarValue], *, tip: str) -> None:
        """Show `values`; bars are made once and kept, because answers may come thirty times a second."""
        while len(self._bars) < len(values):
            bar = ClassBar(self._theme)
            self._bars.append(bar)
            self._group.addButton(bar)
            self._column.addWidget(bar)
        for place, bar in enumerate(self._bars):
            bar.setVisible(place < len(values))
            if place < len(values):
                value = values[place]
                bar.show_value(value, best=place == 0 and not value.quiet, tip="" if value.quiet else tip)
        self.mark(-1)

    def mark(self, label: int) -> None:
        """Mark the bar whose explanation is shown; -1 marks none."""
        self._group.setExclusive(False)
        for bar in self._bars:
            bar.setChecked(not bar.value.quiet and bar.value.label == label >= 0)
        self._group.setExclusive(True)

    def bars(self) -> list[ClassBar]:
        """Return the bars that are shown, from the top."""
        return [bar for bar in self._bars if not bar.isHidden()]

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        assert isinstance(button, ClassBar)
        self.label_chosen.emit(button.value.label)
