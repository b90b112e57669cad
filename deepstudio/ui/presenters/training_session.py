"""The run in training: starts it, steers it, and remembers what it says for whoever shows it. GUI thread; no widgets.

It belongs to the program, not to a page: it survives a change of workspace and of language.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deepstudio.core.config import to_mapping
from deepstudio.core.failures import failure_from
from deepstudio.core.messages import Failure, JobEnded, Outcome
from deepstudio.core.training_messages import Media, MetricBatch, RunEvent, RunOpened
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.control import RunControl
from deepstudio.ui.presenters.process_run import ProcessRun
from deepstudio.ui.presenters.training_jobs import (
    FindRun,
    FoundRun,
    OpenStore,
    StartSeries,
    StartTraining,
    find_run,
    start_series,
    start_training,
)
from deepstudio.ui.presenters.training_state import RunInfo, RunKind, RunState

if TYPE_CHECKING:
    from deepstudio.jobs.handle import JobHandle
    from deepstudio.train.recipe_base import BaseRecipe

_log = logging.getLogger(__name__)


class TrainingSession(QObject):
    """At most one run at a time; `run` is the present one, or the last."""

    changed = Signal()
    """State, progress or figures are other ones now."""
    began = Signal()
    """Another run is `run` now; what was shown of the last one is out of date."""
    opened = Signal(object)
    """A `RunOpened`: the run has read its data and begins (in a series: the next one does)."""
    arrived = Signal(object)
    """A `MetricBatch` or a `Media`."""
    happened = Signal(object)
    """A `RunEvent`."""
    sources_changed = Signal()
    """There is another source to show: see `sources`."""
    member = Signal(object)
    """Of a series: a `MemberStarted` or a `MemberEnded`."""
    ended = Signal()
    """The run has ended: see `run.state`."""
    failed = Signal(object)
    """A `Failure` of something that is not the run itself."""
    snapshot_taken = Signal(object)
    """The `Path` of a model file with the network as it is."""
    _snapshot_done = Signal(object)

    def __init__(
        self,
        jobs: Any,
        open_store: OpenStore,
        *,
        device: Callable[[], str],
        prepare: Callable[[], None] = lambda: None,
        make_source: Callable[[], Any] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.open_store = open_store
        self._device = device
        self._prepare = prepare
        self._make_source = make_source or _live_source
        self._sources: list[Any] = []
        self._handle: JobHandle | None = None
        self._control: RunControl | None = None
        self._processes: ProcessRun | None = None
        self.run: RunInfo | None = None
        # The future of a snapshot is completed in the training thread.
        self._snapshot_done.connect(self._on_snapshot, Qt.ConnectionType.QueuedConnection)

    @property
    def active(self) -> bool:
        """Return whether a run goes on."""
        return self.run is not None and self.run.active

    def sources(self) -> list[Any]:
        """Return what the run has said so far, ready for a `RunView`: a source a run, several of a series."""
        return list(self._sources if self._processes is None else self._processes.sources)

    def settings(self) -> dict[str, Any]:
        """Return the settings of the run as plain values, {} without a run."""
        return to_mapping(self.run.recipe) if self.run is not None else {}

    # Starting

    def start(self, recipe: BaseRecipe, data: Path, *, tags: tuple[str, ...] = ()) -> None:
        """Train `recipe` on `data`."""
        self._start(RunKind.SINGLE, recipe, data, self._request(recipe, data, tags=tags))

    def resume(self, run_id: str) -> None:
        """Go on with a run of the store from its checkpoint; `failed` says why if that is impossible."""
        handle = self._jobs.submit(
            find_run,
            FindRun(open_store=self.open_store, run_id=run_id),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Looking for the run"),
        )
        handle.done.connect(self._on_found)
        handle.failed.connect(self.failed)

    def resume_folder(self, found: FoundRun) -> None:
        """Go on with a run whose folder is known."""
        request = self._request(found.recipe, found.data, folder=found.folder, resume=True)
        self._start(RunKind.SINGLE, found.recipe, found.data, request, run_id=found.run_id, folder=str(found.folder))

    def resume_here(self) -> None:
        """Go on with the run that was stopped in this window."""
        run = self.run
        if run is not None and not run.active and run.folder:
            self.resume_folder(FoundRun(run_id=run.run_id, recipe=run.recipe, data=run.data, folder=Path(run.folder)))

    def cross_validate(self, recipe: BaseRecipe, data: Path, folds: int) -> None:
        """Train `folds` times, each time with another part held out."""
        self._start_series(RunKind.FOLDS, recipe, data, folds=folds)

    def repeat(self, recipe: BaseRecipe, data: Path, seeds: tuple[int, ...]) -> None:
        """Train once for each seed."""
        self._start_series(RunKind.SEEDS, recipe, data, seeds=seeds)

    def start_processes(self, recipe: BaseRecipe, data: Path, processes: int) -> None:
        """Train in `processes` processes of this machine, followed through the store. Raises OSError as the disk does.

        What is written before they start is a description of a few lines, so it is written here.
        """
        from deepstudio.train.launch import plan_launch

        assert not self.active, "a run goes on already"
        plan = plan_launch(recipe, data, processes=processes, device=self._device())
        run = self.run = RunInfo(kind=RunKind.PROCESSES, recipe=recipe, data=data, name=recipe.title or recipe.name)
        run.run_id, run.folder = plan.run_id, str(plan.folder.path)
        self._control, self._handle, self._sources = None, None, []
        self._processes = ProcessRun(run, self.open_store, self._jobs, self)
        self._processes.changed.connect(self.changed)
        self._processes.sources_changed.connect(self.sources_changed)
        self._processes.ended.connect(self._on_processes_ended)
        self._processes.start(list(plan.command), dict(plan.environment))
        self.began.emit()
        self.changed.emit()

    def _request(self, recipe: BaseRecipe, data: Path, **more: Any) -> StartTraining:
        self._control = RunControl()
        return StartTraining(
            recipe=recipe,
            data=data,
            open_store=self.open_store,
            prepare=self._prepare,
            control=self._control,
            device=self._device(),
            **more,
        )

    def _start_series(self, kind: RunKind, recipe: BaseRecipe, data: Path, **which: Any) -> None:
        self._control = RunControl()
        request = StartSeries(
            recipe=recipe,
            data=data,
            open_store=self.open_store,
            prepare=self._prepare,
            control=self._control,
            device=self._device(),
            **which,
        )
        self._start(kind, recipe, data, request)

    def _start(self, kind: RunKind, recipe: BaseRecipe, data: Path, request: object, **known: Any) -> None:
        assert not self.active, "a run goes on already"
        self.run = RunInfo(kind=kind, recipe=recipe, data=data, name=recipe.title or recipe.name, **known)
        job = start_training if kind is RunKind.SINGLE else start_series
        handle = self._jobs.submit(job, request, lane="train", title=QT_TRANSLATE_NOOP("status", "Training"))
        self._handle = handle
        self._sources = [self._make_source()]
        handle.status.connect(self._on_status)
        handle.progress.connect(self._on_progress)
        handle.partial.connect(self._on_partial)
        handle.ended.connect(self._on_ended)
        self.began.emit()
        self.changed.emit()

    # Steering

    @property
    def can_steer(self) -> bool:
        """Return whether the run can be paused, snapshot and given another rate."""
        run = self.run
        steps = (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED)
        return run is not None and self._control is not None and run.state in steps

    @Slot()
    def toggle_pause(self) -> None:
        """Pause, or go on."""
        if not self.can_steer:
            return
        assert self.run is not None and self._control is not None
        if self.run.state is RunState.RUNNING:
            self._control.pause()
            self._set_state(RunState.PAUSING)
        else:
            self._control.resume()
            self.run.forget_pace()
            self._set_state(RunState.RUNNING)

    @Slot()
    def stop_after_step(self) -> None:
        """Stop at once, with a checkpoint written."""
        if not self.active:
            return
        if self._control is not None and self.can_steer:
            self._control.stop_after_step()
        elif self._handle is not None:
            self._handle.cancel()
        elif self._processes is not None:
            self._processes.stop()
        self._set_state(RunState.STOPPING)

    @Slot()
    def stop_after_epoch(self) -> None:
        """Stop when the epoch is over, with a checkpoint written."""
        if self.can_steer and self._control is not None:
            self._control.stop_after_epoch()
            self._control.resume()
            self._set_state(RunState.STOPPING)

    @Slot()
    def finish_after_epoch(self) -> None:
        """End the training when the epoch is over and make the model of what has been learnt."""
        if self.can_steer and self._control is not None:
            self._control.finish_after_epoch()
            self._control.resume()
            self._set_state(RunState.STOPPING)

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the learning rate of the schedule by `factor` from the next step on."""
        if self.can_steer and self._control is not None and self.run is not None:
            self._control.set_rate_factor(factor)
            self.run.rate_factor = factor
            self.changed.emit()

    @Slot()
    def take_snapshot(self) -> None:
        """Write the network as it is as a model file, without disturbing the run; `snapshot_taken` has its path."""
        if self.can_steer and self._control is not None:
            self._control.snapshot().add_done_callback(self._snapshot_done.emit)

    def abandon(self) -> None:
        """Stop as the window closes: a checkpoint is written, and the run can go on later."""
        if self.active and self._handle is not None:
            self._handle.cancel()
        if self._processes is not None:
            self._processes.abandon()

    # What the run says

    @Slot(str)
    def _on_status(self, text: str) -> None:
        assert self.run is not None
        self.run.status = text
        self.changed.emit()

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self.changed.emit()

    @Slot(object)
    def _on_partial(self, value: object) -> None:
        if isinstance(value, RunOpened) and self.run is not None and self.run.total_steps:
            self._sources.append(self._make_source())  # the next run of a series
        self._sources[-1].feed(value)
        if isinstance(value, MetricBatch):
            assert self.run is not None
            self.run.note_metrics(value)
            self.arrived.emit(value)
        elif isinstance(value, Media):
            self.arrived.emit(value)
        elif isinstance(value, RunEvent):
            self._note_event(value)
        elif isinstance(value, RunOpened):
            self._note_opening(value)
        else:
            self._note_member(value)

    def _note_opening(self, opened: RunOpened) -> None:
        assert self.run is not None
        self.run.note_opening(opened)
        self.opened.emit(opened)
        self.changed.emit()

    def _note_event(self, event: RunEvent) -> None:
        assert self.run is not None
        self.run.note_event(event)
        self.happened.emit(event)
        self.changed.emit()

    def _note_member(self, value: object) -> None:
        run = self.run
        assert run is not None
        if hasattr(value, "total"):
            run.member, run.members = value.index + 1, value.total  # type: ignore[attr-defined]
        self.member.emit(value)
        self.changed.emit()

    @Slot(object)
    def _on_ended(self, message: JobEnded) -> None:
        run = self.run
        if run is None or self._handle is None or self.sender() is not self._handle:
            return
        run.seconds = time.monotonic() - run.began
        if message.failure is not None:
            run.failure = message.failure
            run.state = RunState.FAILED
        elif message.outcome is Outcome.DONE:
            run.finished = message.result
            run.model = getattr(message.result, "path", None)
            run.state = RunState.FINISHED
        else:
            run.state = RunState.STOPPED
        self._handle = None
        self._control = None
        self.changed.emit()
        self.ended.emit()

    @Slot()
    def _on_processes_ended(self) -> None:
        if self._processes is not None:
            self._sources = self._processes.sources
            self._processes.deleteLater()
            self._processes = None
        self.changed.emit()
        self.ended.emit()

    @Slot(object)
    def _on_found(self, found: FoundRun) -> None:
        if self.active:
            self.failed.emit(Failure(sentence=_BUSY, fix=_WAIT))
            return
        self.resume_folder(found)

    @Slot(object)
    def _on_snapshot(self, future: Future[Path]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            self.failed.emit(failure_from(error))
        else:
            self.snapshot_taken.emit(future.result())

    def _set_state(self, state: RunState) -> None:
        assert self.run is not None
        self.run.state = state
        self.changed.emit()


def _live_source() -> Any:
    from deepstudio.ui.runview import LiveRunSource

    return LiveRunSource()


_BUSY = QT_TRANSLATE_NOOP("errors", "Another run is in training.")
_WAIT = QT_TRANSLATE_NOOP("errors", "Wait until it has finished, or stop it first.")
