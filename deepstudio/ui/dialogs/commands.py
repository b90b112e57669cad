"""The command menu: type a few letters of any command and press Return. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from deepstudio.ui.actions import ActionRegistry
from deepstudio.ui.text import plain_words
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import column, label, row

_WIDTH = 560


def matches(query: str, text: str) -> bool:
    """Return whether the words of `query` all occur in `text`, in any order and case."""
    folded = text.casefold()
    return all(word in folded for word in query.casefold().split())


class CommandMenu(QFrame):
    """Lists what can be done now; disabled commands are left out."""

    def __init__(self, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        outer = column(self)
        card = QFrame()
        mark(card, surface="toast")
        outer.addWidget(card)
        layout = column(card, margins=(12, 12, 12, 8), gap=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("What would you like to do?"))
        self.search.setAccessibleName(self.tr("Find a command"))
        self.search.textChanged.connect(self._show_matches)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mark(self.list, kind="plain")
        self.list.itemClicked.connect(self._run_item)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.setFixedSize(_WIDTH, 420)
        self._show_matches("")

    @classmethod
    def open(cls, actions: ActionRegistry, window: QWidget) -> CommandMenu:
        """Show the menu over the upper middle of `window`."""
        menu = cls(actions, window)
        menu.move(window.mapToGlobal(QPoint((window.width() - _WIDTH) // 2, max(48, window.height() // 8))))
        menu.show()
        menu.search.setFocus()
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            count, current = self.list.count(), self.list.currentRow()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((current + step) % count)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run_item(self.list.currentItem())
                return True
        return False

    @Slot(str)
    def _show_matches(self, query: str) -> None:
        self.list.clear()
        for group, action in self._available():
            if matches(query, f"{group} {plain_words(action.text())}"):
                self._add(group, action)
        self.list.setCurrentRow(0)

    def _available(self) -> Sequence[tuple[str, QAction]]:
        pairs = ((spec.group, self._actions.action(spec.id)) for spec in self._actions.specs())
        return [(group, action) for group, action in pairs if action.isEnabled()]

    def _add(self, group: str, action: QAction) -> None:
        item = QListWidgetItem(self.list)
        item.setData(Qt.ItemDataRole.UserRole, action)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, plain_words(action.text()))
        line = QWidget()
        layout = row(line, margins=(8, 0, 8, 0), gap=8)
        layout.addWidget(label(plain_words(action.text())))
        layout.addStretch(1)
        if group:
            layout.addWidget(label(group, "faint"))
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        if keys:
            layout.addWidget(label(keys, "keys"))
        size = line.sizeHint()
        size.setHeight(max(36, size.height() + 12))
        item.setSizeHint(size)
        self.list.setItemWidget(item, line)

    @Slot()
    def _run_item(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        action = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        action.trigger()
