"""Pictures: drop one, see what a network makes of it, how sure it is, how long it took, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.sources import IMAGE_SUFFIXES
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.workspace import Workspace, register_workspace

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.image.view import ImageView

_MADE_FOR_IT = 90
_FOLDER = 60
_PERHAPS = 10


@register_workspace
class ImageWorkspace(Workspace):
    """What the window knows of the image workspace."""

    name = "image"
    title = QT_TRANSLATE_NOOP("workspaces", "Image")
    icon_name = "image"
    order = 10
    description = QT_TRANSLATE_NOOP("workspaces", "Show a picture to a network and see what it makes of it, and why.")
    open_filter = tuple(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Pictures")

    view: ImageView

    def create(self, services: Any) -> QWidget:
        """Return the view, built once."""
        from deepstudio.ui.workspaces.image.view import ImageView

        self.view = ImageView(services)
        self.view.message.connect(self.message)
        self.view.failed.connect(self.failed)
        self.view.undo_offered.connect(self.undo_offered)
        self.view.state_changed.connect(self.state_changed)
        return self.view

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take pictures gladly, folders where nobody wants them more, and what is in the clipboard as a picture."""
        if not paths:
            return _MADE_FOR_IT if mime.hasImage() else 0
        if any(path.suffix.lower() in IMAGE_SUFFIXES for path in paths):
            return _MADE_FOR_IT
        if any(path.is_dir() for path in paths):
            return _FOLDER
        # A file without a suffix may be a picture; reading it will tell.
        return _PERHAPS if any(not path.suffix for path in paths) else 0

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say what would happen."""
        if any(path.is_dir() for path in paths):
            return self.tr("Classify every picture in the folder")
        if len(paths) > 1:
            return self.tr("Classify %1 pictures").replace("%1", str(len(paths)))
        return self.tr("See what a network makes of it")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and folders."""
        self.view.open_paths(paths)

    def open_mime(self, mime: QMimeData) -> None:
        """Open a picture that is no file."""
        self.view.open_mime(mime)

    def receive(self, what: str, value: object) -> None:
        """Choose the model that another workspace names."""
        if what == "model" and isinstance(value, str):
            self.view.use_model(value)

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        return self.view.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.view.restore_state(state)

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace."""
        view = self.view
        group = self.tr("Image")
        wanted = (
            ("image.draw", self.tr("Draw a Digit"), view.draw, "Ctrl+D", "pencil"),
            ("image.compare", self.tr("Compare Two Models"), view.models.compare.toggle, "Ctrl+Shift+M", "compare"),
            ("image.export", self.tr("Export the Table…"), view.export_table, "Ctrl+E", "export"),
            ("image.forget", self.tr("Forget the Last Answers"), view.clear_history, "", "trash"),
        )
        return [
            ActionSpec(id=name, text=text, triggered=triggered, group=group, shortcut=shortcut, icon=icon)
            for name, text, triggered, shortcut, icon in wanted
        ]
