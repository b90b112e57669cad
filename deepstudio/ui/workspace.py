"""What a workspace is to the window, and how workspaces are found.

A workspace is a package in `deepstudio/ui/workspaces/` whose `__init__` defines one subclass of `Workspace` decorated
with `register_workspace`. The window finds it there; adding one touches no other file. Importing the package must be
cheap: build the widget, and import what it needs, in `create`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from deepstudio.ui.actions import ActionSpec


class Workspace(QObject):
    """One place of the rail. GUI thread only.

    `create` is called once, when the workspace is first shown or is first given something; `open_paths`, `open_mime`,
    `save_state` and `restore_state` are called after it only.
    """

    name: ClassVar[str]
    """Short and stable: names the saved state and the actions, such as "image"."""
    title: ClassVar[str]
    """English, marked with QT_TRANSLATE_NOOP("workspaces", ...)."""
    icon_name: ClassVar[str]
    """A file of resources/icons without its suffix."""
    order: ClassVar[int]
    """Place in the rail; also decides Ctrl+1, Ctrl+2..."""
    description: ClassVar[str] = ""
    """One marked sentence for the tooltip."""

    open_filter: ClassVar[tuple[str, ...]] = ()
    """Patterns for the open dialog, such as ("*.png", "*.jpg")."""
    open_filter_text: ClassVar[str] = ""
    """What those files are, marked, plural, such as "Pictures"."""

    state_changed = Signal()
    """Emit when `save_state` would now return something else; the window saves soon after."""
    failed = Signal(object)
    """Emit a `Failure` to show it as a message with its fix and details."""
    message = Signal(str)
    """Emit a short translated sentence to show it for a few seconds."""
    undo_offered = Signal(str, object)
    """Emit a translated sentence and a callable without arguments: shown with an Undo button."""
    models_touched = Signal()
    """Emit after installing, removing or changing a model; the window then calls every `models_changed`."""
    go_asked = Signal(str, str, object)
    """Emit (workspace, what, value) to lead the user there: the window shows it and calls its `receive`."""

    def create(self, services: Any) -> QWidget:
        """Return the widget of this workspace, built once. `services` is `app.wiring.Services`."""
        return QWidget()

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Return how well this workspace can take what is dragged or pasted: 0 not at all, 100 made for it.

        Must be quick: look at suffixes and formats only, never into files.
        """
        return 0

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Return in a few translated words what opening it would do, such as "Classify 3 pictures"."""
        return ""

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and folders that `accepts` took, or that the recent files name."""

    def open_mime(self, mime: QMimeData) -> None:
        """Open something without a path (a picture in the clipboard) that `accepts` took."""

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart, as JSON-ready values."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned, perhaps in an earlier version: ignore what makes no sense."""

    def receive(self, what: str, value: object) -> None:
        """Take what another workspace hands over by `go_asked`, such as ("model", its name): ignore what is unknown."""

    def may_close(self) -> bool:
        """Return whether the window may close now; ask the user if something would be lost."""
        return True

    def models_changed(self) -> None:
        """The models in the library are other ones now: look again."""

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace; they get shortcuts, the command menu and the View menu."""
        return ()


WorkspaceT = TypeVar("WorkspaceT", bound=type[Workspace])

_registered: dict[str, type[Workspace]] = {}


def register_workspace(workspace: WorkspaceT) -> WorkspaceT:
    """Class decorator: make the window offer this workspace."""
    known = _registered.setdefault(workspace.name, workspace)
    assert known is workspace, f"two workspaces are named {workspace.name!r}"
    return workspace


def discover_workspaces() -> list[type[Workspace]]:
    """Import every package of `deepstudio.ui.workspaces` and return the registered classes in rail order."""
    import deepstudio.ui.workspaces as packages

    for module in pkgutil.iter_modules(packages.__path__):
        importlib.import_module(f"{packages.__name__}.{module.name}")
    return sorted(_registered.values(), key=lambda workspace: (workspace.order, workspace.name))
