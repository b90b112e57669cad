"""Labelled texts as arrays of tokens: reading, splitting, leaving out what occurs twice. Torch-free, any thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.rows import RowCorrections, full_name
from deepstudio.data.text.tables import Table, label_column, read_table, texts_of

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTexts:
    """Texts with the number of their class, int64 [N], from one file or several.

    `names` are those of `data.text.rows`, with whole paths.
    """

    name: str
    texts: list[str]
    labels: np.ndarray
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def subset(self, chosen: np.ndarray) -> LabelledTexts:
        """Return the texts at these places."""
        names = [self.names[i] for i in chosen] if self.names else []
        return LabelledTexts(
            name=self.name, texts=[self.texts[i] for i in chosen], labels=self.labels[chosen], names=names
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns hold what; empty finds them. `header` as `tables.read_table` takes it."""

    text: Sequence[str] = ()
    label: str = ""
    header: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """One labelled text of a file, as corrected; `label` is empty where the row has none."""

    name: str
    text: str
    label: str


def read_rows(path: Path, columns: Columns) -> list[TextRow]:
    """Return the rows of a table or of a folder of text files, as corrected. Raises InputError for one without labels.

    Rows without a label are among them.
    """
    table = read_table(path, columns.header)
    column = _label_column(table, columns)
    if column is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There are no labels in {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "A CSV file needs the columns text and label."),
            path=str(path),
        )
    view = RowCorrections(path)
    keys: Sequence[int | str] = table.files or range(1, len(table.rows) + 1)
    found = []
    for key, text, label in zip(keys, texts_of(table, columns.text), table.column(column), strict=True):
        corrected = view.label(key, label.strip())
        if corrected is not None:
            found.append(TextRow(name=full_name(path, key), text=text, label=corrected))
    return found


def read_labelled(
    path: Path, labels: Sequence[str] | None, text_columns: Sequence[str] = (), columns: Columns | None = None
) -> LabelledTexts:
    """Return the texts of a table, or of a folder of text files, with their labels, given by name or by index.

    Corrections beside the data are looked through; rows without a label are left out. `labels` None takes the names
    found in the file, sorted; see `label_names`. Raises InputError for a file without labels, and for a label that is
    not among `labels`.
    """
    rows = [row for row in read_rows(path, columns or Columns(text=text_columns)) if row.label]
    names = label_names(row.label for row in rows) if labels is None else list(labels)
    return LabelledTexts(
        name=Path(path).parent.name,
        texts=[row.text for row in rows],
        labels=_numbers([row.label for row in rows], names, path),
        names=[row.name for row in rows],
    )


def file_labels(paths: Iterable[Path], columns: Columns | None = None) -> list[str]:
    """Return the label names in these files, as corrected."""
    found: set[str] = set()
    for path in paths:
        found.update(row.label for row in read_rows(path, columns or Columns()) if row.label)
    return label_names(found)


def label_names(values: Iterable[str]) -> list[str]:
    """Return the names among `values` in order: numbers by size, words by the alphabet."""
    distinct = set(values)
    return sorted(distinct, key=int) if all(value.isdecimal() for value in distinct) else sorted(distinct)


def fingerprint(text: str) -> str:
    """Return `text` in small letters and digits alone: what two copies of it have in common."""
    return _NOT_LETTERS.sub("", text.lower())


def without_copies(texts: Sequence[str], known: Iterable[str] = ()) -> np.ndarray:
    """Return the places of texts that are no copy of an earlier one, nor of one among the fingerprints `known`."""
    seen = set(known)
    kept: list[int] = []
    for place, text in enumerate(texts):
        mark = fingerprint(text) or text
        if mark not in seen:
            seen.add(mark)
            kept.append(place)
    return np.array(kept, np.int64)


def joined(parts: Sequence[LabelledTexts], name: str) -> LabelledTexts:
    """Return all parts as one."""
    return LabelledTexts(
        name=name,
        texts=[text for part in parts for text in part.texts],
        labels=np.concatenate([part.labels for part in parts]) if parts else np.zeros(0, np.int64),
        names=[text_name for part in parts for text_name in part.names],
    )


def _label_column(table: Table, columns: Columns) -> str | None:
    return columns.label if columns.label in table.columns else label_column(table)


def _numbers(found: Sequence[str], names: Sequence[str], path: Path) -> np.ndarray:
    by_name = {name: number for number, name in enumerate(names)}
    by_name |= {str(number): number for number in range(len(names)) if str(number) not in by_name}
    unknown = next((value for value in found if value not in by_name), None)
    if unknown is not None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The label '{label}' in {path} is none of: {known}."),
            label=unknown,
            path=str(path),
            known=", ".join(names),
        )
    return np.array([by_name[value] for value in found], np.int64)
