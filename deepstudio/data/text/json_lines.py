"""Tables as JSON: an object a line (https://jsonlines.org), or one list of objects. Any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})


def read_json_rows(text: str, path: Path) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the columns (keys, small letters, in order of appearance) and the rows of JSON `text`.

    What is not a string is written as JSON; a missing key is "". Raises InputError with the line that is wrong.
    """
    objects = list(_objects(text, path))
    columns = tuple(dict.fromkeys(key.strip().lower() for found in objects for key in found))
    if not objects or not columns:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no text in {path}."), path=str(path))
    rows = []
    for found in objects:
        values = {key.strip().lower(): _plain(value) for key, value in found.items()}
        rows.append([values.get(column, "") for column in columns])
    return columns, rows


def _objects(text: str, path: Path) -> Iterator[dict[str, Any]]:
    if text.lstrip().startswith("["):
        for number, value in enumerate(_parsed(text, path, 1), start=1):
            yield _as_object(value, path, number)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _as_object(_parsed(line, path, number), path, number)


def _parsed(text: str, path: Path, line: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at = line + getattr(error, "lineno", 1) - 1
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "Line {line} of {path} is no valid JSON."), line=at, path=str(path)
        ) from error


def _as_object(value: Any, path: Path, line: int) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise InputError(
        QT_TRANSLATE_NOOP("errors", "Line {line} of {path} is no object with names and values."),
        line=line,
        path=str(path),
    )


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
