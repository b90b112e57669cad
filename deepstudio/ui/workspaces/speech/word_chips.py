"""Words in the order they were heard, the newest first, each a chip that can be clicked. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from deepstudio.core.speech_messages import Word
from deepstudio.ui.theme import Theme, mark

_WORD = int(Qt.ItemDataRole.UserRole) + 1
_UNSURE = 0.8
_Index = QModelIndex | QPersistentModelIndex


class _ChipDelegate(QStyledItemDelegate):
    """The word, and beside it how sure it is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        width = metrics.horizontalAdvance(f"{index.data()}  {_share(index)}") + 26
        return QSize(width, metrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, area = self._theme, QRectF(option.rect).adjusted(1, 1, -1, -1)
        state = option.state
        focused = state & QStyle.StateFlag.State_HasFocus
        over = state & QStyle.StateFlag.State_MouseOver
        unsure = index.data(_WORD).confidence < _UNSURE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent" if focused else "border"))
        painter.setBrush(theme.color("hover" if over else "warning_soft" if unsure else "surface_sunken"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        inside = area.adjusted(11, 0, -11, 0)
        painter.setPen(theme.color("text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.setPen(theme.color("text_faint"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _share(index))
        painter.restore()


class WordChips(QListWidget):
    """`word_clicked` gives the start and end of a word in seconds."""

    word_clicked = Signal(float, float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, kind="plain")
        self.setAccessibleName(self.tr("Words heard so far"))
        self.setItemDelegate(_ChipDelegate(theme, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(3)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)
        theme.changed.connect(self.viewport().update)

    def add(self, word: Word) -> None:
        """Put a word before the others."""
        item = QListWidgetItem(word.text)
        item.setData(_WORD, word)
        told = self.tr("{word}, {percent} % sure, at {seconds} s. Click to hear it.")
        told = told.format(word=word.text, percent=round(100 * word.confidence), seconds=f"{word.start:.1f}")
        item.setToolTip(told)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        self.insertItem(0, item)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        word = item.data(_WORD)
        self.word_clicked.emit(word.start, word.end)


def _share(index: _Index) -> str:
    return f"{round(100 * index.data(_WORD).confidence)} %"
