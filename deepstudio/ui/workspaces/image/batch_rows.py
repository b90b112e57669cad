"""Rows of the table of many pictures: what they hold, how they are filtered, sorted and written out. No Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.files import write_text_atomic
from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer, ImageSource, Timing
from deepstudio.data.sources import natural_key

CSV_COLUMNS = (
    "name",
    "path",
    "answer",
    "confidence",
    "none_of_these",
    "rejected",
    "decode_ms",
    "preprocess_ms",
    "network_ms",
    "width",
    "height",
    "format",
    "failure",
)


class Column(StrEnum):
    """Columns of the table, in order."""

    NAME = "name"
    ANSWER = "answer"
    CONFIDENCE = "confidence"
    UNKNOWN = "unknown"
    TIME = "time"
    SIZE = "size"


class Kind(StrEnum):
    """What became of a picture."""

    ANSWERED = "answered"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(eq=False, slots=True, kw_only=True)
class BatchRow:
    """One picture of many and what the model said. `thumbnail` is uint8 RGB, a few dozen pixels wide."""

    number: int
    source: ImageSource
    kind: Kind
    label: str = ""
    confidence: float = 0.0
    unknown: float | None = None
    timing: Timing
    width: int = 0
    height: int = 0
    format: str = ""
    failure: Failure | None = None
    thumbnail: np.ndarray | None = None
    name_key: list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows are shown. An empty `text`, `label` or `kind` lets all through.

    Confidence lies in 0..1, both ends included. Rows without an answer have none: they pass while the range is the
    whole range.
    """

    text: str = ""
    label: str = ""
    kind: Kind | None = None
    low: float = 0.0
    high: float = 1.0

    def admits(self, row: BatchRow) -> bool:
        """Return whether `row` is shown."""
        if self.kind is not None and row.kind is not self.kind:
            return False
        if self.label and (row.label != self.label or row.kind is not Kind.ANSWERED):
            return False
        if row.kind is Kind.FAILED:
            if self.low > 0.0 or self.high < 1.0:
                return False
        elif not self.low <= row.confidence <= self.high:
            return False
        needle = self.text.casefold()
        return not needle or needle in row.source.name.casefold() or needle in row.label.casefold()


def row_from_answer(number: int, source: ImageSource, answer: ImageAnswer) -> BatchRow:
    """Return the row for `answer`; it keeps no more of it than the table shows."""
    row = BatchRow(
        number=number,
        source=source,
        kind=Kind.FAILED,
        timing=answer.timing,
        width=answer.width,
        height=answer.height,
        format=answer.format,
        failure=answer.failure,
        thumbnail=answer.picture,
        name_key=natural_key(source.name),
    )
    if answer.failure is None and answer.ranking:
        best = answer.ranking[0]
        row.kind = Kind.REJECTED if answer.rejected else Kind.ANSWERED
        row.label = answer.labels[best]
        row.confidence = float(answer.probabilities[best])
        row.unknown = answer.unknown
    return row


def sort_rows(rows: Iterable[BatchRow], column: Column | None, *, descending: bool = False) -> list[BatchRow]:
    """Return `rows` by `column`, in order of arrival within equals; `None` keeps the order of arrival.

    Rows without an answer come last in the columns of the answer, whichever way they are sorted.
    """
    if column is None:
        return sorted(rows, key=lambda row: row.number, reverse=descending)
    key = _KEYS[column]
    if column in (Column.NAME, Column.SIZE):
        return sorted(rows, key=key, reverse=descending)
    answered: list[BatchRow] = []
    failed: list[BatchRow] = []
    for row in rows:
        (failed if row.kind is Kind.FAILED else answered).append(row)
    return sorted(answered, key=key, reverse=descending) + failed


def _answer_key(row: BatchRow) -> tuple[bool, str, float]:
    return (row.kind is Kind.REJECTED, row.label, -row.confidence)


_KEYS: dict[Column, Callable[[BatchRow], Any]] = {
    Column.NAME: lambda row: row.name_key,
    Column.ANSWER: _answer_key,
    Column.CONFIDENCE: lambda row: row.confidence,
    Column.UNKNOWN: lambda row: -1.0 if row.unknown is None else row.unknown,
    Column.TIME: lambda row: row.timing.total_ms,
    Column.SIZE: lambda row: row.width * row.height,
}


def to_csv(rows: Sequence[BatchRow]) -> str:
    """Return `rows` as CSV (RFC 4180) with the header `CSV_COLUMNS`; numbers with a decimal point, empty where none."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue()


def _cells(row: BatchRow) -> list[str]:
    failed = row.kind is Kind.FAILED
    return [
        _harmless(row.source.name),
        _harmless(str(row.source.path or "")),
        _harmless(row.label),
        "" if failed else f"{row.confidence:.6f}",
        "" if row.unknown is None else f"{row.unknown:.6f}",
        "" if failed else str(row.kind is Kind.REJECTED).lower(),
        f"{row.timing.decode_ms:.3f}",
        f"{row.timing.preprocess_ms:.3f}",
        f"{row.timing.network_ms:.3f}",
        "" if failed else str(row.width),
        "" if failed else str(row.height),
        row.format,
        _harmless(row.failure.text()) if row.failure is not None else "",
    ]


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_csv(target: Path, rows: Sequence[BatchRow]) -> None:
    """Write `rows` to `target`, whole or not at all, as UTF-8 with the mark by which spreadsheets know it.

    Raises OSError as the disk does.
    """
    write_text_atomic(target, "\ufeff" + to_csv(rows))
