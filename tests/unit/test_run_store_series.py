"""Points go in and come out, whatever they are: random series against plain arrays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from deepstudio.store import run_chunks, run_metrics
from deepstudio.store.run_columns import Columns, Decoder, decode, encode, join, make_columns
from deepstudio.store.run_pyramid import coarser, envelope
from deepstudio.store.runs import Cursor, RunStore

INT64 = np.iinfo(np.int64)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore(tmp_path / "runs.db", commit_interval=0.001) as opened:
        yield opened


def random_series(seed: int, count: int) -> Columns:
    """Return a series of one of the kinds that programs really write, and of some that they should not."""
    random = np.random.default_rng(seed)
    steps = np.arange(count, dtype=np.int64) * int(random.integers(1, 50)) + int(random.integers(-1000, 1000))
    kind = seed % 6
    if kind == 1:
        steps = random.integers(-(2**40), 2**40, count)
    elif kind == 2:
        steps = np.sort(random.integers(0, count // 2 + 1, count))
    elif kind == 3:
        steps[random.random(count) < 0.1] -= 500
    elif kind == 4:
        steps = random.integers(INT64.min, INT64.max, count, endpoint=True)
    walls = 1.7e9 + np.cumsum(random.random(count)) * (3600 if kind == 3 else 1)
    if kind == 5:
        walls = random.permutation(walls)
    values = random.standard_normal(count)
    if kind in (0, 2):
        values = values.astype(np.float32).astype(np.float64)
    if kind == 3:
        values[:] = 0.125
    spoilt = random.random(count) < 0.03
    values[spoilt] = random.choice([np.nan, np.inf, -np.inf, 1e308, -0.0, 5e-324], int(spoilt.sum()))
    return make_columns(steps, walls, values)


def assert_same(found: Columns, wanted: Columns) -> None:
    assert np.array_equal(found.steps, wanted.steps)
    assert found.walls == pytest.approx(wanted.walls, abs=1e-6, rel=0)
    # bit for bit, save the payload of NaN
    assert np.array_equal(np.isnan(found.values), np.isnan(wanted.values))
    good = ~np.isnan(wanted.values)
    assert np.array_equal(found.values[good].view(np.int64), wanted.values[good].view(np.int64))


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("count", [1, 2, 3, 257, 4000])
def test_a_chunk_comes_back_as_it_was(seed: int, count: int) -> None:
    series = random_series(seed, count)
    found = decode(encode(series))
    assert_same(found, series)
    assert_same(decode(encode(found)), found)
    assert not found.values.flags.writeable and not found.steps.flags.writeable


def test_even_steps_and_single_precision_take_eight_bytes_a_point() -> None:
    series = make_columns(np.arange(1000), 1.7e9 + np.arange(1000.0), np.linspace(0, 1, 1000, dtype=np.float32))
    assert len(encode(series)) < 1000 * 8 + 50
    assert len(encode(make_columns(np.arange(1000), 1.7e9 + np.arange(1000.0), [0.1] * 1000))) < 1000 * 4 + 50


def test_metrics_logged_together_share_their_steps() -> None:
    decoder = Decoder()
    one = decoder(encode(make_columns([1, 2, 3], 1.7e9, [1, 2, 3])))
    other = decoder(encode(make_columns([1, 2, 3], 1.7e9, [4, 5, 6])))
    later = decoder(encode(make_columns([1, 2, 4], 1.7e9, [4, 5, 6])))
    assert one.steps is other.steps and one.walls is other.walls
    assert later.steps.tolist() == [1, 2, 4]
    assert other.values.tolist() == [4, 5, 6]


def test_metrics_in_several_chunks_share_their_steps_too(store: RunStore) -> None:
    run = store.create_run("live").id
    writer = store.writer(run)
    random = np.random.default_rng(0)
    wanted: dict[str, list[float]] = {name: [] for name in ("a", "b", "c")}
    for first, last in ((0, 90), (90, 100), (100, 103)):
        for name in wanted:
            steps = np.arange(first, last) + (1 if name == "c" and first == 90 else 0)
            values = random.standard_normal(last - first)
            wanted[name] += values.tolist()
            writer.write(name, steps, 1.7e9 + steps * 0.5, values)
        assert writer.flush()
    found = store.read_all(run)
    assert {name: columns.values.tolist() for name, columns in found.items()} == wanted
    assert found["a"].steps is found["b"].steps and found["a"].walls is found["b"].walls
    for name, columns in found.items():
        assert_same(columns, store.read(run, name))
    assert found["c"].steps.tolist() == [*range(90), *range(91, 101), *range(100, 103)]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_written_in_pieces_is_read_whole_and_by_step(store: RunStore, seed: int) -> None:
    random = np.random.default_rng(seed + 100)
    series = random_series(seed, 6000)
    run = store.create_run("random").id
    writer = store.writer(run)
    start = 0
    while start < len(series):
        size = int(random.choice([1, 2, 7, 100, 2000]))
        part = series[start : start + size]
        if size == 1:
            writer.write("loss", int(part.steps[0]), float(part.walls[0]), float(part.values[0]))
        else:
            writer.write("loss", part.steps, part.walls, part.values)
        if random.random() < 0.3:
            assert writer.flush()
        start += size
    assert writer.flush()
    assert_same(store.read(run, "loss"), series)
    low, high = np.quantile(series.steps.astype(float), [0.3, 0.6]).astype(np.int64).tolist()
    inside = (series.steps >= low) & (series.steps <= high)
    assert_same(
        store.read(run, "loss", low, high),
        Columns(series.steps[inside], series.walls[inside], series.values[inside]),
    )
    writer.close("finished")
    assert_same(store.read(run, "loss"), series)
    check_summary(store, run, series)


def check_summary(store: RunStore, run: str, series: Columns) -> None:
    (info,) = store.metrics(run)
    finite = series.values[np.isfinite(series.values)]
    assert info.count == len(series)
    assert (info.first_step, info.last_step) == (series.steps[0], series.steps[-1])
    assert (info.minimum, info.maximum) == (finite.min(), finite.max())
    assert series.values[series.steps == info.minimum_step].min() == info.minimum
    assert series.values[series.steps == info.maximum_step].max() == info.maximum
    assert info.nans == np.isnan(series.values).sum()
    assert info.infinities == np.isinf(series.values).sum()
    bad = np.flatnonzero(~np.isfinite(series.values))
    assert info.first_bad_step == (series.steps[bad[0]] if len(bad) else None)
    assert np.array_equal([info.last], [series.values[-1]], equal_nan=True)


def test_small_chunks_are_merged_as_they_grow(store: RunStore) -> None:
    run = store.create_run("long").id
    key = store.run(run).key
    database = store._database
    with database.writing() as (connection, sequence):
        state = run_metrics.new_state(connection, key, "loss", sequence)
        most = 0
        for step in range(20_000):
            run_chunks.append(connection, state, make_columns(step, 1.7e9, step % 7), sequence)
            assert state.tail is not None
            most = max(most, len(state.tail))
        (rows,) = connection.execute("SELECT count(*) FROM chunk").fetchone()
    assert most <= 36
    assert rows <= 36
    assert np.array_equal(store.read(run, "loss").steps, np.arange(20_000))


def test_full_chunks_are_left_alone(store: RunStore) -> None:
    run = store.create_run("long").id
    writer = store.writer(run)
    count = run_chunks.FULL * 2 + 100
    writer.write("loss", np.arange(count), 1.7e9, np.arange(count, dtype=float))
    writer.flush()
    for step in range(count, count + 300):
        writer.write("loss", step, 1.7e9, 0.0)
        if step % 50 == 0:
            writer.flush()
    writer.close("finished")
    with store._database.reading() as connection:
        counts = [row[0] for row in connection.execute("SELECT count FROM chunk ORDER BY key")]
    assert counts == [run_chunks.FULL, run_chunks.FULL, 400]
    assert store.read(run, "loss").steps.tolist() == list(range(count + 300))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("limit", [1, 7, 100, 5000])
def test_every_spike_and_nan_survives_every_zoom(store: RunStore, seed: int, limit: int) -> None:
    series = random_series(seed, 70_000)
    run = store.create_run("zoom").id
    writer = store.writer(run)
    for start in range(0, len(series), 9_999):
        part = series[start : start + 9_999]
        writer.write("loss", part.steps, part.walls, part.values)
        writer.flush()
    found = store.read_pyramid(run, "loss", limit=limit)
    assert len(found) <= limit
    assert found.counts.sum() == len(series)
    end = np.cumsum(found.counts)
    for bucket in range(0, len(found), max(1, len(found) // 50)):
        part = series[end[bucket] - found.counts[bucket] : end[bucket]]
        finite = part.values[np.isfinite(part.values)]
        assert (found.step_low[bucket], found.step_high[bucket]) == (part.steps.min(), part.steps.max())
        assert found.nans[bucket] == np.isnan(part.values).sum()
        assert found.infinities[bucket] == np.isinf(part.values).sum()
        wanted = (finite.min(), finite.max()) if len(finite) else (math.nan, math.nan)
        assert np.array_equal((found.minimum[bucket], found.maximum[bucket]), wanted, equal_nan=True)
    writer.close("finished")


def test_the_pyramid_of_a_part_holds_the_points_of_that_part(store: RunStore) -> None:
    run = store.create_run("zoom").id
    writer = store.writer(run)
    values = np.zeros(200_000)
    values[123_456] = 9.0
    writer.write("loss", np.arange(200_000), 1.7e9, values)
    writer.flush()
    found = store.read_pyramid(run, "loss", limit=500, first=123_000, last=124_000)
    assert found.maximum.max() == 9.0
    assert found.step_low.min() <= 123_000 and found.step_high.max() >= 124_000
    assert found.counts.sum() < 1_200
    assert store.read_pyramid(run, "loss", limit=500, first=0, last=100_000).maximum.max() == 0.0
    assert len(store.read_pyramid(run, "accuracy")) == 0
    writer.close("finished")


def test_buckets_without_any_number_say_so() -> None:
    found = coarser(envelope(make_columns(range(8), 0.0, [math.nan] * 4 + [math.inf, 1, 2, -math.inf]), 2), 2)
    assert np.array_equal(found.minimum, [math.nan, 1], equal_nan=True)
    assert np.array_equal(found.maximum, [math.nan, 2], equal_nan=True)
    assert found.nans.tolist() == [4, 0] and found.infinities.tolist() == [0, 2]
    assert len(envelope(Columns.empty())) == 0 == len(join([]))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("share", [0.0, 0.4, 1.1])
def test_truncating_leaves_the_steps_before(store: RunStore, seed: int, share: float) -> None:
    series = random_series(seed, 5000)
    run = store.create_run("resumed").id
    writer = store.writer(run)
    for start in range(0, len(series), 311):
        part = series[start : start + 311]
        writer.write("loss", part.steps, part.walls, part.values)
        writer.flush()
    ordered = np.sort(series.steps)
    border = int(ordered[min(len(ordered) - 1, int(share * len(ordered)))]) + (share > 1)
    store.truncate(run, border)
    before = series.steps < border
    kept = Columns(series.steps[before], series.walls[before], series.values[before])
    assert_same(store.read(run, "loss"), kept)
    (info,) = store.metrics(run)
    assert info.count == before.sum()
    assert info.generation == (not before.all())
    writer.write("loss", [border, border + 1], 1.8e9, [1.0, math.nan])
    writer.flush()
    more = join([kept, make_columns([border, border + 1], 1.8e9, [1.0, math.nan])])
    assert_same(store.read(run, "loss"), more)
    check_summary(store, run, more)
    writer.close("finished")
    assert_same(store.read(run, "loss"), more)


@pytest.mark.parametrize("seed", range(6))
def test_a_follower_gets_every_point_once_and_is_told_of_truncation(store: RunStore, seed: int) -> None:
    random = np.random.default_rng(seed)
    run = store.create_run("followed").id
    store.create_run("another")
    writer = store.writer(run)
    cursor = Cursor.start([run])
    seen: dict[str, Columns] = {}
    wanted: dict[str, list[float]] = {"a": [], "b": [], "c": []}
    for step in range(300):
        name = str(random.choice(list(wanted)))
        writer.write(name, step, 1.7e9, float(step))
        wanted[name].append(float(step))
        if random.random() < 0.15:
            writer.flush()
        if random.random() < 0.02:
            store.truncate(run, step - 20)
            wanted = {name: [value for value in values if value < step - 20] for name, values in wanted.items()}
        if random.random() < 0.15:
            follow(store, cursor, seen)
    writer.close("finished")
    follow(store, cursor, seen)
    assert {name: columns.values.tolist() for name, columns in seen.items() if len(columns)} == {
        name: values for name, values in wanted.items() if values
    }
    assert store.follow(cursor)[0] == []


def follow(store: RunStore, cursor: Cursor, seen: dict[str, Columns]) -> None:
    for news in store.follow(cursor)[0]:
        assert news.run.name == "followed"
        for name, columns in news.metrics.items():
            seen[name] = columns if name in news.reset or name not in seen else join([seen[name], columns])


def test_lengths_that_differ_and_steps_beyond_64_bits_are_refused_at_once(store: RunStore) -> None:
    writer = store.writer(store.create_run("wrong").id)
    with pytest.raises(ValueError, match="one length"):
        writer.write("loss", [1, 2], 1.7e9, [1.0])
    with pytest.raises(ValueError, match="64 bits"):
        writer.write("loss", 2**63, 1.7e9, 1.0)
    writer.write("loss", np.int64(3), 1.7e9, np.float32(0.5))
    writer.write("loss", [], [], [])
    writer.close("stopped")
    assert store.read(writer.run_id, "loss").values.tolist() == [0.5]
