"""All shortcuts: listed, searched, changed; keys taken twice are seen before they do harm. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from deepstudio.ui.actions import ActionRegistry, ActionSpec
from deepstudio.ui.dialogs.commands import matches
from deepstudio.ui.text import plain_words
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import button, column, label, row

_ROW_HEIGHT = 32
_ID = int(Qt.ItemDataRole.UserRole)


def find_conflict(action_id: str, keys: str, taken: Mapping[str, str], specs: Mapping[str, ActionSpec]) -> str | None:
    """Return the id of another command with the same keys that can be active at the same time, else None.

    Commands of two different workspaces never are.
    """
    if not keys:
        return None
    for other, other_keys in taken.items():
        if other != action_id and other_keys == keys:
            here, there = specs[action_id].workspace, specs[other].workspace
            if not here or not there or here == there:
                return other
    return None


class ShortcutsDialog(QDialog):
    """Edits a copy; `chosen()` is what to store when it was accepted."""

    def __init__(
        self, actions: ActionRegistry, parent: QWidget | None = None, *, keys: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(parent)
        self.stale = False
        """Whether the language changed while it was open: commands are named by the window, which is built anew."""
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(720, 560)
        self._specs = {spec.id: spec for spec in actions.specs()}
        self._keys = {**actions.shortcuts(), **(keys or {})}
        layout = column(self, margins=(24, 20, 24, 20), gap=12)
        layout.addWidget(label(self.tr("Keyboard shortcuts"), "title"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name or keys"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        layout.addWidget(self.search)
        layout.addWidget(self._build_list(), 1)
        layout.addWidget(self._build_editor())
        layout.addLayout(self._build_foot())
        self._fill()

    @classmethod
    def ask(
        cls,
        actions: ActionRegistry,
        parent: QWidget | None = None,
        *,
        keys: Mapping[str, str] | None = None,
        in_other_language: Callable[[dict[str, str]], None] = lambda keys: None,
    ) -> dict[str, str] | None:
        """Return the keys of every command as the user wants them, None if nothing should change.

        `keys` are shown in place of those that are stored. If the language changes meanwhile, the dialog closes, and
        `in_other_language` is called with the keys so far once it is gone.
        """
        dialog = cls(actions, parent, keys=keys)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen() if accepted else None
        if dialog.stale and not accepted:
            dialog.destroyed.connect(partial(in_other_language, dialog.chosen()))
        dialog.deleteLater()
        return chosen

    def changeEvent(self, event: QEvent) -> None:
        """Make way for the same dialog in another language."""
        if event.type() == QEvent.Type.LanguageChange and not self.stale:
            self.stale = True
            QTimer.singleShot(0, self, self.reject)
        super().changeEvent(event)

    def chosen(self) -> dict[str, str]:
        """Return the keys of every command, as portable text."""
        return dict(self._keys)

    def select(self, action_id: str) -> None:
        """Select the row of a command."""
        for item in self._items():
            if item.data(0, _ID) == action_id:
                self.list.setCurrentItem(item)

    def set_keys(self, keys: str) -> bool:
        """Give the selected command `keys` ("" for none); False, with a sentence shown, if they are taken."""
        action_id = self._selected()
        if action_id is None:
            return False
        taken = find_conflict(action_id, keys, self._keys, self._specs)
        if taken is not None:
            text = self.tr("{keys} already belongs to “{command}”.")
            self._warn(text.format(keys=_native(keys), command=plain_words(self._specs[taken].text)))
            return False
        self._keys[action_id] = keys
        self._warn("")
        self._show_keys()
        return True

    def _build_list(self) -> QTreeWidget:
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Shortcuts"))
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Where"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setIndentation(0)
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._on_selected)
        return self.list

    def _build_editor(self) -> QFrame:
        frame = QFrame()
        mark(frame, surface="sunken")
        layout = column(frame, margins=(16, 12, 16, 12), gap=8)
        line = row(gap=8)
        self._title = label("", "strong")
        self.editor = QKeySequenceEdit()
        self.editor.setMaximumSequenceLength(1)
        self.editor.setAccessibleName(self.tr("New keys"))
        self.editor.setFixedWidth(200)
        self.editor.editingFinished.connect(self._on_edited)
        none = button(self.tr("None"))
        none.clicked.connect(lambda: self.set_keys(""))
        default = button(self.tr("Default"))
        default.clicked.connect(self._reset_one)
        line.addWidget(self._title, 1)
        for widget in (self.editor, none, default):
            line.addWidget(widget)
        self._warning = label("", "error", wrap=True)
        self._warning.hide()
        layout.addLayout(line)
        layout.addWidget(self._warning)
        return frame

    def _build_foot(self) -> QHBoxLayout:
        foot = row()
        reset = button(self.tr("Reset all"), "quiet")
        reset.clicked.connect(self.reset_all)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        keep = button(self.tr("Save"), "primary")
        keep.clicked.connect(self.accept)
        for each in (reset, cancel, keep):
            each.setAutoDefault(False)
        foot.addWidget(reset)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(keep)
        return foot

    def _fill(self) -> None:
        for spec in self._specs.values():
            item = QTreeWidgetItem([plain_words(spec.text), spec.group, ""])
            item.setData(0, _ID, spec.id)
            item.setSizeHint(0, QSize(0, _ROW_HEIGHT))
            self.list.addTopLevelItem(item)
        self._show_keys()
        if items := self._items():
            self.list.setCurrentItem(items[0])

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(index) for index in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _selected(self) -> str | None:
        item = self.list.currentItem()
        return item.data(0, _ID) if item is not None else None

    def _show_keys(self) -> None:
        for item in self._items():
            item.setText(2, _native(self._keys[item.data(0, _ID)]))
        self._on_selected()

    def _warn(self, text: str) -> None:
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    @Slot()
    def reset_all(self) -> None:
        """Give every command its default keys (stored only when the dialog is saved)."""
        self._keys = {spec.id: spec.shortcut for spec in self._specs.values()}
        self._warn("")
        self._show_keys()

    @Slot()
    def _reset_one(self) -> None:
        action_id = self._selected()
        if action_id is not None:
            self.set_keys(self._specs[action_id].shortcut)

    @Slot()
    def _on_edited(self) -> None:
        text = self.editor.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        action_id = self._selected()
        if action_id is not None and text != self._keys[action_id] and not self.set_keys(text):
            self.editor.setKeySequence(QKeySequence(self._keys[action_id]))

    @Slot()
    def _on_selected(self) -> None:
        action_id = self._selected()
        if action_id is not None:
            self._title.setText(plain_words(self._specs[action_id].text))
            self.editor.setKeySequence(QKeySequence(self._keys[action_id]))

    @Slot(str)
    def _filter(self, text: str) -> None:
        for item in self._items():
            words = " ".join(item.text(number) for number in range(3))
            item.setHidden(not matches(text, words))


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
