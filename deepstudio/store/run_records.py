"""Rows of runs, events and media written and read: functions of a connection inside a transaction. Any thread."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from typing import Any

from deepstudio.store.run_pending import EventDraft, MediaDraft
from deepstudio.store.run_process import host_name, own_mark
from deepstudio.store.run_rows import Status, storable, to_json

_CHANGEABLE = (
    "name", "status", "config", "environment", "git", "tags", "notes", "star", "colour", "pinned", "hidden", "deleted",
    "folder", "model", "created", "ended", "heartbeat", "host", "pid", "process",
)  # fmt: skip


def row_values(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `changes` of a run's row as SQLite takes them. Raises TypeError for a column that cannot be changed."""
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in _CHANGEABLE:
            raise TypeError(f"a run has no changeable field {name!r}")
        if name in ("config", "environment", "git"):
            value = to_json(value)
        elif name == "tags":
            value = json.dumps(list(dict.fromkeys(str(tag) for tag in value)), ensure_ascii=False)
        elif name == "status":
            value = Status(value).value
        elif name in ("star", "pinned", "hidden"):
            value = int(bool(value))
        values[name] = storable(value) if isinstance(value, str) else value
    return values


def claim_values(status: Status = Status.RUNNING) -> dict[str, Any]:
    """Return the columns that say: this process is at work on the run."""
    pid, mark = own_mark()
    return {
        "status": status.value,
        "pid": pid,
        "process": mark,
        "host": host_name(),
        "heartbeat": time.time(),
        "ended": None,
    }


def end_values(status: Status) -> dict[str, Any]:
    """Return the columns that say: the run has ended so."""
    now = time.time()
    return {"status": status.value, "ended": now, "heartbeat": now}


def update_run(connection: sqlite3.Connection, run_id: str, values: Mapping[str, Any], sequence: int) -> bool:
    """Change columns of a run's row; False if there is no such run. `values` as of `row_values`."""
    names = ", ".join(f"{name} = ?" for name in values)
    cursor = connection.execute(
        f"UPDATE run SET {names}, sequence = ? WHERE id = ?", (*values.values(), sequence, run_id)
    )
    return cursor.rowcount > 0


def add_events(connection: sqlite3.Connection, run: int, events: Iterable[EventDraft]) -> None:
    """Append events to a run."""
    connection.executemany(
        "INSERT INTO event (run, step, wall, kind, level, text, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(run, e.step, e.wall, e.kind, e.level, storable(e.text), to_json(e.data)) for e in events],
    )


def add_media(connection: sqlite3.Connection, run: int, media: Iterable[MediaDraft]) -> None:
    """Append records to a run."""
    connection.executemany(
        "INSERT INTO media (run, name, kind, step, wall, size, meta, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(run, m.name, m.kind, m.step, m.wall, len(m.payload), to_json(m.meta), m.payload) for m in media],
    )
