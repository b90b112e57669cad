"""Draws one text of a list: two lines of it, and what the network says below. GUI thread."""

from __future__ import annotations

import textwrap
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deepstudio.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_LINES = 2
_TIP_WIDTH, _TIP_LENGTH = 90, 1200


def wrapped(text: str) -> str:
    """Return a text for a tooltip: in lines, cut where it is long."""
    return "\n".join(textwrap.wrap(text[:_TIP_LENGTH], _TIP_WIDTH)) if text else ""


class TextDelegate(QStyledItemDelegate):
    """The items' user role is a `Tile`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of every text; the width is the list's."""
        return QSize(200, (_LINES + 1) * option.fontMetrics.height() + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, text and words."""
        tile: Any = index.data(Qt.ItemDataRole.UserRole)
        theme, area = self._theme, QRectF(option.rect).adjusted(3, 2, -3, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(theme.color("accent"), 1.5) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if chosen else "surface_sunken"))
        painter.drawRoundedRect(area, 8, 8)
        if tile.excluded or tile.changed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("danger" if tile.excluded else "accent"))
            painter.drawRoundedRect(QRectF(area.left(), area.top() + 6, 3, area.height() - 12), 1.5, 1.5)
        inner = area.adjusted(12, 6, -10, -6)
        height = option.fontMetrics.height()
        painter.setPen(theme.color("text_faint" if tile.excluded else "text"))
        self._paint_text(painter, option, " ".join(tile.text.split()) or tile.name, inner)
        words = QRectF(inner.left(), inner.bottom() - height, inner.width(), height)
        painter.setPen(theme.color("text_faint" if tile.excluded else "warning" if tile.wrong else "text_muted"))
        room = words.width() - option.fontMetrics.horizontalAdvance(tile.lower) - 12
        shown = option.fontMetrics.elidedText(tile.upper, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft), shown)
        painter.setPen(theme.color("text_muted"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight), tile.lower)
        painter.restore()

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, text: str, area: QRectF) -> None:
        """Draw as much of the text as two lines hold, the second one with dots at its end."""
        layout = QTextLayout(text[:2000], option.font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        height = option.fontMetrics.height()
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            begin, length = line.textStart(), line.textLength()
            rest = text[begin:] if number == _LINES - 1 else text[begin : begin + length]
            shown = option.fontMetrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, int(area.width()))
            place = QRectF(area.left(), area.top() + number * height, area.width(), height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), shown)
        layout.endLayout()
