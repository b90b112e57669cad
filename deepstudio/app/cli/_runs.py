"""What `deepstudio runs` understands and says: runs by name or id, their rows as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deepstudio.core.errors import InputError
from deepstudio.core.registry import unknown_name
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from deepstudio.store.runs import MetricInfo, RunRow, RunStore

_SHORTEST_ID = 4


def find_run(store: RunStore, text: str, *, deleted: bool = False, alone: bool = False) -> RunRow:
    """Return the run that `text` names: its id, the start of its id, or its name (the newest of that name).

    With `alone`, a name that several runs share is refused. Raises UnknownNameError, InputError.
    """
    rows = store.runs(deleted=deleted)
    exact = [row for row in rows if row.id == text]
    begun = [row for row in rows if len(text) >= _SHORTEST_ID and row.id.startswith(text)]
    named = [row for row in rows if row.name == text]
    found = exact or named or begun
    if not found:
        raise unknown_name("run", text, list(dict.fromkeys(row.name for row in rows)))
    if len(found) > 1 and (alone or not named):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{count} runs go by '{name}'."),
            fix=QT_TRANSLATE_NOOP("errors", "Name one by the start of its id: {ids}."),
            count=len(found),
            name=text,
            ids=", ".join(row.id[:12] for row in found[:6]),
        )
    return found[0]


class Lenient(dict[str, Any]):
    """Leaves `{name}` as it is where the value is missing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def summary(row: RunRow) -> dict[str, Any]:
    """Return what a list tells of a run."""
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "status": row.status,
        "created": row.created,
        "ended": row.ended,
        "seconds": row.duration,
        "tags": row.tags,
        "star": row.star,
        "config": row.config,
    }


def metric_record(info: MetricInfo) -> dict[str, Any]:
    """Return what is told of a metric."""
    return {
        "count": info.count,
        "first_step": info.first_step,
        "last_step": info.last_step,
        "last": info.last,
        "minimum": info.minimum,
        "maximum": info.maximum,
        "bad": info.nans + info.infinities,
    }


def about_lines(row: RunRow) -> list[str]:
    """Return a run's row for a person."""
    begun = datetime.fromtimestamp(row.created)
    lines = [
        f"{row.name} ({row.id})",
        f"status      {row.status}, {duration(row.duration)}, begun {begun:%Y-%m-%d %H:%M:%S}",
    ]
    lines += [f"tags        {', '.join(row.tags)}"] if row.tags else []
    lines += [f"notes       {row.notes}"] if row.notes else []
    lines += [f"folder      {row.folder}"] if row.folder else []
    lines += [f"commit      {row.git['commit'][:12]}"] if row.git.get("commit") else []
    lines += [f"  {name:<32} {value}" for name, value in _flat(row.config)]
    return lines


def _flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def duration(seconds: float) -> str:
    """Return seconds as 1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
