"""The classes of a set: pictures of each, its name, its count and a bar against the largest. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.thumbnail_strip import square_thumbnail
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.train.data_job import ClassRow
from deepstudio.ui.workspaces.train.words import split_title, whole

ROW_ROLE = Qt.ItemDataRole.UserRole
THUMBNAIL = 30
_Index = QModelIndex | QPersistentModelIndex


class ClassRows(QAbstractListModel):
    """Rows of `ClassRow`; thumbnails come later, by the sample's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClassRow] = []
        self._row_of: dict[str, int] = {}
        self.pixmaps: dict[str, QPixmap] = {}
        self.largest = 1
        self.texts = False

    def show_rows(self, rows: Sequence[ClassRow], *, texts: bool) -> None:
        """Show other classes; with `texts`, their samples are the texts themselves."""
        self.beginResetModel()
        self._rows = list(rows)
        self.texts = texts
        self.largest = max((row.count for row in rows), default=1) or 1
        self._row_of = {name: place for place, row in enumerate(rows) for name in row.samples}
        self.pixmaps = {}
        self.endResetModel()

    def show_thumbnail(self, name: str, pixels: np.ndarray) -> None:
        """Show a sample's picture, uint8 RGB."""
        place = self._row_of.get(name)
        if place is None:
            return
        image = square_thumbnail(image_from_pixels(pixels), 2 * THUMBNAIL)
        self.pixmaps[name] = QPixmap.fromImage(image)
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of classes."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what the delegate draws, and the words for screen readers."""
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                f"{display_label(row.name)}, {whole(row.count)}" if row.counts else ", ".join((row.name, *row.samples))
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            splits = "\n".join(f"{split_title(split)}: {whole(count)}" for split, count in row.counts.items())
            texts = "\n\n".join(row.samples) if self.texts else ""
            return "\n\n".join(part for part in (f"{display_label(row.name)}\n{splits}", texts) if part)
        return None


class ClassDelegate(QStyledItemDelegate):
    """Draws one class: name and count above, bar below, pictures at the right."""

    def __init__(self, theme: Theme, rows: ClassRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, rows

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a fixed height."""
        return QSize(200, max(THUMBNAIL + 12, option.fontMetrics.height() * 2 + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        row: ClassRow = index.data(ROW_ROLE)
        theme, area = self._theme, QRectF(option.rect).adjusted(6, 4, -6, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 6, 6)
        right = self._paint_samples(painter, row, area)
        words = QRectF(area.left(), area.top(), right - area.left() - 10, area.height())
        if self._rows.texts and row.samples:
            self._paint_text(painter, option, row, words)
        else:
            self._paint_bar(painter, option, row, words)
        painter.restore()

    def _paint_samples(self, painter: QPainter, row: ClassRow, area: QRectF) -> float:
        """Draw as many pictures as two fifths of the width hold; return the left edge of the first."""
        if self._rows.texts:
            return area.right()
        room = int(area.width() * 0.42) // (THUMBNAIL + 4)
        shown = row.samples[: max(1, min(room, len(row.samples)))]
        left = area.right() - len(shown) * (THUMBNAIL + 4) + 4
        top = area.center().y() - THUMBNAIL / 2
        for place, name in enumerate(shown):
            target = QRectF(left + place * (THUMBNAIL + 4), top, THUMBNAIL, THUMBNAIL)
            outline = QPainterPath()
            outline.addRoundedRect(target, 4, 4)
            pixmap = self._rows.pixmaps.get(name)
            if pixmap is None:
                painter.fillPath(outline, self._theme.color("surface_sunken"))
                continue
            painter.save()
            painter.setClipPath(outline)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
            painter.restore()
        return left

    def _paint_bar(self, painter: QPainter, option: QStyleOptionViewItem, row: ClassRow, area: QRectF) -> None:
        self._paint_title(painter, option, row, QRectF(area.left(), area.top(), area.width(), area.height() - 8))
        track = QRectF(area.left(), area.bottom() - 5, area.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface_sunken"))
        painter.drawRoundedRect(track, 2, 2)
        track.setWidth(max(3.0, track.width() * row.count / self._rows.largest))
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(track, 2, 2)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, row: ClassRow, area: QRectF) -> None:
        half = area.height() / 2
        self._paint_title(painter, option, row, QRectF(area.left(), area.top(), area.width(), half))
        painter.setPen(self._theme.color("text_muted"))
        sample = "  ·  ".join(" ".join(text.split()) for text in row.samples[:3])
        text = option.fontMetrics.elidedText(sample, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(
            QRectF(area.left(), area.top() + half, area.width(), half), Qt.AlignmentFlag.AlignVCenter, text
        )

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, row: ClassRow, area: QRectF) -> None:
        count = whole(row.count) if row.counts else ""
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = int(area.width()) - option.fontMetrics.horizontalAdvance(count) - 8
        name = option.fontMetrics.elidedText(display_label(row.name), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(self._theme.roles.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


class ClassList(QListView):
    """The list, without a frame of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ClassRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(ClassDelegate(theme, self.rows, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Classes"))
        mark(self, kind="plain")
        theme.changed.connect(self._on_theme)

    @Slot()
    def _on_theme(self) -> None:
        self.viewport().update()
