"""The list of models: what a row knows, and how it is drawn. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deepstudio.ui.theme import Theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One row. `kind` is "installed", "damaged", "published" or "section"; sections cannot be chosen."""

    name: str
    title: str
    facts: str = ""
    badge: str = ""
    kind: str = "installed"
    icon: str = "image"

    @property
    def selectable(self) -> bool:
        """Return whether a person can choose it."""
        return self.kind != "section"


class ModelRows(QAbstractListModel):
    """The rows as they are shown, sections included."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ModelRow] = []

    def set_rows(self, rows: Sequence[ModelRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def replace(self, number: int, row: ModelRow) -> None:
        """Show other words in one row."""
        self._rows[number] = row
        index = self.index(number, 0)
        self.dataChanged.emit(index, index)

    def row_of(self, name: str) -> int:
        """Return where the model `name` stands, -1 if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.name == name and row.selectable:
                return number
        return -1

    def first(self) -> int:
        """Return the first row that can be chosen, -1 if there is none."""
        return next((number for number, row in enumerate(self._rows) if row.selectable), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the row itself, or its words for a screen reader."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.title, row.facts, row.badge) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Sections cannot be chosen."""
        if index.isValid() and not self._rows[index.row()].selectable:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ModelDelegate(QStyledItemDelegate):
    """Draws a row as a quiet card: icon, title, facts, badge."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row; the width is the view's."""
        section = index.data(ROW_ROLE).kind == "section"
        return QSize(160, round((36 if section else 62) * self._theme.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a section's title or a model's row."""
        row: ModelRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "section":
            self._paint_section(painter, option.rect, row)
        else:
            self._paint_row(painter, option, row)
        painter.restore()

    def _paint_section(self, painter: QPainter, rect: QRect, row: ModelRow) -> None:
        painter.setFont(self._theme.font(0.88, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(rect.adjusted(10, 8, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), row.title)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: ModelRow) -> None:
        theme, state = self._theme, option.state
        box = QRectF(option.rect).adjusted(1, 2, -1, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 10, 10)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)
        rect = box.toRect().adjusted(10, 0, -10, 0)
        damaged = row.kind == "damaged"
        tile = QRectF(rect.left(), rect.center().y() - 17, 36, 36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("danger_soft" if damaged else "accent_soft"))
        painter.drawRoundedRect(tile, 9, 9)
        role = "danger" if damaged else "accent_text"
        theme.icon(row.icon, role).paint(painter, tile.toRect().adjusted(8, 8, -8, -8))
        self._paint_words(painter, rect.adjusted(48, 0, 0, 0), row)

    def _paint_words(self, painter: QPainter, rect: QRect, row: ModelRow) -> None:
        theme = self._theme
        badge_width = self._paint_badge(painter, rect, row) if row.badge else 0
        upper = QRect(rect.left(), rect.top(), rect.width() - badge_width, rect.height() // 2 + 1)
        lower = QRect(rect.left(), rect.center().y() + 1, rect.width() - badge_width, rect.height() // 2)
        for where, text, factor, weight, role, align in (
            (upper, row.title, 1.02, QFont.Weight.DemiBold, "text", Qt.AlignmentFlag.AlignBottom),
            (lower, row.facts, 0.92, QFont.Weight.Normal, "text_muted", Qt.AlignmentFlag.AlignTop),
        ):
            font = theme.font(factor, weight=weight)
            painter.setFont(font)
            painter.setPen(theme.color(role))
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, int(align | Qt.AlignmentFlag.AlignLeft), elided)

    def _paint_badge(self, painter: QPainter, rect: QRect, row: ModelRow) -> int:
        theme = self._theme
        damaged = row.kind == "damaged"
        font = theme.font(0.86, weight=QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(row.badge) + 14, metrics.height() + 4
        box = QRectF(rect.right() - width, rect.center().y() - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("danger_soft" if damaged else "surface_sunken"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        painter.setPen(theme.color("danger" if damaged else "text_muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), row.badge)
        return width + 8
