"""Training: drop data, see what is in them, train a network on them, watch it, and use it."""

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
    from deepstudio.ui.workspaces.train.view import TrainView

_TABLES = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".conll", ".bio", ".iob", ".iob2"})
_TEXTS = frozenset({".txt", ".md", ".text"})
_MADE_FOR_IT = 85
_WHILE_SHOWN = 95
"""Above what the text workspace bids for a text file, where somebody drops it on the open training page."""
_CLASS_FOLDERS = 80
"""Above what the image workspace bids for any folder, below what TensorBoard folders are worth to the runs."""
_MOST_LOOKED_AT = 200


@register_workspace
class TrainWorkspace(Workspace):
    """What the window knows of the train workspace."""

    name = "train"
    title = QT_TRANSLATE_NOOP("workspaces", "Train")
    icon_name = "train"
    order = 40
    description = QT_TRANSLATE_NOOP("workspaces", "Train a network on your own data and watch every step.")
    open_filter = ("*.csv", "*.tsv", "*.jsonl", "*.conll", "*.toml")
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Tables and recipes")

    view: TrainView

    def create(self, services: Any) -> QWidget:
        """Return the view, built once."""
        from deepstudio.ui.plots_preload import preload_plots
        from deepstudio.ui.workspaces.train.view import TrainView

        view = self.view = TrainView(services)
        preload_plots(services.jobs, view)
        view.message.connect(self.message)
        view.failed.connect(self.failed)
        view.undo_offered.connect(self.undo_offered)
        view.models_touched.connect(self.models_touched)
        view.state_changed.connect(self.state_changed)
        view.go_asked.connect(self.go_asked)
        return view

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take one table, one recipe, or one folder of class folders; a folder of loose pictures is for Image."""
        if len(paths) != 1:
            return 0
        path = paths[0]
        if path.suffix.lower() in _TABLES or (path.suffix.lower() == ".toml" and path.is_file()):
            return _MADE_FOR_IT
        if path.is_file() and (path.suffix.lower() in _TEXTS or not path.suffix):
            return _WHILE_SHOWN if self._is_shown() else 0
        return _CLASS_FOLDERS if path.is_dir() and holds_classes(path) else 0

    def _is_shown(self) -> bool:
        view: QWidget | None = getattr(self, "view", None)
        return view is not None and view.isVisible()

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say what would happen."""
        if paths and paths[0].suffix.lower() == ".toml":
            return self.tr("Open this recipe")
        return self.tr("Train a network on it")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a folder, a table or a recipe."""
        self.view.open_paths(paths)

    def receive(self, what: str, value: object) -> None:
        """Take data, a recipe, or a run to go on with."""
        self.view.receive(what, value)

    def may_close(self) -> bool:
        """Ask while a run goes on."""
        return self.view.may_close()

    def save_state(self) -> dict[str, Any]:
        """Return what should survive a restart."""
        return self.view.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.view.restore_state(state)

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace."""
        view, session, commands = self.view, self.view.session, self.view.commands
        group = self.tr("Train")
        wanted = (
            ("train.start", self.tr("Start, Pause or Resume"), commands.start_or_pause, "F5", "play"),
            ("train.stop_step", self.tr("Stop after This Step"), session.stop_after_step, "Shift+F5", "stop"),
            ("train.stop_epoch", self.tr("Stop after This Epoch"), session.stop_after_epoch, "Ctrl+F5", "stop"),
            ("train.finish", self.tr("Finish after This Epoch"), session.finish_after_epoch, "", "check"),
            ("train.use", self.tr("Use the Network Now"), view.use_now, "Ctrl+U", "sparkles"),
            ("train.find_rate", self.tr("Find a Learning Rate…"), commands.find_rate, "", "search"),
            ("train.folds", self.tr("Cross-Validate…"), commands.ask_folds, "", "compare"),
            ("train.seeds", self.tr("Repeat with Other Seeds…"), commands.ask_seeds, "", "refresh"),
            ("train.processes", self.tr("Train in Several Processes…"), commands.ask_processes, "", "cpu"),
            ("train.open_recipe", self.tr("Open a Recipe…"), commands.ask_recipe, "", "open"),
            ("train.save_recipe", self.tr("Save the Recipe…"), commands.save_recipe, "Ctrl+S", "save"),
        )
        return [
            ActionSpec(id=name, text=text, triggered=triggered, group=group, shortcut=shortcut, icon=icon)
            for name, text, triggered, shortcut, icon in wanted
        ]


def holds_classes(folder: Path) -> bool:
    """Return whether `folder` looks like data to train on: two folders or more and no loose pictures, or files of sets.

    Quick: looks at names, the first few of them.
    """
    from deepstudio.data.sources import IMAGE_SUFFIXES
    from deepstudio.data.text.rows import CONLL_SUFFIXES, TABLE_SUFFIXES

    folders = 0
    try:
        for number, entry in enumerate(folder.iterdir()):
            if number >= _MOST_LOOKED_AT:
                break
            suffix = entry.suffix.lower()
            if suffix in IMAGE_SUFFIXES:
                return False
            if "idx3-ubyte" in entry.name or suffix in CONLL_SUFFIXES or suffix in TABLE_SUFFIXES:
                return True
            if entry.name.endswith(".trans.txt") or (suffix in (".de", ".fr", ".en", ".zh") and entry.is_file()):
                return True
            if not suffix and not entry.name.startswith(".") and entry.is_dir():
                if entry.name.lower() in ("train", "training"):
                    return True
                folders += 1
    except OSError:
        return False
    return folders >= 2
