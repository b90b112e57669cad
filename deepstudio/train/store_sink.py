"""A training run in the store of runs: its row, its points, events and media. In the training thread.

The store's own writer never waits for the disk. What it cannot write (full disk, locked or read-only store) stays in
memory and is tried again; the run goes on and says so.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.errors import UnknownNameError
from deepstudio.core.training_messages import EventKind, Level, Media, MediaKind, MetricBatch, MetricColumns, RunEvent
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.store.media import pack, unpack
from deepstudio.store.runs import MediaInfo, RunStore, RunWriter, Status, StoreError
from deepstudio.train.sinks import Sink

_log = logging.getLogger(__name__)
_SYNC_SECONDS = 5.0
_HAND_OVER_SECONDS = 0.25
_STATUS = {
    EventKind.STARTED: Status.RUNNING,
    EventKind.RESUMED: Status.RUNNING,
    EventKind.CONTINUED: Status.RUNNING,
    EventKind.PAUSED: Status.PAUSED,
}
_ENDS = {
    EventKind.FINISHED: Status.FINISHED,
    EventKind.STOPPED: Status.STOPPED,
    EventKind.FAILED: Status.FAILED,
}
_WAITING = QT_TRANSLATE_NOOP("events", "{reason} Training goes on; what it says waits in memory.")
_WRITTEN = QT_TRANSLATE_NOOP("events", "The store of runs takes what training says again; nothing was lost.")


class StoreSink(Sink):
    """Writes one run. `tell` gets an event when the store begins or ceases to make trouble."""

    def __init__(self, store: RunStore, run_id: str, *, tell: Callable[[RunEvent], None]) -> None:
        self.run_id = run_id
        self._writer: RunWriter = store.writer(run_id)
        self._tell = tell
        self._end = Status.INTERRUPTED
        self._troubled = False
        self._last_step = 0
        self._points: dict[str, list[MetricColumns]] = {}
        self._handed = time.monotonic()
        self._samples: dict[str, tuple[int, np.ndarray]] = {}

    def write(self, batch: MetricBatch) -> None:
        """Take the points; they go on a few times a second, since each handing over wakes the thread that writes."""
        for column in batch.columns:
            self._points.setdefault(column.name, []).append(column)
            self._last_step = int(column.steps[-1])
        if time.monotonic() - self._handed >= _HAND_OVER_SECONDS:
            self._hand_over()

    def _hand_over(self) -> None:
        self._handed = time.monotonic()
        points, self._points = self._points, {}
        for name, columns in points.items():
            self._writer.write(
                name,
                np.concatenate([column.steps for column in columns]),
                np.concatenate([column.walls for column in columns]),
                np.concatenate([column.values for column in columns]),
            )
        self._report()

    def event(self, event: RunEvent) -> None:
        """Hand over the event, after the points before it; it may change the run's status."""
        self._hand_over()
        data = {
            name: value if isinstance(value, (int, float, str)) else str(value) for name, value in event.values.items()
        }
        self._writer.event(
            event.kind, step=event.step, wall=event.wall, level=event.level, text=event.sentence, data=data
        )
        if event.kind in _STATUS:
            self._writer.set_status(_STATUS[event.kind])
        self._end = _ENDS.get(event.kind, self._end)

    def media(self, media: Media) -> None:
        """Hand over a histogram, pictures, a confusion matrix or a text in the store's form."""
        is_text = media.kind is MediaKind.TEXT
        payload = str(media.payload["text"]).encode() if is_text else self._pack(media)
        self._writer.media(media.name, media.step, media.wall, media.kind, payload)

    def _pack(self, media: Media) -> bytes:
        """Return the payload as bytes. Sample pictures that are still the same are not stored again."""
        arrays = {name: value for name, value in media.payload.items() if isinstance(value, np.ndarray)}
        meta: dict[str, Any] = {name: value for name, value in media.payload.items() if name not in arrays}
        if media.kind is MediaKind.PREDICTIONS and "pixels" in arrays:
            step, pixels = self._samples.get(media.name, (media.step, None))
            if pixels is arrays["pixels"]:
                del arrays["pixels"]
                meta["pixels_step"] = step
            else:
                self._samples[media.name] = (media.step, arrays["pixels"])
        return pack(arrays, meta)

    def finished(self, model: Path) -> None:
        """Note where the finished model lies."""
        self._writer.update(model=str(model))

    def sync(self) -> None:
        """Wait until all points are safe. While the store makes trouble, only look whether it still does."""
        self._hand_over()
        self._writer.flush(0.0 if self._troubled else _SYNC_SECONDS)
        self._report()

    def close(self) -> None:
        """End the run with the status that its last event gave it. What cannot be written goes to a rescue file."""
        self._hand_over()
        try:
            self._writer.close(self._end)
        except StoreError as error:
            _log.warning("%s: %s", self.run_id, error)

    def _report(self) -> None:
        problem = self._writer.problem
        if (problem is not None) is self._troubled:
            return
        self._troubled = problem is not None
        reason = {} if problem is None else {"reason": Phrase(problem.sentence, problem.values)}
        self._tell(
            RunEvent(
                kind=EventKind.STORE,
                step=self._last_step,
                wall=time.time(),
                sentence=_WAITING if self._troubled else _WRITTEN,
                values=reason,
                level=Level.WARNING if self._troubled else Level.INFO,
            )
        )


def read_media(store: RunStore, run_id: str, info: MediaInfo) -> Media:
    """Return a stored medium as it was handed in, sample pictures included. Raises InputError, StoreError."""
    raw = store.media_payload(info.id)
    payload: dict[str, Any]
    if info.kind == MediaKind.TEXT:
        payload = {"text": raw.decode(errors="replace")}
    else:
        arrays, meta = unpack(raw)
        payload = {**arrays, **{name: tuple(it) if isinstance(it, list) else it for name, it in meta.items()}}
    if "pixels_step" in payload:
        step = payload.pop("pixels_step")
        first = [other for other in store.media(run_id, info.name) if other.step == step]
        payload["pixels"] = unpack(store.media_payload(first[0].id))[0]["pixels"] if first else None
        payload = {name: value for name, value in payload.items() if value is not None}
    return Media(name=info.name, step=info.step, wall=info.wall, kind=MediaKind(info.kind), payload=payload)


def open_row(store: RunStore, run_id: str, *, first_step: int, metrics: Path, **row: Any) -> str:
    """Return the id of a run's row, made with `row` if there is none, without points from `first_step` on.

    Points that the file `metrics` has and the store has not (it was locked, or another one) are put in. Raises
    StoreError.
    """
    try:
        store.truncate(run_id, first_step)
        store.update(run_id, folder=row["folder"])
    except UnknownNameError:
        store.create_run(id=run_id, **row)
    if first_step:
        _refill(store, run_id, metrics)
    return run_id


def _refill(store: RunStore, run_id: str, metrics: Path) -> None:
    known = {info.name: info.last_step for info in store.metrics(run_id) if info.count}
    missing = [point for point in _points(metrics) if point[1] > known.get(point[0], -1)]
    if missing:
        writer = store.writer(run_id, claim=False)
        writer.write_points(missing)
        writer.flush(_SYNC_SECONDS)


def _points(path: Path) -> Iterator[tuple[str, int, float, float]]:
    if not path.is_file():
        return
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            try:
                point: Mapping[str, Any] = json.loads(line)
                yield point["name"], point["step"], point["wall"], point["value"]
            except (ValueError, KeyError):
                continue  # a line cut short by a crash
