"""Labels that the user made up, typed or shown by examples, and how they survive a restart. Knows no widget."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepstudio.core.requests import ImageSource, OwnLabel

_APART = re.compile(r"[,;，；、\n]+")
MOST_EXAMPLES = 16
"""Pictures of one label that are looked at; more would say little that is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLabels:
    """What was typed, and the labels that have examples, in the order they came."""

    typed: str = ""
    shown: tuple[OwnLabel, ...] = ()

    def together(self) -> tuple[OwnLabel, ...]:
        """Return all labels, each name once; examples win over words."""
        found = {label.name: label for label in typed_labels(self.typed)}
        found.update({label.name: label for label in self.shown})
        return tuple(found.values())

    def with_examples(self, name: str, examples: Iterable[ImageSource]) -> OwnLabels:
        """Return the labels with more examples of `name`."""
        shown = {label.name: label for label in self.shown}
        before = shown[name].examples if name in shown else ()
        shown[name] = OwnLabel(name=name, examples=(*before, *examples)[-MOST_EXAMPLES:])
        return OwnLabels(typed=self.typed, shown=tuple(shown.values()))

    def renamed(self, name: str, new: str) -> OwnLabels:
        """Return the labels with the examples of `name` under another name; those of an equal name join them."""
        rest = OwnLabels(typed=self.typed, shown=tuple(label for label in self.shown if label.name != name))
        moved = next(label for label in self.shown if label.name == name)
        return rest.with_examples(new, moved.examples)

    def without(self, name: str) -> OwnLabels:
        """Return the labels without the examples of `name`."""
        return OwnLabels(typed=self.typed, shown=tuple(label for label in self.shown if label.name != name))

    def save(self) -> dict[str, Any]:
        """Return plain values; examples that are no files are left out."""
        shown = [[label.name, [str(e.path) for e in label.examples if e.path is not None]] for label in self.shown]
        return {"typed": self.typed, "shown": [[name, paths] for name, paths in shown if paths]}

    @classmethod
    def restore(cls, state: object) -> OwnLabels:
        """Return what `save` returned; what makes no sense, and files that are gone, are left out."""
        if not isinstance(state, dict):
            return cls()
        typed, shown = state.get("typed"), state.get("shown")
        found = cls(typed=typed if isinstance(typed, str) else "")
        for entry in shown if isinstance(shown, list) else ():
            if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)):
                continue
            paths = [Path(path) for path in entry[1] if isinstance(path, str)] if isinstance(entry[1], list) else []
            there = [ImageSource(name=path.name, path=path) for path in paths if path.is_file()]
            if there and entry[0]:
                found = found.with_examples(entry[0], there)
        return found


def typed_labels(text: str) -> tuple[OwnLabel, ...]:
    """Return the labels between the commas of `text`, each once."""
    names = (" ".join(part.split()) for part in _APART.split(text))
    return tuple(OwnLabel(name=name) for name in dict.fromkeys(names) if name)
