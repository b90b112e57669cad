"""How long a call of `deepstudio.monitor` holds up the training script, and how soon the value is in the store."""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deepstudio.core.job import JobContext

if TYPE_CHECKING:
    from deepstudio.monitor import Run
    from deepstudio.store.runs import RunStore

NAME = "log"
HELP = "Microseconds that one call of deepstudio.monitor takes from the script that is being recorded."
IN_ALL = True

_THREADS = 4
_BLOCK = 500  # calls between two pauses: a training step is never shorter than the pause


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--calls", type=int, default=20_000, help="calls to measure, in each case")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping: a call from one thread, from four at once, and the way into the store."""
    import deepstudio.monitor as monitor
    from deepstudio.store.runs import RunStore

    with tempfile.TemporaryDirectory(prefix="deepstudio-bench-") as folder:
        path = Path(folder) / "runs.db"
        with RunStore(path) as store, monitor.run("bench", store=path) as run:
            run.log({"loss": 0.0}, step=0)
            run.flush()
            context.status("one thread")
            alone = _calls(run, "loss", arguments.calls)
            run.flush(60.0)
            context.status("four threads")
            together = _calls_of_threads(run, arguments.calls // _THREADS)
            run.flush(60.0)
            context.status("into the store")
            seen = _times_to_see(store, run)
            yield {
                "microseconds_per_call": float(alone.mean()),
                "p50_microseconds": float(np.percentile(alone, 50)),
                "p99_microseconds": float(np.percentile(alone, 99)),
                "threads": _THREADS,
                "threads_microseconds_per_call": float(together.mean()),
                "threads_p50_microseconds": float(np.percentile(together, 50)),
                "threads_p99_microseconds": float(np.percentile(together, 99)),
                "visible_ms_p50": float(np.percentile(seen, 50)),
                "visible_ms_p95": float(np.percentile(seen, 95)),
                "calls": arguments.calls,
                "dropped": run.dropped,
            }


def _calls(run: Run, name: str, number: int) -> np.ndarray:
    """Return the microseconds of each call."""
    times = np.empty(number)
    for step in range(number):
        began = time.perf_counter()
        run.log({name: 0.5}, step=step)
        times[step] = time.perf_counter() - began
        if step % _BLOCK == 0:
            time.sleep(0.001)
    return times * 1e6


def _calls_of_threads(run: Run, number: int) -> np.ndarray:
    found: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda place=place: found.append(_calls(run, f"loss/{place}", number)))
        for place in range(_THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return np.concatenate(found)


def _times_to_see(store: RunStore, run: Run) -> np.ndarray:
    """Return the milliseconds from a call to the moment when another reader of the file has its value."""
    times = []
    for step in range(50):
        time.sleep(0.013)
        before = store.changed(0)
        began = time.perf_counter()
        run.log({"seen": 1.0}, step=step)
        while store.changed(0) == before or len(store.read(run.id, "seen")) <= step:
            time.sleep(0.0005)
        times.append((time.perf_counter() - began) * 1e3)
    return np.array(times)
