"""Gives the program another style sheet without holding the window. GUI thread only.

`QApplication.setStyleSheet` polishes every widget once for itself and once more for each of its ancestors: with all
workspaces built that is 1,500 widgets about twelve times, 1.2 to 1.8 s. Here Qt is made to forget the rules first,
so that setting the sheet polishes nothing; then each widget is polished once: what can be seen at once, the rest a few
at a time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

_SLICE_S = 0.008


class Restyler(QObject):
    """Sets style sheets; hidden widgets follow when there is time, or when `settle` is called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[QWidget] = deque()
        self._due = False

    def set_sheet(self, app: QApplication, sheet: str) -> None:
        """Give `app` the style sheet; every visible widget has it when this returns."""
        if not app.styleSheet():
            app.setStyleSheet(sheet)
            return
        app.style().unpolish(app)
        app.setStyleSheet(sheet)
        self._waiting.clear()
        for widget in _parents_first(app):
            if widget.isVisible():
                _polish(widget)
            elif widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                self._waiting.append(widget)
        self._go_on()

    def settle(self, page: QWidget) -> None:
        """Polish now what waits in `page`, which is about to be shown."""
        inside = [
            widget for widget in self._waiting if _alive(widget) and (widget is page or page.isAncestorOf(widget))
        ]
        if not inside:
            return
        for widget in inside:
            _polish(widget)
        gone = set(map(id, inside))
        self._waiting = deque(widget for widget in self._waiting if id(widget) not in gone)

    def _go_on(self) -> None:
        if self._waiting and not self._due:
            self._due = True
            QTimer.singleShot(0, self, self._on_turn)

    @Slot()
    def _on_turn(self) -> None:
        self._due = False
        until = time.perf_counter() + _SLICE_S
        while self._waiting:
            widget = self._waiting.popleft()
            if _alive(widget):
                _polish(widget)
            if time.perf_counter() > until:
                break
        self._go_on()


def _parents_first(app: QApplication) -> Iterator[QWidget]:
    """Yield every widget after its parent, whose font and colours it inherits."""
    for window in app.topLevelWidgets():
        if window.parentWidget() is None:
            yield window
            yield from window.findChildren(QWidget)


def _polish(widget: QWidget) -> None:
    widget.style().polish(widget)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _alive(widget: QWidget) -> bool:
    return bool(shiboken6.isValid(widget))
