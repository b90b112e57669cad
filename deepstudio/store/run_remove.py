"""What runs take on disk, and removing them for good. Not for the GUI thread."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from deepstudio.store.run_chunks import key_range
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_rows import Usage
from deepstudio.store.run_schema import POINT_BITS

_FREE_PAGES = 4096
"""Pages given back to the disk in one go: other processes write in between."""


def usage(connection: sqlite3.Connection) -> dict[str, Usage]:
    """Return what each run takes, by id."""
    points = {
        run: (count, size)
        for run, count, size in connection.execute(
            "SELECT metric.run, total(chunk.count), total(length(chunk.data) + ifnull(length(chunk.summary), 0))"
            f" FROM chunk JOIN metric ON metric.id = chunk.key >> {POINT_BITS} GROUP BY metric.run"
        )
    }
    media = dict(connection.execute("SELECT run, total(size) FROM media GROUP BY run"))
    found = {}
    for key, run_id, folder in connection.execute("SELECT key, id, folder FROM run").fetchall():
        count, size = points.get(key, (0, 0))
        found[run_id] = Usage(
            points=int(count),
            points_bytes=int(size),
            media_bytes=int(media.get(key, 0)),
            folder_bytes=_folder_bytes(folder),
        )
    return found


def purge(database: RunDatabase, run_ids: Iterable[str] | None, *, folders: bool) -> int:
    """Remove runs of the bin for good: all of them, or these. Returns how many. Raises StoreError."""
    wanted = None if run_ids is None else set(run_ids)
    with database.reading() as connection:
        rows = connection.execute("SELECT key, id, kind, folder FROM run WHERE deleted IS NOT NULL").fetchall()
    removed = 0
    for key, run_id, kind, folder in rows:
        if wanted is not None and run_id not in wanted:
            continue
        with database.writing() as (connection, _):
            _remove(connection, key)
        removed += 1
        if folders and kind == "deepstudio" and is_run_folder(folder):
            shutil.rmtree(folder, ignore_errors=True)
    if removed:
        _give_back(database)
    return removed


def _remove(connection: sqlite3.Connection, run: int) -> None:
    for (metric,) in connection.execute("SELECT id FROM metric WHERE run = ?", (run,)).fetchall():
        connection.execute("DELETE FROM chunk WHERE key >= ? AND key < ?", key_range(metric))
    for table in ("metric", "event", "media"):
        connection.execute(f"DELETE FROM {table} WHERE run = ?", (run,))
    connection.execute("DELETE FROM run WHERE key = ?", (run,))


def _give_back(database: RunDatabase) -> None:
    while True:
        with database.writing() as (connection, _):
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            if not free:
                return
            connection.execute(f"PRAGMA incremental_vacuum({_FREE_PAGES})").fetchall()
            (left,) = connection.execute("PRAGMA freelist_count").fetchone()
        if left in (0, free):
            return


def is_run_folder(folder: str) -> bool:
    """Return whether DeepStudio made the folder for a run: nothing else may ever be removed with a run."""
    return bool(folder) and (Path(folder) / "run.json").is_file()


def _folder_bytes(folder: str) -> int:
    total = 0
    if folder and Path(folder).is_dir():
        for place, _, files in os.walk(folder):
            for name in files:
                with contextlib.suppress(OSError):
                    total += os.lstat(os.path.join(place, name)).st_size
    return total
