"""The Models workspace: what is installed, how good it is, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtWidgets import QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.workspace import Workspace, register_workspace

SUFFIXES = (".safetensors", ".pth", ".pt")


@register_workspace
class ModelsWorkspace(Workspace):
    """Installs, shows, exports and removes models."""

    name = "models"
    title = QT_TRANSLATE_NOOP("workspaces", "Models")
    icon_name = "models"
    order = 60
    description = QT_TRANSLATE_NOOP("workspaces", "See what is installed, and install more")
    open_filter = tuple(f"*{suffix}" for suffix in SUFFIXES)
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Models")

    def create(self, services: Any) -> QWidget:
        """Return the page with list and details."""
        from deepstudio.ui.workspaces.models.page import ModelsPage

        self._page = ModelsPage(services)
        self._page.failed.connect(self.failed)
        self._page.message.connect(self.message)
        self._page.undo_offered.connect(self.undo_offered)
        self._page.models_touched.connect(self.models_touched)
        self._page.selection_changed.connect(self.state_changed)
        self._page.use_asked.connect(self._lead_to)
        return self._page

    @Slot(str, str)
    def _lead_to(self, workspace: str, model: str) -> None:
        self.go_asked.emit(workspace, "model", model)

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take files that are all weights."""
        return 90 if paths and all(path.suffix.lower() in SUFFIXES for path in paths) else 0

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say how many models will be installed."""
        if len(paths) == 1:
            return self.tr("Install this model")
        return self.tr("Install {count} models").format(count=len(paths))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Install models."""
        self._page.install(paths)

    def save_state(self) -> dict[str, Any]:
        """Return which model is selected."""
        return {"selected": self._page.selected()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Select the model selected last."""
        self._page.select(str(state.get("selected", "")))

    def models_changed(self) -> None:
        """List the models again."""
        self._page.refresh()

    def actions(self) -> Sequence[ActionSpec]:
        """Return install, export, remove, find."""
        group = self.tr("Models")
        page = self._page
        return (
            ActionSpec(id="models.install", text=self.tr("&Install a model…"), icon="plus", group=group,
                       shortcut="Ctrl+I", triggered=page.ask_install),
            ActionSpec(id="models.export", text=self.tr("&Export this model…"), icon="export", group=group,
                       shortcut="Ctrl+E", triggered=page.ask_export),
            ActionSpec(id="models.remove", text=self.tr("&Remove this model"), icon="trash", group=group,
                       shortcut="Ctrl+Del", triggered=page.remove_selected),
            ActionSpec(id="models.find", text=self.tr("&Find a model"), icon="search", group=group,
                       shortcut="Ctrl+F", triggered=page.focus_search),
        )  # fmt: skip
