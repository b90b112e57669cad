"""Image sets as a table: the columns path and label, and perhaps split. Nothing is decoded here. Any thread.

Paths are relative to the table's folder, or absolute. Names of columns are recognised in any case and under the usual
other words; a table without a header has the path in the column whose entries end like pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.csv_table import Table, read_table
from deepstudio.data.sources import IMAGE_SUFFIXES

_PATHS = ("path", "file", "filename", "file_name", "filepath", "file_path", "image", "image_path", "img", "picture")
_LABELS = ("label", "class", "class_name", "classname", "category", "target", "classid", "class_id", "y")
_SPLITS = ("split", "subset", "set", "partition", "fold", "usage")
_TITLES = frozenset((*_PATHS, *_LABELS, *_SPLITS))
_ROLES = {
    "": "train",
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "test": "test",
    "testing": "test",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled picture: its path as written (with forward slashes), label, and split: train, validation or test."""

    name: str
    label: str
    split: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTable:
    """The rows of a table of pictures. `has_splits` says whether a column divides them."""

    root: Path
    rows: tuple[Row, ...]
    has_splits: bool
    delimiter: str
    encoding: str

    def of(self, split: str) -> tuple[Row, ...]:
        """Return the rows of a split."""
        return tuple(row for row in self.rows if row.split == split)

    def has_rows(self, split: str) -> bool:
        """Return whether there are rows of a split."""
        return any(row.split == split for row in self.rows)


def read_image_table(path: Path) -> ImageTable:
    """Return the labelled pictures that the table names.

    Raises InputError for a table without such columns, and with the line for a row without path or label, or of an
    unknown split.
    """
    table = read_table(path, titles=_TITLES)
    path_column, label_column, split_column = _columns(table)
    names, labels = table.column(path_column), table.column(label_column)
    splits = table.column(split_column) if split_column is not None else [""] * len(names)
    rows: list[Row] = []
    for name, label, split, line in zip(names, labels, splits, table.lines, strict=True):
        if not name or not label:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "Line {line} of {path} lacks its path or its label."),
                path=str(path),
                line=line,
            )
        if split.casefold() not in _ROLES:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "Line {line} of {path} is of a split '{split}' that is not known here."),
                fix=QT_TRANSLATE_NOOP("errors", "Known splits: train, validation, test."),
                path=str(path),
                line=line,
                split=split,
            )
        rows.append(Row(name=name.replace("\\", "/"), label=label, split=_ROLES[split.casefold()], line=line))
    return ImageTable(
        root=path.parent,
        rows=tuple(rows),
        has_splits=split_column is not None,
        delimiter=table.delimiter,
        encoding=table.encoding,
    )


def names_pictures(path: Path) -> bool:
    """Return whether the table at `path` names pictures, rather than holding texts. Raises InputError as it is read."""
    table = read_table(path, titles=_TITLES)
    return _path_column(table) is not None


def _columns(table: Table) -> tuple[int, int, int | None]:
    path_column, label_column, split_column = _path_column(table), table.find(_LABELS), table.find(_SPLITS)
    others = [index for index in range(table.width) if index != path_column]
    if split_column is None and not table.header:
        split_column = next((index for index in others if _ROLES.keys() >= _words(table, index)), None)
    if label_column is None and (not table.header or table.width == 2):
        label_column = next((index for index in others if index != split_column), None)
    if path_column is None or label_column is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} names no labelled pictures: it has the columns {columns}."),
            fix=QT_TRANSLATE_NOOP("errors", "Give it the columns path and label, and split if you like."),
            path=str(table.path),
            columns=", ".join(table.header or [str(index + 1) for index in range(table.width)]),
        )
    return path_column, label_column, split_column


def _words(table: Table, column: int) -> set[str]:
    return {value.casefold() for value in table.column(column)}


def _path_column(table: Table) -> int | None:
    """Return the column of paths: one with a fitting title whose entries look like pictures, or any such column."""
    titled = table.find(_PATHS)
    columns = range(table.width) if titled is None else [titled]
    for index in columns:
        seen = [value for value in table.column(index)[:200] if value]
        like = sum(Path(value.replace("\\", "/")).suffix.lower() in IMAGE_SUFFIXES for value in seen)
        if seen and like >= 0.8 * len(seen):
            return index
    return None
