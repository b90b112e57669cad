"""The same picture more than once: within a split, across splits, and under different labels. Any thread."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.near import equal_groups, join_groups, near_pairs
from deepstudio.data.checks.registry import Material, register_check

_KEEP_FIRST = ("test", "validation", "train")
_LEAVE_OUT = QT_TRANSLATE_NOOP("checks", "Leave the copies out, keep one of each")
_LEAVE_OUT_TRAINING = QT_TRANSLATE_NOOP("checks", "Leave these pictures out of the training split")
_LEAVE_OUT_ALL = QT_TRANSLATE_NOOP("checks", "Leave all of these pictures out")


@register_check("duplicates", QT_TRANSLATE_NOOP("checks", "The same picture twice"))
def duplicates(material: Material) -> Iterator[Finding]:
    """Yield pictures that show exactly the same: across splits, and within one."""
    yield from _told(
        material,
        equal_groups(material.prints),
        check="duplicates",
        across=QT_TRANSLATE_NOOP(
            "checks", "Pictures that occur in more than one split: {count}. Figures measured on them say too much."
        ),
        within=QT_TRANSLATE_NOOP(
            "checks", "Pictures that occur again within a split: {count}; {groups} with those that they repeat."
        ),
        conflicting=QT_TRANSLATE_NOOP("checks", "{count} equal pictures carry different labels, such as {labels}."),
        severity=Severity.WARNS,
    )


@register_check("near-duplicates", QT_TRANSLATE_NOOP("checks", "Nearly the same picture twice"))
def near_duplicates(material: Material) -> Iterator[Finding]:
    """Yield pictures that are copies but for size, compression or light."""
    context = material.context
    context.status(QT_TRANSLATE_NOOP("status", "Looking for copies"))
    pairs = near_pairs(material.prints, check=context.check, progress=context.progress)
    # Equal pictures stand in for each other: only one of each was compared.
    chains = [np.array(list(pairwise(group)), np.int64) for group in equal_groups(material.prints)]
    linked = join_groups(np.concatenate([pairs, *chains])) if len(pairs) else []
    near = set(pairs.reshape(-1).tolist())
    yield from _told(
        material,
        [group for group in linked if near & set(group.tolist())],
        check="near-duplicates",
        across=QT_TRANSLATE_NOOP(
            "checks", "{count} pictures look like copies of pictures in another split; figures may say too much."
        ),
        within=QT_TRANSLATE_NOOP("checks", "Pictures that look like copies of others in their split: {count}."),
        conflicting=QT_TRANSLATE_NOOP(
            "checks", "{count} pictures that look like copies carry different labels, such as {labels}."
        ),
        severity=Severity.INFO,
    )


def _told(
    material: Material,
    groups: list[np.ndarray],
    *,
    check: str,
    across: str,
    within: str,
    conflicting: str,
    severity: Severity,
) -> Iterator[Finding]:
    """Yield findings about groups of copies; a group with several labels is told as a conflict alone."""
    conflicts = [group for group in groups if len(set(material.labels[group])) > 1]
    agreeing = [group for group in groups if len(set(material.labels[group])) == 1]
    crossing = [group for group in agreeing if len(set(material.splits[group])) > 1]
    inside = [group for group in agreeing if len(set(material.splits[group])) == 1]
    if conflicts:
        yield _conflict(material, conflicts, check, conflicting)
    if crossing:
        items = _in_training(material, crossing)
        yield Finding(
            check=check,
            severity=Severity.WARNS,
            sentence=across,
            values={"count": len(crossing)},
            items=items,
            groups=tuple(material.named(group) for group in crossing),
            fixes=(Fix(kind=FixKind.EXCLUDE, sentence=_LEAVE_OUT_TRAINING, items=items),),
        )
    if inside:
        items = material.named(index for group in inside for index in group[1:])
        yield Finding(
            check=check,
            severity=severity,
            sentence=within,
            values={"count": len(items), "groups": len(items) + len(inside)},
            items=items,
            groups=tuple(material.named(group) for group in inside),
            fixes=(Fix(kind=FixKind.EXCLUDE, sentence=_LEAVE_OUT, items=items),),
        )


def _conflict(material: Material, groups: list[np.ndarray], check: str, sentence: str) -> Finding:
    members = [index for group in groups for index in group.tolist()]
    labels = " / ".join(sorted(set(material.labels[groups[0]])))
    fixes = [Fix(kind=FixKind.EXCLUDE, sentence=_LEAVE_OUT_ALL, items=material.named(members))]
    if votes := _majorities(material, groups):
        fixes.insert(
            0,
            Fix(
                kind=FixKind.RELABEL,
                sentence=QT_TRANSLATE_NOOP("checks", "Give all copies the label that most of them have"),
                labels=votes,
            ),
        )
    return Finding(
        check=check,
        severity=Severity.WARNS,
        sentence=sentence,
        values={"count": len(members), "labels": labels},
        items=material.named(members),
        groups=tuple(material.named(group) for group in groups),
        fixes=tuple(fixes),
    )


def _majorities(material: Material, groups: list[np.ndarray]) -> dict[str, str]:
    """Return new labels by name where more than half of a group's members agree."""
    votes: dict[str, str] = {}
    for group in groups:
        labels = material.labels[group].tolist()
        most = max(set(labels), key=labels.count)
        if 2 * labels.count(most) > len(labels):
            votes.update({material.names[index]: most for index in group if material.labels[index] != most})
    return votes


def _in_training(material: Material, groups: list[np.ndarray]) -> tuple[str, ...]:
    """Return the members that should go: all but those of the split to keep them in, the test split before others."""
    gone: list[int] = []
    for group in groups:
        splits = material.splits[group]
        keep = next(split for split in _KEEP_FIRST if split in splits)
        gone.extend(int(index) for index, split in zip(group, splits, strict=True) if split != keep)
    return material.named(gone)
