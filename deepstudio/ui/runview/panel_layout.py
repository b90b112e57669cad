"""What a person made of the panels: which metrics share one, their order, width and titles. No widgets; any thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from deepstudio.ui.runview.panels import PanelSpec

WIDTHS = (1, 2, 0)
"""Columns that a panel takes; 0: the whole row."""
_OWN = "own:"
_ALONE = "alone:"


@dataclass(slots=True)
class PanelLayout:
    """Changes to the panels that come about by themselves; keys are those of `PanelSpec`."""

    metrics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Panels that show other metrics than by themselves, and those that were made by hand ("own:1")."""
    titles: dict[str, str] = field(default_factory=dict)
    split: set[str] = field(default_factory=set)
    """Panels that are shown as one for each of their metrics."""
    removed: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)

    def apply(self, specs: Sequence[PanelSpec], known: Iterable[str]) -> list[PanelSpec]:
        """Return the panels as they were wished, of the metrics that there are; removed ones are left out."""
        there = set(known)
        if not self.is_changed:
            return list(specs)
        wished = [made for spec in specs for made in self._changed(spec, there)]
        for key, names in self.metrics.items():
            shown = tuple(name for name in names if name in there)
            if key.startswith(_OWN) and shown:
                wished.append(PanelSpec(key, "", self.titles.get(key) or ", ".join(shown), shown))
        wished = [replace(spec, width=self.widths.get(spec.key, 1)) for spec in wished if spec.key not in self.removed]
        groups = {group: number for number, group in enumerate(dict.fromkeys(spec.group for spec in wished))}
        place = {key: number for number, key in enumerate(self.order)}
        last = len(place)
        return sorted(wished, key=lambda spec: (groups[spec.group], place.get(spec.key, last)))

    def _changed(self, spec: PanelSpec, there: set[str]) -> list[PanelSpec]:
        if spec.key in self.split and len(spec.metrics) > 1:
            return [PanelSpec(f"{_ALONE}{name}", spec.group, name, (name,)) for name in spec.metrics]
        chosen = tuple(name for name in self.metrics.get(spec.key, ()) if name in there)
        title = self.titles.get(spec.key) or spec.title
        return [replace(spec, metrics=chosen or spec.metrics, title=title)]

    def add(self) -> str:
        """Return the key of a new panel; it appears once it has metrics."""
        number = 1
        while f"{_OWN}{number}" in self.metrics:
            number += 1
        return f"{_OWN}{number}"

    def choose(self, key: str, title: str, metrics: Sequence[str]) -> None:
        """Give a panel other metrics and a title, "" for the one that it has by itself; no metrics remove it."""
        self.titles.pop(key, None)
        if title:
            self.titles[key] = title
        if metrics:
            self.metrics[key] = tuple(metrics)
            self.removed.discard(key)
        elif key.startswith(_OWN):
            self.forget(key)
        else:
            self.remove(key)

    def merge(self, into: PanelSpec, other: PanelSpec) -> None:
        """Let a panel show the metrics of another one, which goes."""
        self.metrics[into.key] = tuple(dict.fromkeys([*into.metrics, *other.metrics]))
        self.remove(other.key)

    def divide(self, spec: PanelSpec, specs: Sequence[PanelSpec]) -> None:
        """Show the metrics of a panel in panels of their own: as before, if it was merged by hand."""
        if spec.key not in self.metrics:
            self.split.add(spec.key)
            return
        self.forget(spec.key)
        for whole in specs:
            if set(whole.metrics) & set(spec.metrics):
                self.removed.discard(whole.key)

    def join(self, spec: PanelSpec, specs: Sequence[PanelSpec]) -> None:
        """Show the metrics that were divided together again."""
        for whole in specs:
            if set(spec.metrics) & set(whole.metrics):
                self.split.discard(whole.key)

    def is_divided(self, key: str) -> bool:
        """Return whether a panel is one of those into which another was divided."""
        return key.startswith(_ALONE)

    def remove(self, key: str) -> None:
        """Show a panel no longer; `removed` remembers it. One that was made by hand is forgotten."""
        if key.startswith(_OWN):
            self.forget(key)
        else:
            self.removed.add(key)

    def forget(self, key: str) -> None:
        """Let a panel be as it is by itself."""
        for held in (self.metrics, self.titles, self.widths):
            held.pop(key, None)

    def move(self, key: str, before: str, shown: Sequence[PanelSpec]) -> None:
        """Put a panel before another one, "" for the end. `shown` are the panels as they lie now."""
        keys = [spec.key for spec in shown if spec.key != key]
        keys.insert(keys.index(before) if before in keys else len(keys), key)
        self.order = [*keys, *(one for one in self.order if one not in keys)]

    @property
    def is_changed(self) -> bool:
        """Return whether anything is other than by itself."""
        return self != PanelLayout()

    def state(self) -> dict[str, Any]:
        """Return what should survive a restart, JSON-ready."""
        return {
            "metrics": {key: list(names) for key, names in self.metrics.items()},
            "titles": dict(self.titles),
            "split": sorted(self.split),
            "removed": sorted(self.removed),
            "order": list(self.order),
            "widths": dict(self.widths),
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> PanelLayout:
        """Return the layout of a `state`. Raises KeyError, TypeError, ValueError, AttributeError for another thing."""
        return cls(
            metrics={str(key): tuple(map(str, names)) for key, names in state.get("metrics", {}).items()},
            titles={str(key): str(title) for key, title in state.get("titles", {}).items()},
            split=set(map(str, state.get("split", ()))),
            removed=set(map(str, state.get("removed", ()))),
            order=list(map(str, state.get("order", ()))),
            widths={str(key): int(width) for key, width in state.get("widths", {}).items() if int(width) in WIDTHS},
        )
