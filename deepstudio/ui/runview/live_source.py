"""A run that is training in this window, fed with the messages of its job. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from deepstudio.core.training_messages import EventKind, Media, MetricBatch, RunEvent, RunOpened
from deepstudio.ui.runview.media_track import MediaTrack
from deepstudio.ui.runview.source import RunSource

_ENDS = (EventKind.FINISHED, EventKind.FAILED, EventKind.STOPPED)
_MOST_EVENTS = 2000


class LiveRunSource(RunSource):
    """Keeps all that a run says, whether a view shows it or not. Feeding draws nothing."""

    def __init__(self, run_id: str = "", name: str = "", parent: QObject | None = None) -> None:
        super().__init__(run_id, name, parent)
        self.live = True
        self._newest: int | None = None

    @Slot(object)
    def feed(self, message: object) -> None:
        """Take a message of the training job; anything else is ignored."""
        if isinstance(message, MetricBatch):
            self._take_batch(message)
        elif isinstance(message, Media):
            self._take_media(message)
        elif isinstance(message, RunEvent):
            self._take_event(message)
        elif isinstance(message, RunOpened):
            self._open(message)
        else:
            return
        self.changed.emit()

    def newest_step(self) -> int | None:
        """Return the highest step that any metric came to last, None without points."""
        return self._newest

    def truncate(self, from_step: int) -> None:
        """Forget what came at `from_step` and later: the run was taken up again from before."""
        self._book.truncate(from_step)
        self._newest = super().newest_step()
        self.forget_axes()
        for name, series in self._book.series.items():
            self.note_axis(name, series, 0)
        for track in self._tracks.values():
            track.truncate(from_step)
        self._events = [event for event in self._events if event.step < from_step]
        self.events_revision += 1
        self.media_revision += 1
        self.changed.emit()

    def _take_batch(self, batch: MetricBatch) -> None:
        known = len(self._book.series)
        for columns in batch.columns:
            series = self._book.append(columns.name, columns.steps, columns.walls, columns.values)
            self.note_axis(columns.name, series, len(series) - len(columns.steps))
            if len(columns.steps):
                self._newest = max(self._newest or 0, int(columns.steps[-1]))
        self.metrics_revision += len(self._book.series) - known

    def _take_media(self, media: Media) -> None:
        track = self._tracks.get(media.name)
        if track is None or track.kind != media.kind:
            track = self._tracks[media.name] = MediaTrack(media.kind)
        track.append(media)
        self.media_revision += 1

    def _take_event(self, event: RunEvent) -> None:
        self._events.append(event)
        del self._events[:-_MOST_EVENTS]
        self.events_revision += 1
        if event.kind in _ENDS:
            self.live = False

    def _open(self, opened: RunOpened) -> None:
        self.run_id = opened.run_id or self.run_id
        self.name = opened.name or self.name
        self.total_steps, self.steps_per_epoch = opened.total_steps, opened.steps_per_epoch
        self.live = True
        if opened.resumed and any(
            (series.last_step or 0) >= opened.first_step for series in self._book.series.values()
        ):
            self.truncate(opened.first_step)
