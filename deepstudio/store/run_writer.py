"""The hand that writes a run. Never waits for the disk and never fails because of it. Any thread.

Obtained from `RunStore.writer`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from deepstudio.store.run_columns import make_columns
from deepstudio.store.run_committer import Committer
from deepstudio.store.run_errors import StoreError
from deepstudio.store.run_pending import EventDraft, MediaDraft
from deepstudio.store.run_records import end_values, row_values
from deepstudio.store.run_rows import Status, storable

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_MOST_BYTES = 999_000_000


class RunWriter:
    """Appends to one run. Several writers of a run, in several threads or processes, do not harm each other."""

    def __init__(self, run_id: str, committer: Committer) -> None:
        self.run_id = run_id
        self._committer = committer
        self._closed = False

    def write(self, name: str, steps: Any, walls: Any, values: Any) -> None:
        """Append points to the metric `name`: numbers, or sequences and arrays of one length.

        Steps are whole numbers (int64) in any order; walls seconds since the epoch, one number serves all; values
        float64, NaN and infinity included. A wall that is no time of day (NaN, infinity) counts as now. Raises
        ValueError for lengths that differ or a step beyond int64.
        """
        if isinstance(steps, (int, float, np.number)):
            self._committer.point(self.run_id, storable(name), _step(steps), _wall(walls), float(values))
            return
        columns = make_columns(steps, walls, values)
        if len(columns):
            self._committer.columns(self.run_id, storable(name), columns)

    def write_points(self, points: Iterable[tuple[str, int, float, float]]) -> None:
        """Append points, each (name, step, wall, value)."""
        for name, step, wall, value in points:
            self._committer.point(self.run_id, storable(name), _step(step), _wall(wall), float(value))

    def event(
        self,
        kind: str,
        *,
        step: int | None = None,
        wall: float | None = None,
        level: str = "info",
        text: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Append an event. `text` is English with `{values}` of `data`; `level` is info, good, warning or error.

        Raises ValueError for a step beyond int64.
        """
        wall = time.time() if wall is None else _wall(wall)
        step = None if step is None else _step(step)
        self._committer.event(
            self.run_id, EventDraft(kind=kind, step=step, wall=wall, level=level, text=text, data=data)
        )

    def media(
        self, name: str, step: int, wall: float, kind: str, payload: bytes, meta: Mapping[str, Any] | None = None
    ) -> None:
        """Append a picture, text or packed arrays (see `store.media`) under `name`.

        Raises ValueError for a step beyond int64 and for more bytes than a record can hold (1 GB).
        """
        if len(payload) > _MOST_BYTES:
            raise ValueError(f"{len(payload):,} bytes are too many for one record")
        draft = MediaDraft(
            name=storable(name), step=_step(step), wall=_wall(wall), kind=kind, payload=bytes(payload), meta=meta
        )
        self._committer.media(self.run_id, draft)

    def set_status(self, status: Status | str) -> None:
        """Say that the run is running, paused, ..."""
        self._committer.change(self.run_id, row_values({"status": status}))

    def update(self, **changes: Any) -> None:
        """Change fields of the run's row (name, notes, config, model, ...), after what was handed in before."""
        self._committer.change(self.run_id, row_values(changes))

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until everything handed in before survives the death of this process; False if it was not in time."""
        return self._committer.flush(timeout)

    @property
    def problem(self) -> StoreError | None:
        """Return why points are waiting in memory (full disk, locked store), None if all is well."""
        return self._committer.problem

    @property
    def set_aside(self) -> int:
        """Return how many records this process's store could not take; they lie in a file beside it."""
        return self._committer.set_aside

    def close(self, status: Status | str | None = None, *, timeout: float = 10.0) -> None:
        """End the writing, and the run with `status` if given. May be called again; the first status counts.

        Waits up to `timeout` seconds for the disk. What is not written by then stays in memory and is tried until
        the store is closed, which puts it into a rescue file if it must: raises the StoreError that is in the way.
        """
        if self._closed:
            return
        self._closed = True
        self._committer.keep_alive(self.run_id, False)
        values = {} if status is None else end_values(Status(status))
        self._committer.change(self.run_id, values, compact=True)
        if not self._committer.flush(timeout) and self._committer.problem is not None:
            raise self._committer.problem


def _step(value: Any) -> int:
    step = int(value)
    if not _LOWEST <= step <= _HIGHEST:
        raise ValueError(f"the step {step} is beyond 64 bits")
    return step


def _wall(value: Any) -> float:
    wall = float(value)
    return wall if math.isfinite(wall) else time.time()
