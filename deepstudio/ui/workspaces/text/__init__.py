"""Text: type, and see what networks make of it while you type."""

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
    from deepstudio.ui.workspaces.text.view import TextView

_PROSE = (".txt", ".text", ".md", ".markdown", ".rst", ".adoc", ".org", ".tex", ".bib", ".html", ".htm", ".xml", ".eml")
_OTHER = (".log", ".srt", ".vtt", ".ass", ".po", ".yaml", ".yml", ".ini", ".cfg", ".py")
SUFFIXES = (*_PROSE, *_OTHER)
TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson")
_MADE_FOR_IT = 80
_TABLE = 70
"""Below what training bids for a table: a command opens it here."""
_TABLE_WHILE_SHOWN = 95
"""Above it, where somebody drops the table on the open text page."""
_NAMELESS_WHILE_SHOWN = 60
"""A file without a suffix, such as README: a text to somebody who drops it on the open text page."""
_FROM_CLIPBOARD = 40


@register_workspace
class TextWorkspace(Workspace):
    """What the window knows of the text workspace."""

    name = "text"
    title = QT_TRANSLATE_NOOP("workspaces", "Text")
    icon_name = "text"
    order = 20
    description = QT_TRANSLATE_NOOP("workspaces", "Type a text and see what networks make of it.")
    open_filter = tuple(f"*{suffix}" for suffix in SUFFIXES)
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Texts")

    view: TextView

    def create(self, services: Any) -> QWidget:
        """Return the view, built once."""
        from deepstudio.ui.workspaces.text.view import TextView

        view = self.view = TextView(services)
        view.message.connect(self.message)
        view.failed.connect(self.failed)
        view.state_changed.connect(self.state_changed)
        return view

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take one text file, one table, or text from elsewhere."""
        if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES:
            return _MADE_FOR_IT
        if len(paths) == 1 and paths[0].suffix.lower() in TABLES:
            return _TABLE_WHILE_SHOWN if self._is_shown() else _TABLE
        if len(paths) == 1 and not paths[0].suffix and paths[0].is_file() and self._is_shown():
            return _NAMELESS_WHILE_SHOWN
        return _FROM_CLIPBOARD if not paths and mime.hasText() else 0

    def _is_shown(self) -> bool:
        view: QWidget | None = getattr(self, "view", None)
        return view is not None and view.isVisible()

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say what would happen."""
        if paths and paths[0].suffix.lower() in TABLES:
            return self.tr("Answer each row of this table")
        return self.tr("Read this text")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a text file."""
        self.view.open_paths(paths)

    def open_mime(self, mime: QMimeData) -> None:
        """Take text from the clipboard or another program."""
        self.view.set_text(mime.text())

    def receive(self, what: str, value: object) -> None:
        """Choose the model that another workspace names."""
        if what == "model" and isinstance(value, str):
            self.view.use_model(value)

    def models_changed(self) -> None:
        """List the models again."""
        self.view.refresh_models()

    def save_state(self) -> dict[str, Any]:
        """Return model and text."""
        return self.view.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back model and text."""
        self.view.restore_state(state)

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace."""
        view, group = self.view, self.tr("Text")
        return (
            ActionSpec(
                id="text.open", text=self.tr("Open a &Text…"), triggered=view.ask_open, group=group, icon="folder"
            ),
            ActionSpec(
                id="text.table", text=self.tr("Open a Ta&ble…"), triggered=view.ask_table, group=group, icon="table"
            ),
            ActionSpec(
                id="text.clear", text=self.tr("&Clear the Text"), triggered=view.clear, group=group, icon="trash"
            ),
            ActionSpec(
                id="text.write",
                text=self.tr("&Write On"),
                triggered=view.write_on,
                group=group,
                icon="pencil",
                shortcut="Ctrl+Return",
            ),
        )
