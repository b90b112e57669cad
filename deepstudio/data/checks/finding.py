"""What a check says: findings with a severity, the samples they are about, and ways to mend them. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from deepstudio.data.corrections import Corrections, CorrectionsState


class Severity(StrEnum):
    """How much a finding matters: training cannot begin, its result would mislead, or it is good to know."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFO = "info"


class FixKind(StrEnum):
    """What a fix changes: the corrections beside the data, or keys of the recipe."""

    EXCLUDE = "exclude"
    RELABEL = "relabel"
    MERGE = "merge"
    RECIPE = "recipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One way to mend a finding. `sentence` (context "checks") says what it does.

    EXCLUDE takes `items` out, RELABEL gives samples the `labels` by name, MERGE counts labels as others; RECIPE sets
    dotted keys of the recipe (`settings`), which is the form's to do and to undo.
    """

    kind: FixKind
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Return the English sentence."""
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found. `sentence` (context "checks") is filled with `values`.

    `items` are the names of the samples concerned, worst first; `groups` those that belong together (duplicates).
    """

    check: str
    severity: Severity
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    fixes: tuple[Fix, ...] = ()

    def text(self) -> str:
        """Return the English sentence."""
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCount:
    """How many samples a label has in each split, after corrections."""

    label: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return the sum over the splits."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All findings, worst first, and what was looked at. `words` is how long nearly all texts are at most."""

    findings: tuple[Finding, ...]
    classes: tuple[ClassCount, ...]
    samples: int
    excluded: int
    seconds: float
    words: int = 0

    @property
    def blocked(self) -> bool:
        """Return whether training cannot begin."""
        return any(finding.severity is Severity.BLOCKS for finding in self.findings)


def apply_fix(data: Path, fix: Fix) -> CorrectionsState:
    """Do what an EXCLUDE, RELABEL or MERGE fix says, as one step that can be undone. Raises StorageError."""
    corrections = Corrections.open(data)
    match fix.kind:
        case FixKind.EXCLUDE:
            corrections.exclude(fix.items)
        case FixKind.RELABEL:
            corrections.relabel(fix.labels)
        case FixKind.MERGE:
            corrections.merge(fix.labels)
        case FixKind.RECIPE:
            raise AssertionError("a fix of the recipe belongs to whoever holds the recipe")
    return corrections.state()
