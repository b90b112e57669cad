"""Which models can listen, and which of them is used for what. No widgets. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.audio.engine_folder import engine_available, look_at_engine, package_missing
from deepstudio.core.job import JobContext
from deepstudio.models.library import ModelEntry, ModelLibrary
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS, TRANSCRIBE

SPEECH_TASK, KEYWORD_TASK = "speech-recognition", "keyword-spotting"
_PREFERRED = {TRANSCRIBE: "english", COMMANDS: "commands", DIGITS: "english"}
_LANGUAGE_SUFFIX, _USUAL_LANGUAGE = "-lm", "english-lm"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechModel:
    """A model of the library, or an engine in a folder of the user's, whose path is then its `name` too.

    Digits are written down by a speech model and the little grammar that goes by the name of a language model.
    """

    name: str
    title: str
    task: str
    description: str = ""
    labels: tuple[str, ...] = ()
    folder: bool = False

    def serves(self, mode: str) -> bool:
        """Return whether it can be used in `mode`."""
        if mode == COMMANDS:
            return self.task == KEYWORD_TASK
        return self.task == SPEECH_TASK and (mode == TRANSCRIBE or not self.folder)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the single words that it knows, without the marked labels for anything else."""
        return tuple(name for name in self.labels if not name.startswith("("))


class SpeechModels(QObject):
    """Knows the models, and remembers the choice for each mode and the folders of engines."""

    changed = Signal()
    """Another model is chosen, or there are other ones."""

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._chosen: dict[str, str] = dict(_PREFERRED)
        self._folders: list[str] = []
        self._all: tuple[SpeechModel, ...] = ()
        self._names: frozenset[str] = frozenset()
        self.refresh()

    def refresh(self) -> None:
        """Read the library anew."""
        entries = self._library.entries()
        self._names = frozenset(entry.name for entry in entries)
        found = [made for entry in entries if (made := _model(entry)) is not None]
        found += [_engine(folder) for folder in self._folders if Path(folder).is_dir()]
        if tuple(found) != self._all:
            self._all = tuple(found)
            self.changed.emit()

    def serving(self, mode: str) -> tuple[SpeechModel, ...]:
        """Return the models that serve `mode`."""
        return tuple(model for model in self._all if model.serves(mode))

    def chosen(self, mode: str) -> SpeechModel | None:
        """Return the model for `mode`: the chosen one, or the first that serves; None where there is none."""
        models = self.serving(mode)
        named = (model for model in models if model.name == self._chosen.get(mode))
        usual = (model for model in models if model.name == _PREFERRED.get(mode))
        return next(named, None) or next(usual, None) or next(iter(models), None)

    def choose(self, mode: str, name: str) -> None:
        """Use model `name` for `mode` from now on."""
        if self._chosen.get(mode) != name:
            self._chosen[mode] = name
            self.changed.emit()

    def mode_of(self, name: str) -> str | None:
        """Return the mode that model `name` is made for; None for unknown names and other tasks."""
        for model in self._all:
            if model.name == name:
                return TRANSCRIBE if model.task == SPEECH_TASK else COMMANDS
        return None

    def named(self, name: str, mode: str) -> SpeechModel | None:
        """Return the model of this name if it is there and serves `mode`."""
        return next((model for model in self.serving(mode) if model.name == name), None)

    @Slot(object)
    def add_folder(self, folder: Path) -> None:
        """Offer the engine in `folder`, and use it for transcription."""
        if str(folder) not in self._folders:
            self._folders.append(str(folder))
        self._chosen[TRANSCRIBE] = str(folder)
        self.refresh()
        self.changed.emit()

    def remove_folder(self, folder: str) -> None:
        """Offer the engine in `folder` no more; the folder stays as it is."""
        if folder in self._folders:
            self._folders.remove(folder)
            self.refresh()

    def language_model(self, model: SpeechModel) -> str:
        """Return the language model that goes with `model`, "" where it brings its own or there is none."""
        if model.folder or model.task != SPEECH_TASK:
            return ""
        own = f"{model.name}{_LANGUAGE_SUFFIX}"
        return own if own in self._names else _USUAL_LANGUAGE if _USUAL_LANGUAGE in self._names else ""

    def save_state(self) -> dict[str, Any]:
        """Return the choices as JSON-ready values."""
        return {"chosen": dict(self._chosen), "folders": list(self._folders)}

    def restore_state(self, state: object) -> None:
        """Take back what `save_state` returned; what makes no sense is ignored."""
        if not isinstance(state, dict):
            return
        chosen, folders = state.get("chosen"), state.get("folders")
        if isinstance(chosen, dict):
            self._chosen |= {str(mode): str(name) for mode, name in chosen.items()}
        if isinstance(folders, list):
            self._folders = [str(folder) for folder in folders]
        self.refresh()
        self.changed.emit()


def _model(entry: ModelEntry) -> SpeechModel | None:
    card = entry.card
    if card is None or card.task not in (SPEECH_TASK, KEYWORD_TASK):
        return None
    return SpeechModel(
        name=entry.name,
        title=card.title or entry.name,
        task=card.task,
        description=card.description,
        labels=tuple(card.labels),
    )


def _engine(folder: str) -> SpeechModel:
    return SpeechModel(name=folder, title=Path(folder).name, task=SPEECH_TASK, description=folder, folder=True)


def look_at(folder: Path, context: JobContext) -> Path:
    """Job: return `folder` if it holds an engine that can run here. Raises InputError that says what is missing."""
    look_at_engine(folder)
    if not engine_available():
        raise package_missing()
    return folder
