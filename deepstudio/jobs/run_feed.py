"""Brings what is new in the store of runs to the window: of this process, of others, within some 30 ms.

One thread looks at a single number of the store; only when it moved are the new points read. Everything else of the
store is read by jobs in the lane "files".
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deepstudio.core.failures import failure_from

if TYPE_CHECKING:
    from deepstudio.store.run_rows import News
    from deepstudio.store.runs import Cursor, RunStore

_log = logging.getLogger(__name__)

_BUSY_PAUSE_S = 0.025
_QUIET_PAUSE_S = 0.05
_QUIET_AFTER_S = 5.0
_FAILED_PAUSE_S = 1.0
_SEARCH_PAUSE_S = 2.0
"""How often runs are looked for whose process has died."""


class RunSubscription(QObject):
    """What one view follows. Lives in the GUI thread; `close` it when the view goes."""

    arrived = Signal(object)
    """A `News`: the first of a run holds all there is, the later ones what is new."""
    caught_up = Signal()
    """Everything that was there when the subscription began has arrived."""

    def __init__(self, feed: RunFeed, run_ids: tuple[str, ...] | None, columns: bool) -> None:
        super().__init__(feed)
        self.run_ids = run_ids
        self.columns = columns
        self.cursor: Cursor | None = None
        """The feed's thread alone touches it."""
        self.closed = False
        self._feed = feed

    def close(self) -> None:
        """Follow no longer; nothing arrives after this. May be called again."""
        if not self.closed:
            self.closed = True
            self._feed.forget(self)
            self.deleteLater()


class RunFeed(QObject):
    """Follows runs for any number of views. GUI thread; `open_store` is called in the feed's own thread.

    The thread starts with the first subscription and rests while there are none. `stop` ends it.
    """

    opened = Signal(object)
    """The `RunStore`, once, when it is open."""
    interrupted = Signal(object)
    """list[RunRow]: runs whose process was found dead just now."""
    failed = Signal(object)
    """A `Failure`, once for each time that the store stops to answer; the feed keeps trying."""
    recovered = Signal()
    """The store answers again after `failed`."""
    _filled = Signal()

    def __init__(self, open_store: Callable[[], RunStore], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_store = open_store
        self._changed = threading.Condition()
        self._subscriptions: list[RunSubscription] = []
        self._news: deque[Callable[[], None]] = deque()
        self._stopping = False
        self._anew = False
        self._sequence = -1
        self._moved = 0.0
        self._searched = float("-inf")
        self._thread: threading.Thread | None = None
        self._filled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def subscribe(self, run_ids: Iterable[str] | None = None, *, columns: bool = True) -> RunSubscription:
        """Follow these runs with all their points, events and media, or all runs without points (None)."""
        subscription = RunSubscription(self, None if run_ids is None else tuple(run_ids), columns)
        with self._changed:
            self._subscriptions.append(subscription)
            self._anew = True
            self._changed.notify_all()
            if self._thread is None and not self._stopping:
                self._thread = threading.Thread(target=self._follow, name="run-feed", daemon=True)
                self._thread.start()
        return subscription

    def forget(self, subscription: RunSubscription) -> None:
        """Follow for `subscription` no longer (its `close` calls this)."""
        with self._changed:
            if subscription in self._subscriptions:
                self._subscriptions.remove(subscription)

    def stop(self) -> None:
        """End the thread, waiting for a read that is going on. Nothing arrives after this. May be called again."""
        with self._changed:
            self._stopping = True
            self._subscriptions.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._news.clear()

    @Slot()
    def _deliver(self) -> None:
        for _ in range(len(self._news)):
            self._news.popleft()()

    def _send(self, action: Callable[[], None]) -> None:
        self._news.append(action)
        self._filled.emit()

    def _follow(self) -> None:
        store: RunStore | None = None
        failure = ""
        while self._wait(_FAILED_PAUSE_S if failure else 0.0):
            try:
                if store is None:
                    store = self._open_store()
                    self._send(partial(self.opened.emit, store))
                self._look(store)
            except Exception as error:  # the thread must outlive whatever the disk does
                if not failure:
                    _log.warning("The runs cannot be followed: %s", error)
                    self._send(partial(self.failed.emit, failure_from(error)))
                failure = str(error) or type(error).__name__
            else:
                if failure:
                    failure = ""
                    self._send(self.recovered.emit)

    def _wait(self, at_least: float) -> bool:
        """Wait until it is time to look again; False if the feed was stopped."""
        with self._changed:
            quiet = time.monotonic() - self._moved > _QUIET_AFTER_S
            pause = max(at_least, _QUIET_PAUSE_S if quiet else _BUSY_PAUSE_S)
            self._changed.wait_for(lambda: self._stopping or (self._anew and not at_least), pause)
            self._changed.wait_for(lambda: self._stopping or bool(self._subscriptions))
            return not self._stopping

    def _look(self, store: RunStore) -> None:
        now = time.monotonic()
        if now - self._searched >= _SEARCH_PAUSE_S:
            self._searched = now
            dead = store.find_interrupted()
            if dead:
                self._send(partial(self.interrupted.emit, dead))
        with self._changed:
            anew, self._anew = self._anew, False
            subscriptions = list(self._subscriptions)
        before, self._sequence = self._sequence, store.changed(self._sequence)
        if before == self._sequence and not anew:
            return
        self._moved = now
        for subscription in subscriptions:
            self._read(store, subscription)

    def _read(self, store: RunStore, subscription: RunSubscription) -> None:
        first = subscription.cursor is None
        if subscription.cursor is None:
            from deepstudio.store.runs import Cursor

            subscription.cursor = Cursor.start(subscription.run_ids, columns=subscription.columns)
        try:
            news, _ = store.follow(subscription.cursor)
        except Exception:
            if first:
                subscription.cursor = None
            with self._changed:
                self._anew = True
            raise
        for item in news:
            self._send(partial(_arrive, subscription, item))
        if first:
            self._send(partial(_catch_up, subscription))


def _arrive(subscription: RunSubscription, news: News) -> None:
    if not subscription.closed:
        subscription.arrived.emit(news)


def _catch_up(subscription: RunSubscription) -> None:
    if not subscription.closed:
        subscription.caught_up.emit()
