"""How long the store of runs takes: opening a huge run, filtering many, and showing what another process wrote."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.job import JobContext
from deepstudio.store.runs import Cursor, RunStore

NAME = "store"
HELP = "Seconds to open a run of thousands of metrics with every point, and to filter a thousand runs."
IN_ALL = True

_REPEATS = 5
_HAND_OVERS = 20
_POINTS_OF_LONG = 10_000_000
_FILTERS = ("run-77", "/^run-.*9$/", "tag:even", "optimizer.learning_rate>=0.05", 'digits -tag:even "seed=1"')
_CHILD = """
import sys, time
from pathlib import Path
from deepstudio.store.runs import RunStore
store = RunStore(Path(sys.argv[1]))
writer = store.writer(sys.argv[2])
for step in range(int(sys.argv[3])):
    writer.write("loss", step, time.time(), time.time())
    time.sleep(0.013)
writer.close("finished")
store.close()
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--metrics", type=int, default=5000, help="metrics of the run that is opened")
    parser.add_argument("--points", type=int, default=1000, help="points of each of them")
    parser.add_argument("--runs", type=int, default=1000, help="runs that are filtered")
    parser.add_argument("--long", type=int, default=_POINTS_OF_LONG, help="points of the one long metric")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield medians; every reading is done by a store that has just been opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "runs.db"
        context.progress(0, 5)
        opened = _measure_open(path, arguments.metrics, arguments.points)
        context.progress(1, 5)
        live = _measure_live(Path(folder) / "live.db", arguments.metrics, arguments.points)
        context.progress(2, 5)
        filtered = _measure_filter(Path(folder) / "many.db", arguments.runs)
        context.progress(3, 5)
        long = _measure_long(path, arguments.long)
        context.progress(4, 5)
        followed = _measure_follow(path)
        context.progress(5, 5)
    yield {**opened, **live, **filtered, **long, **followed}


def _measure_open(path: Path, num_metrics: int, num_points: int) -> dict[str, Any]:
    random = np.random.default_rng(0)
    began = time.perf_counter()
    with RunStore(path) as store:
        run_id = store.create_run("wide", config={"optimizer": {"learning_rate": 0.1}}).id
        writer = store.writer(run_id)
        steps = np.arange(num_points)
        walls = 1.7e9 + np.sort(random.random(num_points)) * 3600
        for number in range(num_metrics):
            writer.write(f"group{number % 50}/metric{number}", steps, walls, random.standard_normal(num_points))
        writer.close("finished", timeout=600.0)
    wrote = time.perf_counter() - began

    def overview() -> int:
        with RunStore(path) as store:
            return len(store.metrics(run_id))

    read = _reading(path, run_id)
    assert read() == num_metrics * num_points
    open_seconds, open_cpu_seconds = _median_and_cpu(read)
    return {
        "open_seconds": open_seconds,
        "open_cpu_seconds": open_cpu_seconds,
        "overview_seconds": _median(overview),
        "write_seconds": wrote,
        "metrics": num_metrics,
        "points": num_points,
        "megabytes": path.stat().st_size / 1e6,
    }


def _reading(path: Path, run_id: str) -> Callable[[], int]:
    def read() -> int:
        with RunStore(path) as store:
            store.metrics(run_id)
            return sum(map(len, store.read_all(run_id).values()))

    return read


def _measure_live(path: Path, num_metrics: int, num_points: int) -> dict[str, Any]:
    """Measure opening a run that is still written: its points lie as they came, some at a time."""
    random = np.random.default_rng(2)
    with RunStore(path) as store:
        run_id = store.create_run("live").id
        writer = store.writer(run_id)
        for steps in np.array_split(np.arange(num_points), _HAND_OVERS):
            for number in range(num_metrics):
                name = f"group{number % 50}/metric{number}"
                writer.write(name, steps, 1.7e9 + steps * 1e-2, random.standard_normal(len(steps)))
            assert writer.flush(600.0)
        read = _reading(path, run_id)
        assert read() == num_metrics * num_points
        seconds, cpu_seconds = _median_and_cpu(read)
        writer.close("finished", timeout=600.0)
    return {"live_open_seconds": seconds, "live_open_cpu_seconds": cpu_seconds}


def _measure_filter(path: Path, num_runs: int) -> dict[str, Any]:
    with RunStore(path) as store:
        for number in range(num_runs):
            config = {
                "name": f"digits-{number % 7}",
                "seed": number,
                "optimizer": {"name": "sgd", "learning_rate": 0.001 * number, "betas": [0.9, 0.999]},
                "network": {"name": "cnn", "channels": [32, 64, 128], **{f"option{i}": i * number for i in range(40)}},
            }
            store.create_run(
                f"run-{number}", config=config, tags=("even" if number % 2 == 0 else "odd",), status="stopped"
            )
        assert len(store.runs()) == num_runs
    with RunStore(path) as store:
        began = time.perf_counter()
        store.runs()
        first = time.perf_counter() - began
        each = [_median(lambda words=words: len(store.runs(words))) for words in _FILTERS]  # type: ignore[misc]
    return {"filter_ms": 1e3 * max(each), "list_ms": 1e3 * first, "runs": num_runs}


def _measure_long(path: Path, num_points: int) -> dict[str, Any]:
    with RunStore(path) as store:
        run_id = store.create_run("long").id
        writer = store.writer(run_id)
        random = np.random.default_rng(1)
        for start in range(0, num_points, 100_000):
            steps = np.arange(start, min(num_points, start + 100_000))
            writer.write("loss", steps, 1.7e9 + steps * 1e-3, random.standard_normal(len(steps)).astype(np.float32))
        writer.close("finished", timeout=600.0)

    def overview() -> int:
        with RunStore(path) as store:
            return int(store.read_pyramid(run_id, "loss", limit=4096).counts.sum())

    def whole() -> int:
        with RunStore(path) as store:
            return len(store.read(run_id, "loss"))

    assert overview() == whole() == num_points
    return {"long_overview_seconds": _median(overview), "long_open_seconds": _median(whole)}


def _measure_follow(path: Path, num_points: int = 150) -> dict[str, Any]:
    """Measure from the moment another process hands a point in to the moment it is read here, looking every 10 ms."""
    with RunStore(path) as store:
        run_id = store.create_run("followed").id
        cursor = Cursor.start([run_id])
        store.follow(cursor)
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(path), run_id, str(num_points)])
        ages: list[float] = []
        try:
            deadline = time.monotonic() + 60.0
            while len(ages) < num_points and time.monotonic() < deadline:
                for news in store.follow(cursor)[0]:
                    now = time.time()
                    for columns in news.metrics.values():
                        ages.extend(now - columns.values)
                time.sleep(0.01)
        finally:
            child.wait(60.0)
        began = time.perf_counter()
        for _ in range(1000):
            store.follow(cursor)
        idle = time.perf_counter() - began
    return {
        "follow_ms": {"p50": 1e3 * float(statistics.median(ages)), "p95": 1e3 * float(np.quantile(ages, 0.95))},
        "idle_look_us": 1e3 * idle,
    }


def _median(work: Callable[[], int]) -> float:
    return _median_and_cpu(work)[0]


def _median_and_cpu(work: Callable[[], int]) -> tuple[float, float]:
    """Return the seconds by the clock, and those that a core worked: they differ on a machine that others use, too."""
    times, worked = [], []
    for _ in range(_REPEATS):
        began, began_work = time.perf_counter(), time.process_time()
        work()
        times.append(time.perf_counter() - began)
        worked.append(time.process_time() - began_work)
    return statistics.median(times), statistics.median(worked)
