"""From the loop to the sinks: values wait here for about 80 ms. In the training thread.

A step's loss stays on the device until then, so that reading it never makes the GPU wait.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np
import torch

from deepstudio.core.training_messages import Media, MetricBatch, MetricColumns, RunEvent
from deepstudio.train.sinks import Sink

_FLUSH_SECONDS = 0.080
"""A dozen times a second: every step is on the screen within 100 ms, and telling of it costs training little."""


class MetricBuffer:
    """Collects values, tensors still on the device among them, and passes them on about every 80 ms."""

    def __init__(self) -> None:
        self._sinks: list[Sink] = []
        self._pending: list[tuple[int, float, Mapping[str, float | torch.Tensor]]] = []
        self._flushed = time.monotonic()
        self.flushes = 0
        """How often values were passed on."""

    def attach(self, sink: Sink) -> None:
        """Pass everything on to `sink` from now on, and close it in the end."""
        self._sinks.append(sink)

    def add(self, step: int, values: Mapping[str, float | torch.Tensor]) -> None:
        """Keep the values of a step, tensors detached; flush if the last flush is long ago."""
        self._pending.append((step, time.time(), values))
        if time.monotonic() - self._flushed >= _FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Bring all pending values to the host in one transfer and give them to every sink."""
        self._flushed = time.monotonic()
        if not self._pending:
            return
        self.flushes += 1
        pending, self._pending = self._pending, []
        batch = MetricBatch(columns=_columns(pending))
        for sink in self._sinks:
            sink.write(batch)

    def event(self, event: RunEvent) -> None:
        """Pass on an event, after the points before it."""
        self.flush()
        for sink in self._sinks:
            sink.event(event)

    def media(self, media: Sequence[Media]) -> None:
        """Pass on media, after the points before them."""
        self.flush()
        for item in media:
            for sink in self._sinks:
                sink.media(item)

    def sync(self) -> None:
        """Flush, and let every sink make sure that nothing is lost if the process ends now."""
        self.flush()
        for sink in self._sinks:
            sink.sync()

    def close(self) -> None:
        """Flush and close every sink."""
        try:
            self.flush()
        finally:
            sinks, self._sinks = self._sinks, []
            for sink in sinks:
                sink.close()


def _columns(pending: Sequence[tuple[int, float, Mapping[str, float | torch.Tensor]]]) -> tuple[MetricColumns, ...]:
    """Return the values by metric. Tensors cross from the device in one transfer."""
    tensors = [value for *_, values in pending for value in values.values() if isinstance(value, torch.Tensor)]
    numbers = iter(_to_host(tensors))
    points: dict[str, tuple[list[int], list[float], list[float]]] = {}
    for step, wall, values in pending:
        for name, value in values.items():
            if name not in points:
                points[name] = ([], [], [])
            steps, walls, found = points[name]
            steps.append(step)
            walls.append(wall)
            found.append(next(numbers) if isinstance(value, torch.Tensor) else value)
    return tuple(
        MetricColumns(
            name=name, steps=np.array(steps, np.int64), walls=np.array(walls), values=np.array(found, np.float64)
        )
        for name, (steps, walls, found) in points.items()
    )


def _to_host(tensors: Sequence[torch.Tensor]) -> list[float]:
    if not tensors or tensors[0].device.type == "cpu":
        return [tensor.item() for tensor in tensors]
    found: list[float] = torch.stack([tensor.float() for tensor in tensors]).tolist()
    return found
