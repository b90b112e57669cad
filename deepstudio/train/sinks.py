"""Where metrics, events and media go. The loop knows no more of a sink than what `Sink` declares.

Values reach the sinks in batches about every 80 ms, in the training thread. Torch-free.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import Media, MetricBatch, MetricColumns, RunEvent

_log = logging.getLogger(__name__)
_WRITE_SECONDS = 0.25


class Sink:
    """Takes what a run says, in the training thread; must return fast. A sink overrides what it cares for."""

    def write(self, batch: MetricBatch) -> None:
        """Take new points."""

    def event(self, event: RunEvent) -> None:
        """Take an event; the points before it have been written."""

    def media(self, media: Media) -> None:
        """Take a histogram, pictures, a confusion matrix, a text."""

    def sync(self) -> None:
        """Make sure that what was written survives the end of this process: a checkpoint is about to be written."""

    def close(self) -> None:
        """The run has ended, well or not; how, the last event told."""


class JsonLinesSink(Sink):
    """One JSON object a point, appended to a file a few times a second; what the disk does not take is tried again."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._stream: IO[bytes] = open(path, "ab", buffering=0)  # noqa: SIM115 - closed by close()
        self._batches: list[MetricBatch] = []
        self._written_at = time.monotonic()
        self._waiting: list[bytes] = []

    @property
    def waiting(self) -> int:
        """Return how many blocks the disk has refused so far."""
        return len(self._waiting)

    def write(self, batch: MetricBatch) -> None:
        """Take the points. Written together, those of a quarter of a second cost less than half."""
        self._batches.append(batch)
        if time.monotonic() - self._written_at >= _WRITE_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Append the points and hand them to the system."""
        self._written_at = time.monotonic()
        batches, self._batches = self._batches, []
        lines = [line for batch in batches for column in batch.columns for line in _lines(column)]
        if lines:
            self._waiting.append("".join(lines).encode())
        self._drain()

    def close(self) -> None:
        """Write what still waits, if the disk lets it, and close the file."""
        self.sync()
        self._stream.close()

    def _drain(self) -> None:
        while self._waiting:
            block = self._waiting[0]
            try:
                done = self._stream.write(block)
            except OSError as error:
                _log.warning("%s: %s", self._path, error)
                return
            if done < len(block):  # the disk became full in the middle: the rest goes there once there is room
                self._waiting[0] = block[done:]
                return
            self._waiting.pop(0)


def _lines(column: MetricColumns) -> Iterator[str]:
    head = f'{{"name": {json.dumps(column.name)}, "step": '
    for step, wall, value in zip(column.steps.tolist(), column.walls.tolist(), column.values.tolist(), strict=True):
        yield f'{head}{step}, "wall": {wall}, "value": {json.dumps(value)}}}\n'


class ContextSink(Sink):
    """Hands everything to the job's context, for the window and the command line."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    def write(self, batch: MetricBatch) -> None:
        """Hand over the points."""
        self._context.partial(batch)

    def event(self, event: RunEvent) -> None:
        """Hand over the event."""
        self._context.partial(event)

    def media(self, media: Media) -> None:
        """Hand over the media."""
        self._context.partial(media)
