"""Jobs around a table of texts: reading it, and writing it with the answers added. In the files lane."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import StorageError
from deepstudio.core.files import atomic_path
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.tables import Table, read_table

_ROWS_BETWEEN_CHECKS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """Read a table of texts."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTable:
    """Write the rows of a table with answer and probability of each; empty where a row has none."""

    path: Path
    table: Table
    answers: tuple[str, ...]
    probabilities: tuple[float, ...]


def open_table(request: ReadTable, context: JobContext) -> tuple[Path, Table]:
    """Job: return the table in a file. Raises InputError where it cannot be read or is empty."""
    return request.path, read_table(request.path)


def write_table(request: WriteTable, context: JobContext) -> Path:
    """Job: write the table as CSV (UTF-8); the file appears whole or not at all. Raises StorageError."""
    table, width = request.table, len(request.table.columns)
    added = (free_name("answer", table.columns), free_name("probability", table.columns))
    try:
        with atomic_path(request.path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([*table.columns, *added])
            rows = zip(table.rows, request.answers, request.probabilities, strict=True)
            for number, (row, answer, probability) in enumerate(rows):
                if number % _ROWS_BETWEEN_CHECKS == 0:
                    context.check()
                    context.progress(number, len(table.rows))
                # Cells beyond the named columns go last, so that answers stand below their names.
                cells = [*row[:width], *[""] * (width - len(row))]
                writer.writerow([*cells, answer, f"{probability:.6f}" if answer else "", *row[width:]])
    except OSError as error:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} could not be written: {reason}."),
            path=str(request.path),
            reason=error.strerror or type(error).__name__,
        ) from error
    return request.path


def free_name(wanted: str, taken: tuple[str, ...]) -> str:
    """Return `wanted`, numbered where there is such a column already."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name
