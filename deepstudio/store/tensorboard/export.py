"""A run of the store written as an event file. Any thread; not the GUI's."""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.files import atomic_path
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.store.media import unpack
from deepstudio.store.runs import MediaInfo, RunRow, RunStore, Status
from deepstudio.store.tensorboard import hparams
from deepstudio.store.tensorboard.writer import EventWriter

_TOGETHER = 256  # curves read at once


def export_events(store: RunStore, run_id: str, folder: Path, context: JobContext | None = None) -> Path:
    """Write the run to `folder`/NAME/events.out.tfevents... and return that file; whole or not at all.

    Curves, histograms, pictures, sounds, texts, what happened, and the settings as hyperparameters. Raises
    UnknownNameError, OSError, StoreError, JobCancelled.
    """
    context = context or SilentContext()
    row = store.run(run_id)
    target = Path(folder) / safe_folder(row.name) / f"events.out.tfevents.{int(row.created)}.deepstudio.{row.id[:8]}"
    with atomic_path(target) as temporary, open(temporary, "wb") as stream:
        writer = EventWriter(stream, wall=row.created)
        names = [info.name for info in store.metrics(run_id) if info.count]
        _settings(writer, row, names)
        media = store.media(run_id)
        total = len(names) + len(media)
        for first in range(0, len(names), _TOGETHER):
            context.check()
            context.progress(first, total)
            for name, columns in sorted(store.read_all(run_id, names[first : first + _TOGETHER]).items()):
                writer.scalars(name, columns.steps, columns.walls, columns.values)
        for place, info in enumerate(media):
            context.check()
            context.progress(len(names) + place, total)
            _media(writer, info, store.media_payload(info.id))
        for event in store.events(run_id):
            text = event.text.format_map(_Lenient(event.data)) or event.kind
            writer.text("events", event.step or 0, event.wall, f"**{event.level}**: {text}")
        _end(writer, row)
    return target


def safe_folder(name: str) -> str:
    """Return the run's name as a folder (levels stay) that every system takes."""
    parts = [re.sub(r"[^\w.,=+@ -]+", "-", part).strip(" .") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part) or "run"


class _Lenient(dict[str, object]):
    """Leaves `{name}` as it is where the value is missing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _settings(writer: EventWriter, row: RunRow, metrics: list[str]) -> None:
    if not row.config:
        return
    experiment = hparams.encode_experiment(row.config, metrics[:50])
    start = hparams.encode_start(row.config, group=row.id, started=row.created)
    writer.metadata(hparams.EXPERIMENT_TAG, row.created, hparams.PLUGIN, experiment)
    writer.metadata(hparams.START_TAG, row.created, hparams.PLUGIN, start)


def _end(writer: EventWriter, row: RunRow) -> None:
    if row.config and not row.status.alive and row.ended is not None:
        end = hparams.encode_end(succeeded=row.status == Status.FINISHED, ended=row.ended)
        writer.metadata(hparams.END_TAG, row.ended, hparams.PLUGIN, end)


def _media(writer: EventWriter, info: MediaInfo, payload: bytes) -> None:
    """Write one record; what TensorBoard has no form for, or is damaged, is left out."""
    if info.kind == "text":
        writer.text(info.name, info.step, info.wall, payload.decode("utf-8", "replace"))
    elif info.kind == "image":
        _image(writer, info, info.name, payload)
    elif info.kind == "audio":
        _audio(writer, info, payload)
    else:
        try:
            arrays, _ = unpack(payload)
        except InputError:
            return
        if info.kind == "histogram" and arrays["counts"].size:
            edges, counts = (arrays[key].astype(np.float64) for key in ("edges", "counts"))
            writer.histogram(info.name, info.step, info.wall, edges, counts)
        elif "pixels" in arrays and arrays["pixels"].ndim == 4:
            for number, pixels_HWC in enumerate(arrays["pixels"]):
                _image(writer, info, f"{info.name}/image/{number}", _png(pixels_HWC))


def _image(writer: EventWriter, info: MediaInfo, tag: str, encoded: bytes) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(encoded)) as picture:
            size = picture.size
    except (UnidentifiedImageError, OSError, ValueError):
        return
    writer.image(tag, info.step, info.wall, encoded, size)


def _png(pixels_HWC: np.ndarray) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(pixels_HWC[..., 0] if pixels_HWC.shape[-1] == 1 else pixels_HWC).save(stream, "PNG")
    return stream.getvalue()


def _audio(writer: EventWriter, info: MediaInfo, payload: bytes) -> None:
    try:
        with wave.open(io.BytesIO(payload)) as sound:
            rate, channels, frames = sound.getframerate(), sound.getnchannels(), sound.getnframes()
    except (wave.Error, EOFError):
        return
    writer.audio(info.name, info.step, info.wall, payload, rate=rate, channels=channels, frames=frames)
