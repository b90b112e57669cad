"""The user's recordings: a folder each, with its sound, what was understood, and enough to go on after a crash.

about.json          when, with which microphone, at which rate, whether it is complete
recording.flac      the sound (see `audio.spool` for what lies there while it grows)
transcript.json     segments with their words and times (see `audio.transcripts`)
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import psutil
import soundfile

from deepstudio.audio.spool import RECORDING, join_parts
from deepstudio.core.config import from_mapping
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.paths import data_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP

_ABOUT = "about.json"
_TRANSCRIPT = "transcript.json"
_DELETED = ".deleted-"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a recording. `process` and `process_started` belong to the program that is recording it."""

    title: str
    started: str
    microphone: str
    sample_rate: int
    channels: int
    complete: bool = False
    source: str = ""
    """The sound file that was transcribed in place, where nothing was recorded."""
    mode: str = ""
    """What was listened for, as the window calls it: sentences, digits, single words; "" where that is not known."""
    model: str = ""
    """The model that listened last; "" where none did."""
    process: int = 0
    process_started: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording on disk; `seconds` is 0 while it is not complete."""

    folder: Path
    about: About
    seconds: float

    @property
    def sound(self) -> Path:
        """Return the file with the sound."""
        return Path(self.about.source) if self.about.source else self.folder / RECORDING

    @property
    def transcript(self) -> Path:
        """Return the file with what was understood; it may be missing."""
        return self.folder / _TRANSCRIPT


def recordings_dir() -> Path:
    """Return the folder of the user's recordings (not created here)."""
    return data_dir() / "recordings"


def note_file(path: Path, *, seconds: float, mode: str = "", model: str = "") -> Recording:
    """Create an entry for a sound file that is transcribed where it lies. Raises OSError as the disk does."""
    now = datetime.now()
    folder = recordings_dir() / f"{now:%Y%m%d-%H%M%S-%f}"
    folder.mkdir(parents=True)
    about = About(
        title=path.stem,
        started=now.isoformat(timespec="seconds"),
        microphone="",
        sample_rate=0,
        channels=0,
        complete=True,
        source=str(path.resolve()),
        mode=mode,
        model=model,
    )
    _write(folder, about)
    return Recording(folder=folder, about=about, seconds=seconds)


def begin_recording(
    *, microphone: str, sample_rate: int, channels: int, title: str = "", mode: str = "", model: str = ""
) -> Recording:
    """Create the folder of a recording that begins now. Raises OSError as the disk does."""
    now = datetime.now()
    folder = recordings_dir() / f"{now:%Y%m%d-%H%M%S-%f}"
    folder.mkdir(parents=True)
    own = psutil.Process()
    about = About(
        title=title,
        started=now.isoformat(timespec="seconds"),
        microphone=microphone,
        sample_rate=sample_rate,
        channels=channels,
        process=os.getpid(),
        process_started=own.create_time(),
        mode=mode,
        model=model,
    )
    _write(folder, about)
    return Recording(folder=folder, about=about, seconds=0.0)


def complete_recording(recording: Recording) -> Recording:
    """Make one sound file of the spool and note that the recording is whole. Raises OSError, InputError if empty."""
    about = recording.about
    join_parts(recording.folder, sample_rate=about.sample_rate, channels=about.channels)
    _write(recording.folder, replace(about, complete=True))
    return open_recording(recording.folder)


def discard_recording(recording: Recording) -> None:
    """Remove a recording that has no sound."""
    shutil.rmtree(recording.folder, ignore_errors=True)


def recover_recordings() -> list[Recording]:
    """Complete what a crash left behind, and return it; folders without a single sample are removed."""
    found = []
    for recording in recordings():
        if recording.about.complete or _alive(recording.about):
            continue
        try:
            found.append(complete_recording(recording))
        except InputError:
            discard_recording(recording)
    return found


def recordings() -> list[Recording]:
    """Return all recordings, the latest first. A folder with a damaged description is left out."""
    found = []
    if recordings_dir().is_dir():
        for folder in sorted(recordings_dir().iterdir(), reverse=True):
            try:
                found.append(open_recording(folder))
            except DeepStudioError:
                continue
    return found


def open_recording(folder: Path) -> Recording:
    """Return the recording in `folder`. Raises InputError if there is none."""
    try:
        mapping = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        about = from_mapping(About, mapping, where=str(folder))
        seconds = _seconds(folder, about)
    except (OSError, ValueError, DeepStudioError, soundfile.LibsndfileError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no recording in {path}."), path=str(folder)) from error
    return Recording(folder=folder, about=about, seconds=seconds)


def rename_recording(recording: Recording, title: str) -> Recording:
    """Give the recording another title."""
    _write(recording.folder, replace(recording.about, title=title))
    return open_recording(recording.folder)


def note_hearing(recording: Recording, *, mode: str, model: str) -> Recording:
    """Note what the recording was understood as, and by which model. Raises OSError as the disk does."""
    about = replace(recording.about, mode=mode, model=model)
    _write(recording.folder, about)
    return replace(recording, about=about)


def save_transcript(recording: Recording, text: str) -> None:
    """Write what was understood (the JSON of `audio.transcripts`) beside the sound. Raises OSError as the disk does."""
    write_text_atomic(recording.transcript, text)


def delete_recording(recording: Recording) -> Path:
    """Put the recording out of sight and return where it lies; `restore_recording` brings it back."""
    hidden = recording.folder.with_name(_DELETED + recording.folder.name)
    recording.folder.rename(hidden)
    (hidden / _ABOUT).rename(hidden / f"{_ABOUT}.deleted")
    return hidden


def restore_recording(hidden: Path) -> Recording:
    """Undo `delete_recording`."""
    (hidden / f"{_ABOUT}.deleted").rename(hidden / _ABOUT)
    folder = hidden.rename(hidden.with_name(hidden.name.removeprefix(_DELETED)))
    return open_recording(folder)


def purge_deleted() -> None:
    """Remove deleted recordings for good."""
    if recordings_dir().is_dir():
        for folder in recordings_dir().glob(f"{_DELETED}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _seconds(folder: Path, about: About) -> float:
    if not about.complete:
        return 0.0
    if not about.source:
        return float(soundfile.info(folder / RECORDING).duration)
    try:
        return float(soundfile.info(about.source).duration)
    except (OSError, soundfile.LibsndfileError):
        return 0.0  # moved away or written over since: its transcript is still there


def _write(folder: Path, about: About) -> None:
    write_text_atomic(folder / _ABOUT, json.dumps(asdict(about), indent=1, ensure_ascii=False))


def _alive(about: About) -> bool:
    try:
        return abs(psutil.Process(about.process).create_time() - about.process_started) < 1.0
    except psutil.Error:
        return False
