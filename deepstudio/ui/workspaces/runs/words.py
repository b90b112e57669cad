"""Numbers, times and states of runs as a person reads them. GUI thread only."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_rows import Status

STATUS_WORDS = {
    Status.RUNNING: QT_TRANSLATE_NOOP("runs", "Running"),
    Status.PAUSED: QT_TRANSLATE_NOOP("runs", "Paused"),
    Status.FINISHED: QT_TRANSLATE_NOOP("runs", "Finished"),
    Status.STOPPED: QT_TRANSLATE_NOOP("runs", "Stopped"),
    Status.FAILED: QT_TRANSLATE_NOOP("runs", "Failed"),
    Status.INTERRUPTED: QT_TRANSLATE_NOOP("runs", "Interrupted"),
}
STATUS_ROLES = {
    Status.RUNNING: "accent",
    Status.PAUSED: "warning",
    Status.FINISHED: "success",
    Status.STOPPED: "text_faint",
    Status.FAILED: "danger",
    Status.INTERRUPTED: "warning",
}
KIND_WORDS = {
    "deepstudio": QT_TRANSLATE_NOOP("runs", "DeepStudio"),
    "monitor": QT_TRANSLATE_NOOP("runs", "Own program"),
    "tensorboard": QT_TRANSLATE_NOOP("runs", "TensorBoard"),
}


def word(text: str) -> str:
    """Return a marked word of this workspace in the user's language."""
    return QCoreApplication.translate("runs", text)


def status_word(status: Status) -> str:
    """Return the state of a run."""
    return word(STATUS_WORDS[status])


def kind_word(kind: str) -> str:
    """Return where a run comes from."""
    return word(KIND_WORDS.get(kind, kind))


def number(value: float) -> str:
    """Return a measured value with four digits that count; NaN and infinity by their names."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.4g}".replace("-", "−")


def moment(seconds: float) -> str:
    """Return a time of the clock, short, in the user's way of writing."""
    stamp = QDateTime.fromMSecsSinceEpoch(int(seconds * 1e3))
    return QLocale().toString(stamp, QLocale.FormatType.ShortFormat)


def duration(seconds: float) -> str:
    """Return a span such as "12 s", "4:05 min", "3:20 h" or "2.5 d"."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    if whole < 2 * 86400:
        return f"{whole // 3600}:{whole % 3600 // 60:02d} h"
    return f"{seconds / 86400:.1f} d"


def setting(value: Any) -> str:
    """Return the value of a setting in one line."""
    if isinstance(value, bool):
        return word(QT_TRANSLATE_NOOP("runs", "yes")) if value else word(QT_TRANSLATE_NOOP("runs", "no"))
    if isinstance(value, float):
        return number(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(setting(item) for item in value)
    return "" if value is None else str(value)
