"""A layout that fills rows from left to right and goes on below, for chips and badges. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items keep their size hints; `gap` pixels lie between them both ways."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away, None beyond the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Items do not grow."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all items need at `width`."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # a hidden widget leaves no gap
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line_height = rect.x(), y + line_height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            line_height = max(line_height, hint.height())
        return y + line_height - rect.y()


class TileLayout(FlowLayout):
    """Tiles of one width, as many in a row as fit at `least` pixels each; rows are as high as their highest tile."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, least: int = 120) -> None:
        super().__init__(parent, gap=gap)
        self._least = least

    def minimumSize(self) -> QSize:
        """Return the size of one tile."""
        return QSize(self._least, super().minimumSize().height())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        count = len(self._items)
        if not count:
            return 0
        fitting = max(1, min(count, (rect.width() + self._gap) // (self._least + self._gap)))
        rows = -(-count // fitting)
        columns = -(-count // rows)
        width = (rect.width() - self._gap * (columns - 1)) // columns
        y = rect.y()
        for first in range(0, count, columns):
            items = self._items[first : first + columns]
            height = max(_height(item, width) for item in items)
            for number, item in enumerate(items):
                if move:
                    item.setGeometry(QRect(rect.x() + number * (width + self._gap), y, width, height))
            y += height + self._gap
        return y - self._gap - rect.y()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
