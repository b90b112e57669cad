"""Texts of rows by their names, to show them. Torch-free; a job for the files lane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.rows import row_of, row_text

_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    """Read samples of the set at `data` by the names that corrections know."""

    data: Path
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleText:
    """A sample and its text: the fields of a row with a middle dot between them, cut where it is long."""

    name: str
    text: str


def read_sample_texts(request: ReadTexts, context: JobContext) -> int:
    """Send a `SampleText` for each name that can be read; return how many there are."""
    root = request.data.parent if request.data.is_file() else request.data
    count = 0
    for name in request.names:
        context.check()
        row = row_of(name)
        try:
            text = read_text(root / name).text if row is None else row_text(root / row[0], row[1])
        except (InputError, OSError):
            continue
        context.partial(SampleText(name=name, text=text.replace("\x1f", "  ·  ")[:_LONGEST]))
        count += 1
    return count
