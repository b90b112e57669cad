"""All curves of a run in memory. No Qt; built in a lane, then handed to the window. One thread at a time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy.typing as npt

from deepstudio.store.run_columns import Columns
from deepstudio.store.series import Series
from deepstudio.store.series_columns import Timeline


class SeriesBook:
    """Series by name, in the order in which they came. Those that are logged together share their steps and walls."""

    def __init__(self) -> None:
        self.series: dict[str, Series] = {}
        self._timeline = Timeline()

    def append(self, name: str, steps: npt.ArrayLike, walls: npt.ArrayLike, values: npt.ArrayLike) -> Series:
        """Append points to a series, made if it is new; return it."""
        found = self.series.get(name)
        if found is None:
            found = self.series[name] = Series(name, timeline=self._timeline)
        found.append(steps, walls, values)
        return found

    def truncate(self, from_step: int) -> None:
        """Remove all points at `from_step` and later ones."""
        self._timeline = Timeline()
        for series in self.series.values():
            series.truncate(from_step)

    def first_wall(self) -> float | None:
        """Return when the first point came, seconds since 1970; None without points."""
        timelines = {series.timeline for series in self.series.values() if len(series)}  # thousands of series share one
        return min((timeline.walls.at(0) for timeline in timelines), default=None)


def build_book(columns: Mapping[str, Columns]) -> SeriesBook:
    """Return the series of `columns`, ready to be drawn."""
    book = SeriesBook()
    for name, part in columns.items():
        view = book.append(name, part.steps, part.walls, part.values).view("step")
        view.pyramid.raise_levels(view.values)
    return book
