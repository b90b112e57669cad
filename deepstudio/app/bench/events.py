"""How fast a folder of TensorBoard's event files becomes runs of the store; TensorBoard's own reader is the peer."""

from __future__ import annotations

import argparse
import io
import itertools
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.job import JobContext, SilentContext

NAME = "events"
HELP = "Megabytes a second from TensorBoard's event files into the store, many runs at once."
IN_ALL = False

_TAGS = ("loss", "accuracy", "validation/loss", "validation/accuracy", "learning_rate")
_START = 1.7e9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--runs", type=int, default=200, help="folders with an event file each")
    parser.add_argument("--steps", type=int, default=1000, help="steps of each, of five curves")
    parser.add_argument("--peer-runs", type=int, default=4, help="how many of them TensorBoard's reader reads")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping."""
    with tempfile.TemporaryDirectory(prefix="deepstudio-bench-") as folder:
        root = Path(folder) / "logs"
        context.status("writing event files")
        content = _log(arguments.steps)
        files = [_write(root / f"run{number:04}", content) for number in range(arguments.runs)]
        context.status("reading them")
        seconds, points, size = _read(root, Path(folder) / "runs.db")
        context.status("TensorBoard's reader")
        peer = _read_by_tensorboard(files[: arguments.peer_runs])
        speed = size / 1e6 / seconds
        yield {
            "runs": arguments.runs,
            "points": points,
            "megabytes": size / 1e6,
            "seconds": seconds,
            "megabytes_per_second": speed,
            "tensorboard_megabytes_per_second": peer,
            "ratio_tensorboard": None if peer is None else speed / peer,
        }


def _write(folder: Path, content: bytes) -> Path:
    folder.mkdir(parents=True)
    path = folder / f"events.out.tfevents.{int(_START)}.bench"
    path.write_bytes(content)
    return path


def _log(steps: int) -> bytes:
    """Return an event file with the curves step by step, as a training script writes them."""
    from deepstudio.store.tensorboard.writer import EventWriter

    stream, random = io.BytesIO(), np.random.default_rng(0)
    writer = EventWriter(stream, wall=_START)
    begins = [stream.tell()]
    for tag in _TAGS:
        writer.scalars(
            tag,
            np.arange(steps),
            np.arange(steps, dtype=np.float64) + _START,
            random.normal(size=steps).astype(np.float64),
        )
        begins.append(stream.tell())
    content = stream.getvalue()
    curves = [_records(content, first, last) for first, last in itertools.pairwise(begins)]
    return b"".join((content[: begins[0]], *itertools.chain.from_iterable(zip(*curves, strict=True))))


def _records(content: bytes, first: int, last: int) -> Iterator[bytes]:
    while first < last:
        following = first + 16 + int.from_bytes(content[first : first + 8], "little")
        yield content[first:following]
        first = following


def _read(root: Path, store_path: Path) -> tuple[float, int, int]:
    from deepstudio.store.runs import RunStore
    from deepstudio.store.tensorboard.follower import FollowRequest, follow_tensorboard

    with RunStore(store_path) as store:
        began = time.perf_counter()
        report = follow_tensorboard(FollowRequest(folder=root, store=store, live=False), SilentContext())
        return time.perf_counter() - began, report.points, report.bytes


def _read_by_tensorboard(files: list[Path]) -> float | None:
    """Return megabytes a second, None where TensorBoard is not installed."""
    try:
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    except ImportError:
        return None
    began = time.perf_counter()
    for path in files:
        EventAccumulator(str(path.parent), size_guidance={"scalars": 0}).Reload()
    return sum(path.stat().st_size for path in files) / 1e6 / (time.perf_counter() - began)
