"""Pictures that belong together (frames of a track, recordings of a speaker) on both sides of a split. Any thread.

The recipe's pattern says what a group is. Without one, names are searched for it: a pattern counts where members of a
group look more alike than other pictures of their class, measured by the features of `prints`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.checks.finding import Finding, Fix, FixKind, Severity
from deepstudio.data.checks.registry import Material, register_check
from deepstudio.data.splits import read_groups

_PATTERNS = (
    r"^(.+?)[_\-. ]+[^_\-. /]*\d+\.\w+$",  # clip7_frame012.png, 00012_00003.png: all before the last number
    r"^(.+/.+)/[^/]+$",  # class/track/012.png: the folder below the class
    r"([^/]*?\d+)[_\-. ][^/]*\.\w+$",  # speaker3-word-take2.png: up to the first number
    r"^([^/]+/[^/_\-. ]+)[_\-. ][^/]*\.\w+$",  # anna_left_up.png: the first word
)
_ALIKE = 0.08
_NEXT_TO = 0.15
_PAIRS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    pattern: str
    table: str
    groups: tuple[str, ...]
    alike: float


@register_check("groups", QT_TRANSLATE_NOOP("checks", "Groups divided between the splits"))
def groups(material: Material) -> Iterator[Finding]:
    """Yield groups on both sides: as the recipe names them, or as names and looks suggest."""
    request = material.request
    prefix, training = _training(material)
    if not training:
        return
    if request.group_pattern:
        yield from _by_pattern(material, prefix)
        return
    guess = _best_guess(material, training, prefix)
    if guess is None:
        yield from _neighbours(material, training)
        return
    settings = {"data.group_pattern": guess.pattern}
    if guess.table:
        settings["data.group_table"] = guess.table
    held_out = "validation" not in material.listing.splits
    across = () if held_out else _crossing(material, training, guess.groups, prefix, guess)
    if not held_out and not across:
        return
    yield Finding(
        check="groups",
        severity=Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP(
            "checks",
            "The pictures seem to come in {count} groups (such as {example}) whose members look alike; divided between "
            "training and validation, they make the figures say too much.",
        ),
        values={"count": len(set(guess.groups)), "example": _example(guess.groups)},
        items=across,
        fixes=(
            Fix(
                kind=FixKind.RECIPE,
                sentence=QT_TRANSLATE_NOOP("checks", "Keep each group on one side of the split"),
                settings=settings,
            ),
        )
        if held_out
        else (
            Fix(
                kind=FixKind.EXCLUDE,
                sentence=QT_TRANSLATE_NOOP("checks", "Leave these pictures out of the training split"),
                items=across,
            ),
        ),
    )


def _neighbours(material: Material, training: list[int]) -> Iterator[Finding]:
    """Yield a finding where files that follow each other look alike though their names say nothing of groups."""
    if "validation" in material.listing.splits:
        return
    generator = np.random.default_rng(0)
    features, labels = material.prints.features[training], material.labels[training]
    beside = np.flatnonzero(labels[1:] == labels[:-1])  # listed by class, in natural order
    _, label = np.unique(labels, return_inverse=True)
    apart = _sampled_pairs(label, generator)
    if len(beside) < 20 or len(apart) < 20:
        return
    next_to = (features[beside] * features[beside + 1]).sum(axis=1)
    others = (features[apart[:, 0]] * features[apart[:, 1]]).sum(axis=1)
    if float(np.median(next_to) - np.median(others)) < _NEXT_TO:
        return
    yield Finding(
        check="groups",
        severity=Severity.WARNS,
        sentence=QT_TRANSLATE_NOOP(
            "checks",
            "Files that follow each other look alike, as frames of one recording do. Held out at random, some of them "
            "make the figures say too much; a validation folder with recordings of its own would be honest.",
        ),
    )


def _training(material: Material) -> tuple[str, list[int]]:
    """Return the folder of the training split with its slash, and the indices of the samples in it."""
    folder = material.request.layout.train
    prefix = f"{folder}/" if folder and (material.listing.root / folder).is_dir() else ""
    indices = np.flatnonzero(material.splits == "train").tolist()
    return prefix, [index for index in indices if "#" not in material.names[index]]


def _by_pattern(material: Material, prefix: str) -> Iterator[Finding]:
    """Check the recipe's own pattern: it must fit every name, and no group may be in two splits."""
    request = material.request
    found: dict[str, dict[str, list[int]]] = {}
    for split in material.listing.splits:
        indices = np.flatnonzero(material.splits == split).tolist()
        names = [material.names[index].removeprefix(prefix) for index in indices]
        table = material.listing.root / prefix / request.group_table if request.group_table else None
        if split != "train" and table is not None:
            continue  # the table numbers the files of the training split
        try:
            named = read_groups(names, request.group_pattern, table)
        except (InputError, re.error, OSError) as error:
            reason = Phrase(error.sentence, error.values) if isinstance(error, InputError) else str(error)
            yield Finding(
                check="groups",
                severity=Severity.BLOCKS,
                sentence=QT_TRANSLATE_NOOP("checks", "The pattern of groups does not fit this data: {reason}"),
                values={"reason": reason},
                fixes=(
                    Fix(
                        kind=FixKind.RECIPE,
                        sentence=QT_TRANSLATE_NOOP("checks", "Do without groups"),
                        settings={"data.group_pattern": "", "data.group_table": ""},
                    ),
                ),
            )
            return
        for index, group in zip(indices, named, strict=True):
            found.setdefault(group, {}).setdefault(split, []).append(index)
    divided = {group: by_split for group, by_split in found.items() if len(by_split) > 1}
    if divided:
        items = material.named(index for by_split in divided.values() for index in by_split.get("train", []))
        yield Finding(
            check="groups",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP(
                "checks", "Groups in the training split and in another one: {count}, such as {example}."
            ),
            values={"count": len(divided), "example": next(iter(divided))},
            items=items,
            fixes=(
                Fix(
                    kind=FixKind.EXCLUDE,
                    sentence=QT_TRANSLATE_NOOP("checks", "Leave these pictures out of the training split"),
                    items=items,
                ),
            ),
        )


def _crossing(
    material: Material, training: list[int], found: Sequence[str], prefix: str, guess: _Guess
) -> tuple[str, ...]:
    """Return the training samples whose guessed group also occurs in the validation split."""
    if guess.table:
        return ()
    others = np.flatnonzero(material.splits == "validation").tolist()
    place = next((material.names[index].split("/")[0] + "/" for index in others), "")
    names = [material.names[index].removeprefix(place if prefix else "") for index in others]
    elsewhere = {match.group(1) for name in names if (match := re.search(guess.pattern, name))}
    return material.named(index for index, group in zip(training, found, strict=True) if group in elsewhere)


def _best_guess(material: Material, training: list[int], prefix: str) -> _Guess | None:
    """Return the pattern whose groups look most alike inside, compared with their class; None if none stands out."""
    names = [material.names[index].removeprefix(prefix) for index in training]
    guesses: list[_Guess] = []
    for table in ("", *_tables(material, prefix, names)):
        for pattern in _PATTERNS:
            found = _grouped(names, pattern, material.listing.root / prefix / table if table else None)
            if found is None:
                continue
            alike = _alike(material, training, found)
            if alike >= _ALIKE:
                guesses.append(_Guess(pattern=pattern, table=table, groups=found, alike=alike))
    return max(guesses, key=lambda guess: guess.alike, default=None)


def _tables(material: Material, prefix: str, names: Sequence[str]) -> list[str]:
    """Return text files in the training folder with one line for each numbered picture: the original names."""
    numbers = [Path(name).stem for name in names]
    if not all(number.isdigit() for number in numbers):
        return []
    most = max(map(int, numbers), default=0)
    found: list[str] = []
    for stray in material.listing.strays:
        file = stray.removeprefix(prefix)
        if "/" in file or not file.endswith(".txt"):
            continue
        with open(material.listing.root / stray, encoding="utf-8", errors="replace") as stream:
            if sum(1 for _ in stream) > most:
                found.append(file)
    return found


def _grouped(names: Sequence[str], pattern: str, table: Path | None) -> tuple[str, ...] | None:
    """Return the group of every name, None where the pattern does not fit all or makes no groups to speak of."""
    try:
        found = read_groups(names, pattern, table)
    except (InputError, UnicodeDecodeError):
        return None
    number = len(set(found))
    return tuple(found) if 4 <= number <= len(found) / 2 else None


def _alike(material: Material, training: list[int], found: Sequence[str]) -> float:
    """Return by how much the cosine within groups exceeds that within classes; 0 where groups are whole classes."""
    generator = np.random.default_rng(0)
    features = material.prints.features[training]
    labels = material.labels[training]
    _, group = np.unique(np.array(found, dtype=object), return_inverse=True)
    _, label = np.unique(labels, return_inverse=True)
    within = _sampled_pairs(group, generator)
    beside = _sampled_pairs(label, generator)
    beside = beside[group[beside[:, 0]] != group[beside[:, 1]]]
    if len(within) < 20 or len(beside) < 20:
        return 0.0
    same = (features[within[:, 0]] * features[within[:, 1]]).sum(axis=1)
    other = (features[beside[:, 0]] * features[beside[:, 1]]).sum(axis=1)
    return float(np.median(same) - np.median(other))


def _sampled_pairs(kinds: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return pairs P2 of places with the same kind, drawn at random."""
    order = generator.permutation(len(kinds))
    order = order[np.argsort(kinds[order], kind="stable")]
    first, second = order[:-1], order[1:]
    pairs = np.stack([first, second], axis=1)[kinds[first] == kinds[second]]
    return pairs if len(pairs) <= _PAIRS else pairs[generator.choice(len(pairs), _PAIRS, replace=False)]


def _example(found: Sequence[str]) -> str:
    """Return the name of the largest group."""
    names, counts = np.unique(np.array(found, dtype=object), return_counts=True)
    return str(names[counts.argmax()])
