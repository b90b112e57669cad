"""Closing the runs' file while others use it."""

from __future__ import annotations

import threading
from pathlib import Path

from deepstudio.store.run_database import RunDatabase


def test_closing_waits_for_what_another_thread_reads(tmp_path: Path) -> None:
    database = RunDatabase(tmp_path / "runs.db")
    reading, go_on, closed = threading.Event(), threading.Event(), threading.Event()
    seen: list[int] = []

    def read() -> None:
        with database.reading() as connection:
            reading.set()
            assert go_on.wait(30)
            seen.extend(connection.execute("SELECT 7").fetchone())

    def close() -> None:
        database.close()
        closed.set()

    reader, closer = threading.Thread(target=read), threading.Thread(target=close)
    reader.start()
    assert reading.wait(30)
    closer.start()
    assert not closed.wait(0.2)  # the reader holds it up
    go_on.set()
    reader.join(30)
    closer.join(30)
    assert closed.is_set() and seen == [7]
    with database.reading() as connection:  # whoever comes later is served by a connection of its own
        assert connection.execute("SELECT 7").fetchone() == (7,)
    database.close()
