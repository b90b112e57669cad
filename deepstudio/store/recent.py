"""The files and folders opened last, newest first. No Qt. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deepstudio.core.paths import config_dir
from deepstudio.store.json_file import JsonFile

_VERSION = 1


class RecentFiles:
    """At most `limit` paths, each once, on disk after every change."""

    def __init__(self, path: Path | None = None, *, limit: int = 12) -> None:
        self._file = JsonFile(path or config_dir() / "recent.json", version=_VERSION)
        self._limit = limit
        self._listeners: list[Callable[[], None]] = []
        stored = self._file.read().get("paths", [])
        self._paths = (
            [Path(item) for item in stored if isinstance(item, str)][:limit] if isinstance(stored, list) else []
        )

    def paths(self) -> tuple[Path, ...]:
        """Return the paths, newest first; they may be gone from the disk meanwhile."""
        return tuple(self._paths)

    def add(self, path: Path) -> None:
        """Put `path` first."""
        path = Path(path).absolute()
        self._set([path, *(old for old in self._paths if old != path)][: self._limit])

    def remove(self, path: Path) -> None:
        """Forget `path`."""
        self._set([old for old in self._paths if old != Path(path).absolute()])

    def replace(self, paths: tuple[Path, ...]) -> None:
        """Put back a list returned by `paths` (the undo of `clear`)."""
        self._set(list(paths)[: self._limit])

    def clear(self) -> None:
        """Forget all."""
        self._set([])

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change; returns a function that ends this."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _set(self, paths: list[Path]) -> None:
        if paths == self._paths:
            return
        self._paths = paths
        self._file.write({"paths": [str(path) for path in paths]})
        for listener in tuple(self._listeners):
            listener()
