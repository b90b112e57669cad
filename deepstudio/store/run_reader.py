"""The reading half of the store of runs. Any thread; several milliseconds at most where nothing else is said."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from deepstudio.core.errors import UnknownNameError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store import run_chunks, run_envelope, run_remove
from deepstudio.store.run_columns import Columns
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_filter import Haystack, haystack, parse_filter
from deepstudio.store.run_follow import Cursor, follow
from deepstudio.store.run_pyramid import Envelope
from deepstudio.store.run_rows import (
    EVENT_COLUMNS,
    MEDIA_COLUMNS,
    METRIC_COLUMNS,
    RUN_COLUMNS,
    EventRow,
    MediaInfo,
    MetricInfo,
    News,
    RunRow,
    Usage,
    event_row,
    media_info,
    metric_info,
    run_row,
)


class RunReader:
    """What can be asked of the runs in a database. Every method may raise StoreError."""

    def __init__(self, database: RunDatabase) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._rows: dict[int, tuple[RunRow, Haystack]] = {}
        self._rows_sequence = 0

    def run(self, run_id: str) -> RunRow:
        """Return one run, deleted or not. Raises UnknownNameError."""
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {RUN_COLUMNS} FROM run WHERE id = ?", (run_id,)).fetchone()
        if row is None:
            raise unknown_run(run_id)
        return run_row(row)

    def find(self, text: str) -> RunRow:
        """Return the run of that id, start of an id (8 letters) or name (the newest). Raises UnknownNameError."""
        runs = self.runs()
        for run in runs:
            if run.id == text or (len(text) >= 8 and run.id.startswith(text)):
                return run
        for run in runs:
            if run.name == text:
                return run
        raise unknown_run(text)

    def runs(self, filter: str = "", *, deleted: bool = False) -> list[RunRow]:
        """Return the runs that pass the filter (see `run_filter`), newest first; the deleted ones instead if asked.

        Rows are kept in memory and only changed ones read again. Raises InputError for a wrong filter.
        """
        passes = parse_filter(filter)
        known = self._known_rows()
        found = [run for run, hay in known if (run.deleted is not None) == deleted and passes(run, hay)]
        found.sort(key=lambda run: (run.created, run.key), reverse=True)
        return found

    def metrics(self, run_id: str) -> list[MetricInfo]:
        """Return the metrics of a run by name. Raises UnknownNameError."""
        key = self._key(run_id)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {METRIC_COLUMNS} FROM metric WHERE run = ? ORDER BY name", (key,)
            ).fetchall()
        return [metric_info(row) for row in rows]

    def metric_table(self, names: Sequence[str]) -> dict[str, dict[str, MetricInfo]]:
        """Return the metrics of these names for every run that has one: run id to name to metric."""
        table: dict[str, dict[str, MetricInfo]] = {}
        columns = ", ".join(f"metric.{name.strip()}" for name in METRIC_COLUMNS.split(","))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT run.id, {columns} FROM run CROSS JOIN metric ON metric.run = run.key"
                f" WHERE metric.name IN ({', '.join('?' * len(names))})",
                tuple(names),
            )
            for run_id, *values in rows:
                info = metric_info(tuple(values))
                table.setdefault(run_id, {})[info.name] = info
        return table

    def metric_names(self) -> list[str]:
        """Return the names of all metrics of all runs."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT name FROM metric ORDER BY name").fetchall()
        return [name for (name,) in rows]

    def read(self, run_id: str, name: str, first: int | None = None, last: int | None = None) -> Columns:
        """Return the points of a metric with first <= step <= last, in the order they were written.

        A metric that does not exist has no points. Raises UnknownNameError for the run.
        """
        key = self._key(run_id)
        with self._database.reading() as connection:
            metric = _metric_id(connection, key, name)
            return Columns.empty() if metric is None else run_chunks.read(connection, metric, first, last)

    def read_all(self, run_id: str, names: Iterable[str] | None = None) -> dict[str, Columns]:
        """Return the points of all metrics of a run, or of those named, in one go. Raises UnknownNameError."""
        key = self._key(run_id)
        wanted = None if names is None else set(names)
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, name FROM metric WHERE run = ?", (key,)).fetchall()
            ids = {metric: name for metric, name in rows if wanted is None or name in wanted}
            return {ids[metric]: columns for metric, columns in run_chunks.read_many(connection, list(ids))}

    def read_pyramid(
        self, run_id: str, name: str, *, limit: int = 4096, first: int | None = None, last: int | None = None
    ) -> Envelope:
        """Return a metric as at most `limit` buckets of consecutive points, their least and greatest values exact.

        With `first` and `last`, buckets that have points within these steps. Raises UnknownNameError for the run.
        """
        key = self._key(run_id)
        with self._database.reading() as connection:
            return run_envelope.read(connection, _metric_id(connection, key, name), limit, first, last)

    def follow(self, cursor: Cursor) -> tuple[list[News], Cursor]:
        """Return what is new since `cursor`, and the cursor moved on (the same object). See `run_follow.Cursor`."""
        return follow(self._database, cursor), cursor

    def changed(self, sequence: int) -> int:
        """Return the number of the newest change of any process; it differs from `sequence` if there was one since."""
        return self._database.sequence()

    def events(self, run_id: str, after: int = 0) -> list[EventRow]:
        """Return the events of a run with an id beyond `after`, oldest first. Raises UnknownNameError."""
        key = self._key(run_id)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {EVENT_COLUMNS} FROM event WHERE run = ? AND id > ? ORDER BY id", (key, after)
            ).fetchall()
        return [event_row(row) for row in rows]

    def media(self, run_id: str, name: str | None = None, kinds: Sequence[str] | None = None) -> list[MediaInfo]:
        """Return the records of a run without their payloads, oldest first. Raises UnknownNameError."""
        sql = f"SELECT {MEDIA_COLUMNS} FROM media WHERE run = ?"
        values: list[Any] = [self._key(run_id)]
        if name is not None:
            sql, values = sql + " AND name = ?", [*values, name]
        if kinds is not None:
            sql, values = sql + f" AND kind IN ({', '.join('?' * len(kinds))})", [*values, *kinds]
        with self._database.reading() as connection:
            rows = connection.execute(sql + " ORDER BY id", values).fetchall()
        return [media_info(row) for row in rows]

    def media_payload(self, media_id: int) -> bytes:
        """Return what a record holds. Raises UnknownNameError if it is gone."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT payload FROM media WHERE id = ?", (media_id,)).fetchone()
        if row is None:
            raise unknown_run(str(media_id))
        return bytes(row[0])

    def copy_settings(self, run_id: str) -> dict[str, Any]:
        """Return the settings that the run was started with. Raises UnknownNameError."""
        return self.run(run_id).config

    def usage(self) -> dict[str, Usage]:
        """Return what each run takes on disk, run folders included. Reads folders: not for the GUI thread."""
        with self._database.reading() as connection:
            return run_remove.usage(connection)

    def _key(self, run_id: str) -> int:
        with self._database.reading() as connection:
            row = connection.execute("SELECT key FROM run WHERE id = ?", (run_id,)).fetchone()
        if row is None:
            raise unknown_run(run_id)
        return int(row[0])

    def _known_rows(self) -> list[tuple[RunRow, Haystack]]:
        with self._lock, self._database.reading() as connection:
            (sequence,) = connection.execute("SELECT value FROM counter").fetchone()
            if sequence != self._rows_sequence:
                self._take_rows(connection, self._rows_sequence)
                (count,) = connection.execute("SELECT count(*) FROM run").fetchone()
                if count != len(self._rows):  # some were purged
                    self._rows.clear()
                    self._take_rows(connection, 0)
                self._rows_sequence = sequence
            return list(self._rows.values())

    def _take_rows(self, connection: sqlite3.Connection, after: int) -> None:
        for row in connection.execute(f"SELECT {RUN_COLUMNS} FROM run WHERE sequence > ?", (after,)):
            run = run_row(row)
            self._rows[run.key] = (run, haystack(run))


def _metric_id(connection: sqlite3.Connection, run: int, name: str) -> int | None:
    row = connection.execute("SELECT id FROM metric WHERE run = ? AND name = ?", (run, name)).fetchone()
    return None if row is None else int(row[0])


def unknown_run(text: str) -> UnknownNameError:
    """Return the error for a run that does not exist."""
    return UnknownNameError(QT_TRANSLATE_NOOP("errors", "There is no run '{name}'."), name=text)
