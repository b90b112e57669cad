"""Utterances from tables of paths and texts. Any thread."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.speech.recipe import SpeechDataConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A stretch of a sound file (all of it where `seconds` is 0) and what is said in it."""

    path: Path
    text: str
    speaker: str = ""
    start: float = 0.0
    seconds: float = 0.0
    set: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSets:
    """Utterances to learn from, of held-out speakers, and for the one test at the end."""

    train: tuple[Utterance, ...]
    validation: tuple[Utterance, ...]
    test: tuple[Utterance, ...] = ()


def read_table(path: Path) -> list[Utterance]:
    """Return the utterances of a TSV table (columns path, text, optionally start, seconds, speaker).

    Raises InputError naming the table where a column is missing or a time is no number.
    """
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{path} cannot be read as a table."), path=str(path)) from error
    if not rows or not {"path", "text"} <= rows[0].keys():
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} is no table of speech: it needs the columns path and text."),
            path=str(path),
        )
    try:
        return [_utterance(row, path.parent) for row in rows]
    except (TypeError, ValueError) as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} has a start or a length that is no number."), path=str(path)
        ) from error


def read_sets(config: SpeechDataConfig, data: Path) -> SpeechSets:
    """Return the sets of a recipe. Raises InputError for missing folders and tables."""
    train: list[Utterance] = []
    validation: list[Utterance] = []
    test: list[Utterance] = []
    for name in config.sets or ("",):
        folder = data / name
        train += _named(read_table(folder / "train.tsv"), name)
        if config.validation:
            validation += _named(read_table(folder / f"{config.validation}.tsv"), name)
        if name in config.test or (not name and (folder / "test.tsv").is_file()):
            test += _named(read_table(folder / "test.tsv"), name)
    if not config.validation:
        held = held_out_speakers(train, config)
        validation = [one for one in train if one.speaker in held]
        train = [one for one in train if one.speaker not in held]
    if not train or not validation:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is too little speech in {path} to train on."), path=str(data)
        )
    return SpeechSets(train=tuple(train), validation=tuple(validation), test=tuple(test))


def held_out_speakers(utterances: Sequence[Utterance], config: SpeechDataConfig) -> frozenset[str]:
    """Return the speakers that are never trained on: in an order that follows from their names alone."""
    seconds: dict[str, float] = {}
    for one in utterances:
        if not config.held_out_from or one.set in config.held_out_from:
            seconds[one.speaker] = seconds.get(one.speaker, 0.0) + (one.seconds or 1.0)
    held: set[str] = set()
    total = 0.0
    for speaker in sorted(seconds, key=lambda name: hashlib.sha256(f"0:{name}".encode()).hexdigest()):
        if total >= config.held_out_seconds:
            break
        if seconds[speaker] <= config.held_out_most and len(held) < len(seconds) - 1:
            held.add(speaker)
            total += seconds[speaker]
    return frozenset(held)


def read_utterance(one: Utterance, sample_rate: int) -> NDArray[np.float32]:
    """Return the samples, mono at `sample_rate`. Raises InputError for what libsndfile cannot read."""
    import soundfile
    import soxr

    try:
        with soundfile.SoundFile(str(one.path)) as file:
            rate = file.samplerate
            file.seek(round(one.start * rate))
            frames = round(one.seconds * rate) if one.seconds else -1
            samples = file.read(frames, dtype="float32", always_2d=True).mean(axis=1)
    except (soundfile.LibsndfileError, OSError, RuntimeError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{path} cannot be read as sound."), path=str(one.path)) from error
    mono = np.ascontiguousarray(samples, np.float32)
    return mono if rate == sample_rate else soxr.resample(mono, rate, sample_rate)


def _utterance(row: dict[str, str], folder: Path) -> Utterance:
    return Utterance(
        path=folder / row["path"],
        text=row["text"],
        speaker=row.get("speaker") or "",
        start=float(row.get("start") or 0),
        seconds=float(row.get("seconds") or 0),
    )


def _named(utterances: list[Utterance], name: str) -> list[Utterance]:
    return [
        Utterance(path=one.path, text=one.text, speaker=one.speaker, start=one.start, seconds=one.seconds, set=name)
        for one in utterances
    ]
