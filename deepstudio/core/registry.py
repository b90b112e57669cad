"""A registry: names to factories, each name once. Any thread after import."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from deepstudio.core.errors import UnknownNameError
from deepstudio.core.words import QT_TRANSLATE_NOOP

EntryT = TypeVar("EntryT")
_LISTED = 12


class Registry(Generic[EntryT]):
    """Names to entries of one kind, in the order of registration."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, EntryT] = {}

    def register(self, name: str) -> Callable[[EntryT], EntryT]:
        """Return a decorator that registers under `name`; a name taken twice is a programming error."""

        def decorate(entry: EntryT) -> EntryT:
            assert name not in self._entries, f"{self.kind} {name!r} is registered twice"
            self._entries[name] = entry
            return entry

        return decorate

    def get(self, name: str) -> EntryT:
        """Return the entry; raises UnknownNameError with the nearest names."""
        if name in self._entries:
            return self._entries[name]
        raise unknown_name(self.kind, name, list(self._entries))

    def names(self) -> list[str]:
        """Return all names in the order of registration."""
        return list(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)


def unknown_name(kind: str, name: str, known: list[str]) -> UnknownNameError:
    """Return the error for a name that is not among `known`, with what the user may have meant."""
    if not known:
        return UnknownNameError(
            QT_TRANSLATE_NOOP("errors", "There is no {kind} named '{name}'; there is none at all."),
            kind=kind,
            name=name,
        )
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    meant = QT_TRANSLATE_NOOP("errors", "Did you mean: {near}?")
    present = QT_TRANSLATE_NOOP("errors", "There are: {near}.")
    return UnknownNameError(
        QT_TRANSLATE_NOOP("errors", "There is no {kind} named '{name}'."),
        fix=meant if near else present,
        kind=kind,
        name=name,
        near=", ".join(near or _some(known)),
    )


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= _LISTED else [*names[:_LISTED], "…"]
