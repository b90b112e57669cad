"""Writing piece by piece what cannot be written together: one bad piece must not hold up all that comes after it.

A piece is the new points of a metric, an event, a record or a change of the run's row. What the store refuses because
of what it is (not because of the disk) goes as a line of JSON into a file beside the store, and the run says so.
Functions of a connection inside a transaction; the committer's thread.
"""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.run_errors import StoreError
from deepstudio.store.run_pending import EventDraft, MediaDraft, PendingRun, PointBuffer

_log = logging.getLogger(__name__)

_OF_THE_DATA = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
    }
)
SENTENCE = QT_TRANSLATE_NOOP("events", "Records that could not be stored: {count}. They are kept in {file} ({reason}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A piece that the store does not take, and why."""

    run_id: str
    piece: Mapping[str, Any]
    reason: str


def is_of_the_data(error: BaseException) -> bool:
    """Return whether `error` lies in what was to be written, so that trying again would never help."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)
        return code & 0xFF in _OF_THE_DATA
    return isinstance(error, Exception) and not isinstance(error, (StoreError, MemoryError, OSError))


def pieces(pending: PendingRun) -> Iterator[tuple[PendingRun, Mapping[str, Any]]]:
    """Yield what waits for a run in pieces, and each as JSON can hold it; the row's changes come last."""
    for name, buffer in pending.points.items():
        yield PendingRun(points={name: buffer}), _points(name, buffer)
    if pending.compact:
        yield PendingRun(compact=True), {"what": "compact"}
    for event in pending.events:
        yield PendingRun(events=[event]), _event(event)
    for media in pending.media:
        yield PendingRun(media=[media]), _media(media)
    for column, value in pending.changes.items():
        yield PendingRun(changes={column: value}), {"what": "change", "column": column, "value": value}


def write_pieces(
    connection: sqlite3.Connection, run_id: str, pending: PendingRun, write: Callable[[PendingRun], None]
) -> list[Refused]:
    """Call `write` for each piece of `pending`, undo those that fail, and return them."""
    refused = []
    for piece, plain in pieces(pending):
        try:
            with _savepoint(connection):
                write(piece)
        except Exception as error:
            if not is_of_the_data(error):
                raise
            _log.warning("A record of the run %s cannot be stored: %r", run_id, error)
            refused.append(Refused(run_id=run_id, piece=plain, reason=str(error) or type(error).__name__))
    return refused


def set_aside_file(store: Path) -> Path:
    """Return where the store at this path keeps what it could not take."""
    return store.with_name(f"{store.stem}.set-aside.jsonl")


def keep(store: Path, refused: list[Refused]) -> None:
    """Append pieces to the file of what was set aside; a disk that refuses is only logged."""
    try:
        with set_aside_file(store).open("a", encoding="ascii") as stream:
            for one in refused:
                stream.write(_line({"run": one.run_id, "reason": one.reason, **one.piece}) + "\n")
    except OSError as error:
        _log.error("What could not be stored is lost: %s", error)


def event_of(store: Path, refused: list[Refused], wall: float) -> EventDraft:
    """Return what the run says about pieces of its own that were set aside."""
    reason = refused[0].reason.encode("ascii", "backslashreplace").decode()
    data = {"count": len(refused), "file": set_aside_file(store).name, "reason": reason}
    return EventDraft(kind="store", step=None, wall=wall, level="warning", text=SENTENCE, data=data)


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT piece")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has ended the transaction already
            connection.execute("ROLLBACK TO piece")
            connection.execute("RELEASE piece")
        raise
    connection.execute("RELEASE piece")


def _line(values: Mapping[str, Any]) -> str:
    try:
        return json.dumps(values, default=repr)
    except (ValueError, TypeError):  # often the very reason why it was refused
        return json.dumps(
            {name: value if isinstance(value, (int, str)) else repr(value) for name, value in values.items()}
        )


def _points(name: str, buffer: PointBuffer) -> Mapping[str, Any]:
    columns = buffer.columns()
    return {
        "what": "points",
        "name": name,
        "steps": columns.steps.tolist(),
        "walls": columns.walls.tolist(),
        "values": columns.values.tolist(),
    }


def _event(event: EventDraft) -> Mapping[str, Any]:
    names = ("kind", "step", "wall", "level", "text", "data")
    return {"what": "event", **{name: getattr(event, name) for name in names}}


def _media(media: MediaDraft) -> Mapping[str, Any]:
    names = ("name", "step", "wall", "kind", "meta")
    payload = base64.b64encode(media.payload).decode("ascii")
    return {"what": "media", **{name: getattr(media, name) for name in names}, "payload": payload}
