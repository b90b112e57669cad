"""What a writer knows of a metric without its points: the summary in its row. Any thread."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass, field

import numpy as np

from deepstudio.store.run_columns import Columns


@dataclass(slots=True)
class MetricState:
    """What a writer knows of a metric: its summary and the chunks at its end that are not full, (start, count) each.

    `tail` is None until it is needed.
    """

    id: int
    count: int = 0
    first_step: int = 0
    first_wall: float = 0.0
    last_step: int = 0
    last_wall: float = 0.0
    last: float = math.nan
    minimum: float = math.nan
    minimum_step: int = 0
    maximum: float = math.nan
    maximum_step: int = 0
    nans: int = 0
    infinities: int = 0
    first_bad_step: int | None = None
    generation: int = 0
    tail: list[tuple[int, int]] | None = field(default=None)

    def note(self, columns: Columns) -> None:
        """Take the points into the summary."""
        if not len(columns):
            return
        if self.count == 0:
            self.first_step, self.first_wall = int(columns.steps[0]), float(columns.walls[0])
        self.last_step, self.last_wall = int(columns.steps[-1]), float(columns.walls[-1])
        self.last = float(columns.values[-1])
        self.count += len(columns)
        finite_N = np.isfinite(columns.values)
        if not finite_N.all():
            self._note_bad(columns, finite_N)
            columns = Columns(columns.steps[finite_N], columns.walls[finite_N], columns.values[finite_N])
            if not len(columns):
                return
        low, high = int(columns.values.argmin()), int(columns.values.argmax())
        if not self.minimum <= columns.values[low]:
            self.minimum, self.minimum_step = float(columns.values[low]), int(columns.steps[low])
        if not self.maximum >= columns.values[high]:
            self.maximum, self.maximum_step = float(columns.values[high]), int(columns.steps[high])

    def _note_bad(self, columns: Columns, finite_N: np.ndarray) -> None:
        nans = int(np.isnan(columns.values).sum())
        self.nans += nans
        self.infinities += int((~finite_N).sum()) - nans
        if self.first_bad_step is None:
            self.first_bad_step = int(columns.steps[np.argmin(finite_N)])


_SAVE = """
UPDATE metric SET count = ?, first_step = ?, first_wall = ?, last_step = ?, last_wall = ?, last = ?, minimum = ?,
    minimum_step = ?, maximum = ?, maximum_step = ?, nans = ?, infinities = ?, first_bad_step = ?, generation = ?,
    sequence = ?
WHERE id = ?
"""
_STATE = (
    "name, id, count, first_step, first_wall, last_step, last_wall, last, minimum, minimum_step, maximum, maximum_step,"
    " nans, infinities, first_bad_step, generation"
)


def load_states(connection: sqlite3.Connection, run: int) -> dict[str, MetricState]:
    """Return the metrics of a run by name."""
    states = {}
    for name, *values in connection.execute(f"SELECT {_STATE} FROM metric WHERE run = ?", (run,)):
        state = MetricState(*values)
        for key in ("last", "minimum", "maximum"):
            if getattr(state, key) is None:
                setattr(state, key, math.nan)
        states[name] = state
    return states


def new_state(connection: sqlite3.Connection, run: int, name: str, sequence: int) -> MetricState:
    """Add a metric without points to a run and return it."""
    cursor = connection.execute("INSERT INTO metric (run, name, sequence) VALUES (?, ?, ?)", (run, name, sequence))
    assert cursor.lastrowid is not None
    return MetricState(id=cursor.lastrowid, tail=[])


def save_state(connection: sqlite3.Connection, state: MetricState, sequence: int) -> None:
    """Write the summary of a metric."""
    values = (
        state.count, state.first_step, state.first_wall, state.last_step, state.last_wall, state.last, state.minimum,
        state.minimum_step, state.maximum, state.maximum_step, state.nans, state.infinities, state.first_bad_step,
        state.generation, sequence, state.id,
    )  # fmt: skip
    connection.execute(_SAVE, values)
