"""Checks of texts: empty ones, copies, conflicting labels, lengths, encoding. Torch-free, any thread.

A text is named by its row (`data.text.rows`), so that corrections can leave it out or give it another label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.text_labels import check_labels
from deepstudio.data.text.examples import fingerprint

_LONG = 20.0
_LONG_WORDS = 200
_TOO_SHORT = 2
_LEAVE_OUT = QT_TRANSLATE_NOOP("checks", "Leave them out")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSample:
    """One text of a set; `label` is empty where the task has none, or the row lacks it."""

    name: str
    text: str
    label: str
    split: str


def check_texts(
    samples: Sequence[TextSample], *, labelled: bool = True, balanced: bool = False, replaced: int = 0
) -> Iterator[Finding]:
    """Yield what is odd about texts; `labelled` where each should have a label.

    `balanced` says that the loss weighs rare classes more already; `replaced` counts characters that the encoding did
    not know.
    """
    yield from _encoding(samples, replaced)
    yield from _empty(samples)
    if labelled:
        yield from check_labels([(s.name, s.label, s.split) for s in samples if s.text.strip()], balanced=balanced)
    yield from _copies(samples, labelled=labelled)
    yield from _lengths(samples)


def leave_out(items: Sequence[str], sentence: str = _LEAVE_OUT) -> tuple[Fix, ...]:
    """Return the fix that leaves samples out."""
    return (Fix(kind=FixKind.EXCLUDE, sentence=sentence, items=tuple(items)),) if items else ()


def _encoding(samples: Sequence[TextSample], replaced: int) -> Iterator[Finding]:
    damaged = tuple(sample.name for sample in samples if "\ufffd" in sample.text)
    if damaged or replaced:
        yield Finding(
            check="text-encoding",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Texts with characters that could not be read: {count}."),
            values={"count": len(damaged)},
            items=damaged,
            fixes=leave_out(damaged),
        )


def _empty(samples: Sequence[TextSample]) -> Iterator[Finding]:
    empty = tuple(sample.name for sample in samples if not sample.text.strip())
    if empty:
        every = len(empty) == len(samples)
        yield Finding(
            check="text-empty",
            severity=Severity.BLOCKS if every else Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Empty texts: {count} of {total}."),
            values={"count": len(empty), "total": len(samples)},
            items=empty,
            fixes=() if every else leave_out(empty),
        )


def _copies(samples: Sequence[TextSample], *, labelled: bool) -> Iterator[Finding]:
    """Yield texts that are the same but for case, spaces and signs."""
    found: dict[str, list[TextSample]] = {}
    for sample in samples:
        mark = fingerprint(sample.text) or sample.text.strip()
        if mark:
            found.setdefault(mark, []).append(sample)
    groups = [group for group in found.values() if len(group) > 1]
    conflicts = [group for group in groups if len({sample.label for sample in group}) > 1] if labelled else []
    crossing = [group for group in groups if len({sample.split for sample in group}) > 1]
    inside = [group for group in groups if len({(sample.split, sample.label) for sample in group}) == 1]
    if conflicts:
        yield _about(
            conflicts,
            QT_TRANSLATE_NOOP("checks", "Texts that occur under different labels: {count}."),
            Severity.WARNS,
            leave_out([sample.name for group in conflicts for sample in group]),
        )
    if crossing:
        train = [sample.name for group in crossing for sample in group if sample.split == "train"]
        yield _about(
            crossing,
            QT_TRANSLATE_NOOP(
                "checks", "Texts that occur in more than one split: {count}. Figures measured on them say too much."
            ),
            Severity.WARNS,
            leave_out(train, QT_TRANSLATE_NOOP("checks", "Leave them out of training")),
        )
    if inside:
        yield _about(
            inside,
            QT_TRANSLATE_NOOP("checks", "Texts that occur again within a split: {count}."),
            Severity.INFO,
            leave_out(
                [sample.name for group in inside for sample in group[1:]],
                QT_TRANSLATE_NOOP("checks", "Keep one of each"),
            ),
        )


def _about(groups: list[list[TextSample]], sentence: str, severity: Severity, fixes: tuple[Fix, ...]) -> Finding:
    names = [tuple(sample.name for sample in group) for group in groups]
    return Finding(
        check="text-duplicates",
        severity=severity,
        sentence=sentence,
        values={"count": len(groups)},
        items=tuple(chain.from_iterable(names)),
        groups=tuple(names),
        fixes=fixes,
    )


def _lengths(samples: Sequence[TextSample]) -> Iterator[Finding]:
    """Yield texts of a letter or two, and a few that are very much longer than the rest."""
    short = tuple(sample.name for sample in samples if 0 < len(sample.text.strip()) <= _TOO_SHORT)
    if short:
        many = 2 * len(short) > len(samples)
        yield Finding(
            check="text-lengths",
            severity=Severity.WARNS if many else Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "Most texts are a letter or two: is this the right column?")
            if many
            else QT_TRANSLATE_NOOP("checks", "Texts of a letter or two: {count}."),
            values={"count": len(short)},
            items=short,
            fixes=() if many else leave_out(short),
        )
    wordless = sum(not any(letter.isalpha() for letter in sample.text[:500]) for sample in samples)
    if samples and 2 * wordless > len(samples) and not 2 * len(short) > len(samples):
        yield Finding(
            check="text-lengths",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Most texts hold no letters: is this the right column?"),
        )
    lengths = np.array([len(sample.text.split()) or 1 for sample in samples])
    if not len(lengths):
        return
    middle = float(np.median(lengths))
    long = np.flatnonzero(lengths > max(_LONG * middle, _LONG_WORDS))
    if len(long):
        items = tuple(samples[index].name for index in long[np.argsort(-lengths[long])])
        yield Finding(
            check="text-lengths",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "Very long texts: {count}, of up to {longest} words, where half of all have at most {middle}."
            ),
            values={"count": len(long), "longest": int(lengths.max()), "middle": round(middle)},
            items=items,
            fixes=leave_out(items),
        )
