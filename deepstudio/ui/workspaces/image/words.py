"""Numbers as the image workspace words them, by the user's locale. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

_ALMOST = 0.9995
_UNIT = "\N{NO-BREAK SPACE}%"


def percent(share: float) -> str:
    """Return `share` (0..1) as a percentage that never claims certainty: 99.97 % is not rounded up to 100 %."""
    locale = QLocale()
    if _ALMOST <= share < 1.0:
        return f">\N{NO-BREAK SPACE}{locale.toString(99.9, 'f', 1)}{_UNIT}"
    return f"{locale.toString(100.0 * share, 'f', 1)}{_UNIT}"


def milliseconds(value: float) -> str:
    """Return `value` in milliseconds with as many digits as mean something."""
    text = QLocale().toString(value, "f", 1 if value < 100 else 0)
    return QCoreApplication.translate("units", "%1 ms").replace("%1 ", "%1\N{NO-BREAK SPACE}").replace("%1", text)


def whole_number(value: int) -> str:
    """Return `value` with the separators of the user's locale."""
    return QLocale().toString(value)
