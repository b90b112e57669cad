"""Rows of text files by name, and what corrections say of them. Torch-free, any thread.

A row is named by its file and its number from 1, `train.csv#17`: rows of a table below its header, sentences of a file
in CoNLL columns, lines of any other file. A text that is a file of its own has that file's name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.data.corrections import Corrections, CorrectionsState
from deepstudio.data.corrections_file import CorrectionsFile
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.json_lines import JSON_SUFFIXES
from deepstudio.data.text.tables import read_table

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"}) | JSON_SUFFIXES
CONLL_SUFFIXES = frozenset({".conll", ".conll03", ".bio", ".iob", ".iob2"})
_ROW = re.compile(r"(.+)#(\d+)")
_HEAD = 20_000
_TAG = re.compile(r"(?:O|[BIESLU]-\S+)\Z")


def row_of(name: str) -> tuple[str, int] | None:
    """Return file and number of a row's name, None for a text that is a file of its own."""
    found = _ROW.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def full_name(path: Path, key: int | str) -> str:
    """Return the name of a row with the whole path of its file: row `key` of a file, or file `key` of a folder."""
    path = Path(path).absolute()
    return f"{path.as_posix()}#{key}" if isinstance(key, int) else (path / key).as_posix()


def short_name(name: str, root: Path) -> str:
    """Return a full name as corrections know it: below `root`, or below its folder where `root` is a file."""
    root = Path(root).absolute()
    return name.removeprefix(f"{(root.parent if root.is_file() else root).as_posix()}/")


def looks_tagged(path: Path) -> bool:
    """Return whether a file holds words with tags, one a line. Raises InputError if it cannot be read."""
    if path.suffix.lower() in CONLL_SUFFIXES:
        return True
    if path.suffix.lower() in JSON_SUFFIXES:
        return False
    lines = read_text(path).text[:_HEAD].split("\n")[:-1]
    words = [line.split() for line in lines if line.strip()]
    blank = len(lines) - len(words)
    tagged = sum(len(parts) >= 2 and _TAG.fullmatch(parts[-1]) is not None for parts in words)
    return len(words) >= 4 and blank > 0 and tagged >= 0.95 * len(words)


def is_text_table(path: Path) -> bool:
    """Return whether the rows of a file have columns: by its ending, or because most of its lines have tabs."""
    if path.suffix.lower() in TABLE_SUFFIXES:
        return True
    lines = [line for line in read_text(path).text[:_HEAD].split("\n")[:20] if line.strip()]
    return bool(lines) and sum("\t" in line for line in lines) * 2 > len(lines)


def row_text(path: Path, number: int) -> str:
    """Return all that stands in a row; "" where there is none. Raises InputError, OSError as the disk does."""
    texts = _row_texts(path, path.stat().st_mtime_ns)
    return texts[number - 1] if 0 < number <= len(texts) else ""


@lru_cache(maxsize=4)
def _row_texts(path: Path, changed: int) -> tuple[str, ...]:
    if looks_tagged(path):
        from deepstudio.data.text.conll import read_conll

        return tuple("\x1f".join((*one.words, *one.tags)) for one in read_conll(path))
    if is_text_table(path):
        return tuple("\x1f".join(row) for row in read_table(path).rows)
    return tuple(read_text(path).text.split("\n"))


class RowCorrections:
    """What corrections say of the rows of one file, or of the files of one folder.

    They may be kept beside the file, in its folder, or in the folder above: wherever the set was opened.
    """

    def __init__(self, path: Path) -> None:
        path = Path(path).absolute()
        if path.is_dir():
            places = [(path, ""), (path.parent, f"{path.name}/")]
        else:
            places = [(path, f"{path.name}#"), (path.parent, f"{path.name}#")]
            places.append((path.parent.parent, f"{path.parent.name}/{path.name}#"))
        self._views: list[tuple[CorrectionsState, str]] = []
        for data, prefix in places:
            file = CorrectionsFile.of(data)
            if file.exists():
                self._views.append((Corrections(file).state(), prefix))

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to correct."""
        return not self._views

    def label(self, key: int | str, label: str) -> str | None:
        """Return the label that row or file `key` counts with, None if it is left out."""
        found: str | None = label
        for state, prefix in self._views:
            if found is not None:
                found = state.label(f"{prefix}{key}", found)
        return found

    def keeps(self, key: int | str) -> bool:
        """Return whether row or file `key` is used."""
        return all(f"{prefix}{key}" not in state.excluded for state, prefix in self._views)


def mark_text(path: Path, number: int) -> bytes | None:
    """Return what a mark of a row is made of, None if it cannot be read."""
    try:
        return row_text(path, number).encode()
    except (InputError, OSError):
        return None
