"""A row of small pictures with names; a click, Enter or Space chooses one. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPainterPath, QPixmap, QWheelEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

SMALL, LARGE = 52, 92
_RADIUS = 8.0
StripItem = tuple[str, QImage | None, str]
"""Name, picture, tooltip."""


class ThumbnailStrip(QListWidget):
    """One line that scrolls sideways. `picked` carries the place of what was chosen."""

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = SMALL
        self._items: list[StripItem] = []
        self.setProperty("kind", "plain")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_clicked)
        self._fit()

    def show_items(self, items: Sequence[StripItem]) -> None:
        """Show `items`: a name, a picture (None shows a drawing in its place), and a tooltip each."""
        self._items = list(items)
        self.setCurrentRow(-1)
        # In place: this is also called while the list reports a click on an item, which must not be deleted then.
        while self.count() > len(self._items):
            self.takeItem(self.count() - 1)
        while self.count() < len(self._items):
            self.addItem(QListWidgetItem())
        ratio = self.devicePixelRatioF()
        for place, (name, image, tip) in enumerate(self._items):
            pixmap = _rounded(image, self._side, ratio) if image is not None and not image.isNull() else None
            item = self.item(place)
            item.setIcon(QIcon(pixmap) if pixmap is not None else self._theme.icon("image"))
            item.setText(name)
            item.setToolTip(tip)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._fit()

    def set_side(self, side: int) -> None:
        """Show the pictures `side` pixels wide: `SMALL` or `LARGE`."""
        if side != self._side:
            self._side = side
            self.show_items(self._items)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways, whichever way the wheel turns."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and Space choose."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.picked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setIconSize(QSize(self._side, self._side))
        cell = QSize(self._side + 32, self._side + self.fontMetrics().height() + 20)
        self.setGridSize(cell)
        large = self._side == LARGE
        scrolls = Qt.ScrollBarPolicy.ScrollBarAsNeeded if large else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(scrolls)
        self.setFixedHeight(cell.height() + (18 if large else 4))

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(self.row(item))


def square_thumbnail(image: QImage, side: int) -> QImage:
    """Return the middle of `image` as a square of `side` pixels."""
    edge = min(image.width(), image.height())
    middle = image.copy((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge)
    return middle.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _rounded(image: QImage, width: int, ratio: float) -> QPixmap:
    side = round(width * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    outline = QPainterPath()
    outline.addRoundedRect(0, 0, side, side, _RADIUS * ratio, _RADIUS * ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline)
    painter.drawImage(0, 0, square_thumbnail(image, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
