"""How the cells of the table of runs look: the colour of the curves, marks, the state of a run. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.runs.items import RunItem
from deepstudio.ui.workspaces.runs.table_model import ROW_ROLE
from deepstudio.ui.workspaces.runs.words import STATUS_ROLES

_Index = QModelIndex | QPersistentModelIndex
_SWATCH = 12
_LEFT = 26
"""Room for the swatch before a name."""
_MARK = 14


class RunsDelegate(QStyledItemDelegate):
    """Draws the cells. `colour_of` returns the colour of a run's curves."""

    def __init__(self, theme: Theme, colour_of: Callable[[RunItem], QColor], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour_of = colour_of

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        return QSize(40, round(32 * self._theme.scale))

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Choose colours by the state of the run, and make room for what is drawn beside the text."""
        super().initStyleOption(option, index)
        item = index.data(ROW_ROLE)
        if not isinstance(item, RunItem):
            return
        key = index.model().columns[index.column()]  # type: ignore[attr-defined]
        role = "text" if key in ("name", "loss", "accuracy", "best_loss", "best_accuracy") else "text_muted"
        if item.run.hidden:
            role = "text_faint"
        for place in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(place, self._theme.color(role))
        option.textElideMode = Qt.TextElideMode.ElideMiddle if key == "name" else Qt.TextElideMode.ElideRight

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a cell."""
        item = index.data(ROW_ROLE)
        if not isinstance(item, RunItem):
            return
        key = index.model().columns[index.column()]  # type: ignore[attr-defined]
        if key not in ("name", "status"):
            super().paint(painter, option, index)
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        text, whole.text = whole.text, ""
        style = whole.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if key == "name":
            self._paint_name(painter, option.rect, item, text, whole)
        else:
            self._paint_status(painter, option.rect, item, text, whole)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, rect: QRect, item: RunItem, text: str, option: QStyleOptionViewItem
    ) -> None:
        box = swatch_rect(rect)
        colour = self._colour_of(item)
        if item.run.hidden:
            painter.setPen(QPen(self._theme.color("text_faint"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(box).adjusted(1, 1, -1, -1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(box))
        right = rect.right() - 6
        for held, icon, role in ((item.run.star, "star", "warning"), (item.run.pinned, "pin", "accent_text")):
            if held:
                place = QRect(right - _MARK, rect.center().y() - _MARK // 2 + 1, _MARK, _MARK)
                self._theme.icon(icon, role).paint(painter, place)
                right -= _MARK + 4
        self._paint_text(
            painter, QRect(rect.left() + _LEFT, rect.top(), right - rect.left() - _LEFT, rect.height()), text, option
        )

    def _paint_status(
        self, painter: QPainter, rect: QRect, item: RunItem, text: str, option: QStyleOptionViewItem
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(STATUS_ROLES[item.run.status]))
        painter.drawEllipse(QRectF(rect.left() + 8, rect.center().y() - 2, 7, 7))
        self._paint_text(painter, rect.adjusted(22, 0, -4, 0), text, option)

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, option: QStyleOptionViewItem) -> None:
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        elided = option.fontMetrics.elidedText(text, option.textElideMode, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), elided)


def swatch_rect(cell: QRect) -> QRect:
    """Return where the colour of a run lies in the cell of its name."""
    return QRect(cell.left() + 8, cell.center().y() - _SWATCH // 2 + 1, _SWATCH, _SWATCH)
