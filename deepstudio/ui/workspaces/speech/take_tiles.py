"""The takes of a word as small pictures of their sound: heard by a click, deleted by a key. GUI thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from deepstudio.audio.word_sets import Take
from deepstudio.ui.theme import Theme, mark

_TAKE = int(Qt.ItemDataRole.UserRole) + 1
_SIZE = QSize(78, 54)
_Index = QModelIndex | QPersistentModelIndex


class _TileDelegate(QStyledItemDelegate):
    """The wave of a take, and its number."""

    def __init__(self, theme: Theme, tiles: TakeTiles) -> None:
        super().__init__(tiles)
        self._theme = theme
        self._tiles = tiles

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return _SIZE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, area = self._theme, QRectF(option.rect).adjusted(2, 2, -2, -2)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent") if chosen else theme.color("border"))
        painter.setBrush(theme.color("hover" if over else "surface_sunken"))
        painter.drawRoundedRect(area, 7, 7)
        painter.setPen(theme.color("text_faint"))
        painter.drawText(
            area.adjusted(6, 2, -4, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, index.data()
        )
        shape = self._tiles.waves.get(index.data(_TAKE).path)
        if shape is not None:
            self._paint_wave(painter, area.adjusted(7, 18, -7, -5), shape)
        painter.restore()

    def _paint_wave(self, painter: QPainter, area: QRectF, shape: NDArray[np.float32]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        width, middle = area.width() / len(shape), area.center().y()
        bars = []
        for column, loud in enumerate(shape.tolist()):
            height = max(1.0, loud * area.height())
            bars.append(QRectF(area.left() + column * width, middle - height / 2, max(0.8, width * 0.8), height))
        painter.drawRects(bars)


class TakeTiles(QListWidget):
    """Return or a click plays a take, Delete deletes it."""

    play_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waves: dict[Path, NDArray[np.float32]] = {}
        """Pictures by file, float32 (columns), 0..1; those missing are drawn when they come."""
        mark(self, kind="plain")
        self.setAccessibleName(self.tr("Takes of this word"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TileDelegate(theme, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)
        theme.changed.connect(self.viewport().update)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        """Show these takes."""
        row = self.currentRow()
        self.clear()
        for number, take in enumerate(takes, start=1):
            item = QListWidgetItem(str(number))
            item.setData(_TAKE, take)
            told = self.tr("Take {number}, {seconds} s. Click to hear it, Delete removes it.")
            told = told.format(number=number, seconds=f"{take.seconds:.1f}")
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.addItem(item)
        if row >= 0 and self.count():
            self.setCurrentRow(min(row, self.count() - 1))

    def missing(self) -> tuple[Path, ...]:
        """Return the files whose wave is not known yet."""
        paths = (self.item(row).data(_TAKE).path for row in range(self.count()))
        return tuple(path for path in paths if path not in self.waves)

    def add_waves(self, waves: dict[Path, NDArray[np.float32]]) -> None:
        """Draw these waves."""
        self.waves |= waves
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Delete."""
        item = self.currentItem()
        if item is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(item.data(_TAKE))
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.play_asked.emit(item.data(_TAKE))

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        item = self.itemAt(point) or self.currentItem()
        if item is None:
            return
        take = item.data(_TAKE)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Play")).triggered.connect(lambda: self.play_asked.emit(take))
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self.delete_asked.emit(take))
        menu.popup(self.viewport().mapToGlobal(point))
