"""Which runs a folder of TensorBoard's holds: every folder with event files is one. Any thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_MARK = "tfevents"
_EMPTY = ".profile-empty"  # written beside profiles; holds nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFolder:
    """A folder with event files, and the run's name: the way to it from the folder that was named."""

    path: Path
    name: str
    files: tuple[Path, ...]


def is_event_file(name: str) -> bool:
    """Return whether a file of that name holds events, compressed or not."""
    return _MARK in name and not name.endswith(_EMPTY)


def is_event_folder(path: Path, *, depth: int = 4, most: int = 5000) -> bool:
    """Return whether `path` is an event file, or a folder with one within `depth` levels (of `most` names)."""
    if path.is_file():
        return is_event_file(path.name)
    level, seen = [path], 0
    for _ in range(depth + 1):
        below: list[Path] = []
        for folder in level:
            for entry in _entries(folder):
                seen += 1
                if seen > most:
                    return False
                if entry.is_dir():
                    below.append(Path(entry.path))
                elif is_event_file(entry.name):
                    return True
        level = below
    return False


def find_event_folders(root: Path) -> list[EventFolder]:
    """Return the runs in `root`, a folder or one event file, by name; files in the order in which they were begun."""
    if root.is_file():
        return [EventFolder(path=root.parent, name=root.name, files=(root,))] if is_event_file(root.name) else []
    found = []
    for folder, below, names in os.walk(root):
        below.sort()
        files = tuple(Path(folder) / name for name in sorted(names) if is_event_file(name))
        if files:
            inside = Path(folder).relative_to(root).as_posix()
            top = root.resolve().name or str(root)
            name = top if inside == "." else f"{top}/{inside}"
            found.append(EventFolder(path=Path(folder), name=name, files=files))
    return found


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []
