"""A run between two steps: steering, checkpoints, events, the clock. In the lane."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from torch import nn

from deepstudio.core.device import gpu_uuid
from deepstudio.core.errors import JobCancelled
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import WORDS, EventKind, Level, RunEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.alerts import SENTENCES, Alerts, DivergedError
from deepstudio.train.checkpoint import random_states, write_checkpoint
from deepstudio.train.control import RunControl, Stop
from deepstudio.train.state import TrainState
from deepstudio.train.system_metrics import SystemSampler

if TYPE_CHECKING:
    from deepstudio.train.loop import Trainer

_log = logging.getLogger(__name__)
_RATES_SECONDS = 0.5
_UNSAVED = QT_TRANSLATE_NOOP("events", "The checkpoint could not be written: {reason}. Training goes on.")
ResultT = TypeVar("ResultT")


class Session:
    """One stretch of a run, from its start or resumption to its end or stop."""

    def __init__(self, *, trainer: Trainer, state: TrainState, context: JobContext, control: RunControl) -> None:
        self.asked = Stop.NEVER
        self._alerts = Alerts(state.alerts)
        self._system = SystemSampler(gpu_uuid(trainer.device))
        self._trainer = trainer
        self._state = state
        self._context = context
        self._control = control
        self._last_tick = time.monotonic()
        self._saved: tuple[int, int, bool, float] | None = None
        self._first = (state.step, state.seconds)
        self._flushes = 0
        self._rates_from = (time.monotonic(), state.examples)

    def __enter__(self) -> Session:
        self._trainer.metrics.attach(self._alerts)
        self._system.__enter__()
        self.event(EventKind.RESUMED if self._state.step else EventKind.STARTED)
        self._last_tick = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._system.__exit__(kind, error, trace)
        self._control.close()

    def between_steps(self) -> None:
        """Do what was wished for since the last step. Raises JobCancelled to end the run."""
        if self._trainer.processes.stops(self._state.step, self._context.cancelled):
            self._stop()
        if self._control.pending:
            self._obey()

    def after_step(self) -> None:
        """Tell how far the run is; the rest when metrics have been passed on."""
        self._context.progress(self._state.step, self._trainer.total_steps)
        if self._trainer.metrics.flushes == self._flushes:
            return
        self._flushes = self._trainer.metrics.flushes
        self._log_rates()
        self._tell_alerts()

    def end_of_epoch(self) -> None:
        """Write the epoch's checkpoint, and end training if that was asked for."""
        self._trainer.metrics.flush()
        self._tell_alerts()
        if self._control.pending:
            self._obey()
        state = self._state
        state.over = state.over or self.asked is Stop.FINISH
        due = state.validated % self._trainer.recipe.training.checkpoint_every == 0
        if state.over or due or self.asked is not Stop.NEVER:
            self._save()
        if self.asked is Stop.AFTER_EPOCH and not state.over:
            self._stop()

    def cancellable(self, work: Callable[[], ResultT]) -> ResultT:
        """Return `work()`, ended by JobCancelled at the next call of the network once the run is to stop.

        Not among several processes: the others would wait for this one.
        """
        if self._trainer.processes.world > 1:
            return work()

        def look(module: nn.Module, inputs: Any) -> None:
            if self._context.cancelled or self._control.stops_now:
                raise JobCancelled

        handle = self._state.network.register_forward_pre_hook(look)
        try:
            return work()
        except JobCancelled:
            self._stop()
            raise
        finally:
            handle.remove()

    def event(
        self,
        kind: EventKind,
        *,
        sentence: str = "",
        level: Level = Level.INFO,
        **values: object,
    ) -> None:
        """Log an event at the last step done."""
        self._trainer.metrics.event(
            RunEvent(
                kind=kind,
                step=max(self._state.step - 1, 0),
                wall=time.time(),
                sentence=sentence or WORDS[kind],
                values={"step": self._state.step, **values},
                level=level,
            )
        )

    def tick(self) -> None:
        """Add the time since the last call to the run's."""
        now = time.monotonic()
        self._state.seconds += now - self._last_tick
        self._last_tick = now

    def speed(self) -> dict[str, float]:
        """Return the mean speed of this stretch."""
        step, seconds = self._first
        return {"steps_per_second": (self._state.step - step) / max(self._state.seconds - seconds, 1e-9)}

    def _log_rates(self) -> None:
        now, (began, examples) = time.monotonic(), self._rates_from
        if now - began >= _RATES_SECONDS:
            self._rates_from = (now, self._state.examples)
            speed = (self._state.examples - examples) / (now - began)
            self._trainer.metrics.add(self._state.step - 1, {"examples_per_second": speed, **self._system.take()})

    def _tell_alerts(self) -> None:
        """Log what the curves called for. Raises DivergedError if the recipe stops at a loss that is not a number."""
        for alert in self._alerts.take():
            level = Level.ERROR if alert.kind is EventKind.NAN else Level.WARNING
            self._trainer.metrics.event(
                RunEvent(
                    kind=alert.kind,
                    step=alert.step,
                    wall=time.time(),
                    sentence=SENTENCES[alert.kind],
                    values=alert.values,
                    level=level,
                )
            )
        if self._alerts.bad_step >= self._first[0] and self._trainer.recipe.training.on_nan == "stop":
            raise DivergedError(
                QT_TRANSLATE_NOOP("errors", "The loss is not a number since step {step}, so training was stopped."),
                fix=QT_TRANSLATE_NOOP(
                    "errors", "Lower the learning rate; the last checkpoint is from before that step."
                ),
                step=self._alerts.bad_step + 1,
            )

    def _obey(self) -> None:
        """Do what is wished for; while the run pauses, go on doing so."""
        paused = False
        while True:
            wishes = self._control.take()
            self._set_rate(wishes.rate_factor)
            self._take_snapshots(wishes.snapshots)
            if wishes.stop is not self.asked:
                self.asked = wishes.stop
                if wishes.stop in (Stop.AFTER_EPOCH, Stop.FINISH):
                    self.event(EventKind.STOP_ASKED)
            if wishes.stop is Stop.AFTER_STEP or self._context.cancelled:
                self._stop()
            if not wishes.pause:
                break
            if not paused:
                paused = True
                self._begin_pause()
            self._control.wait(lambda: self._context.cancelled)
        if paused:
            self._end_pause()

    def _set_rate(self, factor: float | None) -> None:
        if factor is not None and factor != self._state.rate_factor:
            self._state.rate_factor = factor
            self.event(EventKind.RATE, factor=factor)
            self._save()  # so that a run killed before its next checkpoint resumes with this rate

    def _take_snapshots(self, wanted: Sequence[Future[Path]]) -> None:
        """Answer every wish for a snapshot with the same file."""
        wanted = [future for future in wanted if future.set_running_or_notify_cancel()]
        if not wanted:
            return
        try:
            assert self._trainer.take_snapshot is not None, "this run has no way to take snapshots"
            path = self._trainer.take_snapshot(self._state)
        except Exception as error:  # whoever asked gets it; training goes on
            for future in wanted:
                future.set_exception(error)
            return
        for future in wanted:
            future.set_result(path)
        self.event(EventKind.SNAPSHOT, path=str(path))

    def _begin_pause(self) -> None:
        self.tick()
        self._save()
        self.event(EventKind.PAUSED)

    def _end_pause(self) -> None:
        self._last_tick = time.monotonic()
        self._rates_from = (self._last_tick, self._state.examples)
        self.event(EventKind.CONTINUED)

    def _stop(self) -> None:
        self.tick()
        self._save(must=True)
        self.event(EventKind.STOPPED)
        raise JobCancelled

    def _save(self, *, must: bool = False) -> None:
        """Write a checkpoint, once its points are safe. If the disk refuses, raise with `must`, else say so."""
        state = self._state
        mark = (state.step, state.validated, state.over, state.rate_factor)
        if mark == self._saved:
            return
        self._trainer.metrics.sync()
        self._tell_alerts()  # never a checkpoint of weights that are spoilt
        state.alerts = self._alerts.state()
        processes = self._trainer.processes
        random = processes.gather(random_states(self._trainer.device))
        objective = processes.gather(self._trainer.objective.state())
        if not processes.is_first:
            self._saved = mark
            return
        try:
            whole = {**state.to_checkpoint(), "random": random, "objective": objective}
            write_checkpoint(self._trainer.checkpoint, whole)
        except OSError as error:
            if must:
                raise
            _log.warning("%s: %s", self._trainer.checkpoint, error)
            self.event(EventKind.NOTICE, sentence=_UNSAVED, level=Level.WARNING, reason=error.strerror or str(error))
        else:
            self._saved = mark
