"""The settings: declared once as configurations, kept as JSON in the configuration folder. No Qt, no torch.

The classes below are the whole truth: the settings window, the checks and the file come from their fields.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deepstudio.core.config import from_mapping, option, to_mapping
from deepstudio.core.errors import RecipeError
from deepstudio.core.paths import config_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.json_file import JsonFile

_log = logging.getLogger(__name__)

SETTINGS_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """How the window looks and which language it speaks."""

    theme: str = option(
        "system",
        QT_TRANSLATE_NOOP("settings", "Light or dark colours, or as the system has them."),
        choices=("system", "light", "dark"),
    )
    language: str = option(
        "system",
        QT_TRANSLATE_NOOP("settings", "The language of the window."),
        choices=("system", "en", "zh_CN"),
    )
    font_scale: int = option(100, QT_TRANSLATE_NOOP("settings", "Size of all text, in percent."), low=80, high=175)
    reduce_motion: bool = option(
        False, QT_TRANSLATE_NOOP("settings", "Show changes at once instead of fading and sliding.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How answers are asked for and shown."""

    image_model: str = option(
        "objects", QT_TRANSLATE_NOOP("settings", "The model that a dropped picture is shown to first.")
    )
    top_k: int = option(
        5, QT_TRANSLATE_NOOP("settings", "How many of the most likely labels an answer lists."), low=1, high=20
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How the program listens."""

    keep_ready: bool = option(
        True,
        QT_TRANSLATE_NOOP(
            "settings",
            "Keep the microphone open while Speech is on screen, so that the first word is never lost. Nothing is "
            "kept until you press Record.",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Computing:
    """What computes."""

    device: str = option(
        "auto",
        QT_TRANSLATE_NOOP(
            "settings", "Where networks run. Automatic takes the fastest there is. A change applies after a restart."
        ),
        choices=("auto", "cpu", "cuda", "mps"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a person can set. `shortcuts` holds only what differs from the defaults: action id to keys."""

    appearance: Appearance = field(default_factory=Appearance)
    answers: Answers = field(default_factory=Answers)
    speech: Speech = field(default_factory=Speech)
    computing: Computing = field(default_factory=Computing)
    shortcuts: dict[str, str] = field(default_factory=dict)


Listener = Callable[[Settings], None]


class SettingsStore:
    """The settings of this user. Every change is on disk when `change` returns. GUI thread only."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = JsonFile(path or config_dir() / "settings.json", version=SETTINGS_VERSION)
        self._listeners: list[Listener] = []
        self._current = self._read()

    @property
    def current(self) -> Settings:
        """Return the settings as they are now."""
        return self._current

    @property
    def path(self) -> Path:
        """Return where the settings are kept."""
        return self._file.path

    def change(self, group: str, **values: Any) -> Settings:
        """Set fields of one group, such as `change("appearance", theme="dark")`; write; tell listeners.

        Raises RecipeError for a value out of bounds or an unknown name.
        """
        old = getattr(self._current, group)
        mapping = {**to_mapping(old), **values}
        return self._replace(**{group: from_mapping(type(old), mapping, where=group)})

    def change_shortcuts(self, shortcuts: Mapping[str, str]) -> Settings:
        """Replace the shortcuts that differ from their defaults; write; tell listeners."""
        return self._replace(shortcuts=dict(shortcuts))

    def reset(self, group: str) -> Settings:
        """Give one group its defaults back; write; tell listeners."""
        return self._replace(**{group: type(getattr(self._current, group))()})

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(settings)` after each change; returns a function that ends this."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _replace(self, **groups: Any) -> Settings:
        changed = dataclasses.replace(self._current, **groups)
        if changed != self._current:
            self._current = changed
            self._file.write(to_mapping(changed))
            for listener in tuple(self._listeners):
                listener(changed)
        return changed

    def _read(self) -> Settings:
        document = self._file.read()
        try:
            return from_mapping(Settings, document, where=self._file.path.name)
        except RecipeError as error:
            self._file.set_aside(str(error).rstrip("."))
            return _salvaged(document)


def _salvaged(document: Mapping[str, Any]) -> Settings:
    """Return what can be used of a document with wrong or unknown values; the rest gets its default."""
    settings = Settings()
    for group in (group.name for group in dataclasses.fields(Settings)):
        values = document.get(group)
        if not isinstance(values, Mapping):
            continue
        for key, value in values.items():
            part = {group: {**to_mapping(settings)[group], key: value}}
            try:
                settings = from_mapping(Settings, {**to_mapping(settings), **part}, where=group)
            except RecipeError:
                _log.warning("The setting %s.%s = %r is not usable; its default is used.", group, key, value)
    return settings
