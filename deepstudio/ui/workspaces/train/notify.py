"""A desktop notification where the system shows them, for who is not looking at the window. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from deepstudio.ui.theme import app_icon

_STAY_MS = 10_000


class DesktopNotes(QObject):
    """Shows notes while no window of the program is active; says nothing where there is no tray."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(2 * _STAY_MS)
        self._hide.timeout.connect(self.clear)

    def show(self, title: str, text: str) -> bool:
        """Show a note; returns whether the system took it."""
        if QApplication.activeWindow() is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
        self._tray.show()
        self._tray.showMessage(title, text, app_icon(), _STAY_MS)
        self._hide.start()
        return True

    def clear(self) -> None:
        """Take the icon out of the tray again."""
        self._hide.stop()
        if self._tray is not None:
            self._tray.hide()
