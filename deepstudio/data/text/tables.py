"""Labelled texts in files: CSV, TSV and plain lines, with or without a header. Any thread."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text

_TEXT_NAMES = ("text", "sentence", "review", "message", "content", "body", "description")
_LABEL_NAMES = ("label", "class", "category", "topic", "target", "sentiment")
_SAMPLE_ROWS = 2000
_MOST_LABELS = 200
_LARGEST_FIELD = 1 << 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of strings under named columns; a file without a header gets the names 0, 1, 2..."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    encoding: str = "utf-8"

    def column(self, name: str) -> list[str]:
        """Return the values of a column; rows that end early give empty strings."""
        place = self.columns.index(name)
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_table(path: Path) -> Table:
    """Return the rows of a CSV, TSV or plain text file (one column, a row a line).

    The delimiter is the tab if the first lines have it, else the comma for .csv. Fields in double quotes may hold line
    ends. Raises InputError if the file cannot be read or has no rows.
    """
    decoded = read_text(path)
    text = decoded.text.replace("\0", " ")
    rows = [row for row in _rows(text, Path(path).suffix.lower()) if any(field.strip() for field in row)]
    if not rows:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text in {path}."), path=str(path))
    width = max(len(row) for row in rows[:_SAMPLE_ROWS])
    if _is_header(rows[0]) and len(rows) > 1:
        columns = tuple(name.strip().lower() for name in rows[0])
        columns += tuple(str(number) for number in range(len(columns), width))
        return Table(columns=columns, rows=rows[1:], encoding=decoded.encoding)
    return Table(columns=tuple(map(str, range(width))), rows=rows, encoding=decoded.encoding)


def texts_of(table: Table, wanted: Sequence[str] = ()) -> list[str]:
    """Return the text of each row: the `wanted` columns joined where all are there, else the one that holds text."""
    if wanted and all(name in table.columns for name in wanted):
        parts = [table.column(name) for name in wanted]
        return [" ".join(filter(None, fields)) for fields in zip(*parts, strict=True)]
    return table.column(text_column(table))


def text_column(table: Table) -> str:
    """Return the column that holds the text: by name, else the one with the longest fields."""
    named = next((name for name in _TEXT_NAMES if name in table.columns), None)
    if named is not None:
        return named
    label = label_column(table)
    others = [name for name in table.columns if name != label] or list(table.columns)
    return max(others, key=lambda name: sum(map(len, table.column(name)[:_SAMPLE_ROWS])))


def label_column(table: Table) -> str | None:
    """Return the column that holds the labels: by name, else one with few different short values, else None."""
    named = next((name for name in _LABEL_NAMES if name in table.columns), None)
    if named is not None or len(table.columns) < 2:
        return named
    few: dict[str, int] = {}
    for name in table.columns:
        values = table.column(name)[:_SAMPLE_ROWS]
        different = set(values)
        if 1 < len(different) <= min(_MOST_LABELS, max(len(values) // 2, 2)) and max(map(len, different)) <= 64:
            few[name] = len(different)
    return min(few, key=lambda name: few[name]) if few else None


def _rows(text: str, suffix: str) -> Iterator[list[str]]:
    head = text[:4096].split("\n", 20)[:20]
    tabbed = sum("\t" in line for line in head) * 2 > sum(bool(line.strip()) for line in head)
    if suffix not in (".csv", ".tsv", ".tab") and not tabbed:
        return ([line] for line in text.split("\n"))
    if tabbed and suffix != ".csv":
        return (line.split("\t") for line in text.split("\n"))
    csv.field_size_limit(_LARGEST_FIELD)
    delimiter = "\t" if tabbed and "," not in (head[0] if head else "") else _delimiter(head)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(head: list[str]) -> str:
    first = head[0] if head else ""
    return ";" if first.count(";") > first.count(",") else ","


def _is_header(row: list[str]) -> bool:
    names = [field.strip().lower() for field in row]
    known = any(name in _TEXT_NAMES + _LABEL_NAMES + ("title", "source", "en", "path") for name in names)
    return known and all(len(name) <= 40 for name in names) and len(set(names)) == len(names)
