"""Device, memory and the load of the lanes, at the foot of the rail; a click shows all of it. GUI thread only."""

from __future__ import annotations

from dataclasses import dataclass, field

import psutil
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from deepstudio.core.device import DeviceInfo
from deepstudio.ui.text import file_size
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import label

MEMORY_INTERVAL_MS = 1000


@dataclass(slots=True)
class Load:
    """What is known of the machine and the lanes: lane to (jobs waiting, title of the running one or "")."""

    device: DeviceInfo | None = None
    memory: int = 0
    lanes: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def jobs(self) -> int:
        """Return how many jobs run or wait."""
        return sum(queued + bool(running) for queued, running in self.lanes.values())


class StatusStrip(QFrame):
    """Three quiet lines; `clicked` asks for the details. Memory is read once a second while it is visible."""

    clicked = Signal()
    load_changed = Signal()

    def __init__(self, theme: Theme, load: Load | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load = load or Load()
        self._theme = theme
        self._process = psutil.Process()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setObjectName("status_strip")
        self._icons: dict[str, QLabel] = {}
        self._lines: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 6, 4, 6)
        grid.setHorizontalSpacing(5)
        grid.setVerticalSpacing(5)
        for index, name in enumerate(("cpu", "memory", "activity")):
            self._icons[name] = QLabel()
            self._lines[name] = label("", "faint")
            grid.addWidget(self._icons[name], index, 0)
            grid.addWidget(self._lines[name], index, 1)
        grid.setColumnStretch(1, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(MEMORY_INTERVAL_MS)
        self._timer.timeout.connect(self._read_memory)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self._read_memory()
        self._show()

    @Slot(str, int, str)
    def set_lane_load(self, lane: str, queued: int, running: str) -> None:
        """Take note of what runs and waits on a lane."""
        self.load.lanes[lane] = (queued, running)
        self._show()

    def set_device(self, device: DeviceInfo) -> None:
        """Show which device computes."""
        self.load.device = device
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read memory while visible."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading."""
        self._timer.stop()
        super().hideEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for the details."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Return work like a click."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Elide again when the font changes."""
        if event.type() == QEvent.Type.FontChange and self._lines:
            self._show()
        super().changeEvent(event)

    @Slot()
    def _read_memory(self) -> None:
        self.load.memory = self._process.memory_info().rss
        text = file_size(self.load.memory)
        if text != self._lines["memory"].text():  # a new text lays the rail out anew
            self._lines["memory"].setText(text)
            self.load_changed.emit()

    def _show(self) -> None:
        device, jobs = self.load.device, self.load.jobs
        self._lines["cpu"].setText(device.kind.upper() if device is not None else self.tr("Ready"))
        self._lines["activity"].setText(self.tr("Jobs: {count}").format(count=jobs) if jobs else self.tr("Idle"))
        busy = "accent_text" if jobs else "text_faint"
        self._icons["activity"].setPixmap(self._theme.pixmap("activity", 14, busy, widget=self))
        mark(self._lines["activity"], role="caption" if jobs else "faint")
        summary = self.tr("Device {device}, memory {memory}, {jobs}").format(
            device=device.name if device is not None else self.tr("not used yet"),
            memory=file_size(self.load.memory),
            jobs=self._lines["activity"].text(),
        )
        self.setAccessibleName(summary)
        self.setToolTip(summary)
        self.load_changed.emit()

    @Slot()
    def _draw_icons(self) -> None:
        for name, where in self._icons.items():
            role = "accent_text" if name == "activity" and self.load.jobs else "text_faint"
            where.setPixmap(self._theme.pixmap(name, 14, role, widget=self))
        mark(self, surface="strip")
