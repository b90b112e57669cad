"""Spikes: single points that stand out are found whatever the scale and the zoom, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from deepstudio.store.series import Series
from deepstudio.store.series_spikes import SpikeFinder


def _series(values: np.ndarray) -> Series:
    series = Series("loss")
    series.append(np.arange(len(values)) * 10, np.arange(len(values)) + 1e9, values)
    return series


def _found(values: np.ndarray) -> list[int]:
    finder = SpikeFinder(_series(values))
    while finder.advance(10_000) >= 10_000:
        pass
    return [spike.step // 10 for spike in finder.spikes]


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
@pytest.mark.parametrize("place", [5, 30, 255, 256, 700, 5_000, 9_990])
def test_a_single_spike_is_found_anywhere(scale: float, place: int) -> None:
    rng = np.random.default_rng(0)
    values = (2 * np.exp(-np.arange(10_000) / 2000) + 0.1 + rng.normal(0, 0.02, 10_000)) * scale
    values[place] += 3 * scale
    assert _found(values) == [place]


def test_a_dip_and_a_burst_are_one_spike_each() -> None:
    rng = np.random.default_rng(0)
    values = 5 + rng.normal(0, 0.1, 2000)
    values[600] = -40.0
    values[1200:1204] = [30, 50, 40, 20]
    assert _found(values) == [600, 1201]


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).normal(0, 1, 20_000),
        np.exp(-np.arange(3000) / 5.0) * 1000 + 0.01 * np.random.default_rng(2).random(3000),
        np.repeat([1.0, 50.0], 1000) + 0.01 * np.random.default_rng(3).random(2000),
        np.full(500, 3.0),
        np.linspace(0.1, 0.0, 3000),
        np.where(np.arange(3000) < 1500, 0.1, 0.01),
        np.array([1.0, 100.0, 1.0]),
        np.full(300, np.nan),
        np.empty(0),
    ],
    ids=["noise", "steep", "step", "constant", "linear", "schedule", "short", "nan", "empty"],
)
def test_what_is_no_spike_is_not_listed(values: np.ndarray) -> None:
    assert _found(values) == []


def test_a_growing_and_a_cut_curve_give_the_same() -> None:
    rng = np.random.default_rng(0)
    values = rng.random(3000)
    values[[100, 1500, 2990]] = 1e6
    series = Series("loss")
    finder = SpikeFinder(series)
    for first in range(0, 3000, 37):
        part = values[first : first + 37]
        series.append(np.arange(first, first + len(part)), 1e9, part)
        assert finder.advance(1_000_000) < 1_000_000
    assert [spike.step for spike in finder.spikes] == [100, 1500, 2990]
    assert finder.spikes[0].value == 1e6 and 0 < finder.spikes[0].usual < 1
    series.truncate(1000)
    finder.advance(1_000_000)
    assert [spike.step for spike in finder.spikes] == [100]
