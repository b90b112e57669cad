"""How much memory the data take once they are read. Any thread."""

from __future__ import annotations

from collections.abc import Iterator

import psutil

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks.finding import Finding, Severity
from deepstudio.data.checks.registry import Material, register_check

_MUCH = 0.5


def data_bytes(count: int, height: int, width: int, channels: int) -> int:
    """Return the bytes of `count` pictures as uint8, as they lie in memory while a run goes on."""
    return count * height * width * channels


@register_check("data-memory", QT_TRANSLATE_NOOP("checks", "Memory for the data"))
def data_memory(material: Material) -> Iterator[Finding]:
    """Yield how much memory reading the data takes: twice their size for a moment, while they are put together."""
    shape = material.request.preprocessing
    needed = data_bytes(len(material.samples), shape.height, shape.width, shape.channels)
    available = psutil.virtual_memory().available
    share = 2 * needed / available
    severity = Severity.BLOCKS if share > 1 else Severity.WARNS if share > _MUCH else Severity.INFO
    if severity is Severity.INFO:
        return
    yield Finding(
        check="data-memory",
        severity=severity,
        sentence=QT_TRANSLATE_NOOP(
            "checks", "The pictures need {needed} of memory while they are read; {available} are free."
        ),
        values={"needed": in_words(2 * needed), "available": in_words(available)},
    )


def in_words(size: float) -> str:
    """Return a number of bytes as a person reads it."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"
