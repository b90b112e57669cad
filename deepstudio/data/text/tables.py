"""Labelled texts in files: CSV, TSV, JSON by lines and plain lines, with or without a header; and folders of files.

Any thread.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.folders import read_text_folder
from deepstudio.data.text.json_lines import JSON_SUFFIXES, read_json_rows

_TEXT_NAMES = ("text", "sentence", "review", "message", "content", "body", "description")
_LABEL_NAMES = ("label", "class", "category", "topic", "target", "sentiment")
_TABLES = (".csv", ".tsv", ".tab")
_HEADER_LENGTH = 40
_LOOKED_AT = 500
_SAMPLE_ROWS = 2000
_MOST_LABELS = 200
_LARGEST_FIELD = 1 << 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of strings under named columns; a file without a header gets the names 0, 1, 2...

    `files` names the file of each row below the folder, where the table is a folder of files.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]
    encoding: str = "utf-8"
    has_header: bool = False
    files: tuple[str, ...] = ()

    def column(self, name: str) -> list[str]:
        """Return the values of a column; rows that end early give empty strings."""
        place = self.columns.index(name)
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_table(path: Path, header: str = "auto") -> Table:
    """Return the rows of a CSV, TSV, JSON or plain text file (one column, a row a line), or of a folder of text files.

    The delimiter is the tab if the first lines have it, else comma, semicolon or bar for .csv. Fields in double quotes
    may hold line ends. `header` says whether the first row holds names: "yes", "no", or "auto" to find out. A folder
    gives the columns text and label, a row a file. Raises InputError if the file cannot be read or has no rows.
    """
    path = Path(path)
    if path.is_dir():
        texts, labels, files = read_text_folder(path)
        return Table(columns=("text", "label"), rows=list(map(list, zip(texts, labels, strict=True))), files=files)
    decoded = read_text(path)
    if path.suffix.lower() in JSON_SUFFIXES:
        columns, rows = read_json_rows(decoded.text, path)
        return Table(columns=columns, rows=rows, encoding=decoded.encoding, has_header=True)
    suffix = path.suffix.lower()
    text = decoded.text.replace("\0", " ")
    rows = [row for row in _rows(text, suffix) if any(field.strip() for field in row)]
    if not rows:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text in {path}."), path=str(path))
    width = max(len(row) for row in rows[:_SAMPLE_ROWS])
    alone = suffix in _TABLES  # in a table, one name can be a header; in plain lines it is a line
    if len(rows) == 1 and header != "no" and _is_known_header(rows[0], alone):
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text in {path}."), path=str(path))
    named = len(rows) > 1 and (_names_columns(rows, alone) if header == "auto" else header == "yes")
    if named:
        columns = tuple(name.strip().lower() or str(number) for number, name in enumerate(rows[0]))
        columns += tuple(str(number) for number in range(len(columns), width))
        return Table(columns=_distinct(columns), rows=rows[1:], encoding=decoded.encoding, has_header=True)
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
    if suffix not in _TABLES and not tabbed:
        return ([line] for line in text.split("\n"))
    if tabbed and suffix != ".csv":
        return (line.split("\t") for line in text.split("\n"))
    csv.field_size_limit(_LARGEST_FIELD)
    delimiter = "\t" if tabbed and "," not in (head[0] if head else "") else _delimiter(head)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(head: list[str]) -> str:
    first = head[0] if head else ""
    usual = ";" if first.count(";") > first.count(",") else ","
    # A text may hold a bar, or commas: the bar divides columns if more lines have as many of it as the first one has.
    return "|" if _alike(head, "|") > max(_alike(head, usual), sum(map(bool, head)) // 2) else usual


def _alike(head: list[str], sign: str) -> int:
    """Return how many lines have as many of `sign` as the first line has; 0 if that has none."""
    wanted = head[0].count(sign) if head else 0
    return sum(line.count(sign) == wanted for line in head) if wanted else 0


def _names_columns(rows: Sequence[Sequence[str]], alone: bool) -> bool:
    """Return whether the first row holds names: by known words, or because it is unlike the rows below it."""
    names = [field.strip().lower() for field in rows[0]]
    if len(set(names)) < len(names) or any(len(name) > _HEADER_LENGTH for name in names):
        return False
    if _is_known_header(names, alone):
        return True
    if len(names) < 2 or not all(names) or any(name.replace(".", "", 1).isdigit() for name in names):
        return False
    return any(_stands_above(rows, place) for place in range(len(names)))


def _is_known_header(row: Sequence[str], alone: bool) -> bool:
    known = _TEXT_NAMES + _LABEL_NAMES + ("title", "source", "en", "path")
    return (alone or len(row) > 1) and any(name.strip().lower() in known for name in row)


def _stands_above(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Return whether the first value of a column is a stranger among few values that come again and again."""
    below = [row[place].strip() for row in rows[1:_LOOKED_AT] if place < len(row)]
    counts = Counter(below)
    return len(below) >= 4 and rows[0][place].strip() not in counts and 2 * len(counts) <= len(below)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, a repeated one with its number behind it."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(found)
