"""Where a view of runs takes them from. GUI thread only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from deepstudio.core.training_messages import Media, MediaKind, RunEvent
from deepstudio.store.series import Series
from deepstudio.store.series_axis import AxisMap, KnotMap, LinearMap, XAxis
from deepstudio.store.series_book import SeriesBook
from deepstudio.ui.runview.media_track import MediaTrack

EPOCH, EXAMPLES = "epoch", "examples"
"""Metrics that are axes of all others."""


class RunSource(QObject):
    """A run: its curves, media and events, as far as they are known.

    Where they come from is the matter of subclasses, which fill `_book`, `_tracks` and `_events`; `changed` says that
    something is new, and the revisions tell what. A plain one is a run without anything.
    """

    changed = Signal()

    def __init__(self, run_id: str, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_id = run_id
        self.name = name
        self.colour: str | None = None
        """"#rrggbb" if the run has one of its own."""
        self.live = False
        """Whether points go on coming."""
        self.total_steps = 0
        self.steps_per_epoch = 0
        self.settings: Mapping[str, object] = {}
        self.metrics_revision = 0
        """Grows with every new metric."""
        self.media_revision = 0
        self.events_revision = 0
        self._book = SeriesBook()
        self._tracks: dict[str, MediaTrack] = {}
        self._events: list[RunEvent] = []
        self._maps: dict[XAxis, KnotMap] = {XAxis.EPOCH: KnotMap(), XAxis.EXAMPLES: KnotMap()}

    def metrics(self) -> Sequence[str]:
        """Return the names of the metrics in the order in which they came."""
        return list(self._book.series)

    def series(self, name: str) -> Series | None:
        """Return the points of a metric, None if there is none of that name. They may still be on their way."""
        return self._book.series.get(name)

    def media_names(self, kind: MediaKind) -> Sequence[str]:
        """Return the names of the media of a kind."""
        return [name for name, track in self._tracks.items() if track.kind == kind]

    def media(self, name: str) -> Sequence[Media]:
        """Return what there is of one name, oldest first."""
        track = self._tracks.get(name)
        return track.items() if track is not None else ()

    def events(self) -> Sequence[RunEvent]:
        """Return what happened, oldest first."""
        return self._events

    def first_wall(self) -> float | None:
        """Return when the first point came, seconds since 1970."""
        return self._book.first_wall()

    def last(self, name: str) -> float | None:
        """Return the newest value of a metric."""
        series = self.series(name)
        return series.last if series is not None else None

    def newest_step(self) -> int | None:
        """Return the highest step that any metric came to last, None without points."""
        steps = {series.last_step for series in self._book.series.values()} - {None}
        return max(steps, default=None)  # type: ignore[type-var]

    def axis_map(self, axis: XAxis) -> AxisMap | None:
        """Return how an axis follows from the points; None if this run says nothing about it."""
        if axis == XAxis.STEP:
            return LinearMap()
        if axis == XAxis.WALL:
            return LinearMap("wall")
        if axis == XAxis.RELATIVE:
            return LinearMap("wall", offset=self.first_wall() or 0.0)
        if axis == XAxis.EPOCH and self.steps_per_epoch:
            return LinearMap(unit=float(self.steps_per_epoch))
        return self._maps[axis] if len(self._maps[axis]) > 1 else None

    def note_axis(self, name: str, series: Series, first: int) -> None:
        """Take in the points of `series` from `first` on, if `name` is an axis of the others."""
        axis = {EPOCH: XAxis.EPOCH, EXAMPLES: XAxis.EXAMPLES}.get(name)
        if axis is not None:
            self._maps[axis].append(series.timeline.steps.part(first, len(series)), series.raw_values[first:])

    def forget_axes(self) -> None:
        """Forget what is known of the axes."""
        for known in self._maps.values():
            known.clear()
