"""The words of a set, each with how many takes of it there are. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from deepstudio.audio.word_sets import OTHER, TAKES_WANTED, WordSet
from deepstudio.ui.theme import Theme, mark

_WORD, _TAKES = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
_BAR = 4
_Index = QModelIndex | QPersistentModelIndex


class _WordDelegate(QStyledItemDelegate):
    """The word, its number of takes, and a bar that is full when there are enough."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + _BAR + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, area = self._theme, QRectF(option.rect).adjusted(2, 1, -2, -1)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(area, 8, 8)
        takes = int(index.data(_TAKES))
        inside = area.adjusted(10, 6, -10, -8)
        line = inside.adjusted(0, 0, 0, -(_BAR + 3))
        enough, count = takes >= TAKES_WANTED, f"{takes} / {TAKES_WANTED}"
        painter.setPen(theme.color("success" if enough else "text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        metrics = painter.fontMetrics()
        room = int(line.width()) - metrics.horizontalAdvance(count) - 8
        painter.setPen(theme.color("text"))
        word = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        track = QRectF(inside.left(), inside.bottom() - _BAR, inside.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pressed" if chosen else "surface_sunken"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        if takes:
            track.setWidth(track.width() * min(1.0, takes / TAKES_WANTED))
            painter.setBrush(theme.color("success" if enough else "accent"))
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.restore()


class WordList(QListWidget):
    """Choosing a row emits `chosen`; its menu, F2 and Delete offer the rest."""

    chosen = Signal(str)
    rename_asked = Signal(str)
    delete_asked = Signal(str)
    import_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, kind="plain")
        self.setAccessibleName(self.tr("Words of this set"))
        self.setMouseTracking(True)
        self.setItemDelegate(_WordDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.currentItemChanged.connect(self._on_current)

    def word(self) -> str:
        """Return the chosen word, "" where there is none."""
        item = self.currentItem()
        return str(item.data(_WORD)) if item is not None else ""

    def show_set(self, word_set: WordSet | None) -> None:
        """List the words of a set; the chosen one stays chosen. The last row is for what should not count."""
        before = self.word()
        self.blockSignals(True)
        self.clear()
        if word_set is not None:
            counts = {word.text: len(word.takes) for word in word_set.words}
            for text in [*(text for text in counts if text != OTHER), OTHER]:
                item = QListWidgetItem(self.tr("Anything else") if text == OTHER else text)
                takes = counts.get(text, 0)
                item.setData(_WORD, text)
                item.setData(_TAKES, takes)
                said = self.tr("{word}, {takes} takes").format(word=item.text(), takes=takes)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                self.addItem(item)
        self.select(before)
        self.blockSignals(False)
        if self.word() != before:
            self.chosen.emit(self.word())

    def select(self, word: str) -> None:
        """Choose a word; the first where it is not there."""
        rows = (row for row in range(self.count()) if self.item(row).data(_WORD) == word)
        self.setCurrentRow(next(rows, 0 if self.count() else -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take F2 and Delete."""
        word = self.word()
        if word and word != OTHER and event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit(word)
        elif word and event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(word)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_current(self) -> None:
        self.chosen.emit(self.word())

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        word = self.word()
        if not word:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = [(self.tr("Takes from sound files…"), self.import_asked), (self.tr("Delete"), self.delete_asked)]
        if word != OTHER:
            offered.insert(0, (self.tr("Rename…"), self.rename_asked))
        for text, signal in offered:
            menu.addAction(text).triggered.connect(lambda _=False, signal=signal: signal.emit(word))
        menu.popup(self.viewport().mapToGlobal(point))
