"""Keeps the window's layout and each workspace's state on disk: soon after every change, so a crash loses little.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from deepstudio.store.layout import LayoutStore

SAVE_DELAY_MS = 800


class WindowState(QObject):
    """Collects the state by `collect()` at most every `SAVE_DELAY_MS` and writes it if it changed."""

    def __init__(self, store: LayoutStore, collect: Callable[[], dict[str, Any]], parent: QObject) -> None:
        super().__init__(parent)
        self.store = store
        self._collect = collect
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.save)

    @Slot()
    def touch(self) -> None:
        """Something changed: write soon."""
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Write now."""
        self._timer.stop()
        self.store.write(self._collect())

    def follow_splitters(self, widget: QWidget, saved: dict[str, Any]) -> None:
        """Restore every named splitter in `widget` and watch it from now on."""
        for splitter in widget.findChildren(QSplitter):
            name = splitter.objectName()
            if not name:
                continue
            if isinstance(saved.get(name), str):
                splitter.restoreState(from_text(saved[name]))
            splitter.splitterMoved.connect(self.touch)


def splitter_states(widget: QWidget) -> dict[str, str]:
    """Return the state of every named splitter in `widget`."""
    return {
        splitter.objectName(): to_text(splitter.saveState())
        for splitter in widget.findChildren(QSplitter)
        if splitter.objectName()
    }


def to_text(state: QByteArray) -> str:
    """Return Qt's state bytes as text for JSON."""
    return bytes(state.toBase64().data()).decode("ascii")


def from_text(text: str) -> QByteArray:
    """Return the bytes that `to_text` wrote; damaged text gives bytes that Qt refuses."""
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
