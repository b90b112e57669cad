"""A curve in memory that grows while it is looked at: exact extremes for every pixel column, at any zoom. No Qt.

One thread at a time. Legend of shapes: N points, W pixel columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from deepstudio.store.series_columns import StepColumn, Timeline, ValueColumn, WallColumn
from deepstudio.store.series_pyramid import Pyramid

Key = Literal["step", "wall"]
"""What the points are laid out by. Epochs and examples follow from the steps, relative times from the walls."""


@dataclass(frozen=True, slots=True, eq=False)
class PixelColumns:
    """What W columns of pixels show. Values are float64, NaN where a column has no finite point.

    `bounds_W1`: the points of column i are [bounds[i], bounds[i + 1]) in the order of the axis.
    `first` and `last` are the values at the ends of a column, finite or not.
    """

    bounds: np.ndarray
    minimum: np.ndarray
    maximum: np.ndarray
    mean: np.ndarray
    first: np.ndarray
    last: np.ndarray
    nans: np.ndarray
    above: np.ndarray
    below: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Return how many points each column has."""
        return np.diff(self.bounds)


@dataclass(frozen=True, slots=True)
class BadRun:
    """Consecutive points that are NaN ("nan") or infinite ("inf")."""

    kind: str
    first_step: int
    last_step: int
    first_wall: float
    count: int


class SeriesView:
    """The points of a series in the order of its steps or of its walls."""

    def __init__(self, series: Series, key: Key) -> None:
        self._series = series
        self._key = key
        self._pyramid = Pyramid()
        self._order: np.ndarray | None = None
        self._keys: StepColumn | WallColumn | None = None
        self._values = np.empty(0)
        self._done = 0
        self.generation = 0
        """Changes whenever points that were there have moved or gone: what was derived from them is void."""

    def __len__(self) -> int:
        return self._done

    @property
    def values(self) -> np.ndarray:
        """Return the values in order, float32 or float64."""
        return self._series.raw_values if self._order is None else self._values

    @property
    def pyramid(self) -> Pyramid:
        """Return the extremes over `values`."""
        return self._pyramid

    def sync(self) -> None:
        """Take in what was appended."""
        count = len(self._series)
        if count == self._done:
            return
        column = self._column()
        if column.sorted:
            self._order, self._keys = None, None
        else:
            self._sort(count)
        self._done = count
        self._pyramid.update(self.values)

    def cut(self) -> None:
        """Start anew: points were removed."""
        self._pyramid = Pyramid()
        self._order, self._keys, self._done = None, None, 0
        self.generation += 1

    def search(self, keys: npt.ArrayLike, *, right: bool = False) -> np.ndarray:
        """Return how many points lie below each of `keys` (steps or walls), or not above it if `right`."""
        column = self._keys if self._keys is not None else self._column()
        # The timeline may be shared with a metric that is already further on.
        return np.minimum(column.search(np.asarray(keys, dtype=np.float64), right=right), self._done)

    def keys(self, first: int, end: int) -> np.ndarray:
        """Return the steps or walls of the points [first, end) in order."""
        column = self._keys if self._keys is not None else self._column()
        return column.part(first, end)

    def original(self, index: int) -> int:
        """Return the place at which a point was appended."""
        return index if self._order is None else int(self._order[index])

    def _column(self) -> StepColumn | WallColumn:
        timeline = self._series.timeline
        return timeline.steps if self._key == "step" else timeline.walls

    def _sort(self, count: int) -> None:
        """Sort all points, equal ones in the order in which they came. Merging sorted stretches takes linear time."""
        keys_N = self._column().part(0, count)
        self._order = np.argsort(keys_N, kind="stable")
        self._keys = StepColumn() if self._key == "step" else WallColumn()
        self._keys.append(keys_N[self._order])
        self._values = self._series.raw_values[self._order]
        self._pyramid = Pyramid()
        self.generation += 1


class Series:
    """The points of one metric: steps int64, walls float64 (seconds since 1970), values float64, as they came.

    `timeline` may be shared with metrics that are logged at the same steps.
    """

    def __init__(self, name: str = "", *, timeline: Timeline | None = None) -> None:
        self.name = name
        self.timeline = timeline if timeline is not None else Timeline()
        self._shared = timeline is not None
        self._values = ValueColumn()
        self._views: dict[Key, SeriesView] = {}
        self.revision = 0
        """Grows with every change."""

    def __len__(self) -> int:
        return len(self._values)

    @property
    def steps(self) -> np.ndarray:
        """Return the steps as they came, int64, read-only."""
        return _read_only(self.timeline.steps.part(0, len(self)))

    @property
    def walls(self) -> np.ndarray:
        """Return the walls as they came, float64, read-only."""
        return _read_only(self.timeline.walls.part(0, len(self)))

    @property
    def values(self) -> np.ndarray:
        """Return the values as they came, float64, read-only."""
        return _read_only(self._values.array.astype(np.float64))

    @property
    def raw_values(self) -> np.ndarray:
        """Return the values as they came, float32 or float64."""
        return self._values.array

    @property
    def last(self) -> float | None:
        """Return the value that came last, None without points."""
        return float(self._values.array[-1]) if len(self) else None

    @property
    def last_step(self) -> int | None:
        """Return the step that came last, None without points."""
        return self.timeline.steps.at(len(self) - 1) if len(self) else None

    def append(self, steps: npt.ArrayLike, walls: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """Append points in any order; a single wall serves all. Raises ValueError if lengths differ."""
        values_N = np.asarray(values, dtype=np.float64).reshape(-1)
        steps_N = np.asarray(steps, dtype=np.int64).reshape(-1)
        walls_N = np.asarray(walls, dtype=np.float64).reshape(-1)
        if len(walls_N) == 1 and len(values_N) != 1:
            walls_N = np.full(len(values_N), walls_N[0])
        if not len(steps_N) == len(walls_N) == len(values_N):
            raise ValueError(f"{len(steps_N)} steps, {len(walls_N)} walls and {len(values_N)} values")
        if not len(values_N):
            return
        if not self.timeline.take_in(len(self), steps_N, walls_N):
            self._part_ways()
            self.timeline.take_in(len(self), steps_N, walls_N)
        self._values.append(values_N)
        self.revision += 1

    def truncate(self, from_step: int) -> None:
        """Remove all points at `from_step` and later ones."""
        keep_N = self.steps < from_step
        if keep_N.all():
            return
        steps_N, walls_N, values_N = self.steps[keep_N], self.walls[keep_N], self.values[keep_N]
        self.clear()
        self.append(steps_N, walls_N, values_N)

    def clear(self) -> None:
        """Remove all points."""
        self.timeline, self._shared = Timeline(), False
        self._values = ValueColumn()
        for view in self._views.values():
            view.cut()
        self.revision += 1

    def view(self, key: Key = "step") -> SeriesView:
        """Return the points laid out by `key`, up to date."""
        if key not in self._views:
            self._views[key] = SeriesView(self, key)
        found = self._views[key]
        found.sync()
        return found

    def columns(
        self, low: float, high: float, num_columns: int, key: Key = "step", *, log: bool = False
    ) -> PixelColumns:
        """Return what `num_columns` columns between the steps or walls `low` and `high` (both inside) show.

        The columns are of equal width, or of equal ratio if `log` (then `low` must be positive).
        """
        spread = np.geomspace if log else np.linspace
        return self.columns_between(spread(low, high, num_columns + 1), key)

    def columns_between(self, edges_W1: np.ndarray, key: Key = "step") -> PixelColumns:
        """Return what the columns between rising `edges` (steps or walls) show; the last edge lies inside."""
        view = self.view(key)
        bounds_W1 = view.search(edges_W1)
        bounds_W1[-1] = view.search(edges_W1[-1:], right=True)[0]
        return pixel_columns(view.values, view.pyramid, bounds_W1)

    def nearest(self, at: float, key: Key = "step") -> int | None:
        """Return the place (in the order of `key`) of the point nearest to a step or wall, None without points."""
        view = self.view(key)
        if not len(view):
            return None
        after = int(view.search([at])[0])
        near = [place for place in (after - 1, after) if 0 <= place < len(view)]
        return min(near, key=lambda place: abs(float(view.keys(place, place + 1)[0]) - at))

    def bad_runs(self, limit: int = 1000) -> list[BadRun]:
        """Return the stretches of NaN and of infinite points in the order of steps, at most `limit` of each kind."""
        view = self.view("step")
        found = []
        for kind, places in (("nan", view.pyramid.nan_indices), ("inf", view.pyramid.inf_indices)):
            if not len(places):
                continue
            cuts = np.flatnonzero(np.diff(places) > 1)
            firsts = np.concatenate([places[:1], places[cuts + 1]])
            lasts = np.concatenate([places[cuts], places[-1:]])
            for first, last in zip(firsts[:limit].tolist(), lasts[:limit].tolist(), strict=True):
                found.append(
                    BadRun(
                        kind=kind,
                        first_step=int(view.keys(first, first + 1)[0]),
                        last_step=int(view.keys(last, last + 1)[0]),
                        first_wall=self.timeline.walls.at(view.original(first)),
                        count=last - first + 1,
                    )
                )
        return sorted(found, key=lambda run: run.first_step)

    def _part_ways(self) -> None:
        """Stop sharing the timeline: this metric is logged at other steps."""
        self.timeline, self._shared = self.timeline.copy(len(self)), False


def pixel_columns(values_N: np.ndarray, pyramid: Pyramid, bounds_W1: np.ndarray) -> PixelColumns:
    """Return what columns show that hold the points [bounds[i], bounds[i + 1])."""
    found = pyramid.extremes(values_N, bounds_W1)
    counts_W = np.diff(bounds_W1)
    finite_W = counts_W - found.nans - found.above - found.below
    filled = counts_W > 0
    first_W, last_W = np.full(len(counts_W), np.nan), np.full(len(counts_W), np.nan)
    first_W[filled] = values_N[bounds_W1[:-1][filled]]
    last_W[filled] = values_N[bounds_W1[1:][filled] - 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_W = np.where(finite_W > 0, found.total / finite_W, np.nan)
    return PixelColumns(
        bounds=bounds_W1,
        minimum=found.minimum,
        maximum=found.maximum,
        mean=mean_W,
        first=first_W,
        last=last_W,
        nans=found.nans,
        above=found.above,
        below=found.below,
    )


def _read_only(array: np.ndarray) -> np.ndarray:
    shown = array.view()
    shown.flags.writeable = False
    return shown
