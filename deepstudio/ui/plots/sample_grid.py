"""Pictures or texts with what the network says of them, as it changes. GUI thread only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from deepstudio.ui.plots.plot_view import PlotView
from deepstudio.ui.plots.style import style_of
from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme

_GAP = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class SampleTile:
    """One sample: a picture or a text, two lines below it, and whether it is right (None: unknown) and changed."""

    image: QImage | None
    text: str
    title: str
    detail: str
    right: bool | None = None
    changed: bool = False


class SampleGrid(PlotView):
    """Tiles in as many columns as fit; arrows walk, Enter opens."""

    sample_activated = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self._tiles: list[SampleTile] = []
        self._side = 92.0
        self.current = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Samples"))
        theme.changed.connect(self._on_theme)

    def show_predictions(self, payload: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
        """Show predictions: probabilities[N, K], labels[N], classes, and pixels[N, H, W, C] or texts.

        Samples whose answer differs from that of `before` are marked.
        """
        probabilities = np.asarray(payload["probabilities"])
        labels = np.asarray(payload["labels"])
        classes = [display_label(name) for name in payload["classes"]]
        chosen = probabilities.argmax(axis=1)
        earlier = np.asarray(before["probabilities"]).argmax(axis=1) if before is not None else chosen
        tiles = []
        for place, answer in enumerate(chosen.tolist()):
            truth = int(labels[place])
            right = None if truth < 0 else truth == answer
            changed = len(earlier) == len(chosen) and int(earlier[place]) != answer
            share = f"{100 * float(probabilities[place, answer]):.0f} %"
            title = f"{classes[answer]} {share}"
            detail = "" if right in (True, None) else self.tr("is {name}").format(name=classes[truth])
            if changed:
                was = self.tr("was {name}").format(name=classes[int(earlier[place])])
                detail = f"{detail}, {was}" if detail else was
            tiles.append(SampleTile(_picture(payload, place), _text(payload, place), title, detail, right, changed))
        self._show(tiles)

    def show_images(self, pixels: np.ndarray, captions: Sequence[str] = ()) -> None:
        """Show pictures, uint8[N, H, W, C], with a line below each."""
        words = list(captions) + [""] * (len(pixels) - len(captions))
        payload = {"pixels": pixels}
        self._show([SampleTile(_picture(payload, place), "", words[place], "") for place in range(len(pixels))])

    def tiles(self) -> list[SampleTile]:
        """Return what is shown."""
        return list(self._tiles)

    def summary(self) -> str:
        """Return in words how many are right and how many changed."""
        known = [tile for tile in self._tiles if tile.right is not None]
        right = sum(1 for tile in known if tile.right)
        changed = sum(1 for tile in self._tiles if tile.changed)
        return self.tr("{right} of {total} right, {changed} answers changed").format(
            right=right, total=len(known), changed=changed
        )

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        across = self._across(width)
        return round(-(-len(self._tiles) // across) * (self._tall() + _GAP))

    def sizeHint(self) -> QSize:
        """Return the size for the width of now."""
        return QSize(400, self.heightForWidth(max(200, self.width())))

    def tile_rect(self, place: int) -> QRectF:
        """Return where a tile is."""
        across = self._across(self.width())
        down, right = divmod(place, across)
        wide = (self.width() - _GAP * (across - 1)) / across
        return QRectF(right * (wide + _GAP), down * (self._tall() + _GAP), wide, self._tall())

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the tiles that are seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.font)
        for place, tile in enumerate(self._tiles):
            box = self.tile_rect(place)
            if box.intersects(exposed):
                self._paint_tile(painter, box, tile, current=place == self.current and self.hasFocus())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the tile under the mouse."""
        place = self._tile_at(event.position())
        if place is not None:
            self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the tile under the mouse."""
        place = self._tile_at(event.position())
        if place is not None:
            self.sample_activated.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, open with Enter."""
        across = self._across(self.width())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across}
        if event.key() in steps and self._tiles:
            wanted = self.current + steps[Qt.Key(event.key())]
            if 0 <= wanted < len(self._tiles):
                self._go(wanted)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._tiles:
            self.sample_activated.emit(self.current)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a tile's words whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._tile_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._words(place) if place is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _show(self, tiles: list[SampleTile]) -> None:
        grew = len(tiles) != len(self._tiles)
        self._tiles = tiles
        self.current = min(self.current, max(0, len(tiles) - 1))
        if grew:
            self.updateGeometry()
        self.setAccessibleDescription(self.summary())
        self.refresh()

    def _go(self, place: int) -> None:
        self.current = place
        self.setAccessibleDescription(self._words(place))
        self.refresh()

    def _words(self, place: int) -> str:
        tile = self._tiles[place]
        return "\n".join(part for part in (tile.text, tile.title, tile.detail) if part)

    def _tile_at(self, at: QPointF) -> int | None:
        return next((place for place in range(len(self._tiles)) if self.tile_rect(place).contains(at)), None)

    def _across(self, width: int) -> int:
        texts = any(tile.image is None for tile in self._tiles)
        return max(1, int((width + _GAP) // ((240 if texts else self._side + 28) + _GAP)))

    def _tall(self) -> float:
        return self._side + 2 * self._style.metrics.height() + 18

    def _paint_tile(self, painter: QPainter, box: QRectF, tile: SampleTile, *, current: bool) -> None:
        style = self._style
        role = "text_muted" if tile.right is None else "success" if tile.right else "danger"
        painter.setPen(QPen(style.color("accent" if current else "warning" if tile.changed else "border"), 2))
        painter.setBrush(style.color("surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        inner = box.adjusted(8, 8, -8, -6)
        metrics = QFontMetricsF(style.font)
        if tile.image is not None:
            side = min(inner.width(), self._side)
            scale = min(side / tile.image.width(), side / tile.image.height())
            size = (tile.image.width() * scale, tile.image.height() * scale)
            place = QRectF(inner.center().x() - size[0] / 2, inner.top() + (self._side - size[1]) / 2, *size)
            # A small picture shows its pixels.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
            painter.drawImage(place, tile.image)
        else:
            painter.setPen(style.color("text"))
            top = QRectF(inner.left(), inner.top(), inner.width(), self._side)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(top, int(flags), tile.text[:400])
        line = metrics.height()
        for number, (words, colour) in enumerate(((tile.title, role), (tile.detail, "text_muted"))):
            painter.setPen(style.color(colour))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            below = QRectF(inner.left(), inner.top() + self._side + 3 + number * line, inner.width(), line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, shown)

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self.refresh()


def image_of(pixels: np.ndarray) -> QImage:
    """Return uint8 HWC (1, 3 or 4 channels) or HW as a picture of its own memory."""
    array = np.ascontiguousarray(pixels[..., None] if pixels.ndim == 2 else pixels)
    height, width, channels = array.shape
    formats = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}
    return QImage(array.data, width, height, width * channels, formats[channels]).copy()


def _picture(payload: Mapping[str, Any], place: int) -> QImage | None:
    return image_of(payload["pixels"][place]) if payload.get("pixels") is not None else None


def _text(payload: Mapping[str, Any], place: int) -> str:
    return str(payload["texts"][place]) if payload.get("texts") is not None else ""
