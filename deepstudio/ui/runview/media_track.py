"""The media of one name over the steps of a run, in bounded room. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deepstudio.core.training_messages import Media, MediaKind

_MOST = {MediaKind.HISTOGRAM: 64, MediaKind.CONFUSION: 64, MediaKind.PREDICTIONS: 24, MediaKind.TEXT: 200}
_MOST_OTHERS = 16
_NEWEST = 4


class MediaTrack:
    """Keeps the newest few, and of all others every n-th, evenly over the whole run."""

    def __init__(self, kind: MediaKind) -> None:
        self.kind = kind
        self._kept: list[tuple[int, Media]] = []
        self._count = 0
        self._every = 1
        self._most = _MOST.get(kind, _MOST_OTHERS)

    def append(self, media: Media) -> None:
        """Take in what is new; one of the same step takes its place."""
        if self._kept and self._kept[-1][1].step == media.step:
            self._kept[-1] = (self._kept[-1][0], media)
            return
        self._kept.append((self._count, media))
        self._count += 1
        # What is no longer among the newest stays only if its turn comes.
        place = len(self._kept) - 1 - _NEWEST
        if place >= 0 and self._kept[place][0] % self._every:
            del self._kept[place]
        if len(self._kept) > self._most:
            self._every *= 2
            older = [item for item in self._kept[:-_NEWEST] if item[0] % self._every == 0]
            self._kept = [*older, *self._kept[-_NEWEST:]]

    def extend(self, items: Iterable[Media]) -> None:
        """Take in several, some of which may be older than what is there."""
        known = {item.step: item for item in (*self.items(), *items)}
        self._kept, self._count, self._every = [], 0, 1
        for step in sorted(known):
            self.append(known[step])

    def truncate(self, from_step: int) -> None:
        """Forget what came at `from_step` and later."""
        self._kept = [item for item in self._kept if item[1].step < from_step]

    def items(self) -> Sequence[Media]:
        """Return what is kept, oldest first."""
        return [media for _, media in self._kept]
