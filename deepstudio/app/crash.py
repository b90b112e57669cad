"""What happens to an error that nobody caught: the log, and a message in the window. The program goes on."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from deepstudio.core.failures import failure_from
from deepstudio.core.paths import log_dir

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")
_PLATFORM_LACKS = "This plugin does not support"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Takes the hooks of Python and Qt while installed; `happened` brings a `Failure` from any thread."""

    happened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._file: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Take the hooks, and let a crash of native code write every thread's stack to crash.log."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(_on_qt_message)
        with contextlib.suppress(OSError):
            log_dir().mkdir(parents=True, exist_ok=True)
            self._file = open(log_dir() / "crash.log", "a", encoding="utf-8")  # noqa: SIM115 - open until the end
            faulthandler.enable(self._file)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        failure = failure_from(error)
        _log.error("Not caught:\n%s", failure.details)
        self.happened.emit(failure)

    def _on_thread_error(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            self._on_error(what.exc_type, what.exc_value, what.exc_traceback)

    def _on_unraisable(self, what: sys.UnraisableHookArgs) -> None:
        if what.exc_value is not None:
            _log.error("Ignored in %r:\n%s", what.object, failure_from(what.exc_value).details)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    # What the platform lacks (the offscreen one lacks much) is nothing that the user could mend.
    level = logging.DEBUG if text.startswith(_PLATFORM_LACKS) else _LEVELS.get(kind, logging.WARNING)
    _qt_log.log(level, "%s", text)
