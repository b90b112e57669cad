"""Recordings and what is said in them, as people have them: found without decoding anything. Torch-free, any thread.

- the layout of LibriSpeech (`*.trans.txt` beside the recordings; Panayotov et al. 2015),
- a table with the columns path and text, and perhaps speaker and split, or one for each split (Common Voice, LJSpeech,
  own ones),
- a folder for each word (`DIR/<word>/<file>.wav`, perhaps below train, validation, test; the lists of Speech Commands,
  Warden 2018, are followed).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.csv_table import TABLE_SUFFIXES, Table, read_table
from deepstudio.data.sources import natural_key
from deepstudio.data.text.encodings import read_text
from deepstudio.train.speech.utterances import SpeechSets, Utterance

SOUND_SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".opus", ".mp3", ".aiff", ".aif", ".au", ".w64", ".caf"})
NOISE_FOLDER = "_background_noise_"
_PATHS = ("path", "file", "filename", "file_name", "filepath", "file_path", "audio", "audio_path", "wav", "recording")
_TEXTS = ("text", "sentence", "transcript", "transcription", "word", "label", "class", "words")
_SPEAKERS = ("speaker", "speaker_id", "client_id", "spk", "reader")
_SPLITS = ("split", "subset", "set", "partition")
_ROLES = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "test": "test",
    "testing": "test",
}
_TRANSCRIPTS = ".trans.txt"
_SAID_BY = (re.compile(r"([0-9a-f]{6,})_nohash_\d+"), re.compile(r"\w+?_([a-z]+)_\d+"))
_MOST_LOOKED_AT = 400


def holds_sound(data: Path) -> bool:
    """Return whether `data` looks like recordings with words: by names alone, the first few hundred of them."""
    if data.is_file():
        return data.suffix.lower() in TABLE_SUFFIXES and names_sounds(data)
    if (data / "train.tsv").is_file():
        return names_sounds(data / "train.tsv")
    looked = 0
    for _folder, _below, names in _walk(data):
        for name in names:
            looked += 1
            if Path(name).suffix.lower() in SOUND_SUFFIXES or name.endswith(_TRANSCRIPTS):
                return True
            if looked > _MOST_LOOKED_AT:
                return False
    return False


def names_sounds(table: Path) -> bool:
    """Return whether a table names recordings."""
    try:
        found = read_table(table, titles=frozenset(_PATHS + _TEXTS))
    except InputError:
        return False
    return _path_column(found) is not None


def find_utterances(data: Path, check: Callable[[], None] = lambda: None) -> SpeechSets:
    """Return the utterances at `data` by split; `validation` is empty where nothing says what it is.

    Raises InputError where there are none. `check` is called now and then and may raise to end.
    """
    if data.is_file():
        return _divided(_of_table(data))
    found = list(_of_transcripts(data, check)) or list(_of_tables(data)) or list(_of_folders(data, check))
    if not found:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There are no recordings with words in {path}."),
            fix=QT_TRANSLATE_NOOP(
                "errors", "A folder of recordings for each word works, and a table with the columns path and text."
            ),
            path=str(data),
        )
    return _divided(found)


def is_standard(table: Path) -> bool:
    """Return whether a file is a table of speech with the columns path and text, paths as they are written."""
    try:
        with open(table, encoding="utf-8") as file:
            return {"path", "text"} <= set(file.readline().rstrip("\r\n").split("\t"))
    except (OSError, UnicodeDecodeError):
        return False


def _of_tables(data: Path) -> Iterator[tuple[str, Utterance]]:
    """Yield what the tables in a folder name: those named after splits, else the first one."""
    tables = [path for path in sorted(data.glob("*")) if path.suffix.lower() in TABLE_SUFFIXES and names_sounds(path)]
    roles = {path: _ROLES.get(path.stem.casefold(), "") for path in tables}
    if "train" not in roles.values():
        roles = dict.fromkeys(tables[:1], "train")
    for path, role in roles.items():
        if role:
            yield from _of_table(path, role)


def _of_table(path: Path, role: str = "train") -> Iterator[tuple[str, Utterance]]:
    """Yield the utterances of a table, in the split `role` where it says nothing of splits itself.

    Raises InputError for one without the columns path and text.
    """
    table = read_table(path, titles=frozenset(_PATHS + _TEXTS + _SPEAKERS + _SPLITS))
    paths = _path_column(table)
    words = table.find(_TEXTS)
    if words is None:
        words = next((place for place in range(table.width) if place != paths), None)
    if paths is None or words is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} is no table of speech: it needs the columns path and text."),
            path=str(path),
        )
    empty = [""] * len(table.rows)
    places = (paths, words, table.find(_SPEAKERS), table.find(_SPLITS))
    columns = [table.column(place) if place is not None else empty for place in places]
    for name, text, speaker, split in zip(*columns, strict=True):
        if name:
            place = _recording(path.parent, name)
            yield _ROLES.get(split.casefold(), role), Utterance(path=place, text=text, speaker=speaker)


def _recording(folder: Path, name: str) -> Path:
    """Return the file that a table means: as written, with an ending, or in the folders that public sets use."""
    plain = folder / name.replace("\\", "/")
    if plain.suffix.lower() in SOUND_SUFFIXES:
        inside = (folder / below / Path(name).name for below in ("clips", "wavs", "audio"))
        return plain if plain.is_file() else next((place for place in inside if place.is_file()), plain)
    tries = [
        parent / f"{plain.name}{ending}" for parent in (plain.parent, folder / "wavs") for ending in SOUND_SUFFIXES
    ]
    return next((place for place in tries if place.is_file()), plain)


def _path_column(table: Table) -> int | None:
    titled = table.find(_PATHS)
    for place in range(table.width) if titled is None else [titled]:
        values = [value for value in table.column(place)[:50] if value]
        sounds = sum(Path(value).suffix.lower() in SOUND_SUFFIXES for value in values)
        if values and sounds > 0.6 * len(values):
            return place
    if table.path.name.lower() == "metadata.csv" and (table.path.parent / "wavs").is_dir():
        return 0
    return None


def _of_transcripts(data: Path, check: Callable[[], None]) -> Iterator[tuple[str, Utterance]]:
    """Yield utterances of files `<reader>-<chapter>.trans.txt` with lines `<name> <TEXT>`."""
    for folder, _below, names in _walk(data):
        check()
        for name in sorted(names):
            if name.endswith(_TRANSCRIPTS):
                split = _split_of(Path(folder, name).relative_to(data).parts)
                for line in read_text(Path(folder, name)).text.split("\n"):
                    stem, _space, text = line.strip().partition(" ")
                    if stem:
                        place = _recording(Path(folder), stem)
                        yield split, Utterance(path=place, text=text, speaker=stem.split("-")[0])


def _of_folders(data: Path, check: Callable[[], None]) -> Iterator[tuple[str, Utterance]]:
    """Yield clips in folders named after their word."""
    lists = {
        "validation": _listed(data / "validation_list.txt"),
        "test": _listed(data / "testing_list.txt"),
    }
    for folder, below, names in _walk(data):
        check()
        below[:] = sorted((name for name in below if name != NOISE_FOLDER), key=natural_key)
        parts = Path(folder).relative_to(data).parts
        split = _split_of(parts)
        words = parts[1:] if parts and parts[0].casefold() in _ROLES else parts
        if not words:
            continue
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in SOUND_SUFFIXES and not name.startswith("."):
                short = path.relative_to(data).as_posix()
                role = next((role for role, listed in lists.items() if short in listed), split)
                yield role, Utterance(path=path, text=words[0].replace("_", " "), speaker=said_by(path.stem))


def said_by(stem: str) -> str:
    """Return who speaks, where the name of a file tells (Speech Commands, Free Spoken Digit Dataset), else ""."""
    found = (pattern.fullmatch(stem) for pattern in _SAID_BY)
    return next((match[1] for match in found if match), "")


def _listed(path: Path) -> frozenset[str]:
    return frozenset(read_text(path).text.split()) if path.is_file() else frozenset()


def _split_of(parts: tuple[str, ...]) -> str:
    first = parts[0].casefold() if parts else ""
    return _ROLES.get(first) or _ROLES.get(first.split("-")[0], "train")


def _divided(found: Iterable[tuple[str, Utterance]]) -> SpeechSets:
    parts: dict[str, list[Utterance]] = {"train": [], "validation": [], "test": []}
    for split, one in found:
        parts[split].append(one)
    if not parts["train"]:  # a folder of somebody's test part alone
        parts["train"], parts["test"] = parts["validation"] + parts["test"], []
        parts["validation"] = []
    return SpeechSets(train=tuple(parts["train"]), validation=tuple(parts["validation"]), test=tuple(parts["test"]))


def with_lengths(utterances: Iterable[Utterance], check: Callable[[], None] = lambda: None) -> list[Utterance]:
    """Return the utterances with their seconds, read from the files' heads; those that cannot be read keep 0."""
    import soundfile

    found = []
    for number, one in enumerate(utterances):
        if number % 64 == 0:
            check()
        if not one.seconds:
            with suppress(soundfile.LibsndfileError, OSError, RuntimeError):
                one = replace(one, seconds=soundfile.info(str(one.path)).duration)
        found.append(one)
    return found


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        yield place, below, names
