"""Checks of labelled texts: empty ones, copies, conflicting labels, lengths, encoding. Torch-free, any thread.

A text is named by its row, `train.csv:17`, counted from 1 below the header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Severity
from deepstudio.data.text.examples import fingerprint

_FEW = 10
_VERY_UNBALANCED = 10.0
_LONG = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSample:
    """One text of a set; `label` is empty where the task has none."""

    name: str
    text: str
    label: str
    split: str


def check_texts(samples: Sequence[TextSample], *, replaced: int = 0) -> Iterator[Finding]:
    """Yield what is odd about labelled texts. `replaced` counts characters that the encoding did not know."""
    yield from _encoding(samples, replaced)
    yield from _empty(samples)
    yield from _labels(samples)
    yield from _copies(samples)
    yield from _lengths(samples)


def _encoding(samples: Sequence[TextSample], replaced: int) -> Iterator[Finding]:
    damaged = tuple(sample.name for sample in samples if "\ufffd" in sample.text)
    if damaged or replaced:
        yield Finding(
            check="text-encoding",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "{count} texts hold characters that could not be read."),
            values={"count": len(damaged)},
            items=damaged,
        )


def _empty(samples: Sequence[TextSample]) -> Iterator[Finding]:
    empty = tuple(sample.name for sample in samples if not sample.text.strip())
    if empty:
        yield Finding(
            check="text-empty",
            severity=Severity.BLOCKS if len(empty) == len(samples) else Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "{count} of {total} texts are empty."),
            values={"count": len(empty), "total": len(samples)},
            items=empty,
        )


def _labels(samples: Sequence[TextSample]) -> Iterator[Finding]:
    labels, counts = np.unique([s.label for s in samples if s.split == "train" and s.label], return_counts=True)
    if not len(labels):
        return
    if len(labels) < 2:
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "There is only one class to learn ({labels}); at least two are needed to tell them apart."
            ),
            values={"labels": labels[0]},
        )
        return
    if few := [f"{label} ({count})" for label, count in zip(labels, counts, strict=True) if count < _FEW]:
        yield Finding(
            check="classes",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Fewer than {few} examples to learn from: {labels}."),
            values={"few": _FEW, "labels": ", ".join(few[:6])},
        )
    ratio = counts.max() / counts.min()
    if ratio >= _VERY_UNBALANCED:
        yield Finding(
            check="classes",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "The classes are out of balance: {most} has {ratio} times as many examples as {least}."
            ),
            values={"most": labels[counts.argmax()], "least": labels[counts.argmin()], "ratio": f"{ratio:.1f}"},
        )


def _copies(samples: Sequence[TextSample]) -> Iterator[Finding]:
    """Yield texts that are the same but for case, spaces and signs."""
    found: dict[str, list[TextSample]] = {}
    for sample in samples:
        mark = fingerprint(sample.text) or sample.text.strip()
        if mark:
            found.setdefault(mark, []).append(sample)
    groups = [group for group in found.values() if len(group) > 1]
    conflicts = [group for group in groups if len({sample.label for sample in group}) > 1]
    crossing = [group for group in groups if len({sample.split for sample in group}) > 1]
    inside = [group for group in groups if len({(sample.split, sample.label) for sample in group}) == 1]
    if conflicts:
        yield _about(
            conflicts, QT_TRANSLATE_NOOP("checks", "{count} texts occur under different labels."), Severity.WARNS
        )
    if crossing:
        yield _about(
            crossing,
            QT_TRANSLATE_NOOP(
                "checks", "{count} texts occur in more than one split; figures measured on them say too much."
            ),
            Severity.WARNS,
        )
    if inside:
        yield _about(inside, QT_TRANSLATE_NOOP("checks", "{count} texts occur again within a split."), Severity.INFO)


def _about(groups: list[list[TextSample]], sentence: str, severity: Severity) -> Finding:
    names = [tuple(sample.name for sample in group) for group in groups]
    return Finding(
        check="text-duplicates",
        severity=severity,
        sentence=sentence,
        values={"count": len(groups)},
        items=tuple(chain.from_iterable(names)),
        groups=tuple(names),
    )


def _lengths(samples: Sequence[TextSample]) -> Iterator[Finding]:
    """Yield a few texts that are very much longer than the rest."""
    lengths = np.array([len(sample.text.split()) or 1 for sample in samples])
    if not len(lengths):
        return
    middle = float(np.median(lengths))
    long = np.flatnonzero(lengths > max(_LONG * middle, 200))
    if len(long):
        order = long[np.argsort(-lengths[long])]
        yield Finding(
            check="text-lengths",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "{count} texts are very long: up to {longest} words, where half of all have at most {middle}."
            ),
            values={"count": len(long), "longest": int(lengths.max()), "middle": round(middle)},
            items=tuple(samples[index].name for index in order),
        )
