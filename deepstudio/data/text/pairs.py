"""Pairs of texts: a source and what is to be written from it. Any thread."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.examples import fingerprint
from deepstudio.data.text.rows import RowCorrections
from deepstudio.data.text.tables import read_table, texts_of

_BROKEN_REFERENCE = re.compile(r"\s?&?(#\d{2,5}|quot|amp|lt|gt);")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPairs:
    """Sources and targets, as many of one as of the other."""

    sources: list[str]
    targets: list[str]

    def __len__(self) -> int:
        return len(self.sources)

    def subset(self, places: Sequence[int] | np.ndarray) -> TextPairs:
        """Return the pairs at `places`."""
        return TextPairs(sources=[self.sources[i] for i in places], targets=[self.targets[i] for i in places])

    def __add__(self, other: TextPairs) -> TextPairs:
        return TextPairs(sources=self.sources + other.sources, targets=self.targets + other.targets)


def read_parallel(source: Path, target: Path) -> TextPairs:
    """Return the lines of two files of equal length; pairs with an empty side are left out. Raises InputError."""
    left, right = (read_text(path).text.rstrip("\n").split("\n") for path in (source, target))
    if len(left) != len(right):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{left} has {left_lines} lines but {right} has {right_lines}."),
            left=source.name,
            left_lines=len(left),
            right=target.name,
            right_lines=len(right),
        )
    return _complete(source, left, right)


def read_pairs(
    path: Path, source_columns: Sequence[str] = (), target_column: str = "", header: str = "auto"
) -> TextPairs:
    """Return the pairs of a table: named columns where they are there, else the first two.

    What is left of HTML in named columns is read as it was meant (`plain`). Raises InputError if there is only one
    column.
    """
    table = read_table(path, header)
    if target_column in table.columns:
        sources, targets = texts_of(table, source_columns), table.column(target_column)
        return _complete(path, [plain(text) for text in sources], [plain(text) for text in targets])
    if len(table.columns) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} has one column, but pairs need two."),
            fix=QT_TRANSLATE_NOOP("errors", "Write source and target in one line with a tab between them."),
            path=str(path),
        )
    return _complete(path, table.column(table.columns[0]), table.column(table.columns[1]))


def plain(text: str) -> str:
    """Return `text` without tags of HTML, its character references read.

    Also those that lost their `&`, as in the news of 2004 (`Won #39;t`).
    """
    if ";" in text or "<" in text:
        text = _BROKEN_REFERENCE.sub(lambda found: html.unescape(f"&{found[1]};"), html.unescape(text))
        text = _MARKUP.sub(" ", text)
    return text.replace("\\", " ")


def split_by_source(pairs: TextPairs, share: float, seed: int) -> tuple[TextPairs, TextPairs]:
    """Return (rest, held out): pairs with the same source, but for case and signs, are never divided."""
    groups: dict[str, list[int]] = {}
    for place, source in enumerate(pairs.sources):
        groups.setdefault(fingerprint(source) or source, []).append(place)
    names = sorted(groups)
    held: set[int] = set()
    for number in np.random.default_rng(seed).permutation(len(names)):
        if len(held) >= share * len(pairs):
            break
        held.update(groups[names[number]])
    return pairs.subset([i for i in range(len(pairs)) if i not in held]), pairs.subset(sorted(held))


def _complete(path: Path, left: Sequence[str], right: Sequence[str]) -> TextPairs:
    """Return the pairs with two sides that corrections of the (source) file do not leave out."""
    view = RowCorrections(path)
    rows = enumerate(zip(left, right, strict=True), 1)
    both = [(a.strip(), b.strip()) for number, (a, b) in rows if a.strip() and b.strip() and view.keeps(number)]
    return TextPairs(sources=[a for a, _ in both], targets=[b for _, b in both])
