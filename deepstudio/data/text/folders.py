"""Texts as files: a folder for each class, a file for each text. Any thread."""

from __future__ import annotations

import os
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.sources import natural_key
from deepstudio.data.text.encodings import read_text

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst"})


def text_files(folder: Path) -> list[Path]:
    """Return the text files below `folder`, hidden ones left out, in natural order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name)
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in TEXT_SUFFIXES
        ]
    return sorted(found, key=lambda path: natural_key(path.relative_to(folder).as_posix()))


def class_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the text files that lie in folders of their class (`folder/<class>/.../file`), each with its class."""
    pairs = ((path.relative_to(folder).parts, path) for path in text_files(folder))
    return [(parts[0], path) for parts, path in pairs if len(parts) > 1]


def read_text_folder(folder: Path) -> tuple[list[str], list[str], tuple[str, ...]]:
    """Return the texts, their classes, and their names below `folder` (posix). Raises InputError where there are none.

    A file that cannot be opened is an empty text: the checks before training name it.
    """
    files = class_files(folder)
    if not files:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The folder {path} holds no text files in folders by class."),
            fix=QT_TRANSLATE_NOOP("errors", "Put the texts of each class into a folder of its own."),
            path=str(folder),
        )
    texts: list[str] = []
    for _label, path in files:
        try:
            texts.append(read_text(path).text)
        except InputError:
            texts.append("")
    names = tuple(path.relative_to(folder).as_posix() for _label, path in files)
    return texts, [label for label, _path in files], names
