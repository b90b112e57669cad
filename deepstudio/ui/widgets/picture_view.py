"""A picture that fits its frame, with a heat map over the part that the network saw. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.theme import Theme

_RADIUS = 10
_PIXELATED_FROM = 4.0
"""A picture enlarged this much shows its pixels: a 28 x 28 digit is not a blurred photograph."""
_SIGN = 40
_WHOLE = QRectF(0, 0, 1, 1)


class PictureView(QWidget):
    """Shows one picture. It scales once per size, not once per paint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, smallest: int = 120) -> None:
        super().__init__(parent)
        self._theme = theme
        self._smallest = smallest
        self._image = QImage()
        self._scaled = QPixmap()
        self._heat = QImage()
        self._region = QRectF(_WHOLE)
        self._opacity = 0.7
        self._hugged_width = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_picture(self, image: QImage) -> None:
        """Show `image`, without a heat map; a null image shows nothing."""
        self._image = image
        self._scaled = QPixmap()
        self._heat = QImage()
        self._limit_height()
        self.update()

    def hug(self, width: int) -> None:
        """Never be higher than the picture is at `width`, so that what stands below it follows at once.

        The one who lays it out says the width: taken from the widget itself, it would in a scroll area depend on the
        scroll bar, which depends on the height.
        """
        self._hugged_width = width
        self._limit_height()

    def show_heat(self, heat: QImage, region: QRectF = _WHOLE) -> None:
        """Lay `heat` over `region` of the picture, given in fractions of its width and height; null removes it."""
        self._heat = heat
        self._region = QRectF(region)
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Set how strong the heat map is, 0..1."""
        self._opacity = opacity
        self.update()

    @property
    def image(self) -> QImage:
        """Return the picture as given."""
        return self._image

    @property
    def has_heat(self) -> bool:
        """Return whether a heat map lies over the picture."""
        return not self._heat.isNull()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(320, 280)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that still shows something."""
        return QSize(self._smallest, self._smallest)

    def picture_area(self) -> QRectF:
        """Return where the picture lies in the widget."""
        if self._image.isNull():
            return QRectF()
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _limit_height(self) -> None:
        if self._hugged_width > 0:
            shape = self._image.height() / self._image.width() if not self._image.isNull() else 1.0
            self.setMaximumHeight(max(self._smallest, round(self._hugged_width * shape)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, heat map and frame, or an empty place."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("surface_sunken"))
            painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)
            self._paint_nothing(painter)
            return
        area = self.picture_area()
        radius = min(_RADIUS, area.width() / 8, area.height() / 8)
        outline = QPainterPath()
        outline.addRoundedRect(area, radius, radius)
        painter.setClipPath(outline)
        painter.drawPixmap(area, self._fitted(area.size()), QRectF(self._scaled.rect()))
        if self.has_heat:
            self._paint_heat(painter, area)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawPath(outline)

    def _paint_nothing(self, painter: QPainter) -> None:
        """Say by a sign in the middle that there is no picture to show."""
        place = QRect(0, 0, _SIGN, _SIGN)
        place.moveCenter(self.rect().center())
        self._theme.icon("image", "text_faint").paint(painter, place)

    def _paint_heat(self, painter: QPainter, area: QRectF) -> None:
        seen = QRectF(
            area.left() + self._region.left() * area.width(),
            area.top() + self._region.top() * area.height(),
            self._region.width() * area.width(),
            self._region.height() * area.height(),
        )
        painter.setOpacity(self._opacity)
        painter.drawImage(seen, self._heat)
        painter.setOpacity(1.0)
        if not seen.adjusted(-2, -2, 2, 2).contains(area):
            self._paint_unseen(painter, area, seen)

    def _paint_unseen(self, painter: QPainter, area: QRectF, seen: QRectF) -> None:
        """Veil what lies outside the region: the network never saw it."""
        unseen = QPainterPath()
        unseen.addRect(area)
        inside = QPainterPath()
        inside.addRect(seen)
        veil = self._theme.color("surface")
        veil.setAlphaF(0.55)
        painter.fillPath(unseen.subtracted(inside), veil)
        painter.setPen(QPen(self._theme.color("border_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(seen)

    def _fitted(self, size: QSizeF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        wanted = (size * ratio).toSize().expandedTo(QSize(1, 1))
        if self._scaled.size() != wanted:
            enlarged = wanted.width() / self._image.width() >= _PIXELATED_FROM
            mode = Qt.TransformationMode.FastTransformation if enlarged else Qt.TransformationMode.SmoothTransformation
            scaled = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
            self._scaled = QPixmap.fromImage(scaled)
        return self._scaled
