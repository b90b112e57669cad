"""Labels: one class only, too few of a class, out of balance, misspelled, unknown to the recipe. Any thread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.files import shortened
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.registry import Material, register_check
from deepstudio.data.image_sets import find_label

_FEW = 10
_UNBALANCED = 3.0
_VERY_UNBALANCED = 10.0
_RARE = 0.1
_SHORTEST = 4


@register_check("classes", QT_TRANSLATE_NOOP("checks", "Examples of each class"))
def classes(material: Material) -> Iterator[Finding]:
    """Yield what would keep a network from learning the difference between classes."""
    training = {label: counts.get("train", 0) for label, counts in material.counts.items()}
    present = {label: count for label, count in training.items() if count}
    if len(present) < 2:
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "There is only one class to learn ({labels}); at least two are needed to tell them apart."
            ),
            values={"labels": shortened(list(present))},
        )
        return
    yield from _few(material, present)
    yield from _missing(material, present)
    most, least = max(present, key=present.__getitem__), min(present, key=present.__getitem__)
    ratio = present[most] / present[least]
    if ratio >= _UNBALANCED:
        yield Finding(
            check="classes",
            severity=Severity.WARNS if ratio >= _VERY_UNBALANCED else Severity.INFO,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "The classes are out of balance: {most} has {ratio} times as many examples as {least}."
            ),
            values={"most": most, "least": least, "ratio": f"{ratio:.1f}"},
            fixes=()
            if material.request.balance_classes
            else (
                Fix(
                    kind=FixKind.RECIPE,
                    sentence=QT_TRANSLATE_NOOP("checks", "Weigh rare classes more in the loss"),
                    settings={"loss.balance_classes": True},
                ),
            ),
        )


def _few(material: Material, present: dict[str, int]) -> Iterator[Finding]:
    few = sorted((label for label, count in present.items() if count < _FEW), key=present.__getitem__)
    if not few:
        return
    items = tuple(sample.name for sample in material.samples if sample.label in set(few) and sample.split == "train")
    yield Finding(
        check="classes",
        severity=Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP("checks", "Fewer than {few} examples to learn from: {labels}."),
        values={"few": _FEW, "labels": shortened([f"{label} ({present[label]})" for label in few])},
        items=items,
        fixes=(Fix(kind=FixKind.EXCLUDE, sentence=QT_TRANSLATE_NOOP("checks", "Leave these classes out"), items=items),)
        if len(present) - len(few) >= 2
        else (),
    )


def _missing(material: Material, present: dict[str, int]) -> Iterator[Finding]:
    for split in material.listing.splits:
        if split == "train":
            continue
        strange = [label for label, counts in material.counts.items() if counts.get(split) and label not in present]
        absent = [label for label in present if not material.counts[label].get(split)]
        if strange and not material.request.layout.labels:
            items = tuple(s.name for s in material.samples if s.split == split and s.label in set(strange))
            severity = Severity.BLOCKS if split == "validation" else Severity.WARNS
            yield unknown_classes(split, strange, items, severity)
        if absent:
            yield Finding(
                check="classes",
                severity=Severity.INFO,
                sentence=QT_TRANSLATE_NOOP("checks", "The split {split} has no example of: {labels}."),
                values={"split": split, "labels": shortened(absent)},
            )


@register_check("label-names", QT_TRANSLATE_NOOP("checks", "Names of the classes"))
def label_names(material: Material) -> Iterator[Finding]:
    """Yield labels that look like misspellings of others, and labels that the recipe does not know."""
    totals = {label: sum(counts.values()) for label, counts in material.counts.items()}
    known = material.request.layout.labels
    if known:
        unknown = [label for label in totals if find_label(label, known) is None]
        if unknown:
            yield _unknown(material, unknown)
    labels = sorted(totals, key=lambda label: (-totals[label], label))
    for index, rare in enumerate(labels):
        for common in labels[:index]:
            if known and find_label(rare, known) is not None and find_label(rare, known) == find_label(common, known):
                continue
            reason = likeness(common, rare)
            if reason == "spelling" and totals[rare] > max(_RARE * totals[common], 3):
                continue
            if reason:
                yield _typo(material, common, rare, surely=reason == "same")
                break


def _unknown(material: Material, unknown: list[str]) -> Finding:
    items = tuple(sample.name for sample in material.samples if sample.label in set(unknown))
    return Finding(
        check="label-names",
        severity=Severity.BLOCKS,
        sentence=QT_TRANSLATE_NOOP("checks", "These labels are not among those of the recipe: {labels}."),
        values={"labels": shortened(unknown)},
        items=items,
        fixes=(
            Fix(kind=FixKind.EXCLUDE, sentence=QT_TRANSLATE_NOOP("checks", "Leave these classes out"), items=items),
            Fix(
                kind=FixKind.RECIPE,
                sentence=QT_TRANSLATE_NOOP("checks", "Take the labels from the data instead"),
                settings={"labels": []},
            ),
        ),
    )


def _typo(material: Material, common: str, rare: str, *, surely: bool) -> Finding:
    return Finding(
        check="label-names",
        severity=Severity.WARNS if surely else Severity.INFO,
        sentence=QT_TRANSLATE_NOOP("checks", "The labels '{rare}' and '{common}' may mean the same."),
        values={"rare": rare, "common": common},
        items=tuple(sample.name for sample in material.samples if sample.label == rare),
        fixes=(
            Fix(
                kind=FixKind.MERGE,
                sentence=QT_TRANSLATE_NOOP("checks", "Count '{rare}' as '{common}'"),
                values={"rare": rare, "common": common},
                labels={rare: common},
            ),
        ),
    )


def likeness(first: str, second: str) -> str:
    """Return "same" for labels that differ in case, spaces or a plural s, "spelling" for one wrong letter, else ""."""
    a, b = _plain(first), _plain(second)
    if a == b or _singular(a) == _singular(b):
        return "same"
    differing = set(a) ^ set(b)
    if min(len(a), len(b)) < _SHORTEST or any(char.isdigit() for char in differing) or _digits(a) != _digits(b):
        return ""
    return "spelling" if _one_edit_apart(a, b) else ""


def _plain(label: str) -> str:
    return re.sub(r"[\s_\-.]+", " ", label).strip().casefold()


def _singular(plain: str) -> str:
    if len(plain) < _SHORTEST or plain.endswith("ss"):
        return plain
    return plain[:-3] + "y" if plain.endswith("ies") else plain.removesuffix("s")


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _one_edit_apart(a: str, b: str) -> bool:
    """Return whether one letter more, less or other, or two swapped, makes `a` of `b` (Damerau 1964)."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = next((index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) < len(b):
        return rest_a == rest_b[1:]
    swapped = len(rest_a) > 1 and rest_a[0] == rest_b[1] and rest_a[1] == rest_b[0] and rest_a[2:] == rest_b[2:]
    return rest_a[1:] == rest_b[1:] or swapped


def unknown_classes(split: str, labels: list[str], items: tuple[str, ...], severity: Severity) -> Finding:
    """Return the finding that `items` of a split have labels that do not occur in training."""
    return Finding(
        check="classes",
        severity=severity,
        sentence=QT_TRANSLATE_NOOP("checks", "The split {split} has classes that nothing is learned about: {labels}."),
        values={"split": split, "labels": shortened(labels)},
        items=items,
        fixes=(
            Fix(
                kind=FixKind.EXCLUDE,
                sentence=QT_TRANSLATE_NOOP("checks", "Leave these classes out"),
                items=items,
            ),
        ),
    )
