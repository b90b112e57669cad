"""Curves in memory: every figure of every pixel column is what brute force finds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from deepstudio.store.run_columns import make_columns
from deepstudio.store.series import PixelColumns, Series
from deepstudio.store.series_axis import KnotMap, LinearMap
from deepstudio.store.series_book import SeriesBook, build_book
from deepstudio.store.series_smooth import MovingAverage, gaussian


def _series(values: np.ndarray, steps: np.ndarray | None = None, walls: np.ndarray | None = None) -> Series:
    steps = np.arange(len(values)) if steps is None else steps
    walls = steps * 0.5 + 100 if walls is None else walls
    made = Series("loss")
    made.append(steps, walls, values)
    return made


def _check(found: PixelColumns, keys: np.ndarray, values: np.ndarray, edges: np.ndarray) -> None:
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    bounds = np.searchsorted(keys, edges)
    bounds[-1] = np.searchsorted(keys, edges[-1], side="right")
    for column, (first, end) in enumerate(pairwise(bounds)):
        part = values[first:end]
        finite = part[np.isfinite(part)]
        assert found.counts[column] == len(part)
        assert found.nans[column] == np.isnan(part).sum()
        assert found.above[column] == (part == np.inf).sum()
        assert found.below[column] == (part == -np.inf).sum()
        if len(finite):
            assert found.minimum[column] == finite.min()
            assert found.maximum[column] == finite.max()
            assert found.mean[column] == pytest.approx(finite.mean(), rel=1e-6, abs=1e-9)
        else:
            assert np.isnan(found.minimum[column]) and np.isnan(found.maximum[column])
        if len(part):
            assert np.array_equal([found.first[column], found.last[column]], part[[0, -1]], equal_nan=True)


@pytest.mark.parametrize("steps", ["even", "uneven", "repeated", "back"])
def test_columns_are_what_brute_force_finds(steps: str) -> None:
    random = np.random.default_rng(3)
    count = 60_000
    values = random.standard_normal(count).astype(np.float32).astype(np.float64)
    values[random.choice(count, 300, replace=False)] = np.nan
    values[[7, 800, 59_999]] = np.inf, -np.inf, 1e30
    at = {
        "even": np.arange(count) * 3 + 10,
        "uneven": np.cumsum(random.integers(1, 9, count)),
        "repeated": np.repeat(np.arange(count // 4), 4),
        "back": np.concatenate([np.arange(40_000), np.arange(25_000, 45_000)]),
    }[steps]
    series = Series("loss")
    for first in range(0, count, 7_919):
        part = slice(first, first + 7_919)
        series.append(at[part], 100 + 0.25 * np.arange(count)[part], values[part])
        series.columns(0, 10, 3)  # looked at in between, as a window does
    for _ in range(40):
        width = 10 ** random.uniform(0, 5)
        left = random.uniform(-width / 2, at.max())
        edges = np.linspace(left, left + width, int(random.integers(1, 300)) + 1)
        _check(series.columns_between(edges), at, values, edges)
        walls = 100 + edges / at.max() * 0.25 * count
        _check(series.columns_between(walls, "wall"), 100 + 0.25 * np.arange(count), values, walls)


@pytest.mark.parametrize("place", [0, 1, 16_383, 123_456, 1_999_999])
def test_a_single_nan_and_a_single_spike_are_seen_at_every_zoom(place: int) -> None:
    values = np.zeros(2_000_000)
    values[place] = np.nan
    values[(place + 500_000) % 2_000_000] = 50.0
    series = _series(values)
    for width in (2_000_000, 500_000, 3_000, 40):
        for at, field in ((place, "nans"), ((place + 500_000) % 2_000_000, "maximum")):
            low = max(0, at - width // 3)
            found = getattr(series.columns(low, low + width, 777), field)
            assert np.nansum(found) in (1, 50.0)
    assert [(run.kind, run.first_step, run.count) for run in series.bad_runs()] == [("nan", place, 1)]


def test_logarithmic_columns_are_exact() -> None:
    random = np.random.default_rng(5)
    values = random.standard_normal(20_000)
    series = _series(values)
    _check(series.columns(1, 19_999, 400, log=True), np.arange(20_000), values, np.geomspace(1, 19_999, 401))


def test_values_keep_every_bit() -> None:
    exact = np.array([0.5, np.nan, 1.25, -np.inf])
    series = _series(exact)
    assert series.raw_values.dtype == np.float32
    series.append(4, 0.0, 0.1)
    assert series.values[-1] == 0.1
    assert np.array_equal(series.values[:4], exact, equal_nan=True)


def test_points_in_any_order_keep_the_order_they_came_in() -> None:
    series = Series()
    for step, value in ((5, 1.0), (2, 2.0), (9, 3.0), (2, 4.0)):
        series.append(step, float(step), value)
    assert series.steps.tolist() == [5, 2, 9, 2]
    assert series.values.tolist() == [1, 2, 3, 4]
    assert series.view().values.tolist() == [2, 4, 1, 3]
    assert series.last == 4.0 and series.nearest(8) == 3


def test_truncating_leaves_no_trace() -> None:
    series = _series(np.arange(1000.0))
    assert series.columns(0, 999, 1).maximum[0] == 999
    series.truncate(400)
    series.append(400, 1.0, 7.0)
    assert series.steps.tolist() == list(range(401))
    assert series.columns(0, 999, 1).maximum[0] == 399


def test_a_clock_that_says_nothing_repeats_the_last_time() -> None:
    series = Series()
    series.append([0, 1, 2], np.array([5.0, np.nan, 7.0]), [0.0, 0.0, 0.0])
    assert series.walls.tolist() == [5.0, 5.0, 7.0]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="2 steps"):
        Series().append([1, 2], 0.0, [1.0, 2.0, 3.0])


def test_metrics_of_one_loop_share_their_steps_until_they_differ() -> None:
    book = SeriesBook()
    for step in range(0, 40, 4):
        at = np.arange(step, step + 4)
        for name in ("loss", "learning_rate"):
            book.append(name, at, at * 0.1, at * 2.0)
    loss, rate = book.series["loss"], book.series["learning_rate"]
    assert loss.timeline is rate.timeline
    book.append("loss", [40], [4.0], [1.0])
    book.append("learning_rate", [50], [5.0], [1.0])
    assert loss.timeline is not rate.timeline
    assert loss.steps[-1] == 40 and rate.steps[-1] == 50
    assert rate.steps[:40].tolist() == list(range(40)) and rate.walls[-1] == 5.0
    assert rate.columns(0, 45, 1).counts[0] == 40


def test_a_metric_that_lags_behind_another_is_cut_at_its_own_end() -> None:
    book = SeriesBook()
    book.append("a", np.arange(100), np.arange(100.0), np.zeros(100))
    book.append("b", np.arange(10), np.arange(10.0), np.ones(10))
    assert book.series["b"].columns(0, 99, 2).counts.tolist() == [10, 0]


def test_a_book_is_built_of_stored_columns() -> None:
    book = build_book({"loss": make_columns([1, 2], [10.0, 11.0], [0.5, 0.25])})
    assert book.series["loss"].values.tolist() == [0.5, 0.25]
    assert book.first_wall() == 10.0


@pytest.mark.parametrize("weight", [0.3, 0.9, 0.99, 0.999])
def test_the_moving_average_is_the_debiased_one(weight: float) -> None:
    values = np.random.default_rng(1).standard_normal(40_000)
    values[[0, 5, 33_000]] = np.nan, np.inf, np.nan
    series, wanted, state, counted = Series(), [], 0.0, 0
    average = MovingAverage(series, weight)
    for first in range(0, len(values), 9_999):
        part = values[first : first + 9_999]
        series.append(np.arange(first, first + len(part)), 0.0, part)
        while not average.advance(2_500):
            pass
    for value in values:
        if np.isfinite(value):
            state, counted = weight * state + (1 - weight) * value, counted + 1
        wanted.append(state / (1 - weight**counted) if counted else np.nan)
    assert np.allclose(average.values, wanted, rtol=1e-9, atol=1e-9, equal_nan=True)


def test_smoothing_never_leaves_the_range_of_the_data() -> None:
    values = np.random.default_rng(2).random(5_000)
    series = _series(values)
    average = MovingAverage(series, 0.95)
    average.advance()
    smooth = gaussian(series.columns(0, 4_999, 300), 8.0)
    for found in (average.values, smooth[~np.isnan(smooth)]):
        assert values.min() <= found.min() and found.max() <= values.max()


def test_the_gaussian_of_a_line_is_the_line() -> None:
    series = _series(np.arange(3_000.0))
    smooth = gaussian(series.columns(0, 2_999, 300), 5.0)
    assert np.allclose(np.diff(smooth[20:-20]), 10, atol=0.2)


def test_knots_follow_the_metric_and_keep_little() -> None:
    knots = KnotMap()
    steps = np.arange(1000)
    knots.append(steps, np.where(steps < 500, steps * 64.0, 500 * 64.0 + (steps - 500) * 128.0))
    assert len(knots) <= 4
    assert knots.from_key(np.array([100.0, 600.0, 2000.0])) == pytest.approx([6400, 44_800, 224_000])
    assert knots.to_key(np.array([6400.0, 44_800.0])) == pytest.approx([100, 600])


def test_epochs_follow_from_steps() -> None:
    epochs = LinearMap(unit=50.0)
    assert epochs.from_key(np.array([0, 25, 100])).tolist() == [0, 0.5, 2]
    assert epochs.to_key(np.array([1.5])).tolist() == [75]
