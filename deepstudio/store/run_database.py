"""The SQLite file of the runs: a connection for each thread, transactions, and a number that grows with each change.

Write-ahead logging lets everybody read while one writes. A commit reaches the system's cache at once, so it survives
the death of the process; only a power cut may take back the last commits (never the file). Any thread, any number of
processes; a forked child gets connections of its own.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_errors import StoreError, StoreNewerError, store_error, store_errors
from deepstudio.store.run_schema import APPLICATION_ID, VERSION, create_tables, migrate

_PAGE_BYTES = 8192
_CACHE_KIB = 16384
_JOURNAL_BYTES = 64 << 20

_forked: list[sqlite3.Connection] = []
"""Connections of the parent in a forked child. Closing one there could break the parent's file, so none ever is."""


class _Connection(sqlite3.Connection):
    """A connection that can be referred to weakly; `in_use` is held by the thread that asks it something.

    SQLite may not close in one thread what another is using: the program would crash.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.in_use = threading.RLock()


class RunDatabase:
    """The file at `path`, made and brought to the newest form when built.

    Raises StoreError: of the kind StoreDamagedError if the file is damaged, StoreNewerError if it is too new.
    A file that another program replaced or removed meanwhile is opened, or made, anew.
    """

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        self.path = Path(path)
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._pid = os.getpid()
        self._inode = 0
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            refused = sqlite3.OperationalError(str(error))
            refused.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise store_error(refused, self.path) from error
        with store_errors(self.path):
            self._prepare()
        self._inode = self._file_number()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees one state of the store throughout. May be nested."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        with connection.in_use, store_errors(self.path):
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Yield a connection and the number of this change; commits at the end, takes all back upon an exception.

        Waits for other writers for as long as the store was told to be patient. Not to be nested.
        """
        connection = self._connection()
        with connection.in_use, store_errors(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                (sequence,) = connection.execute("UPDATE counter SET value = value + 1 RETURNING value").fetchone()
                yield connection, sequence
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def sequence(self) -> int:
        """Return the number of the newest change, about 10 microseconds."""
        connection = self._connection()
        with connection.in_use, store_errors(self.path):
            (value,) = connection.execute("SELECT value FROM counter").fetchone()
        return int(value)

    def close(self) -> None:
        """Close the connections of all threads; what one of them is doing just now is waited for."""
        with self._lock:
            connections = list(self._connections)
            self._connections = weakref.WeakSet()
            self._local = threading.local()
        for connection in connections:
            with connection.in_use:
                connection.close()

    def _connection(self) -> _Connection:
        if os.getpid() != self._pid:
            self._after_fork()
        elif self._inode and self._inode != self._file_number():
            self._open_anew()
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with store_errors(self.path):
                connection = self._connect()
            self._local.connection = connection
        return connection

    def _connect(self) -> _Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")
        with self._lock:
            self._connections.add(connection)
        return connection

    def _after_fork(self) -> None:
        _forked.extend(self._connections)
        self._lock = threading.Lock()
        self._connections = weakref.WeakSet()
        self._local = threading.local()
        self._pid = os.getpid()

    def _file_number(self) -> int:
        try:
            return os.stat(self.path).st_ino
        except OSError:
            return -1

    def _open_anew(self) -> None:
        """Leave the file that is no longer at `path`. Other threads close their connections to it as they end."""
        with self._lock:
            if self._inode == self._file_number():
                return
            self._connections = weakref.WeakSet()
            self._local = threading.local()
            self._inode = 0
        try:
            with store_errors(self.path):
                self._prepare()
        finally:
            self._inode = self._file_number()

    def _prepare(self) -> None:
        connection = self._connection()
        if self._is_ready(connection):
            return
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have made the tables while this one waited.
            if not self._is_ready(connection):
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version == 0:
                    create_tables(connection)
                else:
                    migrate(connection, version)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _is_ready(self, connection: sqlite3.Connection) -> bool:
        """Return whether the newest tables are there. Raises for files that are not ours to change."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(
                QT_TRANSLATE_NOOP("errors", "{path} is a database, but none of DeepStudio's runs."),
                path=str(self.path),
            )
        if version > VERSION:
            raise StoreNewerError(
                QT_TRANSLATE_NOOP("errors", "A newer DeepStudio wrote the runs in {path}."),
                fix=QT_TRANSLATE_NOOP("errors", "Install that version, or set DEEPSTUDIO_HOME to another folder."),
                path=str(self.path),
            )
        return bool(tables) and version == VERSION
