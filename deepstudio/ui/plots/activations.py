"""What the maps of a layer make of some samples: a row for each sample, a column for each map. GUI thread only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from deepstudio.ui.plots.plot_view import PlotView
from deepstudio.ui.plots.sample_grid import image_of
from deepstudio.ui.plots.style import colour_table, style_of
from deepstudio.ui.theme import Theme

_GAP = 3.0
_LEAST, _MOST = 24.0, 120.0


class ActivationsView(PlotView):
    """Shows uint8[N, M, H, W]: brighter where a map says more; each map is stretched to its own range."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style_of(theme)
        self._maps: list[list[QImage]] = []
        self._pixels = np.zeros((0, 0, 1, 1), dtype=np.uint8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme)

    def show_payload(self, payload: Mapping[str, Any]) -> None:
        """Show the maps of a media message."""
        self._pixels = np.asarray(payload["pixels"])
        self._build()
        self.setAccessibleName(self.summary())
        self.updateGeometry()
        self.refresh()

    def summary(self) -> str:
        """Return in words what is shown."""
        samples, maps = self._pixels.shape[:2]
        return self.tr("Activations of {maps} maps on {samples} samples").format(maps=maps, samples=samples)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        samples = len(self._maps)
        return round(samples * (self._side(width) + _GAP)) + 2

    def sizeHint(self) -> QSize:
        """Return the size for the width of now."""
        return QSize(400, self.heightForWidth(max(200, self.width())))

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the maps."""
        side = self._side(self.width())
        for down, maps in enumerate(self._maps):
            for right, image in enumerate(maps):
                box = QRectF(right * (side + _GAP), down * (side + _GAP), side, side)
                if box.intersects(exposed):
                    painter.drawImage(box, image)

    def _side(self, width: int) -> float:
        maps = max(1, self._pixels.shape[1])
        return min(_MOST, max(_LEAST, (width + _GAP) / maps - _GAP))

    def _build(self) -> None:
        table = colour_table(self._style.color("surface_sunken"), self._style.color("accent"))
        self._maps = [[image_of(table[one]) for one in maps] for maps in self._pixels]

    @Slot()
    def _on_theme(self) -> None:
        self._style = style_of(self._theme)
        self._build()
        self.refresh()
