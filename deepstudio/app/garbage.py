"""Garbage is collected in the GUI thread only.

Python's cyclic collector runs in whichever thread allocates. In a lane it could delete widgets, which crashes Qt.
So it is switched off and run from a timer here; what start-up left behind is frozen, which keeps each run short.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 1000


class GarbageCollector(QObject):
    """Collects once a second, and only the generations that are due."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_INTERVAL_MS)

    @Slot()
    def collect(self) -> None:
        """Collect what is due."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    @Slot()
    def freeze(self) -> None:
        """Take what lives now out of later collections: modules and classes stay for the whole run."""
        gc.freeze()

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        gc.enable()
