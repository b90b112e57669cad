"""One run as one file, and back: settings, every point, events, media, and the files of its folder.

A zip with `archive.json` (what it is, and the checksum of the rest), `run.db` (a store with this run alone) and
`files/` (recipe, checkpoint, model). It opens with any zip program. Not for the GUI thread.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

import deepstudio
from deepstudio.core.errors import InputError
from deepstudio.core.files import atomic_path
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_chunks import key_range
from deepstudio.store.run_database import RunDatabase
from deepstudio.store.run_errors import StoreDamagedError, StoreError
from deepstudio.store.run_schema import POINT_BITS

SUFFIX = ".dsrun"
_FORM = 1
_BLOCK = 1 << 20
_MOST_BYTES = 1 << 40
"""What an archive may unpack to; more is a mistake or an attack."""


def write_archive(database: RunDatabase, run_key: int, folder: Path | None, target: Path, context: JobContext) -> None:
    """Write the run with the row `run_key` and the files of `folder` to `target`, whole or not at all.

    Raises StoreError, OSError, JobCancelled.
    """
    with tempfile.TemporaryDirectory(prefix="deepstudio-") as temporary, atomic_path(target) as part:
        small = Path(temporary) / "run.db"
        _copy_out(database, run_key, small)
        files = list(_files_of(folder)) if folder is not None else []
        total = small.stat().st_size + sum(path.stat().st_size for path in files)
        progress = _Progress(context, total)
        sums: dict[str, str] = {}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            sums["run.db"] = _pack(archive, small, "run.db", progress)
            for path in files:
                assert folder is not None
                name = "files/" + path.relative_to(folder).as_posix()
                sums[name] = _pack(archive, path, name, progress)
            archive.writestr(
                "archive.json",
                json.dumps({"form": _FORM, "deepstudio": deepstudio.__version__, "sha256": sums}, indent=1),
            )


def read_archive(database: RunDatabase, source: Path, runs_folder: Path, context: JobContext | None = None) -> str:
    """Take the run of an archive into the store, its files into a new folder below `runs_folder`; returns its id.

    A run that is in the store already gets a copy with an id of its own. Raises InputError for a file that is no
    archive, is damaged or does not belong to it; StoreError, OSError, JobCancelled. Nothing is left behind then.
    """
    context = context or SilentContext()
    folder: Path | None = None
    try:
        with tempfile.TemporaryDirectory(prefix="deepstudio-") as temporary, zipfile.ZipFile(source) as archive:
            sums = _check(archive, source)
            progress = _Progress(context, sum(entry.file_size for entry in archive.infolist()))
            small = Path(temporary) / "run.db"
            _unpack(archive, "run.db", small, sums["run.db"], progress)
            names = [name for name in sums if name != "run.db"]
            if names:
                folder = _new_folder(runs_folder, source.stem)
                for name in names:
                    _unpack(archive, name, folder.joinpath(*PurePosixPath(name).parts[1:]), sums[name], progress)
            return _copy_in(database, small, folder)
    except BaseException as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, _NO_ARCHIVE):
            raise _damaged(source) from error
        raise


_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    json.JSONDecodeError,
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    NotImplementedError,
    sqlite3.Error,
    StoreDamagedError,
)


class _Progress:
    """Counts bytes and asks whether to stop."""

    def __init__(self, context: JobContext, total: int) -> None:
        self._context = context
        self._total = max(1, total)
        self._done = 0

    def add(self, count: int) -> None:
        self._context.check()
        self._done += count
        self._context.progress(min(self._done, self._total), self._total)


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a run folder; links are left out, they may lead anywhere."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _copy_out(database: RunDatabase, run_key: int, target: Path) -> None:
    small = RunDatabase(target)
    try:
        with database.reading() as old, small.writing() as (new, _):
            _copy(old, new, "run", "WHERE key = ?", (run_key,))
            _copy(old, new, "metric", "WHERE run = ?", (run_key,))
            _copy(old, new, "event", "WHERE run = ?", (run_key,))
            _copy(old, new, "media", "WHERE run = ?", (run_key,))
            for (metric,) in old.execute("SELECT id FROM metric WHERE run = ?", (run_key,)):
                _copy(old, new, "chunk", "WHERE key >= ? AND key < ?", key_range(metric))
        with small.reading() as connection:
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN")
    finally:
        small.close()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, where: str, values: tuple[int, ...]) -> None:
    rows = old.execute(f"SELECT * FROM {table} {where}", values)
    marks = ", ".join("?" * len(rows.description))
    names = ", ".join(column[0] for column in rows.description)
    new.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _copy_in(database: RunDatabase, source: Path, folder: Path | None) -> str:
    """Copy the only run of the small store at `source` into the large one, under new numbers; returns its id."""
    small = RunDatabase(source)
    try:
        with small.reading() as old, database.writing() as (new, sequence):
            row = _one_run(old)
            old_key = row.pop("key")
            if new.execute("SELECT 1 FROM run WHERE id = ?", (row["id"],)).fetchone():
                row["id"] = uuid.uuid4().hex
            # Wherever it ran: here nobody is at work on it.
            if row["status"] in ("running", "paused"):
                row.update(status="interrupted", ended=row["heartbeat"])
            row.update(sequence=sequence, deleted=None, writer="", pid=0, process="")
            row["folder"] = str(folder or "")
            row["model"] = _moved(row["model"], folder)
            run = _insert(new, "run", row)
            for table in ("event", "media"):
                for record in _dicts(old, f"SELECT * FROM {table} WHERE run = ? ORDER BY id", (old_key,)):
                    _insert(new, table, {**record, "id": None, "run": run})
            for metric in _dicts(old, "SELECT * FROM metric WHERE run = ? ORDER BY id", (old_key,)):
                low, high = key_range(metric["id"])
                number = _insert(new, "metric", {**metric, "id": None, "run": run, "sequence": sequence})
                for chunk in _dicts(old, "SELECT * FROM chunk WHERE key >= ? AND key < ?", (low, high)):
                    _insert(new, "chunk", {**chunk, "key": chunk["key"] - low + (number << POINT_BITS)})
            return str(row["id"])
    finally:
        small.close()


def _one_run(old: sqlite3.Connection) -> dict[str, Any]:
    (row,) = _dicts(old, "SELECT * FROM run", ())
    return row


def _moved(model: str, folder: Path | None) -> str:
    """Return where the model of the run lies now, "" if it did not come along."""
    if not model or folder is None:
        return ""
    moved = folder / PurePosixPath(model.replace("\\", "/")).name
    return str(moved) if moved.is_file() else ""


def _dicts(connection: sqlite3.Connection, sql: str, values: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    rows = connection.execute(sql, values)
    names = [column[0] for column in rows.description]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    known = {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
    if not known.issuperset(row):  # names from a file never become part of a statement unseen
        raise KeyError(table)
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _pack(archive: zipfile.ZipFile, path: Path, name: str, progress: _Progress) -> str:
    digest = hashlib.sha256()
    # Weights do not compress; numbers and text do.
    how = zipfile.ZIP_STORED if path.suffix in (".safetensors", ".pt") else zipfile.ZIP_DEFLATED
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = how
    with open(path, "rb") as stream, archive.open(entry, "w", force_zip64=True) as out:
        while block := stream.read(_BLOCK):
            digest.update(block)
            out.write(block)
            progress.add(len(block))
    return digest.hexdigest()


def _check(archive: zipfile.ZipFile, source: Path) -> dict[str, str]:
    """Return the checksums of the entries, after making sure that the archive holds just these, at safe places."""
    head = json.loads(archive.read("archive.json"))
    sums: dict[str, str] = head["sha256"]
    if head["form"] > _FORM:
        raise InputError(QT_TRANSLATE_NOOP("errors", "A newer DeepStudio wrote {path}."), path=source.name)
    entries = {entry.filename: entry for entry in archive.infolist()}
    total = sum(entry.file_size for entry in entries.values())
    if entries.keys() != {*sums, "archive.json"} or "run.db" not in sums or total > _MOST_BYTES:
        raise _damaged(source)
    for name in sums:
        parts = PurePosixPath(name).parts
        safe = name == "run.db" or (len(parts) > 1 and parts[0] == "files")
        if not safe or ".." in parts or any(sign in name for sign in ("\\", ":", "\0")):
            raise _damaged(source)
    return sums


def _unpack(archive: zipfile.ZipFile, name: str, target: Path, digest: str, progress: _Progress) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with archive.open(name) as stream, open(target, "wb") as out:
        _pour(stream, out, found, progress)
    if found.hexdigest() != digest:
        raise _damaged(Path(archive.filename or name))


def _pour(stream: IO[bytes], out: IO[bytes], digest: Any, progress: _Progress) -> None:
    while block := stream.read(_BLOCK):
        digest.update(block)
        out.write(block)
        progress.add(len(block))


def _new_folder(parent: Path, name: str) -> Path:
    for number in range(1, 10_000):
        folder = parent / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise StoreError(QT_TRANSLATE_NOOP("errors", "No folder could be made in {path}."), path=str(parent))


def _damaged(source: Path) -> InputError:
    return InputError(QT_TRANSLATE_NOOP("errors", "{path} is no archive of a run, or it is damaged."), path=source.name)
