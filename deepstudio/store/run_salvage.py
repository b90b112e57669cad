"""A damaged store is kept aside, and what can be read of it goes into a new one. Not for the GUI thread when large.

Damage sits in pages: a table is read forwards up to the first bad page and backwards down to the last, chunk by chunk
where that is not enough. A chunk that cannot be read is a gap in one metric, nothing more.
"""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from deepstudio.store.run_chunks import append, key_range
from deepstudio.store.run_columns import Columns, decode, is_whole
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import StoreError, damage_mark, store_error
from deepstudio.store.run_metrics import MetricState, save_state

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What became of a damaged store: where it lies now, and how much of it was saved."""

    kept: Path
    runs: int
    points: int
    complete: bool
    """False if some rows could not be read."""


def rebuild(path: Path, error: StoreError, *, busy_seconds: float) -> tuple[RunDatabase, SalvageReport]:
    """Keep the damaged file aside and return a new store with what could be saved. Raises StoreError."""
    kept = path.with_name(f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    _log.warning("%s It is kept as %s.", error, kept.name)
    try:
        _move_aside(path, kept)
    except OSError as refused:
        wrapped = sqlite3.OperationalError(str(refused))
        wrapped.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise store_error(wrapped, path) from refused
    damage_mark(path).unlink(missing_ok=True)
    database = RunDatabase(path, busy_seconds=busy_seconds)
    report = _Salvage(kept, database).run()
    _log.warning("%d runs with %d points were saved from %s.", report.runs, report.points, kept.name)
    return database, report


def _move_aside(path: Path, kept: Path) -> None:
    for suffix in ("-wal", "-shm"):
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            journal.replace(kept.with_name(kept.name + suffix))
    if path.exists():
        path.replace(kept)


class _Salvage:
    """Copies what can be read of the file `kept` into `database`."""

    def __init__(self, kept: Path, database: RunDatabase) -> None:
        self._kept = kept
        self._database = database
        self._complete = True
        self._points = 0
        self._parts: dict[str, dict[int, list[dict[str, Any]]]] = {}

    def run(self) -> SalvageReport:
        """Copy and report; a file that cannot be read at all gives an empty report."""
        saved: set[int] = set()
        old = sqlite3.connect(self._kept, isolation_level=None)
        try:
            old.execute("PRAGMA query_only = ON")
            self._parts = {name: self._by_run(old, name) for name in ("metric", "event", "media")}
            for row in self._rows(old, "run", "key"):
                key = row["key"]
                if self._copy_run(old, row):
                    saved.add(key)
            for key in sorted(self._parts["metric"].keys() - saved):
                self._complete = False
                if self._copy_run(old, self._unknown_run(key)):
                    saved.add(key)
        except sqlite3.Error as error:
            self._complete = False
            _log.warning("%s cannot be read any further: %s", self._kept.name, error)
        finally:
            old.close()
        return SalvageReport(kept=self._kept, runs=len(saved), points=self._points, complete=self._complete)

    def _by_run(self, old: sqlite3.Connection, table: str) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for row in self._rows(old, table, "id"):
            found.setdefault(row["run"], []).append(row)
        return found

    def _unknown_run(self, key: int) -> dict[str, Any]:
        """Return a row for a run whose own row is lost while its metrics are not."""
        metrics = self._parts["metric"][key]
        began = min(metric["first_wall"] for metric in metrics)
        ended = max(metric["last_wall"] for metric in metrics)
        return {
            "key": key,
            "id": uuid.uuid4().hex,
            "name": f"recovered-{key}",
            "kind": "deepstudio",
            "status": "interrupted",
            "created": began,
            "heartbeat": ended,
            "ended": ended,
        }

    def _copy_run(self, old: sqlite3.Connection, row: dict[str, Any]) -> bool:
        key = row.pop("key")
        row["writer"] = ""
        try:
            with self._database.writing() as (connection, sequence):
                row["sequence"] = sequence
                new_key = _insert(connection, "run", row)
                for metric in self._parts["metric"].get(key, ()):
                    self._copy_metric(old, connection, metric, new_key, sequence)
                for table in ("event", "media"):
                    for record in self._parts[table].get(key, ()):
                        _insert(connection, table, {**record, "id": None, "run": new_key})
        except (sqlite3.IntegrityError, sqlite3.InterfaceError) as error:
            self._complete = False
            _log.warning("A run could not be saved: %s", error)
            return False
        return True

    def _copy_metric(
        self, old: sqlite3.Connection, connection: sqlite3.Connection, row: dict[str, Any], run: int, sequence: int
    ) -> None:
        metric = row["id"]
        new_id = _insert(connection, "metric", {"run": run, "name": row["name"], "sequence": sequence})
        state = MetricState(id=new_id, tail=[])
        for columns in self._chunks(old, metric):
            append(connection, state, columns, sequence)
        save_state(connection, state, sequence)
        self._points += state.count
        if state.count != row["count"]:
            self._complete = False

    def _chunks(self, old: sqlite3.Connection, metric: int) -> Iterator[Columns]:
        low, high = key_range(metric)
        keys = self._readable(
            lambda order: old.execute(
                f"SELECT key FROM chunk WHERE key >= ? AND key < ? ORDER BY key {order}", (low, high)
            )
        )
        for (key,) in keys:
            try:
                (data,) = old.execute("SELECT data FROM chunk WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error:
                self._complete = False
                continue
            if is_whole(data):
                yield decode(data)
            else:
                self._complete = False

    def _rows(self, old: sqlite3.Connection, table: str, key: str) -> Iterator[dict[str, Any]]:
        names = [row[1] for row in self._until_bad(lambda: old.execute(f"PRAGMA table_info({table})"))[0]]

        def select(order: str) -> sqlite3.Cursor:
            return old.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {key} {order}")

        for row in self._readable(select):
            yield dict(zip(names, row, strict=True))

    def _readable(self, select: Callable[[str], sqlite3.Cursor]) -> list[tuple[Any, ...]]:
        """Return the rows up to the first bad page, then those after the last; the first column is the key."""
        front, good = self._until_bad(lambda: select("ASC"))
        if good:
            return front
        self._complete = False
        back, _ = self._until_bad(lambda: select("DESC"))
        seen = {row[0] for row in front}
        return front + [row for row in reversed(back) if row[0] not in seen]

    def _until_bad(self, select: Callable[[], sqlite3.Cursor]) -> tuple[list[tuple[Any, ...]], bool]:
        rows: list[tuple[Any, ...]] = []
        try:
            # One by one: what came before the bad page is kept.
            for row in select():
                rows.append(row)
        except sqlite3.Error:
            return rows, False
        return rows, True


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
