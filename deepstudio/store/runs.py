"""The store of runs: one SQLite file that many processes write and read at once. No Qt, no torch. Any thread.

`RunStore` is the whole of it for the rest of the program; the files `run_*.py` beside it are its parts.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.paths import data_dir
from deepstudio.store import run_archive, run_chunks, run_metrics, run_remove, run_rescue, run_salvage
from deepstudio.store.run_columns import Columns
from deepstudio.store.run_committer import Committer
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import StoreDamagedError, StoreError, damage_mark, damaged
from deepstudio.store.run_follow import Cursor
from deepstudio.store.run_process import host_name, process_mark
from deepstudio.store.run_pyramid import Envelope
from deepstudio.store.run_reader import RunReader, unknown_run
from deepstudio.store.run_records import claim_values, end_values, row_values, update_run
from deepstudio.store.run_remove import is_run_folder
from deepstudio.store.run_rows import EventRow, MediaInfo, MetricInfo, News, RunRow, Status, Usage
from deepstudio.store.run_writer import RunWriter

__all__ = [
    "Columns",
    "Cursor",
    "Envelope",
    "EventRow",
    "MediaInfo",
    "MetricInfo",
    "News",
    "RunRow",
    "RunStore",
    "RunWriter",
    "Status",
    "StoreError",
    "Usage",
]

_FOREIGN_SILENCE = 600.0
"""A run of another machine counts as interrupted after so many seconds without a sign of life."""


def default_path() -> Path:
    """Return where the runs of this user lie."""
    return data_dir() / "runs.db"


class RunStore(RunReader):
    """The runs in the file at `path`, which is made if need be.

    Raises StoreError if the file cannot be used at all. A damaged file is kept aside, what can be read of it goes into
    a new one, and `salvage` says so. What an earlier program could not write is taken in.
    """

    def __init__(self, path: Path | None = None, *, commit_interval: float = 0.05, busy_seconds: float = 5.0) -> None:
        self.path = Path(path) if path is not None else default_path()
        self.salvage: run_salvage.SalvageReport | None = None
        try:
            if damage_mark(self.path).exists():
                raise damaged(self.path)
            database = RunDatabase(self.path, busy_seconds=busy_seconds)
        except StoreDamagedError as error:
            database, self.salvage = run_salvage.rebuild(self.path, error, busy_seconds=busy_seconds)
        super().__init__(database)
        run_rescue.take_in(database)
        self._committer = Committer(
            database, interval=commit_interval, rescue=lambda left: run_rescue.save(self.path, left)
        )

    def __enter__(self) -> RunStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self, timeout: float = 10.0) -> None:
        """Write what waits and close the file. Raises StoreError if something could neither be written nor rescued."""
        try:
            self._committer.close(timeout)
        finally:
            self._database.close()

    def create_run(
        self,
        name: str,
        *,
        kind: str = "deepstudio",
        config: Mapping[str, Any] | None = None,
        environment: Mapping[str, Any] | None = None,
        git: Mapping[str, Any] | None = None,
        tags: Iterable[str] = (),
        folder: str | Path = "",
        notes: str = "",
        status: Status | str = Status.RUNNING,
        created: float | None = None,
        id: str | None = None,
    ) -> RunRow:
        """Add a run and return it. One that is running or paused belongs to this process. Raises StoreError."""
        status = Status(status)
        now = time.time()
        run_id = id or uuid.uuid4().hex
        texts = {"name": name, "notes": notes, "folder": str(folder)}
        values = row_values({"config": config, "environment": environment, "git": git, "tags": tags, **texts})
        values.update(id=run_id, kind=kind, created=created or now)
        values.update(claim_values(status) if status.alive else {"status": status.value, "heartbeat": now})
        with self._database.writing() as (connection, sequence):
            values["sequence"] = sequence
            connection.execute(
                f"INSERT INTO run ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
            )
        return self.run(run_id)

    def writer(self, run_id: str, *, claim: bool = True) -> RunWriter:
        """Return a hand that writes the run. With `claim` the run is running and this process at work on it."""
        if claim:
            self.adopt(run_id)
            self._committer.keep_alive(run_id, True)
        return RunWriter(run_id, self._committer)

    def adopt(self, run_id: str) -> None:
        """Say that this process goes on with the run. Raises UnknownNameError, StoreError."""
        self._change(run_id, claim_values())

    def update(self, run_id: str, **changes: Any) -> None:
        """Change fields of a run's row: name, notes, tags, star, colour, pinned, hidden, status, config, ...

        A status that ends the run also sets when. Raises UnknownNameError, StoreError, TypeError for other fields.
        """
        values = row_values(changes)
        if "status" in values and not Status(values["status"]).alive:
            values = {**end_values(Status(values["status"])), **values}
        self._change(run_id, values)

    def truncate(self, run_id: str, from_step: int) -> None:
        """Take away points, events and media with step >= `from_step`: a resumed run writes them again.

        What this process handed in before is written first. Raises UnknownNameError, StoreError.
        """
        self._committer.flush(60.0)
        run = self.run(run_id)
        with self._database.writing() as (connection, sequence):
            for state in run_metrics.load_states(connection, run.key).values():
                run_chunks.truncate(connection, state, from_step, sequence)
            connection.execute("DELETE FROM event WHERE run = ? AND step >= ?", (run.key, from_step))
            connection.execute("DELETE FROM media WHERE run = ? AND step >= ?", (run.key, from_step))
            connection.execute(
                "UPDATE run SET generation = generation + 1, sequence = ? WHERE key = ?", (sequence, run.key)
            )

    def find_interrupted(self) -> list[RunRow]:
        """Mark the runs whose process is dead as interrupted and return those found now. A few milliseconds at most."""
        with self._database.reading() as connection:
            alive = connection.execute(
                "SELECT id, host, pid, process, heartbeat FROM run WHERE status IN ('running', 'paused')"
            ).fetchall()
        dead = [(row[0], row[4]) for row in alive if _is_dead(*row[1:])]
        found = []
        for run_id, heartbeat in dead:
            with self._database.writing() as (connection, sequence):
                cursor = connection.execute(
                    "UPDATE run SET status = 'interrupted', ended = heartbeat, sequence = ?"
                    " WHERE id = ? AND status IN ('running', 'paused') AND heartbeat = ?",
                    (sequence, run_id, heartbeat),
                )
            if cursor.rowcount:
                found.append(self.run(run_id))
        return found

    def delete(self, run_ids: Iterable[str]) -> None:
        """Put runs into the bin: they are listed no more, but nothing is lost until `purge`."""
        self._set_deleted(run_ids, time.time())

    def restore(self, run_ids: Iterable[str]) -> None:
        """Take runs out of the bin."""
        self._set_deleted(run_ids, None)

    def purge(self, run_ids: Iterable[str] | None = None, *, folders: bool = False) -> int:
        """Remove deleted runs for good (all of the bin, or these), with their run folders if asked; returns how many.

        Runs that are not in the bin stay. Gives the space back to the disk. Not for the GUI thread.
        """
        return run_remove.purge(self._database, run_ids, folders=folders)

    def archive(self, run_id: str, target: Path, context: JobContext | None = None) -> None:
        """Write the run and the files of its folder into one file, NAME.dsrun; not for the GUI thread.

        Raises UnknownNameError, StoreError, OSError, JobCancelled; a file at `target` stays as it was then.
        """
        self._committer.flush(10.0)
        run = self.run(run_id)
        folder = Path(run.folder) if run.folder and is_run_folder(run.folder) else None
        run_archive.write_archive(self._database, run.key, folder, Path(target), context or SilentContext())

    def restore_archive(self, path: Path, context: JobContext | None = None) -> RunRow:
        """Take the run of an archive in and return it; not for the GUI thread.

        A run that is here already gets a copy. Raises InputError for a damaged file, StoreError, OSError, JobCancelled.
        """
        folder = self.path.parent / "runs"
        return self.run(run_archive.read_archive(self._database, Path(path), folder, context))

    def _set_deleted(self, run_ids: Iterable[str], value: float | None) -> None:
        with self._database.writing() as (connection, sequence):
            for run_id in run_ids:
                update_run(connection, run_id, {"deleted": value}, sequence)

    def _change(self, run_id: str, values: Mapping[str, Any]) -> None:
        with self._database.writing() as (connection, sequence):
            if not update_run(connection, run_id, values, sequence):
                raise unknown_run(run_id)


def _is_dead(host: str, pid: int, process: str, heartbeat: float) -> bool:
    if host == host_name():
        return process_mark(pid) != process or not process
    return time.time() - heartbeat > _FOREIGN_SILENCE
