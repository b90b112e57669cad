"""Samples as a grid of pictures with words below them; pictures are asked for when they come into view. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.thumbnail_strip import square_thumbnail
from deepstudio.ui.workspaces.image.intake import image_from_pixels
from deepstudio.ui.workspaces.speech.sound_view import level_colours
from deepstudio.ui.workspaces.train.text_tile import TextDelegate, wrapped

TILE_ROLE = Qt.ItemDataRole.UserRole
SIDE = 92
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One sample: two lines of words, its text if it is one, and whether it is left out or has another label now."""

    name: str
    upper: str = ""
    lower: str = ""
    text: str = ""
    excluded: bool = False
    changed: bool = False
    wrong: bool = False


class Tiles(QAbstractListModel):
    """The samples in the order in which they are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tiles: list[Tile] = []
        self._row_of: dict[str, int] = {}
        self.pixmaps: dict[str, QPixmap] = {}
        self._levels: dict[str, np.ndarray] = {}
        theme.changed.connect(self._recolour)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other samples, or the same in another state: then the selection stays."""
        if [tile.name for tile in tiles] == [tile.name for tile in self._tiles]:
            self._tiles = list(tiles)
            if tiles:
                self.dataChanged.emit(self.index(0, 0), self.index(len(tiles) - 1, 0))
            return
        self.beginResetModel()
        self._tiles = list(tiles)
        self._row_of = {tile.name: place for place, tile in enumerate(tiles)}
        self.endResetModel()

    def show_thumbnail(self, name: str, pixels: np.ndarray) -> None:
        """Show a sample's picture, uint8 RGB."""
        self.pixmaps[name] = QPixmap.fromImage(square_thumbnail(image_from_pixels(pixels), 2 * SIDE))
        place = self._row_of.get(name)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def show_sound(self, name: str, levels: np.ndarray) -> None:
        """Show a recording as a spectrogram, uint8 (bands, columns), in the theme's colours."""
        self._levels[name] = levels
        self._draw_sound(name, level_colours(self._theme))

    def forget(self) -> None:
        """Forget the samples and their pictures."""
        self.pixmaps.clear()
        self._levels.clear()
        self.show_tiles([])

    @Slot()
    def _recolour(self) -> None:
        colours = level_colours(self._theme)
        for name in self._levels:
            self._draw_sound(name, colours)

    def _draw_sound(self, name: str, colours: list[int]) -> None:
        levels = self._levels[name]
        image = QImage(levels.data, levels.shape[1], len(levels), levels.strides[0], QImage.Format.Format_Indexed8)
        image.setColorTable(colours)
        sizes = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.pixmaps[name] = QPixmap.fromImage(image.scaled(2 * SIDE, 2 * SIDE, *sizes))
        place = self._row_of.get(name)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def show_text(self, name: str, text: str) -> None:
        """Show a sample's text."""
        place = self._row_of.get(name)
        if place is not None:
            self._tiles[place] = replace(self._tiles[place], text=text)
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def tiles(self) -> list[Tile]:
        """Return the samples that are shown."""
        return list(self._tiles)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of samples."""
        return 0 if parent is not None and parent.isValid() else len(self._tiles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the tile, or its words for screen readers and tooltips."""
        tile = self._tiles[index.row()]
        if role == TILE_ROLE:
            return tile
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (tile.text, tile.upper, tile.lower) if part) or tile.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (tile.name, tile.upper, tile.lower, wrapped(tile.text)) if part)
        return None


class TileDelegate(QStyledItemDelegate):
    """Draws a tile."""

    def __init__(self, theme: Theme, tiles: Tiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tiles = theme, tiles

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of every tile."""
        return QSize(SIDE + 24, SIDE + 2 * option.fontMetrics.height() + 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, picture and words."""
        tile: Tile = index.data(TILE_ROLE)
        area, theme = QRectF(option.rect).adjusted(3, 3, -3, -3), self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(area, 8, 8)
        picture = QRectF(area.center().x() - SIDE / 2, area.top() + 6, SIDE, SIDE)
        self._paint_picture(painter, tile, picture)
        words = QRect(option.rect.left() + 6, round(picture.bottom()) + 4, option.rect.width() - 12, 0)
        role = "text_faint" if tile.excluded else "warning" if tile.wrong else "text"
        for text, colour in ((tile.upper, role), (tile.lower, "text_muted")):
            words.setHeight(option.fontMetrics.height())
            painter.setPen(theme.color(colour))
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), shown)
            words.translate(0, option.fontMetrics.height())
        painter.restore()

    def _paint_picture(self, painter: QPainter, tile: Tile, place: QRectF) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(place, 6, 6)
        pixmap = self._tiles.pixmaps.get(tile.name)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(place, self._theme.color("surface_sunken"))
        if pixmap is not None:
            painter.setOpacity(0.25 if tile.excluded else 1.0)
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        painter.restore()
        if tile.excluded or tile.changed:
            colour = self._theme.color("danger" if tile.excluded else "accent")
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline)
        if tile.excluded:
            painter.drawLine(place.bottomLeft(), place.topRight())


class SampleList(QListView):
    """`wanted` carries the names whose pictures have come into view and are not there yet."""

    wanted = Signal(object)
    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = Tiles(theme, self)
        self._asked: set[str] = set()
        self.setModel(self.tiles)
        self._pictures, self._texts = TileDelegate(theme, self.tiles, self), TextDelegate(theme, self)
        self.show_as(texts=False)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Samples"))
        mark(self, kind="plain")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(40)
        self._later.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.tiles.modelReset.connect(self._later.start)
        self.selectionModel().selectionChanged.connect(self.chosen)
        theme.changed.connect(self._on_theme)

    def show_as(self, *, texts: bool) -> None:
        """Show a grid of pictures, or a list of texts."""
        self.setItemDelegate(self._texts if texts else self._pictures)
        self.setViewMode(QListView.ViewMode.ListMode if texts else QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)

    def names(self) -> tuple[str, ...]:
        """Return the names of the samples that are selected."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        tiles = self.tiles.tiles()
        return tuple(tiles[place].name for place in rows)

    def forget(self) -> None:
        """Forget the samples and their pictures."""
        self._asked.clear()
        self.tiles.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for what has come into view."""
        super().resizeEvent(event)
        self._later.start()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        self._later.start()

    @Slot()
    def _ask(self) -> None:
        area = self.viewport().rect().adjusted(0, -SIDE, 0, 2 * SIDE)
        names = []
        for place, tile in enumerate(self.tiles.tiles()):
            box = self.visualRect(self.tiles.index(place, 0))
            if box.top() > area.bottom():
                break
            if box.intersects(area) and tile.name not in self._asked:
                names.append(tile.name)
        if names:
            self._asked.update(names)
            self.wanted.emit(tuple(names))

    @Slot()
    def _on_theme(self) -> None:
        self.viewport().update()
