"""Where metrics go. A sink is anything with `write` and `close`; the loop knows no more of it.

Values reach the sinks in batches about every 50 ms: a step's loss stays on the device until then, so that reading it
never makes the GPU wait.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import torch

_FLUSH_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPoint:
    """One value of one metric: the step counted from 0, and seconds since the epoch of the clock."""

    name: str
    step: int
    wall: float
    value: float


class Sink(Protocol):
    """Takes batches of points, in the training thread; must return fast."""

    def write(self, points: Sequence[MetricPoint]) -> None:
        """Take a batch."""

    def close(self) -> None:
        """The run has ended, well or not."""


class JsonLinesSink:
    """One JSON object a point, appended to a file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream: IO[str] = open(path, "a", encoding="utf-8")  # noqa: SIM115 - closed by close()

    def write(self, points: Sequence[MetricPoint]) -> None:
        """Append the points and hand them to the system."""
        for point in points:
            self._stream.write(
                json.dumps({"name": point.name, "step": point.step, "wall": point.wall, "value": point.value}) + "\n"
            )
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


class MetricBuffer:
    """Collects values, tensors still on the device among them, and passes them on about every 50 ms."""

    def __init__(self) -> None:
        self._sinks: list[Sink] = []
        self._pending: list[tuple[str, int, float, float | torch.Tensor]] = []
        self._flushed = time.monotonic()

    def attach(self, sink: Sink) -> None:
        """Pass everything on to `sink` from now on, and close it in the end."""
        self._sinks.append(sink)

    def add(self, step: int, **values: float | torch.Tensor) -> None:
        """Keep the values of a step; flush if the last flush is long ago."""
        wall = time.time()
        self._pending.extend((name, step, wall, value) for name, value in values.items())
        if time.monotonic() - self._flushed >= _FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Bring all pending values to the host in one transfer and give them to every sink."""
        self._flushed = time.monotonic()
        if not self._pending:
            return
        tensors = [value for *_, value in self._pending if isinstance(value, torch.Tensor)]
        numbers = iter(torch.stack([tensor.detach().float() for tensor in tensors]).tolist() if tensors else [])
        points = [
            MetricPoint(name=name, step=step, wall=wall, value=next(numbers) if isinstance(v, torch.Tensor) else v)
            for name, step, wall, v in self._pending
        ]
        self._pending.clear()
        for sink in self._sinks:
            sink.write(points)

    def close(self) -> None:
        """Flush and close every sink."""
        try:
            self.flush()
        finally:
            for sink in self._sinks:
                sink.close()
