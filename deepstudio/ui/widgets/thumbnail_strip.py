"""A row of small pictures with names; a click, Enter or Space chooses one. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

THUMBNAIL = 52
_RADIUS = 8.0


class ThumbnailStrip(QListWidget):
    """One line that scrolls sideways. `picked` carries the place of what was chosen."""

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "plain")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_clicked)
        self._fit()

    def show_items(self, items: list[tuple[str, QImage | None, str]]) -> None:
        """Show `items`: a name, a picture (None shows a drawing in its place), and a tooltip each."""
        self.clear()
        for name, image, tip in items:
            icon = QIcon(_rounded(image, self.devicePixelRatioF())) if image is not None else self._theme.icon("image")
            item = QListWidgetItem(icon, name)
            item.setToolTip(tip)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.addItem(item)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and Space choose."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.picked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        cell = QSize(THUMBNAIL + 24, THUMBNAIL + line + 22)
        self.setGridSize(cell)
        self.setFixedHeight(cell.height() + 14)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(self.row(item))


def square_thumbnail(image: QImage, side: int) -> QImage:
    """Return the middle of `image` as a square of `side` pixels."""
    edge = min(image.width(), image.height())
    middle = image.copy((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge)
    return middle.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _rounded(image: QImage, ratio: float) -> QPixmap:
    side = round(THUMBNAIL * ratio)
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
