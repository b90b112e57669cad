"""The runs of the table: what a row knows, what a column says of it, filtering, grouping and sorting. No Qt.

A column is named by a key: one of `PLAIN`, "last:METRIC", "best:METRIC" or "set:PATH" (a setting).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from deepstudio.store.run_filter import Haystack, flat, haystack
from deepstudio.store.run_rows import MetricInfo, RunRow

PLAIN = (
    "name", "status", "started", "duration", "loss", "best_loss", "accuracy", "best_accuracy", "tags", "notes", "kind",
    "host", "size",
)  # fmt: skip
DEFAULT = ("name", "status", "best_accuracy", "loss", "duration", "started", "tags")
NAME = "name"

_HELD_OUT = ("validation", "valid", "val", "eval", "evaluation", "dev", "test")
_LEARNT = ("train", "training", "epoch")


def _spellings(*metrics: str) -> tuple[str, ...]:
    """Return the names that programs give a metric: on held-out data first, then without a part, then in training."""

    def parted(parts: Iterable[str]) -> list[str]:
        pairs = [(part, metric) for part in parts for metric in metrics]
        found = [f"{part}{mark}{metric}" for part, metric in pairs for mark in "_/"]
        return found + [f"{metric.capitalize()}/{part}" for part, metric in pairs]

    return (*parted(_HELD_OUT), *metrics, *(metric.capitalize() for metric in metrics), *parted(_LEARNT))


LOSSES = _spellings("loss")
ACCURACIES = _spellings("accuracy", "acc")
_LOWER_IS_BETTER = ("loss", "error", "wer", "cer", "perplexity", "mae", "mse", "seconds", "ece")


@dataclass(slots=True, eq=False)
class RunItem:
    """One run of the table. `infos` holds the metrics that columns ask for; `size` is bytes on disk once counted."""

    run: RunRow
    infos: dict[str, MetricInfo] = field(default_factory=dict)
    size: int | None = None
    _hay: Haystack | None = None
    _settings: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        """Return the id of the run."""
        return self.run.id

    @property
    def hay(self) -> Haystack:
        """Return what the filter searches."""
        if self._hay is None:
            self._hay = haystack(self.run)
        return self._hay

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings by their paths."""
        if self._settings is None:
            self._settings = dict(flat(self.run.config))
        return self._settings

    def take(self, run: RunRow) -> None:
        """Take the newer row."""
        if run != self.run:
            self.run, self._hay, self._settings = run, None, None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The title row of a group of runs: those with the same value of a setting."""

    path: str
    value: Any
    count: int


Row = RunItem | Group


def value_of(item: RunItem, key: str) -> Any:
    """Return what a column says of a run: a number, a text or None."""
    run = item.run
    kind, colon, name = key.partition(":")
    if colon:
        if kind == "set":
            return item.settings.get(name)
        info = item.infos.get(name)
        return None if info is None else (best(info) if kind == "best" else info.last)
    match key:
        case "name":
            return run.name
        case "status":
            return run.status.value
        case "started":
            return run.created
        case "duration":
            return seconds_of(run)
        case "loss" | "best_loss":
            return _first(item, LOSSES, key == "best_loss")
        case "accuracy" | "best_accuracy":
            return _first(item, ACCURACIES, key == "best_accuracy")
        case "tags":
            return ", ".join(run.tags)
        case "notes":
            return " ".join(run.notes.split())
        case "size":
            return item.size
        case _:
            return getattr(run, key, None)


def seconds_of(run: RunRow) -> float:
    """Return how long a run has lasted: one that goes on until now."""
    if run.ended is None and run.status.alive:
        return max(0.0, time.time() - run.created)
    return run.duration


def best(info: MetricInfo) -> float:
    """Return the least value of a loss, the greatest of anything else."""
    return info.minimum if lower_is_better(info.name) else info.maximum


def lower_is_better(name: str) -> bool:
    """Return whether a metric of that name should fall."""
    words = name.lower().replace("/", " ").replace("_", " ").replace("-", " ").replace(".", " ").split()
    return any(word in _LOWER_IS_BETTER for word in words)


def metrics_of(columns: Iterable[str]) -> set[str]:
    """Return the names of the metrics that these columns need."""
    names: set[str] = set()
    for key in columns:
        kind, _, name = key.partition(":")
        if kind in ("loss", "best_loss"):
            names.update(LOSSES)
        elif kind in ("accuracy", "best_accuracy"):
            names.update(ACCURACIES)
        elif kind in ("last", "best"):
            names.add(name)
    return names


def arrange(
    items: Iterable[RunItem],
    *,
    passes: Callable[[RunRow, Haystack], bool],
    sort: str,
    descending: bool,
    group: str,
) -> list[Row]:
    """Return the rows of the table: those that pass, pinned ones first, sorted by a column, below titles of groups.

    Runs that have no value in the column come last either way.
    """
    shown = [item for item in items if passes(item.run, item.hay)]
    shown.sort(key=lambda item: (item.run.created, item.run.key), reverse=True)
    with_value = [(sort_key(value_of(item, sort)), item) for item in shown]
    there = [pair for pair in with_value if pair[0] is not None]
    there.sort(key=lambda pair: pair[0], reverse=descending)  # type: ignore[arg-type, return-value]
    ordered = [item for _, item in there] + [item for key, item in with_value if key is None]
    ordered.sort(key=lambda item: not item.run.pinned)
    if not group:
        return list(ordered)
    groups: dict[str, list[RunItem]] = {}
    values: dict[str, Any] = {}
    for item in ordered:
        value = value_of(item, group)
        label = repr(value)
        groups.setdefault(label, []).append(item)
        values.setdefault(label, value)
    rows: list[Row] = []
    for label in sorted(groups, key=lambda text: (values[text] is None, sort_key(values[text]) or (0, 0.0, ""))):
        rows.append(Group(group, values[label], len(groups[label])))
        rows.extend(groups[label])
    return rows


def sort_key(value: Any) -> tuple[int, float, str] | None:
    """Return what a value is sorted by: numbers before texts; None where there is nothing to sort by."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (bool, int, float)):
        return 0, float(value), ""
    return 1, 0.0, str(value).casefold()


def common_settings(items: Sequence[RunItem]) -> list[str]:
    """Return the paths of all settings of these runs, those that differ between runs first."""
    seen: dict[str, set[str]] = {}
    for item in items:
        for path, value in item.settings.items():
            seen.setdefault(path, set()).add(repr(value))
    present = {path: sum(path in item.settings for item in items) for path in seen}
    return sorted(seen, key=lambda path: (len(seen[path]) == 1 and present[path] == len(items), path))


def _first(item: RunItem, names: Sequence[str], want_best: bool) -> float | None:
    for name in names:
        info = item.infos.get(name)
        if info is not None and info.count:
            return best(info) if want_best else info.last
    return None
