"""The program with its window: from the command line to the exit code."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    # On Windows torch's libraries must be loaded before Qt's, or they find the wrong runtime. Elsewhere the window is
    # visible before torch is imported.
    import torch  # noqa: F401

import argparse
import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

import deepstudio
from deepstudio.app.crash import CrashReporter
from deepstudio.app.engine import WarmUp
from deepstudio.app.garbage import GarbageCollector
from deepstudio.app.language import Language
from deepstudio.app.logs import start_log
from deepstudio.app.wiring import Services, build_services
from deepstudio.core.device import DeviceInfo
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.ui.main_window import MainWindow
from deepstudio.ui.presenters.training_jobs import FindInterrupted, find_interrupted

if TYPE_CHECKING:
    from deepstudio.store.runs import RunRow

_log = logging.getLogger(__name__)
_SHUTDOWN_MS = 5000


class FirstPaint(QObject):
    """Emits `painted` once, when a window's first picture has been drawn and handed to the screen."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first paint pass by; it is done at the next turn of the event loop."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False

    @Slot()
    def _on_painted(self) -> None:
        self.painted.emit()


class StopSignals(QObject):
    """Turns Ctrl-C and SIGTERM into closing the window: Python's handler alone would wait for the next Python code."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _ignore) for number in (signal.SIGINT, signal.SIGTERM)}

    @Slot()
    def _on_activated(self) -> None:
        self._reader.recv(64)
        self.asked.emit()

    def remove(self) -> None:
        """Give the signals back."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()


class WindowProgram(QObject):
    """Application, services and window, in the order in which they come and go."""

    ready = Signal()
    """The predict lane has loaded torch and the last used model (or could not)."""

    def __init__(self) -> None:
        super().__init__()
        self._paths: list[Path] = []
        self.device: DeviceInfo | None = None
        """What computes, once that is known."""
        self.app = make_application()
        self.crash = CrashReporter()
        self.crash.install()
        self.garbage = GarbageCollector()
        self.services: Services = build_services()
        self.language = Language(self.app, self.services.settings)
        self.services.theme.apply(self.app)
        self.window = MainWindow(self.services)
        self.first_paint = FirstPaint(self.window)
        self.crash.happened.connect(self.window.show_failure)
        self.stop_signals = StopSignals(self)
        self.stop_signals.asked.connect(self.window.close)

    def run(self, paths: Sequence[Path]) -> int:
        """Show the window, open `paths`, and return the exit code after it was closed."""
        self._paths = list(paths)
        self.first_paint.painted.connect(self._on_first_paint)
        self.window.show()
        code = self.app.exec()
        return self.close(code)

    @Slot()
    def _on_first_paint(self) -> None:
        """Only now: what is opened makes the lane import torch, and the window comes before that."""
        if self._paths:
            self.window.open_paths(self._paths)
        self.warm_up()

    def warm_up(self) -> None:
        """Let the predict lane import torch and load the model used last, so that the first answer is quick."""
        self.garbage.freeze()
        model = self.services.settings.current.answers.image_model
        known = {entry.name for entry in self.services.library.entries() if entry.failure is None}
        handle = self.services.jobs.submit(
            self.services.predictor.warm_up,
            WarmUp(models=(model,) if model in known else ()),
            lane="predict",
            title=QT_TRANSLATE_NOOP("status", "Getting ready"),
        )
        handle.done.connect(self._on_device)
        handle.ended.connect(self._on_warm)

    @Slot(object)
    def _on_device(self, device: DeviceInfo) -> None:
        self.device = device
        _log.info("Networks run on %s: %s.", device.kind, device.name)
        self.window.show_device(device)

    @Slot()
    def _on_warm(self) -> None:
        self.garbage.freeze()
        handle = self.services.jobs.submit(
            find_interrupted,
            FindInterrupted(open_store=self.services.open_store),
            lane="files",
            title=QT_TRANSLATE_NOOP("status", "Looking for unfinished runs"),
        )
        handle.done.connect(self._on_interrupted)
        self.ready.emit()

    @Slot(object)
    def _on_interrupted(self, rows: tuple[RunRow, ...]) -> None:
        """Offer to go on with the last run that a crash ended; Train and Runs show the others, and this one, too."""
        if not rows or self.services.training.active or self.window.host.current() in ("train", "runs"):
            return
        words = self.tr("“{name}” was interrupted in training. It can go on where it stood.").format(name=rows[0].name)
        self.window.toasts.offer(words, self.tr("Go on training"), partial(self._resume, rows[0].id))

    def _resume(self, run_id: str) -> None:
        self.window.show_workspace("train")
        self.window.workspace("train").receive("resume", run_id)

    def close(self, code: int) -> int:
        """Stop the lanes and give everything back. A job that does not stop is left behind with the process."""
        stopped = self.services.jobs.shutdown(_SHUTDOWN_MS)
        self.services.open_store.close()
        shiboken6.delete(self.window)  # while the application is still there
        self.garbage.stop()
        self.stop_signals.remove()
        self.crash.remove()
        if not stopped:
            logging.shutdown()
            os._exit(code)
        return code


def make_application() -> QApplication:
    """Return the QApplication, with the one place where its names and the scaling policy are set."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("deepstudio")
    app.setApplicationDisplayName("DeepStudio")
    app.setApplicationVersion(deepstudio.__version__)
    app.setOrganizationName("deepstudio")
    app.setDesktopFileName("deepstudio")
    return app


def main(argv: Sequence[str] | None = None, *, prepare: Callable[[WindowProgram], object] | None = None) -> int:
    """Open the window with the files in `argv` and return the exit code.

    `prepare` sees the program before the window is shown; benchmarks and the self-check hook in there.
    """
    parser = argparse.ArgumentParser(prog="deepstudio", allow_abbrev=False)
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="files and folders to open")
    parser.add_argument("--self-check", action="store_true", help="open the window, try each workspace, and quit")
    arguments = parser.parse_args(argv)
    start_log()
    _log.info("DeepStudio %s starts.", deepstudio.__version__)
    program = WindowProgram()
    if prepare is not None:
        prepare(program)
    if arguments.self_check:
        from deepstudio.app.selfcheck import SelfCheck

        check = SelfCheck(program)
        check.start()
    return program.run(arguments.paths)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Keep the default handlers from ending the process; the notifier does the work."""
