"""Finds threads and timers that a test leaves behind, and names the line that started them."""

from __future__ import annotations

import gc
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shiboken6
from PySide6 import QtCore

_CHECKOUT = Path(__file__).resolve().parents[2]
_ENDLESS = ("TMonitor",)  # tqdm's, which lives as long as the process


class LeakWatch:
    """Remembers every thread and timer started while it watches. GUI thread.

    `grace` is how many seconds a thread that was told to stop has to end by itself.
    """

    def __init__(self, *, grace: float = 2.0) -> None:
        self._grace = grace
        self._started: list[tuple[weakref.ref[Any], str]] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Record starts of `threading.Thread`, `QThread` and `QTimer` until the block ends."""
        kinds: tuple[type, ...] = (threading.Thread, QtCore.QThread, QtCore.QTimer)
        originals = [kind.start for kind in kinds]
        for kind, original in zip(kinds, originals, strict=True):
            kind.start = self._recording(original)
        try:
            yield
        finally:
            for kind, original in zip(kinds, originals, strict=True):
                kind.start = original

    def leaks(self) -> list[str]:
        """Stop whatever still runs and return one line for each, with the place that started it."""
        if not self._running():
            return []
        gc.collect()  # what only a reference cycle keeps alive is not a leak
        _delete_later()
        deadline = time.monotonic() + self._grace
        found = []
        for thing, place in self._running():
            if not _ends_before(thing, deadline):
                found.append(f"{_describe(thing)} started at {place}")
                _stop(thing)
        return found

    def _recording(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def start(thing: Any, *arguments: Any, **keywords: Any) -> Any:
            self._started.append((weakref.ref(thing), _calling_line()))
            return original(thing, *arguments, **keywords)

        return start

    def _running(self) -> list[tuple[Any, str]]:
        living = {id(thing): (thing, place) for ref, place in self._started if (thing := ref()) is not None}
        return [(thing, place) for thing, place in living.values() if _runs(thing)]


def _calling_line() -> str:
    """Return file, line and text of the innermost frame of this project outside this file."""
    frames = traceback.extract_stack()[:-2]
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(_CHECKOUT) and ".venv" not in path.parts and path != Path(__file__):
            return f"{path.relative_to(_CHECKOUT)}:{frame.lineno}: {frame.line}"
    return f"{frames[-1].filename}:{frames[-1].lineno}: {frames[-1].line}"


def _runs(thing: Any) -> bool:
    if isinstance(thing, threading.Thread):
        return thing.is_alive() and type(thing).__name__ not in _ENDLESS
    if not shiboken6.isValid(thing):
        return False
    return thing.isActive() if isinstance(thing, QtCore.QTimer) else thing.isRunning()


def _ends_before(thing: Any, deadline: float) -> bool:
    if isinstance(thing, QtCore.QTimer):
        return False
    left = max(0.0, deadline - time.monotonic())
    if isinstance(thing, threading.Thread):
        thing.join(left)
        return not thing.is_alive()
    return bool(thing.wait(int(left * 1000)))


def _stop(thing: Any) -> None:
    if isinstance(thing, QtCore.QTimer):
        thing.stop()
    elif isinstance(thing, QtCore.QThread):
        thing.requestInterruption()
        thing.quit()


def _describe(thing: Any) -> str:
    if isinstance(thing, threading.Thread):
        return f"thread '{thing.name}'"
    if isinstance(thing, QtCore.QTimer):
        return f"timer of {thing.interval()} ms{' for one shot' if thing.isSingleShot() else ''}"
    return f"QThread '{thing.objectName()}'"


def _delete_later() -> None:
    """Carry out pending `deleteLater` calls, which only an event loop does otherwise."""
    if QtCore.QCoreApplication.instance() is not None:
        QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)
