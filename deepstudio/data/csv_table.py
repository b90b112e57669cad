"""Reading a table of text whose dialect nobody wrote down: encoding, delimiter and header are found out. Any thread.

CSV after RFC 4180, with commas, semicolons, tabs or bars.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import detect_encoding

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
_DELIMITERS = ",;\t|"
_LOOKED_AT = 200
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIELD_LIMIT = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a table, without its header; `header` is empty where the file has none.

    `lines` holds the number, from 1, of the line that each row begins on. `damaged` counts the bytes that the encoding
    does not know.
    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    delimiter: str
    encoding: str
    damaged: int = 0

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.header) or max((len(row) for row in self.rows), default=0)

    def column(self, index: int) -> list[str]:
        """Return a column's values, stripped; "" where a row is too short."""
        return [row[index].strip() if index < len(row) else "" for row in self.rows]

    def find(self, names: Sequence[str]) -> int | None:
        """Return the first column whose title is one of `names` (any case), None if there is none."""
        titles = [title.strip().casefold() for title in self.header]
        return next((titles.index(name) for name in names if name in titles), None)


def is_table(path: Path) -> bool:
    """Return whether `path` is a file that is named like a table."""
    return path.suffix.lower() in TABLE_SUFFIXES and path.is_file()


def read_table(path: Path, *, titles: frozenset[str] = frozenset()) -> Table:
    """Return the table at `path`. `titles` are words (lower case) that make a first row a header.

    Raises InputError for a missing, empty or binary file.
    """
    text, encoding, damaged = read_text(path)
    delimiter = _delimiter(text, path)
    csv.field_size_limit(_FIELD_LIMIT)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if any(field.strip() for field in row):
                rows.append(tuple(row))
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} is no table: {reason} in line {line}."),
            path=str(path),
            reason=str(error),
            line=line,
        ) from error
    if not rows:
        raise InputError(QT_TRANSLATE_NOOP("errors", "The table {path} is empty."), path=str(path))
    header: tuple[str, ...] = ()
    if _is_header(rows, titles):
        header, rows, lines = tuple(field.strip() for field in rows[0]), rows[1:], lines[1:]
    return Table(
        path=path,
        header=header,
        rows=tuple(rows),
        lines=tuple(lines),
        delimiter=delimiter,
        encoding=encoding,
        damaged=damaged,
    )


def read_text(path: Path) -> tuple[str, str, int]:
    """Return the text of a file, its encoding, and how many characters could not be read.

    Raises InputError for a missing or binary file.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(path)) from error
    encoding = _encoding(raw)
    if not encoding.startswith("utf-16") and not encoding.startswith("utf-32") and b"\x00" in raw[:4096]:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{path} holds no text."), path=str(path))
    text = raw.decode(encoding, errors="replace")
    return text, encoding, text.count("\ufffd")


def _encoding(raw: bytes) -> str:
    """Return UTF-8 where every byte fits it, else what the lines with other than ASCII characters look like."""
    if not raw.startswith(codecs.BOM_UTF8):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            if not raw.startswith(_WIDE):
                return detect_encoding(b"\n".join(line for line in raw.split(b"\n") if not line.isascii()))
    return detect_encoding(raw)


def _delimiter(text: str, path: Path) -> str:
    """Return the character that divides most lines into the same number of columns, more than one."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    sample = "\n".join(text.splitlines()[:_LOOKED_AT])
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        except csv.Error:
            continue
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width > 1 and count / len(widths) > most:
            best, most = delimiter, count / len(widths)
    return best


def _is_header(rows: Sequence[Sequence[str]], titles: frozenset[str]) -> bool:
    """Return whether the first row titles the others: a known word among them, all short, none of them repeated."""
    first = [field.strip().casefold() for field in rows[0]]
    return any(field in titles for field in first) and len(set(first)) == len(first)
