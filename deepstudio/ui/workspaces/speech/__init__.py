"""Speech: press Record and read what is said; drop a sound file and read what it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from deepstudio.audio.endings import SUFFIXES
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.actions import ActionSpec
from deepstudio.ui.workspace import Workspace, register_workspace

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.speech.view import SpeechView


@register_workspace
class SpeechWorkspace(Workspace):
    """What the window knows of the speech workspace."""

    name = "speech"
    title = QT_TRANSLATE_NOOP("workspaces", "Speech")
    icon_name = "speech"
    order = 30
    description = QT_TRANSLATE_NOOP("workspaces", "Speak, and read what was understood.")
    open_filter = tuple(f"*{suffix}" for suffix in SUFFIXES)
    open_filter_text = QT_TRANSLATE_NOOP("workspaces", "Sound files")

    view: SpeechView

    def create(self, services: Any) -> QWidget:
        """Return the view, built once."""
        from deepstudio.ui.workspaces.speech.view import SpeechView

        view = self.view = SpeechView(services)
        view.message.connect(self.message)
        view.failed.connect(self.failed)
        view.undo_offered.connect(self.undo_offered)
        view.state_changed.connect(self.state_changed)
        view.models_touched.connect(self.models_touched)
        return view

    def accepts(self, paths: Sequence[Path], mime: QMimeData) -> int:
        """Take sound files."""
        return 90 if paths and all(path.suffix.lower() in SUFFIXES for path in paths) else 0

    def drop_text(self, paths: Sequence[Path], mime: QMimeData) -> str:
        """Say what would happen."""
        return self.tr("Write down what is said")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Transcribe a sound file."""
        self.view.open_paths(paths)

    def may_close(self) -> bool:
        """Return True: a recording that goes on is kept on disk, and so is a text that is being edited."""
        self.view.said.editing.leave()
        return True

    def models_changed(self) -> None:
        """Look whether there is a speech model."""
        self.view.models_changed()

    def receive(self, what: str, value: object) -> None:
        """Listen with the model that another workspace names."""
        if what == "model" and isinstance(value, str):
            self.view.use_model(value)

    def save_state(self) -> dict[str, Any]:
        """Return microphone, mode and models."""
        return self.view.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` returned."""
        self.view.restore_state(state)

    def actions(self) -> Sequence[ActionSpec]:
        """Return the commands of this workspace."""
        view, group = self.view, self.tr("Speech")
        wanted = (
            ("speech.record", self.tr("&Record or Stop"), view.toggle_recording, "Ctrl+R", "speech"),
            ("speech.open", self.tr("Transcribe a Sound &File…"), view.ask_open, "", "folder"),
            ("speech.play", self.tr("&Play the Recording"), view.said.play, "Ctrl+P", "play"),
            ("speech.copy", self.tr("&Copy the Text"), view.said.copy, "Ctrl+Shift+C", "copy"),
            ("speech.present", self.tr("&Show the Text Large"), view.said.present, "F6", "fit"),
        )
        return [
            ActionSpec(id=name, text=text, triggered=triggered, group=group, shortcut=shortcut, icon=icon)
            for name, text, triggered, shortcut, icon in wanted
        ]
