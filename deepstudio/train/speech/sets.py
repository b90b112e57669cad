"""Utterances from tables of paths and texts. Any thread."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.corrections import CorrectionView
from deepstudio.train.speech.layouts import find_utterances, is_standard, with_lengths
from deepstudio.train.speech.recipe import SpeechDataConfig
from deepstudio.train.speech.utterances import SpeechSets, Utterance

__all__ = ["SpeechSets", "Utterance", "held_out_speakers", "read_sets", "read_table", "read_utterance"]

_HELD_OUT_CLIPS = 0.15


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
    """Return the sets of a recipe, as corrected. Raises InputError for missing folders and tables.

    Without such a `train.tsv`, any layout of `speech.layouts` will do. Where no speaker is known, clips are held out.
    """
    train: list[Utterance] = []
    validation: list[Utterance] = []
    test: list[Utterance] = []
    for name in config.sets or ("",):
        parts = _read_set(config, data / name if name else data, name)
        train += parts.train
        validation += parts.validation
        test += parts.test
    if not validation:
        train, validation = _hold_out(train, config)
    if not train or not validation:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is too little speech in {path} to train on."), path=str(data)
        )
    return SpeechSets(train=tuple(train), validation=tuple(validation), test=tuple(test))


def _read_set(config: SpeechDataConfig, folder: Path, name: str) -> SpeechSets:
    if is_standard(folder / "train.tsv") or config.validation:
        measured = name in config.test or (not name and (folder / "test.tsv").is_file())
        held = read_table(folder / f"{config.validation}.tsv") if config.validation else []
        found = SpeechSets(
            train=tuple(read_table(folder / "train.tsv")),
            validation=tuple(held),
            test=tuple(read_table(folder / "test.tsv")) if measured else (),
        )
    else:
        found = find_utterances(folder)
        found = replace(
            found,
            train=tuple(with_lengths(found.train)),
            validation=tuple(with_lengths(found.validation)),
            test=tuple(with_lengths(found.test)),
        )
    view, root = CorrectionView(folder), folder.parent if folder.is_file() else folder
    return SpeechSets(
        train=tuple(_corrected(found.train, view, root, name)),
        validation=tuple(_corrected(found.validation, view, root, name)),
        test=tuple(_corrected(found.test, view, root, name)),
    )


def _corrected(utterances: Iterable[Utterance], view: CorrectionView, root: Path, name: str) -> Iterable[Utterance]:
    for one in utterances:
        text = one.text if view.empty else view.label(sample_name(one, root), one.text)
        if text is not None:
            yield replace(one, text=text, set=name)


def sample_name(one: Utterance, root: Path) -> str:
    """Return the name by which corrections below `root` know an utterance: that of its file."""
    return one.path.relative_to(root).as_posix() if one.path.is_relative_to(root) else one.path.as_posix()


def _hold_out(train: list[Utterance], config: SpeechDataConfig) -> tuple[list[Utterance], list[Utterance]]:
    """Return (rest, held out): speakers where at least two are known, else every so manieth clip of each text."""
    if len({one.speaker for one in train}) > 1:
        held = held_out_speakers(train, config)
        return [one for one in train if one.speaker not in held], [one for one in train if one.speaker in held]
    by_text: dict[str, list[Utterance]] = {}
    for one in train:
        by_text.setdefault(one.text, []).append(one)
    chosen: set[Path] = set()
    lonely: list[Utterance] = []
    for clips in by_text.values():
        ordered = sorted(clips, key=lambda one: hashlib.sha256(one.path.name.encode()).hexdigest())
        count = round(_HELD_OUT_CLIPS * len(ordered)) or min(1, len(ordered) - 1)
        chosen.update(one.path for one in ordered[:count])
        lonely += ordered[count:] if len(ordered) == 1 else []
    if not chosen:  # every text is said once
        ordered = sorted(lonely, key=lambda one: hashlib.sha256(one.path.name.encode()).hexdigest())
        chosen.update(one.path for one in ordered[: round(_HELD_OUT_CLIPS * len(ordered)) or min(1, len(ordered) - 1)])
    return [one for one in train if one.path not in chosen], [one for one in train if one.path in chosen]


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
