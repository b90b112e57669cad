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
