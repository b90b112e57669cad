"""Splitting a set into training and validation parts, by class or by group. Any thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP


def stratified_split(labels: np.ndarray, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sorted indices (training, validation), `share` of every class in validation, at least one of two."""
    generator = np.random.default_rng(seed)
    chosen: list[np.ndarray] = []
    for label in np.unique(labels):
        members = generator.permutation(np.flatnonzero(labels == label))
        count = max(round(share * len(members)), min(1, len(members) - 1))
        chosen.append(members[:count])
    return _complement(len(labels), np.concatenate(chosen))


def group_split(labels: np.ndarray, groups: Sequence[str], share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sorted indices (training, validation), no group in both; groups are drawn within each class."""
    generator = np.random.default_rng(seed)
    names = np.asarray(groups)
    held: set[str] = set()
    for label in np.unique(labels):
        members = np.unique(names[labels == label])
        count = max(round(share * len(members)), min(1, len(members) - 1))
        held.update(generator.permutation(members)[:count].tolist())
    return _complement(len(labels), np.flatnonzero(np.isin(names, list(held))))


def folds(labels: np.ndarray, count: int, seed: int, groups: Sequence[str] | None = None) -> list[np.ndarray]:
    """Return `count` sorted sets of indices that share nothing and cover all, each class spread evenly over them.

    With `groups` no group is divided: the largest are dealt first, each to the fold that lacks most of its classes.
    Raises InputError where there are fewer examples, or groups, than folds.
    """
    generator = np.random.default_rng(seed)
    available = len(labels) if groups is None else len(set(groups))
    if available < count:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{available} examples or groups cannot be dealt into {count} folds."),
            available=available,
            count=count,
        )
    assigned = np.zeros(len(labels), np.int64)
    if groups is None:
        dealt = 0
        for label in np.unique(labels):
            members = generator.permutation(np.flatnonzero(labels == label))
            assigned[members] = (np.arange(len(members)) + dealt) % count  # goes on where the last class ended
            dealt += len(members)
    else:
        assigned = _deal_groups(labels, np.unique(np.asarray(groups), return_inverse=True)[1], count, generator)
    return [np.flatnonzero(assigned == fold) for fold in range(count)]


def _deal_groups(labels: np.ndarray, group: np.ndarray, count: int, generator: np.random.Generator) -> np.ndarray:
    _, label = np.unique(labels, return_inverse=True)
    contents = np.zeros((group.max() + 1, label.max() + 1))
    np.add.at(contents, (group, label), 1)
    share = contents / contents.sum(axis=0)  # a rare class counts as much as a common one
    order = generator.permutation(len(contents))
    order = order[np.argsort(-contents[order].sum(axis=1), kind="stable")]
    filled = np.zeros((count, contents.shape[1]))
    fold_of = np.zeros(len(contents), np.int64)
    for member in order:
        cost = ((filled + share[member]) ** 2 - filled**2).sum(axis=1)
        fold = int(cost.argmin())
        fold_of[member] = fold
        filled[fold] += share[member]
    found: np.ndarray = fold_of[group]
    return found


def read_groups(names: Sequence[str], pattern: str, table: Path | None) -> list[str]:
    """Return the group of each image: what `pattern` matches in its name.

    With a `table` (a text file), the name is the line whose number, from 0, is the stem of the file. Raises InputError
    where a name has no line or does not match.
    """
    lines = table.read_text(encoding="utf-8").splitlines() if table is not None else None
    groups: list[str] = []
    for name in names:
        stem = Path(name).stem
        text = name if lines is None else lines[int(stem)] if stem.isdigit() and int(stem) < len(lines) else ""
        match = re.search(pattern, text)
        if match is None:
            raise InputError(
                QT_TRANSLATE_NOOP(
                    "errors", "The file {name} belongs to no group: '{pattern}' is not found in '{text}'."
                ),
                name=name,
                pattern=pattern,
                text=text,
            )
        groups.append(match.group(1) if match.groups() else match.group(0))
    return groups


def _complement(count: int, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mask = np.zeros(count, bool)
    mask[held] = True
    return np.flatnonzero(~mask), np.flatnonzero(mask)
