"""Draws panels that have something new, a few milliseconds at a time. GUI thread only.

Points come when they come; this decides when they are drawn: as they come, a dozen times a second from a training, one
whole painting in each turn of the event loop, so that a page of panels never holds the window longer than one of them
takes; and a little less often where drawing would take more than its share of the processor from the training on the
same machine: every thread of it waits while the window holds one of two cores.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_LEAST_S = 0.040
_MOST_S = 0.070
_CHEAP_S = 0.005
"""Rounds of new ends usually take less, a whole painting now and then included."""
_WEIGHT = 0.15
_SHARE = 0.06
_TURN_S = 0.003
_PATIENCE_MS = 200
"""A window that is covered or minimised may never be painted."""


class Drawable(Protocol):
    """Something that can say whether it would look different now."""

    @property
    def pending(self) -> bool:
        """Return whether a painting is to come with the next turn."""

    @property
    def shown(self) -> bool:
        """Return whether all that was drawn is on the screen."""

    when_shown: Callable[[], None] | None
    """To be called when what was drawn is on the screen."""

    @property
    def again_in(self) -> float | None:
        """Return in how many seconds it should be looked at again even if nothing new comes; None: never."""

    def refresh_if_changed(self) -> bool:
        """Draw what is new, or ask for a painting; return whether anything was."""


class DrawScheduler(QObject):
    """Looks after what `visible` returns whenever it was poked. Idle, it costs nothing."""

    drawn = Signal()
    """All that was new has been drawn."""

    def __init__(self, visible: Callable[[], Iterable[Drawable]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visible = visible
        self._round: list[Drawable] = []
        self._queue: deque[Drawable] = deque()
        self._drawn: list[Drawable] = []
        self._busy = False
        self._wanted = False
        self._late = False
        """Whether what was drawn is yet to be painted by the platform."""
        self._began = 0.0
        self._used = 0.0
        """The processor time of the thread when the round began."""
        self._usual = 0.0
        """What a round usually takes of it."""
        self._pace = _LEAST_S
        self._start = self._single_shot(self._on_start)
        self._next = self._single_shot(self._on_turn)

    @Slot()
    def poke(self) -> None:
        """Say that something may be new. Any number of times."""
        self._wanted = True
        if not self._busy:
            self._plan(self._began + self._pace - time.perf_counter())

    def _single_shot(self, slot: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setTimerType(Qt.TimerType.PreciseTimer)
        made.timeout.connect(slot)
        return made

    def _plan(self, wait_s: float) -> None:
        wait_ms = max(0, round(wait_s * 1e3))
        if not self._start.isActive() or self._start.remainingTime() > wait_ms:
            self._start.start(wait_ms)

    @Slot()
    def _on_start(self) -> None:
        if self._busy:
            return
        self._busy, self._wanted = True, False
        self._began, self._used = time.perf_counter(), time.thread_time()
        self._round = list(self._visible())
        self._queue.extend(self._round)
        self._on_turn()

    @Slot()
    def _on_turn(self) -> None:
        began = time.perf_counter()
        for kept in (self._queue, self._drawn, self._round):
            gone = [target for target in kept if not _there(target)]  # a panel may go away between two turns
            for target in gone:
                kept.remove(target)
        while self._queue and time.perf_counter() - began < _TURN_S:
            target = self._queue.popleft()
            if target.refresh_if_changed():
                self._drawn.append(target)
                if target.pending:
                    break
        if self._queue and not (self._drawn and self._drawn[-1].pending):
            self._next.start(0)
        elif self._drawn and not self._late and not all(map(_shown, self._drawn)):
            self._late = True
            for target in self._drawn:
                target.when_shown = self._on_shown
            self._next.start(_PATIENCE_MS)
        elif self._queue:
            self._late = False
            self._next.start(0)
        else:
            self._end_round()

    def _on_shown(self) -> None:
        """One of those that were drawn has been painted by the platform."""
        if self._late and all(target.shown for target in self._drawn if _there(target)):
            self._late = False
            self._next.start(0)

    def _end_round(self) -> None:
        self._late = False
        if self._drawn:
            self._usual += _WEIGHT * (time.thread_time() - self._used - self._usual)
            cheap = self._usual < _CHEAP_S
            self._pace = _LEAST_S if cheap else min(_MOST_S, max(_LEAST_S, self._usual / _SHARE))
            self._drawn.clear()
            self.drawn.emit()
        self._end()

    def _end(self) -> None:
        self._busy = False
        waits = [wait for target in self._round if (wait := target.again_in) is not None]
        self._round = []
        if self._wanted:
            self.poke()
        elif waits:
            self._plan(max(self._pace, min(waits)))


def _there(target: Drawable) -> bool:
    return not isinstance(target, QObject) or shiboken6.isValid(target)


def _shown(target: Drawable) -> bool:
    return target.shown
