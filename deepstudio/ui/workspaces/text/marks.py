"""Marked places of a text, made when they are looked at: a long text has more of them than a screen ever shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

from deepstudio.core.text_requests import Entity
from deepstudio.ui.workspaces.text.places import counted_twice


class Mark(NamedTuple):
    """A stretch of a Qt document, the role of its colour, how strong that is (0..1), and words for who points at it."""

    start: int
    end: int
    role: str
    strength: float
    words: str


class EntityMarks(Sequence[Mark]):
    """The entities of `text`, in its order; `role_of` gives each type its number in the theme's series.

    Nothing is made beforehand but a look for characters that Qt counts otherwise: a hundred thousand entities cost
    what one does.
    """

    def __init__(self, text: str, entities: Sequence[Entity], role_of: dict[str, int]) -> None:
        self._twice = counted_twice(text)
        self._entities = entities
        self._role_of = role_of

    def __len__(self) -> int:
        return len(self._entities)

    @overload
    def __getitem__(self, place: int) -> Mark: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Mark]: ...

    def __getitem__(self, place: int | slice) -> Mark | Sequence[Mark]:
        if isinstance(place, slice):
            return [self._mark(entity) for entity in self._entities[place]]
        return self._mark(self._entities[place])

    def _mark(self, entity: Entity) -> Mark:
        start, end = (place + int(self._twice.searchsorted(place)) for place in (entity.start, entity.end))
        words = f"{entity.label}, {100 * entity.probability:.0f} %"
        return Mark(start, end, f"series {self._role_of[entity.label]}", 0.3, words)
