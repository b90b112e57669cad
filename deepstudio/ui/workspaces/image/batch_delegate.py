"""How the cells of the table look: failures in the colour of trouble, confidence as a bar. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.image.batch_rows import BatchRow, Column, Kind
from deepstudio.ui.workspaces.image.batch_table import COLUMNS, ROW_ROLE

_Index = QModelIndex | QPersistentModelIndex
ICON_SIDE = 36
_BAR = 4
_TEXT_INSET = 11


class BatchDelegate(QStyledItemDelegate):
    """Draws every column of the table."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Choose colours by what became of the picture."""
        super().initStyleOption(option, index)
        row: BatchRow = index.data(ROW_ROLE)
        column = COLUMNS[index.column()]
        option.decorationSize = QSize(ICON_SIDE, ICON_SIDE)
        option.textElideMode = Qt.TextElideMode.ElideMiddle if column is Column.NAME else Qt.TextElideMode.ElideRight
        role = "text"
        if row.kind is Kind.FAILED and column is Column.ANSWER:
            role = "danger"
        elif row.kind is Kind.REJECTED or column not in (Column.NAME, Column.ANSWER, Column.CONFIDENCE):
            role = "text_muted"
        for place in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(place, self._theme.color(role))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell, with a bar under a confidence, and the sentence of a failure across all that is empty."""
        row: BatchRow = index.data(ROW_ROLE)
        column = COLUMNS[index.column()]
        if row.kind is Kind.FAILED and column is not Column.NAME:
            self._paint_failure(painter, option, index)
        else:
            super().paint(painter, option, index)
            if column is Column.CONFIDENCE:
                self._paint_bar(painter, QRectF(option.rect), row)
        painter.setPen(self._theme.color("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_failure(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Each cell draws its part of the sentence, so that every ground (hover, selection) stays below it."""
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""
        table = option.widget
        assert isinstance(table, QTableView)
        table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, table)
        left = table.columnViewportPosition(COLUMNS.index(Column.ANSWER)) + _TEXT_INSET
        line = QRect(option.rect)
        line.setLeft(left)
        line.setRight(table.viewport().width() - _TEXT_INSET)
        text = index.sibling(index.row(), COLUMNS.index(Column.ANSWER)).data()
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(self._theme.color("danger"))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()

    def _paint_bar(self, painter: QPainter, cell: QRectF, row: BatchRow) -> None:
        area = cell.adjusted(10, 0, -8, 0)
        track = QRectF(area.left(), area.bottom() - 10, area.width(), _BAR)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        track.setWidth(max(_BAR, track.width() * row.confidence))
        painter.setBrush(self._theme.color("text_faint" if row.kind is Kind.REJECTED else "accent"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.restore()
