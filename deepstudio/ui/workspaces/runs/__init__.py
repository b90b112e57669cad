"""The Runs workspace: every run of every program, compared, kept, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.workspace import Workspace, register_workspace

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.runs.page import RunsPage

ARCHIVE = ".dsrun"
_FOR_RUNS = 95


@register_workspace
class RunsWorkspace(Workspace):
    """Lists runs, lays their curves over each other, imports and exports them."""

    name = "runs"
    title = QT_TRANSLATE_NOOP("workspaces", "Runs")
    icon_name = "runs"
    order = 50
    description = QT_TRANSLATE_NOOP("workspaces", "Compare runs, of this program and of others")
    open_filter = (f"*{ARCHIVE}",)
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Archived runs")

    page: RunsPage

    def create(self, services: Any) -> QWidget:
        """Return the page, built once."""
        from deepstudio.ui.workspaces.runs.page import RunsPage

        self.page = RunsPage(services)
        self.page.failed.connect(self.failed)
        self.page.message.connect(self.message)
        self.page.undo_offered.connect(self.undo_offered)
        self.page.state_changed.connect(self.state_changed)
        self.page.go_asked.connect(self.go_asked)
        return self.page

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take archived runs, and folders or files of TensorBoard's."""
        return _FOR_RUNS if paths and all(_is_ours(path) for path in paths) else 0

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say what would happen."""
        if all(path.suffix.lower() == ARCHIVE for path in paths):
            return self.tr("Restore archived runs")
        return self.tr("Show and follow these TensorBoard runs")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open archives and TensorBoard folders."""
        self.page.open_paths(paths)

    def receive(self, what: str, value: object) -> None:
        """Select a run that another workspace names."""
        if what == "run" and isinstance(value, str):
            self.page.select([value])

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        return self.page.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.page.restore_state(state)

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace."""
        return self.page.commands.specs()


def _is_ours(path: Path) -> bool:
    from deepstudio.store.tensorboard.folder import is_event_file, is_event_folder

    if path.suffix.lower() == ARCHIVE:
        return True
    return is_event_folder(path) if path.is_dir() else is_event_file(path.name)
