"""What could not be written when a program ended, kept in a file of its own until the store can take it in.

The rescue file is a small store beside the large one, or in the temporary folder where that one cannot be written.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

from deepstudio.store.run_batch import Batch
from deepstudio.store.run_chunks import read_many
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import StoreError
from deepstudio.store.run_pending import EventDraft, MediaDraft, PendingRun
from deepstudio.store.run_rows import EVENT_COLUMNS, event_row, from_json

_log = logging.getLogger(__name__)

_ROW = "status, ended, heartbeat, name, notes, tags, config, environment, model"
_PLACEHOLDER = "rescue"


def save(path: Path, left: Mapping[str, PendingRun]) -> None:
    """Write what waits for the store at `path` into a rescue file. Raises StoreError if that fails everywhere."""
    failed: StoreError | None = None
    for folder in (path.parent, Path(tempfile.gettempdir())):
        # Another name until it is complete: a store that opens meanwhile must not take in half of it.
        target = folder / f"{_prefix(path)}{uuid.uuid4().hex}.part"
        try:
            _write(target, left)
        except StoreError as error:
            failed = error
            _drop(target)
            continue
        target.replace(target.with_suffix(".db"))
        _log.warning("What could not be written to %s was kept in %s.", path, target.with_suffix(".db"))
        return
    assert failed is not None
    raise failed


def take_in(database: RunDatabase) -> int:
    """Write what rescue files hold into the store and remove them; returns how many. Never raises for one of them."""
    taken = 0
    for path in _files(database.path):
        try:
            _take_in_one(database, path)
            taken += 1
        except StoreError as error:
            _log.warning("The rescue file %s waits on: %s", path, error)
    return taken


def _write(target: Path, left: Mapping[str, PendingRun]) -> None:
    database = RunDatabase(target)
    try:
        now = time.time()
        with database.writing() as (connection, sequence):
            for run_id in left:
                connection.execute(
                    "INSERT INTO run (id, name, kind, status, created, heartbeat, sequence)"
                    " VALUES (?, '', ?, '', ?, ?, ?)",
                    (run_id, _PLACEHOLDER, now, now, sequence),
                )
        Batch(database).commit(left)
        with database.reading() as connection:
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN")
    finally:
        database.close()


def _take_in_one(database: RunDatabase, path: Path) -> None:
    # Of two programs that start at once, the one that renames the file takes it in.
    mine = path.with_suffix(".taken")
    try:
        path.replace(mine)
    except OSError:
        return
    rescue = RunDatabase(mine)
    try:
        with rescue.reading() as connection:
            pending = {run_id: _pending(connection, key) for key, run_id in _runs(connection)}
        Batch(database).commit(pending)
    except BaseException:
        rescue.close()
        mine.replace(path)
        raise
    rescue.close()
    _drop(mine)


def _runs(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT key, id FROM run").fetchall()


def _pending(connection: sqlite3.Connection, key: int) -> PendingRun:
    pending = PendingRun(compact=True)
    names = dict(connection.execute("SELECT id, name FROM metric WHERE run = ?", (key,)))
    for metric, columns in read_many(connection, list(names)):
        pending.buffer(names[metric]).extend(columns)
    for row in connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE run = ? ORDER BY id", (key,)):
        event = event_row(row)
        pending.events.append(
            EventDraft(
                kind=event.kind, step=event.step, wall=event.wall, level=event.level, text=event.text, data=event.data
            )
        )
    rows = connection.execute(
        "SELECT name, step, wall, kind, payload, meta FROM media WHERE run = ? ORDER BY id", (key,)
    )
    for name, step, wall, kind, payload, meta in rows:
        pending.media.append(
            MediaDraft(name=name, step=step, wall=wall, kind=kind, payload=payload, meta=from_json(meta))
        )
    pending.changes.update(_changes(connection, key))
    return pending


def _changes(connection: sqlite3.Connection, key: int) -> dict[str, object]:
    """Return the columns that were really handed in: the placeholder's own say nothing."""
    names = [name.strip() for name in _ROW.split(",")]
    row = dict(zip(names, connection.execute(f"SELECT {_ROW} FROM run WHERE key = ?", (key,)).fetchone(), strict=True))
    if row["status"] == "":
        row = {name: value for name, value in row.items() if name not in ("status", "ended", "heartbeat")}
    elif row["ended"] is None:
        row.pop("ended")
    empty = ("", "{}", "[]")
    return {name: value for name, value in row.items() if value not in empty}


def _prefix(path: Path) -> str:
    # In the temporary folder the rescue files of several stores may lie side by side.
    return f"{path.stem}-rescue-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}-"


def _files(path: Path) -> Iterator[Path]:
    for folder in (path.parent, Path(tempfile.gettempdir())):
        yield from sorted(folder.glob(f"{_prefix(path)}*.db"))


def _drop(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
