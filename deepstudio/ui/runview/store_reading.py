"""What a view reads of a stored run, as jobs for the lane "files". No widgets."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import EventKind, Level, Media, MediaKind, RunEvent
from deepstudio.store.media import unpack
from deepstudio.store.run_columns import Columns
from deepstudio.store.run_rows import EventRow, MediaInfo, RunRow
from deepstudio.store.runs import RunStore
from deepstudio.store.series_book import SeriesBook, build_book

_THUMBNAIL = 256
_KINDS = {
    "histogram": MediaKind.HISTOGRAM,
    "image": MediaKind.IMAGES,
    "images": MediaKind.IMAGES,
    "grid": MediaKind.IMAGES,
    "predictions": MediaKind.PREDICTIONS,
    "confusion": MediaKind.CONFUSION,
    "activations": MediaKind.ACTIVATIONS,
    "text": MediaKind.TEXT,
    "audio": MediaKind.AUDIO,
}
_STRETCHES = 600
"""Stretches of a sound whose loudest moment is kept, to draw its wave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRun:
    """All of a stored run but the payloads of its media."""

    store: RunStore
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """What `read_run` returns."""

    row: RunRow
    book: SeriesBook
    events: tuple[RunEvent, ...]
    media: tuple[MediaInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMedia:
    """The payloads of some media of a run."""

    store: RunStore
    run_id: str
    infos: tuple[MediaInfo, ...]


def read_run(request: ReadRun, context: JobContext) -> StoredRun:
    """Return a run's curves, events and the list of its media. Raises StoreError, UnknownNameError."""
    row = request.store.run(request.run_id)
    columns = request.store.read_all(request.run_id)
    context.check()
    return StoredRun(
        row=row,
        book=build_book(columns),
        events=tuple(map(event_of, request.store.events(request.run_id))),
        media=tuple(request.store.media(request.run_id)),
    )


def build(columns: Mapping[str, Columns], context: JobContext) -> SeriesBook:
    """Return the curves of points that were read already."""
    return build_book(columns)


def read_media(request: ReadMedia, context: JobContext) -> tuple[Media, ...]:
    """Return media with their payloads; damaged ones are left out. Raises StoreError."""
    found = []
    for info in request.infos:
        context.check()
        media = _read_one(request, info)
        if media is not None:
            found.append(media)
    return tuple(found)


def kind_of(info: MediaInfo) -> MediaKind | None:
    """Return what a stored medium is to a view, None if it cannot be shown."""
    return _KINDS.get(info.kind)


def event_of(row: EventRow) -> RunEvent:
    """Return a stored event as the engine says it."""
    kind = EventKind(row.kind) if row.kind in set(EventKind) else EventKind.NOTICE
    level = Level(row.level) if row.level in set(Level) else Level.INFO
    return RunEvent(kind=kind, step=row.step or 0, wall=row.wall, sentence=row.text, values=row.data, level=level)


def _read_one(request: ReadMedia, info: MediaInfo) -> Media | None:
    kind = kind_of(info)
    if kind is None:
        return None
    raw = request.store.media_payload(info.id)
    try:
        payload = _payload(request, info, raw)
    except (DeepStudioError, OSError, ValueError, Image.DecompressionBombError):
        return None
    return Media(name=info.name, step=info.step, wall=info.wall, kind=kind, payload=payload)


def _payload(request: ReadMedia, info: MediaInfo, raw: bytes) -> dict[str, Any]:
    if info.kind == "text":
        return {"text": raw.decode(errors="replace")}
    if info.kind == "image":
        label = str(info.meta.get("label") or info.name)
        return {"pixels": _decoded(raw)[None], "captions": (label,)}
    if info.kind == "audio":
        samples, rate = _heard(raw)
        parts = np.array_split(np.abs(samples).max(axis=1), min(_STRETCHES, max(1, len(samples))))
        shape = np.array([part.max(initial=0.0) for part in parts], np.float32)
        label = str(info.meta.get("label") or info.name)
        return {"samples": samples, "rate": np.array(rate), "shape": shape.clip(0, 1), "caption": label}
    arrays, meta = unpack(raw)
    payload: dict[str, Any] = dict(arrays)
    payload.update({name: tuple(value) if isinstance(value, list) else value for name, value in meta.items()})
    if "labels" in meta and info.kind == "confusion":
        payload["classes"] = tuple(map(str, meta["labels"]))
    if "pixels_step" in meta:
        # Sample pictures that stay the same are stored once.
        same = [other for other in request.store.media(request.run_id, info.name) if other.step == meta["pixels_step"]]
        if same:
            payload["pixels"] = unpack(request.store.media_payload(same[0].id))[0]["pixels"]
    return payload


def _heard(raw: bytes) -> tuple[np.ndarray, int]:
    """Return a sound as (samples, channels) and its rate. Raises ValueError for what is none."""
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(raw), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError("no sound") from error
    return samples, int(rate)


def _decoded(raw: bytes) -> np.ndarray:
    """Return an encoded picture as uint8 HWC, made smaller if it is large."""
    with Image.open(io.BytesIO(raw)) as image:
        image.thumbnail((_THUMBNAIL, _THUMBNAIL))
        return np.array(image.convert("RGB"))
