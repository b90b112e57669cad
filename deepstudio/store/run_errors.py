"""What can go wrong with the store of runs, in words. Any thread."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deepstudio.core.errors import StorageError
from deepstudio.core.words import QT_TRANSLATE_NOOP

_NO_ROOM = 256 << 10
"""Bytes without which the files beside the store cannot be made."""


class StoreError(StorageError):
    """The store of runs cannot do what was asked. What was to be written is kept and tried again."""


class StoreFullError(StoreError):
    """The disk of the store is full."""


class StoreReadOnlyError(StoreError):
    """The store, or the folder that it lies in, may not be written."""


class StoreLockedError(StoreError):
    """Another program holds the store for longer than anybody should."""


class StoreDamagedError(StoreError):
    """The file of the store is damaged, or no store at all."""


class StoreNewerError(StoreError):
    """A newer DeepStudio wrote the store."""


_KINDS: dict[int, tuple[type[StoreError], str, str]] = {
    sqlite3.SQLITE_FULL: (
        StoreFullError,
        QT_TRANSLATE_NOOP("errors", "The disk is full: the runs cannot be written to {path}."),
        QT_TRANSLATE_NOOP("errors", "Make room; what is waiting is written then."),
    ),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnlyError,
        QT_TRANSLATE_NOOP("errors", "The runs in {path} may be read but not written."),
        QT_TRANSLATE_NOOP("errors", "Allow writing to that folder, or set DEEPSTUDIO_HOME to another one."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreReadOnlyError,
        QT_TRANSLATE_NOOP("errors", "The runs in {path} cannot be opened."),
        QT_TRANSLATE_NOOP("errors", "Allow writing to that folder, or set DEEPSTUDIO_HOME to another one."),
    ),
    sqlite3.SQLITE_BUSY: (
        StoreLockedError,
        QT_TRANSLATE_NOOP("errors", "Another program holds the runs in {path}."),
        QT_TRANSLATE_NOOP("errors", "Close that program; what is waiting is written then."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamagedError,
        QT_TRANSLATE_NOOP("errors", "The runs in {path} are damaged."),
        QT_TRANSLATE_NOOP("errors", "Start the program again: it keeps the damaged file and saves what can be read."),
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        QT_TRANSLATE_NOOP("errors", "The disk fails: {path} could not be read or written ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Look after that disk; what is waiting is written as soon as it can be."),
    ),
}
_SAME = {
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_AUTH: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PROTOCOL: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the typed error of what SQLite said about the store at `path`."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
    primary = _SAME.get(primary, primary)
    if primary == sqlite3.SQLITE_IOERR and _is_full(path):
        # SQLite says so itself when it writes the store, but not when there is no room for the files beside it.
        primary = sqlite3.SQLITE_FULL
    kind, sentence, fix = _KINDS.get(primary, _KINDS[sqlite3.SQLITE_IOERR])
    return kind(sentence, fix=fix, path=str(path), reason=str(error))


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False


def damaged(path: Path) -> StoreError:
    """Return the error of a damaged store."""
    error = sqlite3.DatabaseError()
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return store_error(error, path)


def damage_mark(path: Path) -> Path:
    """Return the file that says: the store at `path` was found damaged, rebuild it at the next start."""
    return path.with_name(path.name + ".damaged")


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's operational errors into typed ones. Programming errors (wrong SQL) pass as they are."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError):
        raise  # what was to be written is at fault, not the store
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise
        typed = store_error(error, path)
        if isinstance(typed, StoreDamagedError):
            with contextlib.suppress(OSError):
                damage_mark(path).touch()
        raise typed from error
