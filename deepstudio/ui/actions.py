"""All commands in one place: an id, words, a default shortcut, and what happens. GUI thread only.

Menus, the command menu, tooltips and the shortcuts editor all read the same registry, so they cannot disagree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from deepstudio.store.settings import SettingsStore
from deepstudio.ui.text import plain_words
from deepstudio.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One command. `text` and `group` are translated already; `id` is stable, such as "image.open"."""

    id: str
    text: str
    triggered: Callable[[], object]
    group: str = ""
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False
    help: str = ""
    workspace: str = ""
    """The workspace that it belongs to (set by the window); such commands work only while it is shown."""


class ActionRegistry(QObject):
    """The actions of one window. `shortcuts_changed` comes after one or more got other keys."""

    shortcuts_changed = Signal()

    def __init__(self, window: QWidget, settings: SettingsStore, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = theme
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        theme.changed.connect(self._recolour)

    def add(self, spec: ActionSpec) -> QAction:
        """Register `spec` and return its action, already working in the window; an id taken twice is a bug."""
        assert spec.id not in self._specs, f"action {spec.id!r} is registered twice"
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: spec.triggered())
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        self._window.addAction(action)
        self._give_keys(spec.id)
        self._give_icon(spec.id)
        return action

    def add_workspace_action(self, spec: ActionSpec, workspace: str) -> QAction:
        """Register a command that belongs to a workspace."""
        return self.add(dataclasses.replace(spec, workspace=workspace))

    def add_all(self, specs: Iterable[ActionSpec]) -> list[QAction]:
        """Register several."""
        return [self.add(spec) for spec in specs]

    def action(self, action_id: str) -> QAction:
        """Return the action with this id; KeyError if there is none."""
        return self._actions[action_id]

    def specs(self) -> tuple[ActionSpec, ...]:
        """Return all commands in the order of registration."""
        return tuple(self._specs.values())

    def of_workspace(self, name: str) -> list[QAction]:
        """Return the actions of one workspace."""
        return [self._actions[spec.id] for spec in self._specs.values() if spec.workspace == name]

    def shortcut(self, action_id: str) -> str:
        """Return the keys that work now, as portable text ("Ctrl+O"), "" for none."""
        return self._settings.current.shortcuts.get(action_id, self._specs[action_id].shortcut)

    def shortcuts(self) -> dict[str, str]:
        """Return the keys of every command."""
        return {action_id: self.shortcut(action_id) for action_id in self._specs}

    def set_shortcuts(self, keys: Mapping[str, str]) -> None:
        """Give commands other keys and store what differs from the defaults."""
        merged = {**self.shortcuts(), **keys}
        known = {name: text for name, text in merged.items() if name in self._specs}
        others = {name: text for name, text in self._settings.current.shortcuts.items() if name not in self._specs}
        changed = {name: text for name, text in known.items() if text != self._specs[name].shortcut}
        self._settings.change_shortcuts({**others, **changed})
        for action_id in self._specs:
            self._give_keys(action_id)
        self.shortcuts_changed.emit()

    def _give_keys(self, action_id: str) -> None:
        spec, action = self._specs[action_id], self._actions[action_id]
        keys = QKeySequence.fromString(self.shortcut(action_id), QKeySequence.SequenceFormat.PortableText)
        action.setShortcut(keys)
        hint = spec.help or plain_words(spec.text)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{hint} ({shown})" if shown else hint)

    def _give_icon(self, action_id: str) -> None:
        spec = self._specs[action_id]
        if spec.icon:
            self._actions[action_id].setIcon(self._theme.icon(spec.icon))

    def _recolour(self) -> None:
        for action_id in self._actions:
            self._give_icon(action_id)
