"""Checks of the labels of texts and recordings: too few, too many, missing, misspelt, out of balance. Any thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.files import shortened
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.labels import likeness, unknown_classes

_FEW = 10
_UNBALANCED = 3.0
_VERY_UNBALANCED = 10.0
_MANY_CLASSES = 20
_MOST_COMPARED = 300
_RARE = 0.1
Labelled = tuple[str, str, str]
"""Name, label and split of a sample."""


def check_labels(samples: Sequence[Labelled], *, balanced: bool = False) -> Iterator[Finding]:
    """Yield what would keep a network from learning the difference between classes."""
    missing = tuple(name for name, label, _split in samples if not label)
    if missing:
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS if len(missing) == len(samples) else Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Samples without a label: {count} of {total}. They are not used."),
            values={"count": len(missing), "total": len(samples)},
            items=missing,
        )
    counts = Counter(label for _name, label, split in samples if label and split == "train")
    if not counts:
        return
    if len(counts) < 2:
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "There is only one class to learn ({labels}); at least two are needed to tell them apart."
            ),
            values={"labels": next(iter(counts))[:60]},
        )
        return
    if len(counts) > _MANY_CLASSES and 2 * len(counts) > sum(counts.values()):
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "{total} samples have {count} different labels: is this the column of the labels?"
            ),
            values={"total": sum(counts.values()), "count": len(counts)},
        )
        return
    yield from _few(samples, counts)
    yield from _strange(samples, counts)
    yield from _balance(counts, balanced=balanced)
    yield from _typos(samples)


def _few(samples: Sequence[Labelled], counts: Counter[str]) -> Iterator[Finding]:
    few = sorted((label for label, count in counts.items() if count < _FEW), key=counts.__getitem__)
    if few:
        items = tuple(name for name, label, split in samples if label in set(few) and split == "train")
        every = tuple(name for name, label, _split in samples if label in set(few))
        fix = Fix(kind=FixKind.EXCLUDE, sentence=QT_TRANSLATE_NOOP("checks", "Leave these classes out"), items=every)
        yield Finding(
            check="classes",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Fewer than {few} examples to learn from: {labels}."),
            values={"few": _FEW, "labels": shortened([f"{label} ({counts[label]})" for label in few])},
            items=items,
            fixes=(fix,) if len(counts) - len(few) >= 2 else (),
        )


def _strange(samples: Sequence[Labelled], counts: Counter[str]) -> Iterator[Finding]:
    """Yield splits with labels that nothing is learnt about; numbers may stand for the labels in order."""
    for split in ("validation", "test"):
        found = {label for _name, label, where in samples if where == split and label}
        numbers = {str(number) for number in range(len(counts))}
        strange = sorted(found - set(counts) - numbers)
        if strange:
            items = tuple(name for name, label, where in samples if where == split and label in set(strange))
            yield unknown_classes(split, strange, items, Severity.BLOCKS)


def _balance(counts: Counter[str], *, balanced: bool) -> Iterator[Finding]:
    (most, many), (least, few) = counts.most_common()[0], counts.most_common()[-1]
    if many / few >= _UNBALANCED:
        fix = Fix(
            kind=FixKind.RECIPE,
            sentence=QT_TRANSLATE_NOOP("checks", "Weigh rare classes more in the loss"),
            settings={"loss.balance_classes": True},
        )
        yield Finding(
            check="classes",
            severity=Severity.WARNS if many / few >= _VERY_UNBALANCED else Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "The classes are out of balance: {most} has {ratio} times as many examples as {least}."
            ),
            values={"most": most, "least": least, "ratio": f"{many / few:.1f}"},
            fixes=() if balanced else (fix,),
        )


def _typos(samples: Sequence[Labelled]) -> Iterator[Finding]:
    """Yield labels that look like misspellings of more frequent ones."""
    totals = Counter(label for _name, label, _split in samples if label)
    labels = [label for label, _count in totals.most_common(_MOST_COMPARED)]
    for place, rare in enumerate(labels):
        for common in labels[:place]:
            reason = likeness(common, rare)
            if not reason or (reason == "spelling" and totals[rare] > max(_RARE * totals[common], 3)):
                continue
            yield Finding(
                check="label-names",
                severity=Severity.WARNS if reason == "same" else Severity.INFO,
                sentence=QT_TRANSLATE_NOOP("checks", "The labels '{rare}' and '{common}' may mean the same."),
                values={"rare": rare, "common": common},
                items=tuple(name for name, label, _split in samples if label == rare),
                fixes=(
                    Fix(
                        kind=FixKind.MERGE,
                        sentence=QT_TRANSLATE_NOOP("checks", "Count '{rare}' as '{common}'"),
                        values={"rare": rare, "common": common},
                        labels={rare: common},
                    ),
                ),
            )
            break
