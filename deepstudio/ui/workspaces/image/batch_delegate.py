"""How the cells of the table look: failures in the colour of trouble, confidence as a bar. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from deepstudio.ui.theme import Theme
from deepstudio.ui.workspaces.image.batch_rows import BatchRow, Column, Kind
from deepstudio.ui.workspaces.image.batch_table import COLUMNS, ROW_ROLE

_Index = QModelIndex | QPersistentModelIndex
ICON_SIDE = 36
_BAR = 4


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
        """Draw the cell, and a bar under the number where it is a confidence."""
        super().paint(painter, option, index)
        row: BatchRow = index.data(ROW_ROLE)
        if COLUMNS[index.column()] is not Column.CONFIDENCE or row.kind is Kind.FAILED:
            return
        area = QRectF(option.rect).adjusted(10, 0, -8, 0)
        track = QRectF(area.left(), area.bottom() - 9, area.width(), _BAR)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        track.setWidth(max(_BAR, track.width() * row.confidence))
        painter.setBrush(self._theme.color("text_faint" if row.kind is Kind.REJECTED else "accent"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.restore()
