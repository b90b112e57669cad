"""The popup beside the status strip: device, memory, and each lane with its jobs. GUI thread only."""

from __future__ import annotations

import psutil
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.status_strip import StatusStrip
from deepstudio.ui.text import file_size, translate_sentence
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import button, column, label, line, row

LANE_TITLES = {
    "predict": QT_TRANSLATE_NOOP("status", "Answers"),
    "train": QT_TRANSLATE_NOOP("status", "Training"),
    "audio": QT_TRANSLATE_NOOP("status", "Sound"),
    "files": QT_TRANSLATE_NOOP("status", "Files"),
}


class StatusDetail(QFrame):
    """Follows the strip while it is open; `stop_all` asks to cancel every job."""

    stop_all = Signal()

    def __init__(self, strip: StatusStrip, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._strip = strip
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        outer = column(self)
        self._card = QFrame()
        mark(self._card, surface="toast")
        outer.addWidget(self._card)
        layout = column(self._card, margins=(20, 16, 20, 16), gap=12)
        layout.addWidget(label(self.tr("This machine"), "heading"))
        self._machine = QGridLayout()
        self._lanes = QGridLayout()
        for grid in (self._machine, self._lanes):
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(8)
            grid.setColumnStretch(1, 1)
        layout.addLayout(self._machine)
        layout.addWidget(line())
        layout.addWidget(label(self.tr("Work"), "heading"))
        layout.addLayout(self._lanes)
        self._stop = button(self.tr("Stop all jobs"), "danger")
        self._stop.clicked.connect(self.stop_all)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self._stop)
        layout.addLayout(foot)
        self._values: dict[str, QLabel] = {}
        self._add_rows()
        strip.load_changed.connect(self._on_load_changed)
        self.setMinimumWidth(360)

    def open_beside(self, widget: QWidget) -> None:
        """Show it to the right of `widget`, feet level."""
        self._show_load()
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() + 12, widget.height() - self.height()))
        self.move(corner)
        self.show()
        self._stop.setFocus()

    def _add_rows(self) -> None:
        machine = (
            ("device", self.tr("Device")),
            ("memory", self.tr("DeepStudio uses")),
            ("free", self.tr("Free memory")),
        )
        lanes = tuple((name, translate_sentence(title, "status")) for name, title in LANE_TITLES.items())
        for grid, rows in ((self._machine, machine), (self._lanes, lanes)):
            for index, (name, title) in enumerate(rows):
                self._values[name] = label("", wrap=True)
                grid.addWidget(label(title, "muted"), index, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(self._values[name], index, 1)

    @Slot()
    def _on_load_changed(self) -> None:
        if self.isVisible():
            self._show_load()

    def _show_load(self) -> None:
        load = self._strip.load
        device = load.device
        self._values["device"].setText(device.name if device is not None else self.tr("Chosen with the first job"))
        self._values["memory"].setText(file_size(load.memory))
        self._values["free"].setText(file_size(psutil.virtual_memory().available))
        for name in LANE_TITLES:
            queued, running = load.lanes.get(name, (0, ""))
            text = translate_sentence(running, "status") if running else self.tr("Idle")
            if queued:
                text += "\n" + self.tr("{count} waiting").format(count=queued)
            self._values[name].setText(text)
        self._stop.setEnabled(load.jobs > 0)
