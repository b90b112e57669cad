"""A run of the store: of an earlier day, of another process, of another program. GUI thread only."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.messages import Failure
from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.manager import JobManager
from deepstudio.jobs.run_feed import RunFeed
from deepstudio.store.run_rows import MediaInfo, News, RunRow
from deepstudio.store.runs import RunStore
from deepstudio.store.series_book import SeriesBook
from deepstudio.ui.runview.media_track import MediaTrack
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.runview.store_reading import (
    ReadMedia,
    ReadRun,
    StoredRun,
    build,
    event_of,
    kind_of,
    read_media,
    read_run,
)

_LIVE = ("running", "paused")
_MANY = 100_000
"""So many points are taken in by a lane: the window would stop for them."""
_MOST_MEDIA = 64


class StoreRunSource(RunSource):
    """Reads a stored run in the lane "files"; with a feed it follows what comes."""

    loaded = Signal()
    """Everything that was there at first can be shown."""
    failed = Signal(object)
    """A `Failure`: the run could not be read."""

    def __init__(
        self,
        store: RunStore,
        row: RunRow,
        jobs: JobManager,
        parent: QObject | None = None,
        *,
        feed: RunFeed | None = None,
    ) -> None:
        super().__init__(row.id, row.name, parent)
        self._store = store
        self._jobs = jobs
        self._infos: dict[str, list[MediaInfo]] = {}
        self._kinds: dict[str, MediaKind] = {}
        self._read: dict[str, set[int]] = {}
        self._waiting: deque[News] = deque()
        self._job: JobHandle | None = None
        self._closed = False
        self.is_loaded = False
        self._take_row(row)
        self._subscription = feed.subscribe((row.id,), columns=True) if feed is not None else None
        if self._subscription is not None:
            self._subscription.arrived.connect(self._on_news)
            self._subscription.caught_up.connect(self._on_caught_up)
        else:
            self.reload()

    def reload(self) -> None:
        """Read everything again."""
        handle = self._jobs.submit(
            read_run, ReadRun(store=self._store, run_id=self.run_id), lane="files", supersede=f"read-run-{self.run_id}"
        )
        handle.done.connect(self._on_run)
        handle.failed.connect(self._on_failed)

    def close(self) -> None:
        """Follow the run no longer."""
        self._closed = True
        if self._subscription is not None:
            self._subscription.close()
            self._subscription = None

    # -- what a view asks

    def media_names(self, kind: MediaKind) -> Sequence[str]:
        """Return the names of the media of a kind."""
        return [name for name, known in self._kinds.items() if known == kind]

    def media(self, name: str) -> Sequence[Media]:
        """Return what has been read of one name, oldest first; the rest is read now and announced by `changed`."""
        wanted = _spread(self._infos.get(name, []))
        missing = [info for info in wanted if info.id not in self._read.setdefault(name, set())]
        if missing and not self._closed:
            self._read[name].update(info.id for info in missing)
            request = ReadMedia(store=self._store, run_id=self.run_id, infos=tuple(missing))
            handle = self._jobs.submit(read_media, request, lane="files")
            handle.done.connect(partial(self._on_media, name))
            handle.failed.connect(self._on_failed)
        return super().media(name)

    # -- what the store says

    def _take_row(self, row: RunRow) -> None:
        self.name = row.name
        self.colour = row.colour or None
        self.live = row.status in _LIVE
        self.settings = row.config

    def _take_book(self, book: SeriesBook) -> None:
        self._book = book
        self.forget_axes()
        for name, series in book.series.items():
            self.note_axis(name, series, 0)
        self.metrics_revision += 1

    def _take_media_infos(self, infos: Sequence[MediaInfo]) -> None:
        for info in infos:
            kind = kind_of(info)
            if kind is not None:
                self._kinds[info.name] = kind
                self._infos.setdefault(info.name, []).append(info)
        if infos:
            self.media_revision += 1

    @Slot(object)
    def _on_run(self, run: StoredRun) -> None:
        if self._closed:
            return
        self._take_row(run.row)
        self._take_book(run.book)
        self._events = list(run.events)
        self._infos, self._tracks, self._read = {}, {}, {}
        self._take_media_infos(run.media)
        self.events_revision += 1
        self._say_loaded()
        self.changed.emit()

    @Slot(object)
    def _on_news(self, news: News) -> None:
        self._waiting.append(news)
        self._take_waiting()

    @Slot()
    def _on_caught_up(self) -> None:
        if self._job is None and not self._waiting:
            self._say_loaded()

    def _take_waiting(self) -> None:
        while self._waiting and self._job is None and not self._closed:
            news = self._waiting[0]
            points = sum(map(len, news.metrics.values()))
            if not self._book.series and points + 100 * len(news.metrics) > _MANY:
                self._job = self._jobs.submit(build, news.metrics, lane="files")
                self._job.done.connect(self._on_built)
                self._job.failed.connect(self._on_failed)
                return
            self._waiting.popleft()
            self._take_points(news)
            self._take_rest(news)

    @Slot(object)
    def _on_built(self, book: SeriesBook) -> None:
        self._job = None
        if self._closed:
            return
        self._take_book(book)
        self._take_rest(self._waiting.popleft())
        self._say_loaded()
        self._take_waiting()

    def _take_points(self, news: News) -> None:
        known = len(self._book.series)
        for name, columns in news.metrics.items():
            before = self._book.series.get(name)
            if name in news.reset and before is not None:
                before.clear()
            series = self._book.append(name, columns.steps, columns.walls, columns.values)
            if name not in news.reset:
                self.note_axis(name, series, len(series) - len(columns))
        if news.reset:
            self.forget_axes()
            for name, series in self._book.series.items():
                self.note_axis(name, series, 0)
        self.metrics_revision += len(self._book.series) - known

    def _take_rest(self, news: News) -> None:
        was_live = self.live
        self._take_row(news.run)
        if news.events_reset:
            self._events.clear()
            self._infos, self._tracks, self._read = {}, {}, {}
            self.media_revision += 1
        self._events.extend(map(event_of, news.events))
        if news.events or news.events_reset:
            self.events_revision += 1
        if was_live != self.live:
            self.metrics_revision += 1
        self._take_media_infos(news.media)
        self.changed.emit()

    def _on_media(self, name: str, found: Sequence[Media]) -> None:
        if self._closed or not found:
            return
        track = self._tracks.setdefault(name, MediaTrack(found[0].kind))
        track.extend(found)
        self.media_revision += 1
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        if not self._closed:
            self.failed.emit(failure)

    def _say_loaded(self) -> None:
        if not self.is_loaded:
            self.is_loaded = True
            self.loaded.emit()


def _spread(infos: Sequence[MediaInfo]) -> list[MediaInfo]:
    """Return at most so many infos that they span all, the newest among them; later calls leave few others out."""
    step = 1
    while len(infos) > step * _MOST_MEDIA:
        step *= 2
    kept = list(infos[::step])
    return kept if not infos or kept[-1] is infos[-1] else [*kept, infos[-1]]
