"""Corrections of labelled samples: other labels, and samples left out. The user's own files are never touched.

They are kept beside the data as a list of steps (so that undo and redo outlive the program), in a hidden file that is
written whole or not at all; where the data lie on a read-only disk, in the user's own folder. Every reader of training
sets looks through them. A sample is known by its name below the root and by a hash of its content: a correction no
longer holds once the file has become another.

One object belongs to one thread; several objects, also of several programs, may share a file.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.corrections_file import CorrectionsFile, StepRecord
from deepstudio.data.sample_files import content_mark


class Change(StrEnum):
    """What one step does."""

    RELABEL = "relabel"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    MERGE = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One undoable step: `count` samples or labels, seconds since the epoch, old to new label where labels change."""

    kind: Change
    count: int
    time: float
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsState:
    """All corrections that hold. `stale` are samples whose file has changed since; theirs do not."""

    excluded: frozenset[str] = frozenset()
    relabelled: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    stale: tuple[str, ...] = ()
    can_undo: bool = False
    can_redo: bool = False
    steps: tuple[Step, ...] = ()
    path: Path = Path()

    def label(self, name: str, label: str) -> str | None:
        """Return the label that the sample counts with, None if it is left out."""
        if name in self.excluded:
            return None
        return self.merged.get(found, found) if (found := self.relabelled.get(name, label)) else found


class Corrections:
    """The corrections of one set: a folder, or a CSV file."""

    def __init__(self, file: CorrectionsFile) -> None:
        self._file = file
        self._steps: list[StepRecord] = []
        self._undone: list[StepRecord] = []
        self._read_again()

    @classmethod
    def open(cls, data: Path) -> Corrections:
        """Return the corrections of the set at `data`; none have to exist. A damaged file is kept aside."""
        return cls(CorrectionsFile.of(Path(data)))

    @property
    def path(self) -> Path:
        """Return where the corrections are kept."""
        return self._file.path

    @property
    def can_undo(self) -> bool:
        """Return whether there is a step to take back."""
        return bool(self._steps)

    @property
    def can_redo(self) -> bool:
        """Return whether there is a step to do again."""
        return bool(self._undone)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return what was done, oldest first."""
        return tuple(_described(record) for record in self._steps)

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Let samples count with other labels, by name. Raises InputError for an empty label, OSError as the disk."""
        if not all(label.strip() for label in labels.values()):
            raise InputError(QT_TRANSLATE_NOOP("errors", "A label cannot be empty."))
        self._do(
            {
                "kind": Change.RELABEL,
                "items": {name: {"label": label.strip(), "mark": self._mark(name)} for name, label in labels.items()},
            }
        )

    def exclude(self, names: Iterable[str]) -> None:
        """Leave samples out. Raises OSError as the disk does."""
        self._do({"kind": Change.EXCLUDE, "items": {name: {"mark": self._mark(name)} for name in names}})

    def include(self, names: Iterable[str]) -> None:
        """Take samples in again that were left out. Raises OSError as the disk does."""
        self._do({"kind": Change.INCLUDE, "items": {name: {} for name in names}})

    def merge(self, labels: Mapping[str, str]) -> None:
        """Let every sample of a label count with another label, by label. Raises OSError as the disk does."""
        self._do({"kind": Change.MERGE, "labels": dict(labels)})

    def undo(self) -> bool:
        """Take the last step back; False if there is none. Raises OSError as the disk does."""
        return self._move(backwards=True)

    def redo(self) -> bool:
        """Do the step last taken back again; False if there is none. Raises OSError as the disk does."""
        return self._move(backwards=False)

    def forget(self) -> None:
        """Drop every step, once the user's own files have taken them over. Raises OSError as the disk does."""
        self._file.write([], [])
        self._read_again()

    def state(self) -> CorrectionsState:
        """Return what holds now. Reads every corrected file once, to see whether it is still the same."""
        self._refresh()
        excluded: dict[str, str] = {}
        relabelled: dict[str, tuple[str, str]] = {}
        merged: dict[str, str] = {}
        for record in self._steps:
            items = record.get("items", {})
            match record["kind"]:
                case Change.EXCLUDE:
                    excluded.update({name: item.get("mark", "") for name, item in items.items()})
                case Change.INCLUDE:
                    for name in items:
                        excluded.pop(name, None)
                case Change.RELABEL:
                    relabelled.update({name: (item["label"], item.get("mark", "")) for name, item in items.items()})
                case Change.MERGE:
                    _merge(merged, record["labels"])
        marks = excluded | {name: mark for name, (_, mark) in relabelled.items()}
        stale = tuple(sorted(name for name, mark in marks.items() if mark and self._mark(name) != mark))
        gone = set(stale)
        return CorrectionsState(
            excluded=frozenset(excluded.keys() - gone),
            relabelled={name: label for name, (label, _) in relabelled.items() if name not in gone},
            merged=merged,
            stale=stale,
            can_undo=self.can_undo,
            can_redo=self.can_redo,
            steps=self.steps,
            path=self.path,
        )

    def _mark(self, name: str) -> str:
        return content_mark(self._file.root, name)

    def _do(self, record: StepRecord) -> None:
        if not (record.get("items") or record.get("labels")):
            return
        self._refresh()
        self._file.write([*self._steps, {**record, "time": time.time()}], [])
        self._read_again()

    def _move(self, *, backwards: bool) -> bool:
        self._refresh()
        steps, undone = list(self._steps), list(self._undone)
        source, target = (steps, undone) if backwards else (undone, steps)
        if not source:
            return False
        target.append(source.pop())
        self._file.write(steps, undone)
        self._read_again()
        return True

    def _refresh(self) -> None:
        """Take up what another window wrote meanwhile."""
        if self._file.changed():
            self._read_again()

    def _read_again(self) -> None:
        self._steps, self._undone = self._file.read()


def _merge(merged: dict[str, str], labels: Mapping[str, str]) -> None:
    """Add `labels`; what was merged into a label that is merged now follows it."""
    for old, new in labels.items():
        for before, after in merged.items():
            if after == old:
                merged[before] = new
        merged[old] = new
        if merged.get(new) is not None:
            del merged[new]  # a label that others become stays itself


def _described(record: StepRecord) -> Step:
    items = record.get("items") or record.get("labels") or {}
    labels: Iterable[str] = ()
    if record["kind"] == Change.RELABEL:
        labels = {item["label"] for item in items.values()}
    elif record["kind"] == Change.MERGE:
        labels = {f"{old} → {new}" for old, new in items.items()}
    return Step(
        kind=Change(record["kind"]), count=len(items), time=record.get("time", 0.0), labels=tuple(sorted(labels))
    )


class CorrectionView:
    """What a reader of the folder or CSV file `data` must know: labels by name, those of the folder above included."""

    def __init__(self, data: Path) -> None:
        data = Path(data).absolute()
        self._own = _state_of(data)
        self._above = _state_of(data.parent) if data.is_dir() else None
        self._prefix = data.name + "/"

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to correct."""
        return self._own is None and self._above is None

    @property
    def states(self) -> tuple[CorrectionsState, ...]:
        """Return the states that are looked through."""
        return tuple(state for state in (self._above, self._own) if state is not None)

    def label(self, name: str, label: str) -> str | None:
        """Return the label that the sample counts with, None if it is left out."""
        found: str | None = label
        if self._above is not None:
            found = self._above.label(self._prefix + name, label)
        if self._own is not None and found is not None:
            found = self._own.label(name, found)
        return found


def _state_of(data: Path) -> CorrectionsState | None:
    file = CorrectionsFile.of(data)
    return Corrections(file).state() if file.exists() else None
