"""Where a popup opens. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QWidget

_MARGIN = 8


def place_within_window(popup: QWidget, place: QPoint, size: QSize) -> None:
    """Give `popup` this size at a global position, moved so that it lies within its parent's window."""
    window = popup.parentWidget().window()
    low = window.mapToGlobal(QPoint(0, 0))
    x = min(place.x(), low.x() + window.width() - size.width() - _MARGIN)
    y = min(place.y(), low.y() + window.height() - size.height() - _MARGIN)
    popup.setGeometry(max(low.x(), x), max(low.y(), y), size.width(), size.height())
