"""A confusion matrix to look behind: each cell opens its samples. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from deepstudio.ui.plots.style import mix, style_of
from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import column, label, row
from deepstudio.ui.widgets.segmented import Segmented

_LEAST, _MOST = 15.0, 64.0
_NAMES_FROM = 11.0
_MOST_NAME = 110.0


class MatrixCells(QWidget):
    """The cells themselves: rows are true classes, columns predicted ones."""

    cell_activated = Signal(int, int)
    current_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self.matrix = np.zeros((0, 0), dtype=np.int64)
        self.classes: tuple[str, ...] = ()
        self.normalised = False
        self.current = (0, 0)
        """Row and column of the cell that has the keyboard."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self._on_theme)

    def show_matrix(self, matrix: np.ndarray, classes: Sequence[str]) -> None:
        """Show counts, int64[K, K]."""
        self.matrix = np.asarray(matrix)
        self.classes = tuple(map(display_label, classes))
        last = max(0, len(self.matrix) - 1)
        self.current = (min(self.current[0], last), min(self.current[1], last))
        self.updateGeometry()
        self.update()

    def words(self, true: int, predicted: int) -> str:
        """Return what a cell says."""
        count, total = int(self.matrix[true, predicted]), int(self.matrix[true].sum())
        share = f"{100 * count / total:.1f}" if total else "0"
        words = self.tr("{true} taken for {predicted}: {count} of {total} ({share} %)")
        if true == predicted:
            words = self.tr("{true} recognised: {count} of {total} ({share} %)")
        names = {"true": self.classes[true], "predicted": self.classes[predicted]}
        return words.format(**names, count=f"{count:,}", total=f"{total:,}", share=share)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which a cell can still be hit."""
        left, top = self._names_room()
        side = _LEAST * max(1, len(self.matrix))
        return QSize(round(left + side + 2), round(top + side + 2))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        left, top = self._names_room()
        side = 34 * max(1, len(self.matrix))
        return QSize(round(left + side + 2), round(top + side + 2))

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """Return row and column of the cell at a point."""
        area, side = self._cells()
        if not len(self.matrix) or not area.contains(at):
            return None
        last = len(self.matrix) - 1
        return min(last, int((at.y() - area.top()) / side)), min(last, int((at.x() - area.left()) / side))

    def cell_rect(self, true: int, predicted: int) -> QRectF:
        """Return where a cell is."""
        area, side = self._cells()
        return QRectF(area.left() + predicted * side, area.top() + true * side, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, names and the frame of the current cell."""
        if not len(self.matrix):
            return
        painter = QPainter(self)
        painter.setFont(self._style.font)
        area, side = self._cells()
        totals = np.maximum(self.matrix.sum(axis=1, keepdims=True), 1)
        shares = self.matrix / totals
        with_words = side >= 26
        for true in range(len(self.matrix)):
            for predicted in range(len(self.matrix)):
                share = float(shares[true, predicted])
                self._paint_cell(painter, self.cell_rect(true, predicted), true, predicted, share, with_words)
        if side >= _NAMES_FROM:
            self._paint_names(painter, area, side)
        if self.hasFocus():
            painter.setPen(QPen(self._style.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_rect(*self.current).adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the cell under the mouse the current one."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self._go(*cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the cell."""
        cell = self.cell_at(event.position())
        if cell is not None and cell == self.current and event.button() == Qt.MouseButton.LeftButton:
            self.cell_activated.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, open with Enter."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        last = len(self.matrix) - 1
        if event.key() in steps and last >= 0:
            down, right = steps[Qt.Key(event.key())]
            self._go(min(last, max(0, self.current[0] + down)), min(last, max(0, self.current[1] + right)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and last >= 0:
            self.cell_activated.emit(*self.current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a cell means in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(*cell) if cell is not None else "", self)
            return True
        return super().event(event)

    def _go(self, true: int, predicted: int) -> None:
        self.current = (true, predicted)
        self.setAccessibleDescription(self.words(true, predicted))
        self.current_changed.emit()
        self.update()

    def _names_room(self) -> tuple[float, float]:
        metrics = self._style.metrics
        widest = max((metrics.horizontalAdvance(name) for name in self.classes), default=0.0)
        room = min(_MOST_NAME, widest) + 10
        return room, room

    def _cells(self) -> tuple[QRectF, float]:
        left, top = self._names_room()
        count = max(1, len(self.matrix))
        side = min((self.width() - left - 2) / count, (self.height() - top - 2) / count, _MOST)
        if side < _NAMES_FROM:
            left = top = 2.0
            side = min((self.width() - 4) / count, (self.height() - 4) / count)
        side = max(1.0, side)
        return QRectF(left, top, side * count, side * count), side

    def _paint_cell(
        self, painter: QPainter, box: QRectF, true: int, predicted: int, share: float, with_words: bool
    ) -> None:
        count = int(self.matrix[true, predicted])
        right = true == predicted
        # Mistakes are rare: the root makes a share of one per cent visible.
        strength = share if right else share**0.5
        ground = mix(self._style.color("accent" if right else "danger"), self._style.color("surface_sunken"), strength)
        gap = 0.5 if box.width() > 8 else 0.0
        painter.fillRect(box.adjusted(gap, gap, -gap, -gap), ground)
        if not with_words or not count:
            return
        painter.setPen(_readable(ground, self._style.color("text"), self._style.color("on_accent")))
        text = f"{100 * share:.0f}" if self.normalised else str(count)
        if painter.fontMetrics().horizontalAdvance(text) > box.width() - 2:
            text = f"{count / 1000:.0f}k" if count >= 1000 else text
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_names(self, painter: QPainter, area: QRectF, side: float) -> None:
        metrics = QFontMetricsF(self._style.font)
        every = 1 if side >= metrics.height() - 1 else 2
        for place in range(0, len(self.classes), every):
            name = metrics.elidedText(self.classes[place], Qt.TextElideMode.ElideRight, area.left() - 10)
            current = self.hasFocus() and place in self.current
            painter.setPen(self._style.color("text" if current else "text_muted"))
            box = QRectF(0, area.top() + place * side, area.left() - 6, side)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.save()
            painter.translate(area.left() + (place + 0.5) * side, area.top() - 6)
            painter.rotate(-90)
            box = QRectF(0, -side / 2, area.top() - 8, side)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            painter.restore()

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self.update()


class ConfusionMatrix(QFrame):
    """The cells with what they say in words, and a switch between counts and shares."""

    cell_activated = Signal(int, int)
    """True class and predicted class of the cell that was opened."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self, gap=6)
        self.cells = MatrixCells(theme)
        self.cells.cell_activated.connect(self.cell_activated)
        self.cells.current_changed.connect(self._on_current)
        self._kind = Segmented(theme)
        self._kind.add("counts")
        self._kind.add("shares")
        self._kind.set_text("counts", self.tr("Counts"))
        self._kind.set_text("shares", self.tr("Per cent"), self.tr("Share of the true class in per cent"))
        self._kind.chosen.connect(self._on_kind)
        self._words = label("", "muted", wrap=True)
        head = row(gap=8)
        head.addWidget(self._words, 1)
        head.addWidget(self._kind)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.cells)
        outer.addLayout(head)
        outer.addWidget(area, 1)
        self._axis = label(
            self.tr("Rows: the true class. Columns: what the network said. A click opens the samples."),
            "faint",
            wrap=True,
        )
        outer.addWidget(self._axis)
        self.cells.setAccessibleName(self.tr("Confusion matrix"))

    def show_matrix(self, matrix: np.ndarray, classes: Sequence[str]) -> None:
        """Show counts, int64[K, K]: rows are true classes."""
        self.cells.show_matrix(matrix, classes)
        self._words.setText(self.summary())

    def set_normalised(self, normalised: bool) -> None:
        """Show shares of the true class in per cent instead of counts."""
        self._kind.choose("shares" if normalised else "counts")
        self.cells.normalised = normalised
        self.cells.update()

    def summary(self) -> str:
        """Return in words what is right and what is confused most."""
        matrix = self.cells.matrix
        total = int(matrix.sum())
        if not total:
            return self.tr("Nothing was classified yet.")
        correct = int(np.trace(matrix))
        words = self.tr("{correct} of {total} right ({share} %).").format(
            correct=f"{correct:,}", total=f"{total:,}", share=f"{100 * correct / total:.2f}"
        )
        wrong = matrix.copy()
        np.fill_diagonal(wrong, 0)
        if wrong.max() > 0:
            true, predicted = divmod(int(wrong.argmax()), len(wrong))
            most = self.tr("Most often: {words}.").format(words=self.cells.words(true, predicted))
            return f"{words} {most}"
        return words

    @Slot()
    def _on_current(self) -> None:
        self._words.setText(self.cells.words(*self.cells.current))

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self.cells.normalised = kind == "shares"
        self.cells.update()


def _readable(ground: QColor, dark: QColor, light: QColor) -> QColor:
    """Return the colour of two that stands out from `ground` (relative luminance of WCAG 2)."""
    return max((dark, light), key=lambda colour: abs(_luminance(colour) - _luminance(ground)))


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    # Compared as contrasts: differences of logarithms.
    return float(np.log(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05))
