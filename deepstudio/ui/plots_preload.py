"""Loads what the plots are made of before they are needed, without holding the window. GUI thread.

Importing pyqtgraph touches every class and every enumeration of Qt, which PySide makes as they are first asked for:
most of its 0.3 s. They are made here a few at a time, in the window's thread (two threads that make the same one would
disturb each other); the rest of the import then runs in a lane.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP

_EVERY_MS = 20
_SLICE_S = 0.004
_WANTED = "deepstudio.ui.runview"


def plots_loaded() -> bool:
    """Return whether `deepstudio.ui.runview` is there, and not still being imported in a lane."""
    return hasattr(sys.modules.get(_WANTED), "__all__")


def preload_plots(jobs: Any, parent: QObject, then: Callable[[], object] | None = None) -> None:
    """Begin to load, if that has not happened yet, and call `then` in the window's thread when all is there.

    `jobs` is the program's `JobManager`; nothing is called once `parent` is gone.
    """
    if not plots_loaded():
        _Preload(jobs, parent, then)
    elif then is not None:
        then()


class _Preload(QObject):
    def __init__(self, jobs: Any, parent: QObject, then: Callable[[], object] | None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._then = then
        self._names = _names(QtCore, QtGui, QtWidgets)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        until = time.perf_counter() + _SLICE_S
        for module, name in self._names:
            with contextlib.suppress(AttributeError):
                getattr(module, name)
            if time.perf_counter() > until:
                return
        self._timer.stop()
        title = QT_TRANSLATE_NOOP("status", "Preparing the curves")
        self._handle = self._jobs.submit(import_plots, None, lane="files", title=title)
        self._handle.ended.connect(self._on_ended)

    @Slot()
    def _on_ended(self) -> None:
        self.deleteLater()
        if self._then is not None:
            self._then()


def _names(*modules: ModuleType) -> Iterator[tuple[ModuleType, str]]:
    for module in modules:
        for name in dir(module):
            yield module, name


def import_plots(request: None, context: JobContext) -> None:
    """Import the plots. In a lane."""
    import deepstudio.ui.runview  # noqa: F401
