"""Labelled texts as arrays of tokens: reading, splitting, leaving out what occurs twice. Torch-free, any thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.tables import label_column, read_table, texts_of

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTexts:
    """Texts with the number of their class, int64 [N], from one file or several."""

    name: str
    texts: list[str]
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)

    def subset(self, chosen: np.ndarray) -> LabelledTexts:
        """Return the texts at these places."""
        return LabelledTexts(name=self.name, texts=[self.texts[i] for i in chosen], labels=self.labels[chosen])


def read_labelled(path: Path, labels: Sequence[str] | None, text_columns: Sequence[str] = ()) -> LabelledTexts:
    """Return the texts of a CSV or TSV file with their labels, given by name or by index.

    `labels` None takes the names found in the file, sorted; see `label_names`. Raises InputError for a file without
    labels, and for a label that is not among `labels`.
    """
    table = read_table(path)
    column = label_column(table)
    if column is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There are no labels in {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "A CSV file needs the columns text and label."),
            path=str(path),
        )
    found = [value.strip() for value in table.column(column)]
    names = label_names(found) if labels is None else list(labels)
    numbers = _numbers(found, names, path)
    return LabelledTexts(name=Path(path).parent.name, texts=texts_of(table, text_columns), labels=numbers)


def file_labels(paths: Iterable[Path]) -> list[str]:
    """Return the label names in these files."""
    found: set[str] = set()
    for path in paths:
        table = read_table(path)
        column = label_column(table)
        found.update(value.strip() for value in (table.column(column) if column else []))
    return label_names(found)


def label_names(values: Iterable[str]) -> list[str]:
    """Return the names among `values` in order: numbers by size, words by the alphabet."""
    distinct = set(values)
    return sorted(distinct, key=int) if all(value.isdigit() for value in distinct) else sorted(distinct)


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
    )


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
