"""Writing a text, in a lane: where a person wants it, or as the transcript of a recording. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deepstudio.audio.recordings import Recording, save_transcript
from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteText:
    """Write `text` to `path`, or as the transcript of `recording`."""

    text: str
    path: Path | None = None
    recording: Recording | None = None


def write_text(request: WriteText, context: JobContext) -> Path | None:
    """Job: write it. Raises OSError as the disk does."""
    if request.recording is not None:
        save_transcript(request.recording, request.text)
    if request.path is not None:
        write_text_atomic(request.path, request.text)
    return request.path
