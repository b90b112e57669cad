"""Where things stood: window geometry, splitters, the open workspace and what each workspace wants back. No Qt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deepstudio.core.paths import config_dir
from deepstudio.store.json_file import JsonFile

_VERSION = 1


class LayoutStore:
    """One JSON document of plain values. GUI thread only."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = JsonFile(path or config_dir() / "window.json", version=_VERSION)
        self._state = self._file.read()

    def section(self, name: str) -> dict[str, Any]:
        """Return one part of the state, {} if there is none."""
        value = self._state.get(name)
        return value if isinstance(value, dict) else {}

    def write(self, state: dict[str, Any]) -> None:
        """Replace the whole state and write it if anything differs."""
        if state != self._state:
            self._state = state
            self._file.write(state)
