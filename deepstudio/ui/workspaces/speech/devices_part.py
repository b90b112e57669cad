"""Which microphones there are, looked for again when the system says that something was plugged in. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from deepstudio.audio.devices import Microphone
from deepstudio.core.listen_messages import LookForMicrophones

_SOUND_DEVICES = Path("/dev/snd")
"""Where Linux keeps its sound devices; other systems are asked when the user asks."""
_SETTLE_MS = 700
"""A device comes as several files, one after another."""


class DevicesPart(QObject):
    """`found` brings the microphones; `silent` a `Failure` where the sound system does not answer at all."""

    found = Signal(object)
    silent = Signal(object)
    plugged = Signal()
    """Something was plugged in or out: the list should be read anew as soon as no microphone is open."""

    def __init__(self, services: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.plugged)
        self._watcher = QFileSystemWatcher(self)
        if _SOUND_DEVICES.is_dir():
            self._watcher.addPath(str(_SOUND_DEVICES))
        self._watcher.directoryChanged.connect(self._settling.start)

    def look(self, *, anew: bool = False) -> None:
        """List the microphones; `anew` asks the system itself, which is possible only while none is open."""
        handle = self._services.jobs.submit(
            self._services.listener.microphones,
            LookForMicrophones(anew=anew),
            lane="audio" if anew else "files",
            supersede="speech.devices",
            title=self.tr("Look for microphones"),
        )
        handle.done.connect(self._on_found)
        handle.failed.connect(self.silent)

    @Slot(object)
    def _on_found(self, microphones: tuple[Microphone, ...]) -> None:
        self.found.emit(microphones)
