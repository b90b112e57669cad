"""One transaction of what writers handed in, and what is remembered of the runs between two of them.

The committer's thread, or whoever takes a rescue file in.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import uuid
from collections.abc import Mapping

from deepstudio.store.run_chunks import append, compact
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_metrics import MetricState, load_states, new_state
from deepstudio.store.run_pending import PendingRun
from deepstudio.store.run_records import add_events, add_media, update_run
from deepstudio.store.run_sift import Refused, event_of, is_of_the_data, keep, write_pieces

_log = logging.getLogger(__name__)


class RunState:
    """What the committer remembers of a run between two transactions."""

    __slots__ = ("generation", "key", "metrics")

    def __init__(self, key: int, generation: int, metrics: dict[str, MetricState]) -> None:
        self.key = key
        self.generation = generation
        self.metrics = metrics


class Batch:
    """Writes pending changes into a database and remembers its metrics, so that a commit reads next to nothing."""

    def __init__(self, database: RunDatabase) -> None:
        self.database = database
        self._token = uuid.uuid4().hex
        self._runs: dict[str, RunState] = {}

    def commit(self, pending: Mapping[str, PendingRun]) -> int:
        """Write all of `pending` in one transaction, or nothing of it. Raises StoreError.

        What the store never takes is set aside; returns how many such records there were, usually none.
        """
        try:
            self._write(pending)
        except Exception as error:
            if not is_of_the_data(error):
                raise
            _log.warning("Something cannot be stored: %r", error)
            return self._write_in_pieces(pending)
        return 0

    def _write(self, pending: Mapping[str, PendingRun]) -> None:
        try:
            with self.database.writing() as (connection, sequence):
                for run_id, changes in pending.items():
                    self._write_run(connection, run_id, changes, sequence)
        except BaseException:
            self._runs.clear()  # what was remembered may not be on disk
            raise

    def _write_in_pieces(self, pending: Mapping[str, PendingRun]) -> int:
        refused: list[Refused] = []
        try:
            with self.database.writing() as (connection, sequence):
                for run_id, changes in pending.items():
                    refused += self._write_pieces(connection, run_id, changes, sequence)
        finally:
            self._runs.clear()
        if refused:
            keep(self.database.path, refused)
        return len(refused)

    def _write_pieces(
        self, connection: sqlite3.Connection, run_id: str, pending: PendingRun, sequence: int
    ) -> list[Refused]:
        def write(piece: PendingRun) -> None:
            self._runs.clear()  # the piece before may have been undone
            self._write_run(connection, run_id, piece, sequence)

        refused = write_pieces(connection, run_id, pending, write)
        if refused:
            write(PendingRun(events=[event_of(self.database.path, refused, time.time())]))
        return refused

    def _write_run(self, connection: sqlite3.Connection, run_id: str, pending: PendingRun, sequence: int) -> None:
        state = self._state(connection, run_id)
        if state is None:
            _log.warning("The run %s was deleted while something was still written to it.", run_id)
            return
        for name, buffer in pending.points.items():
            metric = state.metrics.get(name)
            if metric is None:
                metric = state.metrics[name] = new_state(connection, state.key, name, sequence)
            append(connection, metric, buffer.columns(), sequence)
        if pending.compact:
            for metric in state.metrics.values():
                compact(connection, metric)
        add_events(connection, state.key, pending.events)
        add_media(connection, state.key, pending.media)
        if pending.changes:
            update_run(connection, run_id, pending.changes, sequence)
        if "ended" not in pending.changes:
            connection.execute("UPDATE run SET heartbeat = ? WHERE key = ?", (time.time(), state.key))

    def _state(self, connection: sqlite3.Connection, run_id: str) -> RunState | None:
        row = connection.execute("SELECT key, writer, generation FROM run WHERE id = ?", (run_id,)).fetchone()
        if row is None:
            return None
        key, writer, generation = row
        known = self._runs.get(run_id)
        if known is None or writer != self._token or known.generation != generation:
            known = self._runs[run_id] = RunState(key, generation, load_states(connection, key))
            connection.execute("UPDATE run SET writer = ? WHERE key = ?", (self._token, key))
        return known
