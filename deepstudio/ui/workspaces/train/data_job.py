"""Looks at what was dropped: its task, its classes and splits, and a recipe that fits. Files lane; no Qt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase

SAMPLES_SHOWN = 8
"""Pictures of each class that may be shown."""
_MOST_TEXTS = 3
_TEXT_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadData:
    """Look at a folder or a table."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class: how many samples it has by split, and the names of some (of texts: the texts themselves)."""

    name: str
    counts: dict[str, int]
    samples: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of samples of all splits."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """What lies at `path`. `data` is what the engine is given; `splits` counts the samples of each split."""

    path: Path
    data: Path
    task: str
    kind: str
    """folders, idx, csv or texts."""
    classes: tuple[ClassRow, ...]
    splits: dict[str, int]
    recipe: Any
    shipped: tuple[str, ...] = ()
    reasons: tuple[Phrase, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of samples."""
        return sum(self.splits.values())

    @property
    def has_pictures(self) -> bool:
        """Return whether samples can be shown as pictures."""
        return self.kind != "texts"


def read_data(request: ReadData, context: JobContext) -> DataView:
    """Job: return what lies at the path. Raises InputError where nothing can be trained on it."""
    from deepstudio.data.csv_images import names_pictures
    from deepstudio.data.csv_table import is_table

    context.status(QT_TRANSLATE_NOOP("status", "Looking at the data"))
    path = request.path
    if is_table(path) and not names_pictures(path):
        return _texts(path)
    return _pictures(path, context)


def _pictures(path: Path, context: JobContext) -> DataView:
    from deepstudio.data.corrections import Corrections
    from deepstudio.data.listing import list_data
    from deepstudio.data.sources import natural_key
    from deepstudio.train.preflight import layout_of
    from deepstudio.train.propose import ProposeRequest, propose_recipe

    proposal = propose_recipe(ProposeRequest(data=path), context)
    listing = list_data(path, layout_of(proposal.recipe), context.check)
    corrections = Corrections.open(path).state()
    by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sample in listing.samples:
        label = corrections.label(sample.name, sample.label)
        if label is not None:
            by_class[label].append((sample.name, sample.split))
    rows = tuple(
        ClassRow(
            name=label,
            counts=dict(Counter(split for _name, split in by_class[label])),
            samples=tuple(name for name, _split in _spread(by_class[label], SAMPLES_SHOWN)),
        )
        for label in sorted(by_class, key=natural_key)
    )
    return DataView(
        path=path,
        data=path,
        task=proposal.recipe.task,
        kind=listing.kind,
        classes=rows,
        splits=dict(Counter(split for found in by_class.values() for _name, split in found)),
        recipe=proposal.recipe,
        shipped=tuple(proposal.shipped),
        reasons=tuple(proposal.reasons),
    )


def _texts(path: Path) -> DataView:
    from deepstudio.data.text.tables import label_column, read_table, texts_of
    from deepstudio.train.tasks import task_spec

    table = read_table(path)
    column = label_column(table)
    if column is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There are no labels in {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "A CSV file needs the columns text and label."),
            path=str(path),
        )
    by_class: dict[str, list[str]] = defaultdict(list)
    for text, label in zip(texts_of(table), table.column(column), strict=True):
        by_class[label.strip()].append(text)
    if len(by_class) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "All texts in {path} have the same label."),
            fix=QT_TRANSLATE_NOOP("errors", "At least two classes are needed to learn the difference."),
            path=str(path),
        )
    count = sum(map(len, by_class.values()))
    rows = tuple(
        ClassRow(
            name=label,
            counts={"train": len(found)},
            samples=tuple(text[:_TEXT_LENGTH] for text in _spread(found, _MOST_TEXTS)),
        )
        for label, found in sorted(by_class.items())
    )
    recipe = _text_recipe(task_spec("text-classification").recipe_type(), path, count)
    return DataView(
        path=path,
        data=path.parent,
        task="text-classification",
        kind="texts",
        classes=rows,
        splits={"train": count},
        recipe=recipe,
    )


def _text_recipe(recipe_type: Any, path: Path, count: int) -> Any:
    """Return a recipe for a table of labelled texts: short texts, Adam, about a thousand steps."""
    from deepstudio.core.config import from_mapping

    batch = 16 if count < 500 else 32 if count < 5000 else 64
    epochs = max(3, min(30, round(1000 * batch / max(count, 1))))
    mapping = {
        "name": slug(path.stem),
        "title": path.stem,
        "task": "text-classification",
        "data": {"name": path.stem, "train": [path.name], "validation_share": 0.15, "test_share": 0.0},
        "optimizer": {"name": "adamw", "lr": 0.002, "clip_norm": 1.0},
        "schedule": {"name": "cosine", "start": 0.1, "warmup": 0.1},
        "training": {"epochs": epochs, "batch_size": batch, "keep": "best"},
    }
    return from_mapping(recipe_type, mapping, where=path.name)


def slug(text: str) -> str:
    """Return a name for files: small letters, digits and dashes; "model" where nothing is left."""
    plain = re.sub(r"[^\w-]+", "-", text.strip().lower()).strip("-_")
    return plain or "model"


def _spread(found: list[Any], count: int) -> Iterable[Any]:
    """Return `count` of the list, evenly spaced."""
    if len(found) <= count:
        return found
    return (found[place * len(found) // count] for place in range(count))
