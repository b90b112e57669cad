"""Draws panels that have something new, a few milliseconds at a time. GUI thread only.

Points come when they come; this decides when they are drawn: at most thirty times a second, one panel in each turn of
the event loop, so that a page of panels never holds the window longer than one of them takes; and less often where
drawing would take more than its share of the processor from the training on the same machine.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_LEAST_S = 0.033
_MOST_S = 0.060
_SHARE = 0.06


class Drawable(Protocol):
    """Something that can say whether it would look different now."""

    @property
    def paint_seconds(self) -> float:
        """Return how long it took to draw last time."""

    def refresh_if_changed(self) -> bool:
        """Ask for a painting if something is new; return whether."""


class DrawScheduler(QObject):
    """Looks after what `visible` returns whenever it was poked. Idle, it costs nothing."""

    drawn = Signal()
    """All that was new has been drawn."""

    def __init__(self, visible: Callable[[], Iterable[Drawable]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visible = visible
        self._queue: deque[Drawable] = deque()
        self._drawn: list[Drawable] = []
        self._began = 0.0
        self._wanted = False
        self._pace = _LEAST_S
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    @Slot()
    def poke(self) -> None:
        """Say that something may be new. Any number of times."""
        self._wanted = True
        if not self._timer.isActive():
            wait_s = self._began + self._pace - time.perf_counter()
            self._timer.start(max(0, round(wait_s * 1e3)))

    def stop(self) -> None:
        """Forget what is queued."""
        self._timer.stop()
        self._queue.clear()
        self._wanted = False

    @Slot()
    def _on_turn(self) -> None:
        if not self._queue and not self._drawn:
            self._wanted = False
            self._began = time.perf_counter()
            self._queue.extend(self._visible())
        while self._queue:
            target = self._queue.popleft()
            if target.refresh_if_changed():
                self._drawn.append(target)
                break  # its painting comes before the next turn
        if self._queue:
            self._timer.start(0)
            return
        if self._drawn:
            # One turn later they have been painted.
            self._timer.singleShot(0, self, self._on_painted)
        elif self._wanted:
            self.poke()

    @Slot()
    def _on_painted(self) -> None:
        took = sum(target.paint_seconds for target in self._drawn)
        self._drawn.clear()
        self._pace = min(_MOST_S, max(_LEAST_S, took / _SHARE))
        self.drawn.emit()
        # A curve that is smoothed piece by piece goes on without news.
        self.poke() if self._wanted or any(map(_unfinished, self._visible())) else None


def _unfinished(target: Drawable) -> bool:
    figure = getattr(target, "figure", None)
    return figure is not None and not figure.caught_up()
