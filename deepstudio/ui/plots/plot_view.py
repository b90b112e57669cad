"""A panel of pyqtgraph that costs no more than a plain widget: one view, one item, one picture. GUI thread only.

Importing this module imports pyqtgraph, which takes a third of a second and 45 MB (it touches every class of Qt): only
workspaces that draw plots do so, and `preload` does it in a lane before they need it.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

from deepstudio.ui.plots.viewport import Viewport


def _load_pyqtgraph() -> Any:
    """Import pyqtgraph without the hooks for errors that it installs: they print headlines to the standard output."""
    hooks = sys.excepthook, threading.excepthook
    try:
        import pyqtgraph
    finally:
        sys.excepthook, threading.excepthook = hooks
    pyqtgraph.setConfigOptions(imageAxisOrder="row-major", antialias=False)
    return pyqtgraph


pyqtgraph = _load_pyqtgraph()
_GraphicsObject: Any = pyqtgraph.GraphicsObject
_GraphicsView: Any = pyqtgraph.GraphicsView


class DrawnItem(_GraphicsObject):
    """All that a `PlotView` draws itself, as the one item of its scene."""

    def __init__(self, view: PlotView) -> None:
        super().__init__()
        self._view = view
        self._rect = QRectF()
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # it tells what is to be painted

    def setGeometry(self, rect: QRectF) -> None:
        """Fill `rect`: pyqtgraph says so to the central item whenever the size changes."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = QRectF(rect)

    def boundingRect(self) -> QRectF:
        """Return all of the view."""
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint what the view draws."""
        self._view.draw(painter, option.exposedRect)


class PlotView(_GraphicsView):
    """A view of pyqtgraph, in pixels. A subclass says in `draw` what is seen, and calls `refresh` when it changes.

    pyqtgraph's own plot is made of many items (axes, grid, a curve each, labels), and each frame asks all of them where
    they are; here they are one. Whatever else pyqtgraph has can lie over it, in units of the axes (`plot_box`).
    Mouse, wheel and keys that a subclass does not handle go on to the widget around it.
    """

    def __init__(self, parent: QWidget | None = None, *, opaque: bool = False) -> None:
        super().__init__(parent, background=None)
        self._box: Any = None
        self._boxed: Viewport | None = None
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)  # files belong to the window
        port = self.viewport()
        port.setAcceptDrops(False)
        port.setMouseTracking(True)
        port.setAutoFillBackground(False)
        port.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, opaque)
        self.drawn_item = DrawnItem(self)
        self.setCentralItem(self.drawn_item)
        self._alone = True
        self.scene().sigItemAdded.connect(self._on_added)

    def draw(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what lies within `exposed`, in pixels of the view."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene. As long as it holds nothing but the picture, that is painted without asking the scene.

        Measured beside a training, whose steps leave little in the caches: 0.05 instead of 0.2 ms.
        """
        if not self._alone:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        self.draw(painter, QRectF(event.rect()))
        painter.end()

    def print_size(self) -> QSize:
        """Return the size of the area that `print_on` needs, where there is one: that of the view."""
        return self.size()

    def refresh(self) -> None:
        """Paint anew with the next turn of the event loop."""
        self.viewport().update()

    @property
    def plot_box(self) -> Any:
        """Return the `ViewBox` over the plot: items in it are placed in units of the axes (log10 if log).

        It follows the view and is not asked: what is looked at is decided by the panel.
        """
        if self._box is None:
            self._box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
            self._box.disableAutoRange()
            self._box.setZValue(1)
            self.addItem(self._box)
            self._alone = True  # an empty box shows nothing
        return self._box

    def place_box(self, view: Viewport) -> None:
        """Let the box show what `view` shows, where it shows it."""
        if self._box is None or view == self._boxed:
            return
        self._boxed = view
        self._box.setGeometry(QRectF(view.left, view.top, view.width, view.height))
        self._box.setRange(xRange=view.x_linear, yRange=view.y_linear, padding=0.0, disableAutoRange=False)

    @Slot(object)
    def _on_added(self, item: object) -> None:
        self._alone = False

    def close(self) -> bool:
        """Close as any widget does: pyqtgraph would take its scene apart, and Qt crash."""
        return QGraphicsView.close(self)

    def sizeHint(self) -> QSize:
        """Return nothing: as any widget, it takes what it gets."""
        return QSize()

    def minimumSizeHint(self) -> QSize:
        """Return nothing: see `setMinimumSize`."""
        return QSize()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pass on."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pass on."""
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pass on."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pass on."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass on: the page scrolls."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Pass on."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Do nothing."""
