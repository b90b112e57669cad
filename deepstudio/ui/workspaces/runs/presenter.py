"""What the Runs workspace knows and does: follows the store, changes runs in a lane. Knows no widgets. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.jobs.handle import JobHandle
from deepstudio.jobs.run_feed import RunFeed
from deepstudio.ui.workspaces.runs import jobs
from deepstudio.ui.workspaces.runs.followed_folders import FollowedFolders
from deepstudio.ui.workspaces.runs.items import RunItem, metrics_of
from deepstudio.ui.workspaces.runs.jobs import ChangeRuns, OfRuns
from deepstudio.ui.workspaces.runs.watch import RunWatch

if TYPE_CHECKING:
    from deepstudio.store.runs import MetricInfo, News, RunRow, RunStore, Usage

_FLUSH_MS = 33
_TICK_MS = 1000


class RunsPresenter(QObject):
    """Follows every run of the store from `start` to `stop`."""

    changed = Signal(object, object)
    """(list of `RunItem` that are new or changed, ids that are gone)."""
    caught_up = Signal()
    """Everything that was there is known now."""
    ticked = Signal()
    """A second has passed: durations of runs that go on are longer."""
    interrupted = Signal(object)
    """list[RunRow]: runs that can perhaps go on."""
    salvaged = Signal(object)
    """A `SalvageReport`: the store was damaged."""
    imported = Signal(object)
    """Ids of runs that were just read in, to be selected."""
    failed = Signal(object)
    message = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, services: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = services.jobs
        self._open_store: Callable[[], RunStore] = services.open_store
        self.store: RunStore | None = None
        """The store once it is open; reading a little from it is quick, writing is for the lane."""
        self.folders = FollowedFolders(services.open_store, self)
        self.folders.found.connect(self.imported)
        self.folders.failed.connect(self.failed)
        self.watch = RunWatch(services.jobs, services.open_store, self)
        self.watch.message.connect(self.message)
        self.feed = RunFeed(services.open_store, self)
        self.feed.opened.connect(self._on_opened)
        self.feed.failed.connect(self.failed)
        self.feed.interrupted.connect(self.interrupted)
        self._items: dict[str, RunItem] = {}
        self._pending: dict[str, RunItem] = {}
        self._gone: set[str] = set()
        self._metrics: set[str] = set()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(_FLUSH_MS)
        self._flush.timeout.connect(self._deliver)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin to follow."""
        rows = self.feed.subscribe(None)
        rows.arrived.connect(self._on_news)
        rows.caught_up.connect(self._on_caught_up)
        self._tick.start()

    def stop(self) -> None:
        """End every thread."""
        self._flush.stop()
        self._tick.stop()
        self.watch.stop()
        self.feed.stop()
        self.folders.stop()

    # What columns show --------------------------------------------------------------------------------------------

    def show_columns(self, keys: Iterable[str]) -> None:
        """Read the metrics that these columns need."""
        wanted = metrics_of(keys)
        if wanted - self._metrics:
            self._metrics |= wanted
            self._read_metrics()
        if "size" in keys:
            self.measure()

    def measure(self) -> None:
        """Count what each run takes on disk."""
        handle = self._submit(jobs.measure_usage, QT_TRANSLATE_NOOP("status", "Counting bytes"), supersede="runs.usage")
        handle.done.connect(self._on_usage)

    def ask_metric_names(self, answer: Callable[[list[str]], object]) -> None:
        """Call `answer` with the names of all metrics there are."""
        self._submit(jobs.metric_names, QT_TRANSLATE_NOOP("status", "Reading runs")).done.connect(answer)

    # What a person does -------------------------------------------------------------------------------------------

    def change(self, run_ids: Sequence[str], **changes: Any) -> None:
        """Give runs other notes, a star, ...; the feed brings the change back."""
        self.change_each({run_id: changes for run_id in run_ids})

    def change_each(self, changes: Mapping[str, dict[str, Any]]) -> None:
        """Change each run in its own way."""
        if changes:
            request = ChangeRuns(open_store=self._open_store, changes=tuple(changes.items()))
            handle = self._jobs.submit(
                jobs.change_runs, request, lane="files", title=QT_TRANSLATE_NOOP("status", "Changing runs")
            )
            handle.failed.connect(self.failed)

    def delete(self, run_ids: Sequence[str]) -> None:
        """Put runs into the bin and offer to undo it."""
        handle = self._submit(jobs.delete_runs, QT_TRANSLATE_NOOP("status", "Deleting runs"), run_ids=run_ids)
        handle.done.connect(self._on_deleted)

    def restore(self, run_ids: Sequence[str]) -> None:
        """Take runs out of the bin."""
        self._submit(jobs.restore_runs, QT_TRANSLATE_NOOP("status", "Restoring runs"), run_ids=run_ids)

    def ask_deleted(self, answer: Callable[[list[RunRow]], object]) -> None:
        """Call `answer` with the runs in the bin."""
        self._submit(jobs.list_deleted, QT_TRANSLATE_NOOP("status", "Reading runs")).done.connect(answer)

    def purge(self, run_ids: Sequence[str]) -> None:
        """Remove runs of the bin for good."""
        handle = self._submit(jobs.purge_runs, QT_TRANSLATE_NOOP("status", "Deleting runs"), run_ids=run_ids)
        handle.done.connect(self._on_purged)

    def archive(self, run_ids: Sequence[str], target: Path) -> None:
        """Write each run into a file."""
        title = QT_TRANSLATE_NOOP("status", "Archiving runs")
        self._submit(jobs.archive_runs, title, run_ids=run_ids, target=target).done.connect(self._on_written)

    def export(self, run_ids: Sequence[str], target: Path, form: str) -> None:
        """Write runs in a form of `store.export`."""
        title = QT_TRANSLATE_NOOP("status", "Exporting runs")
        handle = self._submit(jobs.export_to, title, run_ids=run_ids, target=target, names=[form])
        handle.done.connect(self._on_written)

    def restore_archives(self, paths: Sequence[Path]) -> None:
        """Take runs in from archives."""
        title = QT_TRANSLATE_NOOP("status", "Reading archives")
        self._submit(jobs.restore_archives, title, names=[str(path) for path in paths]).done.connect(self._on_restored)

    def _submit(
        self,
        function: Callable[..., Any],
        title: str,
        *,
        run_ids: Sequence[str] = (),
        names: Sequence[str] = (),
        target: Path | None = None,
        supersede: str | None = None,
    ) -> JobHandle:
        request = OfRuns(
            open_store=self._open_store, run_ids=tuple(run_ids), names=tuple(names), target=target or Path()
        )
        handle: JobHandle = self._jobs.submit(function, request, lane="files", title=title, supersede=supersede)
        handle.failed.connect(self.failed)
        return handle

    # What comes back ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_opened(self, store: RunStore) -> None:
        self.store = store
        if store.salvage is not None:
            self.salvaged.emit(store.salvage)

    @Slot(object)
    def _on_news(self, news: News) -> None:
        item = self._items.get(news.run.id)
        if item is None:
            item = self._items[news.run.id] = RunItem(news.run)
        else:
            item.take(news.run)
        for name, info in news.infos.items():
            if name in self._metrics:
                item.infos[name] = info
        self._pending[item.id] = item
        self._wake()

    @Slot()
    def _on_caught_up(self) -> None:
        self._deliver()
        self.caught_up.emit()
        self._read_metrics()

    def _read_metrics(self) -> None:
        if self._metrics and self.store is not None:
            handle = self._submit(
                jobs.read_table,
                QT_TRANSLATE_NOOP("status", "Reading runs"),
                names=sorted(self._metrics),
                supersede="runs.table",
            )
            handle.done.connect(self._on_table)

    @Slot(object)
    def _on_table(self, table: dict[str, dict[str, MetricInfo]]) -> None:
        for run_id, infos in table.items():
            item = self._items.get(run_id)
            if item is None:
                continue
            for name, info in infos.items():
                known = item.infos.get(name)
                if known is None or known.sequence <= info.sequence:
                    item.infos[name] = info
            self._pending[run_id] = item
        self._wake()

    @Slot(object)
    def _on_usage(self, usage: dict[str, Usage]) -> None:
        for run_id, of_run in usage.items():
            item = self._items.get(run_id)
            if item is not None:
                item.size = of_run.total
                self._pending[run_id] = item
        self._wake()

    def _wake(self) -> None:
        if not self._flush.isActive():
            self._flush.start()

    @Slot()
    def _deliver(self) -> None:
        if self._pending or self._gone:
            pending, gone = list(self._pending.values()), set(self._gone)
            self._pending.clear()
            self._gone.clear()
            self.watch.take([item.run for item in pending])
            self.changed.emit(pending, gone)

    @Slot()
    def _on_tick(self) -> None:
        if any(item.run.status.alive for item in self._items.values()):
            self.ticked.emit()

    @Slot(object)
    def _on_deleted(self, run_ids: tuple[str, ...]) -> None:
        if len(run_ids) == 1:
            item = self._items.get(run_ids[0])
            text = self.tr("“{name}” was deleted.").format(name=item.run.name if item is not None else "")
        else:
            text = self.tr("{count} runs were deleted.").format(count=len(run_ids))
        self.undo_offered.emit(text, partial(self.restore, run_ids))

    @Slot(object)
    def _on_purged(self, count: int) -> None:
        if self.store is not None:
            known = {run.id for run in [*self.store.runs(), *self.store.runs(deleted=True)]}
            self._gone |= self._items.keys() - known
            for run_id in self._gone:
                self._items.pop(run_id, None)
            self._wake()
        self.message.emit(self.tr("Removed for good: {count}.").format(count=count))

    @Slot(object)
    def _on_written(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.message.emit(self.tr("The run was written to {path}.").format(path=paths[0]))
        else:
            self.message.emit(
                self.tr("{count} runs were written to {path}.").format(count=len(paths), path=paths[0].parent)
            )

    @Slot(object)
    def _on_restored(self, runs: Sequence[RunRow]) -> None:
        self.imported.emit([run.id for run in runs])
