"""Holds the workspaces: found by discovery, built when first needed, their states kept. GUI thread only."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from deepstudio.ui.window_state import WindowState, splitter_states
from deepstudio.ui.workspace import Workspace, discover_workspaces

_log = logging.getLogger(__name__)


class WorkspaceHost(QStackedWidget):
    """The stack in the middle of the window."""

    created = Signal(object)
    """A `Workspace` has just been built."""
    shown = Signal(str)
    """The name of the workspace that is shown now."""
    resized = Signal()

    def __init__(self, services: Any, saved: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._saved = dict(saved)
        self._pages: dict[str, QWidget] = {}
        self._spaces: dict[str, Workspace] = {}
        self._state: WindowState | None = None
        for kind in discover_workspaces():
            self._spaces[kind.name] = kind(self)

    def spaces(self) -> list[Workspace]:
        """Return all workspaces in rail order, built or not."""
        return list(self._spaces.values())

    def watch_with(self, state: WindowState) -> None:
        """Let `state` save what changes from now on."""
        self._state = state

    def current(self) -> str:
        """Return the name of the workspace shown, "" before the first."""
        page = self.currentWidget()
        return next((name for name, widget in self._pages.items() if widget is page), "")

    def workspace(self, name: str) -> Workspace:
        """Return a workspace, built if need be; KeyError if there is none of that name."""
        space = self._spaces[name]
        if name not in self._pages:
            self._build(space)
        return space

    def show_workspace(self, name: str) -> None:
        """Show a workspace, built if need be."""
        self.workspace(name)
        self._services.theme.settle(self._pages[name])
        self.setCurrentWidget(self._pages[name])
        self.shown.emit(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what stays in its corner."""
        super().resizeEvent(event)
        self.resized.emit()

    def states(self) -> dict[str, Any]:
        """Return the state of every workspace: of those built as they are, of the others as they were saved."""
        states = dict(self._saved)
        for name, page in self._pages.items():
            own = self._spaces[name].save_state()
            states[name] = {"own": own, "splitters": splitter_states(page)}
        return states

    def may_close(self) -> bool:
        """Return whether every workspace that is built lets the window close."""
        return all(self._spaces[name].may_close() for name in self._pages)

    @Slot()
    def tell_models_changed(self) -> None:
        """Let every workspace that is built look at the models again."""
        for name in self._pages:
            self._spaces[name].models_changed()

    def _build(self, space: Workspace) -> None:
        page = space.create(self._services)
        self._pages[space.name] = page
        self.addWidget(page)
        saved = self._saved.get(space.name)
        saved = saved if isinstance(saved, dict) else {}
        if isinstance(saved.get("own"), dict):
            try:
                space.restore_state(saved["own"])
            except (LookupError, TypeError, ValueError) as error:
                _log.warning("The last state of %s makes no sense (%s) and is left out.", space.name, error)
        if self._state is not None:
            splitters = saved.get("splitters")
            self._state.follow_splitters(page, splitters if isinstance(splitters, dict) else {})
            space.state_changed.connect(self._state.touch)
        self.created.emit(space)
