"""The media of one name over the steps of a run, in bounded room. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from deepstudio.core.training_messages import Media, MediaKind

_MOST = {MediaKind.HISTOGRAM: 96, MediaKind.CONFUSION: 64, MediaKind.PREDICTIONS: 24, MediaKind.TEXT: 200}
_MOST_OTHERS = 16


class MediaTrack:
    """Keeps the first and the newest, and between them ever wider apart: what is kept spans the whole run."""

    def __init__(self, kind: MediaKind) -> None:
        self.kind = kind
        self._items: list[Media] = []
        self._most = _MOST.get(kind, _MOST_OTHERS)

    def append(self, media: Media) -> None:
        """Take in what is new; one of the same step takes its place."""
        if self._items and self._items[-1].step == media.step:
            self._items[-1] = media
            return
        self._items.append(media)
        if len(self._items) > self._most:
            self._thin()

    def extend(self, items: Sequence[Media]) -> None:
        """Take in several, some of which may be older than what is there."""
        known = {item.step: item for item in (*self._items, *items)}
        self._items = [known[step] for step in sorted(known)]
        while len(self._items) > 2 * self._most:
            self._thin()

    def truncate(self, from_step: int) -> None:
        """Forget what came at `from_step` and later."""
        self._items = [item for item in self._items if item.step < from_step]

    def items(self) -> Sequence[Media]:
        """Return what is kept, oldest first."""
        return self._items

    def _thin(self) -> None:
        # Every second one goes, but the newest stay: they are compared with what comes next.
        self._items = [*self._items[:-4:2], *self._items[-4:]]
