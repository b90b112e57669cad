"""The cells of a confusion matrix: an image of pyqtgraph, with names and numbers over it. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from deepstudio.ui.plots.plot_view import PlotView, pyqtgraph
from deepstudio.ui.plots.sample_grid import image_of
from deepstudio.ui.plots.style import PlotStyle, colour_table, style_of
from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme

_LEAST, _MOST = 15.0, 64.0
_NAMES_FROM = 11.0
_MOST_NAME = 110.0


class MatrixCells(PlotView):
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
        self._image = pyqtgraph.ImageItem()
        self._image.setZValue(-1)
        self.addItem(self._image)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme)

    def show_matrix(self, matrix: np.ndarray, classes: Sequence[str]) -> None:
        """Show counts, int64[K, K]."""
        self.matrix = np.asarray(matrix)
        self.classes = tuple(map(display_label, classes))
        last = max(0, len(self.matrix) - 1)
        self.current = (min(self.current[0], last), min(self.current[1], last))
        self.updateGeometry()
        self._colour()

    def set_normalised(self, normalised: bool) -> None:
        """Show shares of the true class in per cent instead of counts."""
        self.normalised = normalised
        self.refresh()

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

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint numbers, names and the frame of the current cell."""
        if not len(self.matrix):
            return
        area, side = self._cells()
        self._paint_over(painter, area, side, self._style)
        if self.hasFocus():
            painter.setPen(QPen(self._style.color("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_rect(*self.current).adjusted(1, 1, -1, -1))

    def print_on(self, painter: QPainter, area: QRectF, style: PlotStyle) -> None:
        """Paint what is shown anywhere else."""
        inside, side = self._cells()
        painter.save()
        painter.translate(area.topLeft())
        painter.drawImage(inside, image_of(self._colours(style)))
        self._paint_over(painter, inside, side, style)
        painter.restore()

    def print_size(self) -> QSize:
        """Return the size of cells and names without what is empty beside them."""
        inside = self._cells()[0]
        return QSize(round(inside.right()) + 1, round(inside.bottom()) + 1)

    def table(self) -> Iterator[Sequence[object]]:
        """Yield the rows of a table of what is shown: true class, predicted class, count, share of the true class."""
        yield "true", "predicted", "count", "share"
        shares_KK = self._shares()
        for true, predicted in np.ndindex(self.matrix.shape):
            count, share = int(self.matrix[true, predicted]), float(shares_KK[true, predicted])
            yield self.classes[true], self.classes[predicted], count, repr(share)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay the cells out for the new size."""
        super().resizeEvent(event)
        if event is not None:
            self._arrange()

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

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a cell means in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(*cell) if cell is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _go(self, true: int, predicted: int) -> None:
        self.current = (true, predicted)
        self.setAccessibleDescription(self.words(true, predicted))
        self.current_changed.emit()
        self.refresh()

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

    def _shares(self) -> np.ndarray:
        return np.asarray(self.matrix / np.maximum(self.matrix.sum(axis=1, keepdims=True), 1))

    def _colours(self, style: PlotStyle) -> np.ndarray:
        """Return the grounds of the cells, uint8[K, K, 3]."""
        shares_KK = self._shares()
        right, wrong = (colour_table(style.color("surface_sunken"), style.color(role)) for role in ("accent", "danger"))
        # Mistakes are rare: the root makes a share of one per cent visible.
        colours = wrong[(np.sqrt(shares_KK) * 255).round().astype(np.uint8)]
        diagonal = np.arange(len(shares_KK))
        colours[diagonal, diagonal] = right[(shares_KK[diagonal, diagonal] * 255).round().astype(np.uint8)]
        return colours

    def _colour(self) -> None:
        if len(self.matrix):
            self._image.setImage(self._colours(self._style), autoLevels=False)
        self._arrange()

    def _arrange(self) -> None:
        self._image.setVisible(bool(len(self.matrix)))
        if len(self.matrix):
            self._image.setRect(self._cells()[0])
        self.refresh()

    def _paint_over(self, painter: QPainter, area: QRectF, side: float, style: PlotStyle) -> None:
        count = len(self.matrix)
        painter.setFont(style.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if side > 8:
            painter.setPen(QPen(style.color("surface"), 1))
            for place in range(1, count):
                x, y = round(area.left() + place * side), round(area.top() + place * side)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if side >= 26:
            colours, shares_KK = self._colours(style), self._shares()
            for true, predicted in np.argwhere(self.matrix).tolist():
                box = QRectF(area.left() + predicted * side, area.top() + true * side, side, side)
                ground = QColor(*colours[true, predicted].tolist())
                painter.setPen(_readable(ground, style.color("text"), style.color("on_accent")))
                words = self._number(painter, true, predicted, float(shares_KK[true, predicted]), side)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if side >= _NAMES_FROM:
            self._paint_names(painter, area, side, style)

    def _number(self, painter: QPainter, true: int, predicted: int, share: float, side: float) -> str:
        count = int(self.matrix[true, predicted])
        text = f"{100 * share:.0f}" if self.normalised else str(count)
        if painter.fontMetrics().horizontalAdvance(text) > side - 2 and count >= 1000:
            return f"{count / 1000:.0f}k"
        return text

    def _paint_names(self, painter: QPainter, area: QRectF, side: float, style: PlotStyle) -> None:
        metrics = QFontMetricsF(style.font)
        every = 1 if side >= metrics.height() - 1 else 2
        for place in range(0, len(self.classes), every):
            name = metrics.elidedText(self.classes[place], Qt.TextElideMode.ElideRight, area.left() - 10)
            current = self.hasFocus() and place in self.current
            painter.setPen(style.color("text" if current else "text_muted"))
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
        self._colour()


def _readable(ground: QColor, dark: QColor, light: QColor) -> QColor:
    """Return the colour of two that stands out from `ground` (relative luminance of WCAG 2)."""
    return max((dark, light), key=lambda colour: abs(_luminance(colour) - _luminance(ground)))


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    # Compared as contrasts: differences of logarithms.
    return float(np.log(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05))
