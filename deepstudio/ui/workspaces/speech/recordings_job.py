"""The list of recordings, read in a lane. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.recordings import Recording, purge_deleted, recordings, recover_recordings
from deepstudio.audio.sound_files import SoundReader
from deepstudio.core.job import JobContext
from deepstudio.ui.workspaces.speech.transcript import segments_from_json

_COLUMNS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecordings:
    """Read the list; `first` also completes what a crash left behind and forgets what was deleted earlier."""

    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRow:
    """A recording and the text that it is searched by and shown with."""

    recording: Recording
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingList:
    """All rows, the latest first; `recovered` of them were completed now, after a crash."""

    rows: tuple[RecordingRow, ...]
    recovered: int


def list_recordings(request: ListRecordings, context: JobContext) -> RecordingList:
    """Job: return what there is."""
    recovered = 0
    if request.first:
        purge_deleted()
        recovered = len(recover_recordings())
    rows = []
    for recording in recordings():
        context.check()
        if recording.about.complete:
            rows.append(RecordingRow(recording=recording, text=transcript_text(recording)))
    return RecordingList(rows=tuple(rows), recovered=recovered)


def transcript_text(recording: Recording) -> str:
    """Return what was understood, on one line; "" where nothing was, or the file is damaged."""
    try:
        return " ".join(
            segment.text for segment in segments_from_json(recording.transcript.read_text(encoding="utf-8"))
        )
    except (OSError, ValueError):
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveOf:
    """Read a sound file for a picture of its wave."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """The loudest moment of each column, float32 (columns), 0..1 of the loudest of all, over `seconds`."""

    path: Path
    shape: NDArray[np.float32]
    seconds: float


def read_wave(request: WaveOf, context: JobContext) -> Wave:
    """Job: return the wave of a file, block by block, however long it is. Raises InputError if it cannot be read."""
    with SoundReader(request.path, sample_rate=None) as sound:
        loud = []
        for block in sound.all_channels(sound.duration / _COLUMNS):
            context.check()
            loud.append(float(np.abs(block).max(initial=0.0)))
    seconds = sound.duration
    shape = np.array(loud, np.float32)
    return Wave(path=request.path, shape=shape / max(float(shape.max(initial=0.0)), 1e-6), seconds=seconds)
