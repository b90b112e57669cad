"""Steering a run from another thread: pause, go on, stop, another learning rate, a snapshot. Torch-free, any thread.

A wish takes effect between two steps, in the training thread, which alone knows at which step that is; so a run with
wishes is as reproducible as one without (each is logged with its step and kept in the checkpoint).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_LOOK_SECONDS = 0.2
"""How often a pausing run looks whether its job was cancelled: contexts have no condition to wait on."""


class ControlState(StrEnum):
    """What a run is doing, as far as its steering knows."""

    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"


class Stop(StrEnum):
    """When a run is to end: never before its time, after this step, after this epoch, or after it with a model."""

    NEVER = ""
    AFTER_STEP = "step"
    AFTER_EPOCH = "epoch"
    FINISH = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is to be done before the next step. `rate_factor` None leaves the rate as it is."""

    pause: bool = False
    stop: Stop = Stop.NEVER
    rate_factor: float | None = None
    snapshots: tuple[Future[Path], ...] = ()


class RunControl:
    """One run's steering. Every method returns at once; the run obeys between two steps."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pause = False
        self._waiting = False
        self._stop = Stop.NEVER
        self._rate_factor: float | None = None
        self._snapshots: list[Future[Path]] = []
        self.pending = False
        """Whether `take` has something for the loop. Reading it needs no lock, so that looking costs a step nothing."""

    @property
    def state(self) -> ControlState:
        """Return what the run is doing."""
        with self._changed:
            if self._stop is not Stop.NEVER:
                return ControlState.STOPPING
            if self._waiting:
                return ControlState.PAUSED
            return ControlState.PAUSING if self._pause else ControlState.RUNNING

    @property
    def stops_now(self) -> bool:
        """Return whether the run is to end without waiting for the epoch's end."""
        return self._stop is Stop.AFTER_STEP

    def pause(self) -> None:
        """Write a checkpoint after this step and wait."""
        with self._changed:
            self._pause = True
            self._notify()

    def resume(self) -> None:
        """Go on after a pause."""
        with self._changed:
            self._pause = False
            self._notify()

    def stop_after_step(self) -> None:
        """End the run after this step with a checkpoint, to go on from another time."""
        self._ask_stop(Stop.AFTER_STEP)

    def stop_after_epoch(self) -> None:
        """End the run after this epoch with a checkpoint; a paused run goes on until then."""
        self._ask_stop(Stop.AFTER_EPOCH)

    def finish_after_epoch(self) -> None:
        """End training after this epoch and make the model of what there is; a paused run goes on until then."""
        self._ask_stop(Stop.FINISH)

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the scheduled learning rate by `factor` (0 to 1000) from the next step on. Raises ValueError."""
        if not 0 <= factor <= 1000:
            raise ValueError(f"a factor of {factor} is out of 0..1000")
        with self._changed:
            self._rate_factor = factor
            self._notify()

    def snapshot(self) -> Future[Path]:
        """Return the future path of a model file with the weights as they are between two steps."""
        future: Future[Path] = Future()
        with self._changed:
            self._snapshots.append(future)
            self._notify()
        return future

    def take(self) -> Wishes:
        """Return what is wished for, once. The training thread calls it."""
        with self._changed:
            wishes = Wishes(
                pause=self._pause,
                stop=self._stop,
                rate_factor=self._rate_factor,
                snapshots=tuple(self._snapshots),
            )
            self._rate_factor = None
            self._snapshots.clear()
            self.pending = self._pause
            return wishes

    def wait(self, cancelled: Callable[[], bool]) -> None:
        """Sleep until there is a wish, the pause is over, or `cancelled()`. The training thread calls it."""
        with self._changed:
            self._waiting = True
            try:
                while self._must_wait() and not cancelled():
                    self._changed.wait(_LOOK_SECONDS)
            finally:
                self._waiting = False

    def close(self) -> None:
        """Fail the snapshots that no step came for."""
        with self._changed:
            left, self._snapshots = self._snapshots, []
        for future in left:
            future.cancel()

    def _must_wait(self) -> bool:
        return self._pause and self._stop is Stop.NEVER and self._rate_factor is None and not self._snapshots

    def _ask_stop(self, when: Stop) -> None:
        with self._changed:
            self._stop = when
            if when in (Stop.AFTER_EPOCH, Stop.FINISH):
                self._pause = False
            self._notify()

    def _notify(self) -> None:
        self.pending = True
        self._changed.notify_all()
