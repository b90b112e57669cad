"""The tables of the store of runs, their version, and how older ones are carried over.

A metric's points lie in chunks whose key is `metric << 36 | number of the first point`: the points of a metric are
neighbours on disk, and the chunk that holds a point is found without an index. Any thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

VERSION = 1
APPLICATION_ID = 0x44535255
"""What marks the file as a store of runs ("DSRU")."""

POINT_BITS = 36
_TABLES = """
CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL);
INSERT INTO counter VALUES (1, 1);
CREATE TABLE run (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    config TEXT NOT NULL DEFAULT '{}',
    environment TEXT NOT NULL DEFAULT '{}',
    git TEXT NOT NULL DEFAULT '{}',
    tags TEXT NOT NULL DEFAULT '[]',
    notes TEXT NOT NULL DEFAULT '',
    star INTEGER NOT NULL DEFAULT 0,
    colour TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    deleted REAL,
    folder TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',
    created REAL NOT NULL,
    ended REAL,
    heartbeat REAL NOT NULL,
    host TEXT NOT NULL DEFAULT '',
    pid INTEGER NOT NULL DEFAULT 0,
    process TEXT NOT NULL DEFAULT '',
    writer TEXT NOT NULL DEFAULT '',
    generation INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL
);
CREATE INDEX run_sequence ON run (sequence);
CREATE TABLE metric (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    first_step INTEGER NOT NULL DEFAULT 0,
    first_wall REAL NOT NULL DEFAULT 0,
    last_step INTEGER NOT NULL DEFAULT 0,
    last_wall REAL NOT NULL DEFAULT 0,
    last REAL,
    minimum REAL,
    minimum_step INTEGER NOT NULL DEFAULT 0,
    maximum REAL,
    maximum_step INTEGER NOT NULL DEFAULT 0,
    nans INTEGER NOT NULL DEFAULT 0,
    infinities INTEGER NOT NULL DEFAULT 0,
    first_bad_step INTEGER,
    generation INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL
);
CREATE UNIQUE INDEX metric_name ON metric (run, name);
CREATE INDEX metric_sequence ON metric (sequence);
CREATE TABLE chunk (
    key INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    step_low INTEGER NOT NULL,
    step_high INTEGER NOT NULL,
    minimum REAL,
    maximum REAL,
    last REAL,
    nans INTEGER NOT NULL,
    infinities INTEGER NOT NULL,
    summary BLOB,
    data BLOB NOT NULL
);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    step INTEGER,
    wall REAL NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX event_run ON event (run, id);
CREATE TABLE media (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    step INTEGER NOT NULL,
    wall REAL NOT NULL,
    size INTEGER NOT NULL,
    meta TEXT NOT NULL,
    payload BLOB NOT NULL
);
CREATE INDEX media_run ON media (run, id);
"""

MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""`MIGRATIONS[n]` turns the tables of version n into those of version n + 1, within a transaction."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of the newest version; the caller holds a transaction on an empty file."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Carry the tables from `version` to the newest; the caller holds a transaction."""
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")
