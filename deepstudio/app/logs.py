"""Where the log goes: one rotating file in the user's log folder. Any thread after `start_log`."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from deepstudio.core.paths import log_dir

_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_MAX_BYTES = 1_000_000
_BACKUPS = 3
_handler: logging.Handler | None = None


def log_path() -> Path:
    """Return the path of the log file (it may not exist yet)."""
    return log_dir() / "deepstudio.log"


def start_log(level: int = logging.INFO) -> logging.Handler:
    """Send this process's log and its Python warnings to the log file, made when the first line is written.

    A folder that cannot be written costs the log, not the program: then nothing is kept. Returns the handler.
    A second call only changes the level.
    """
    global _handler
    root = logging.getLogger()
    if _handler is not None:
        root.setLevel(level)
        return _handler
    handler: logging.Handler
    try:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_path(), maxBytes=_MAX_BYTES, backupCount=_BACKUPS, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    root.setLevel(level)
    # A full disk while logging must not print tracebacks over a command's output.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    _handler = handler
    return handler
