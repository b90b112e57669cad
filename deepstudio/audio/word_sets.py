"""Word sets of the user: a folder a set, in it a folder a word, in it a FLAC file a take. Files; one thread at a time.

set.json keeps title and spellings, since not every word is a good name of a folder. The layout is that of any folder of
words, so `deepstudio train` reads it as it lies. What is deleted goes aside and can be brought back.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from deepstudio.audio.sound_files import SoundReader
from deepstudio.audio.take_cutter import LONGEST, TakeCutter
from deepstudio.core.errors import InputError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.paths import data_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase

OTHER = "(other)"
"""The word whose takes are sounds and words that should not count."""

TAKES_WANTED = 10
LEAST_TAKES = 3
LEAST_WORDS = 2
_RATE = 16_000
_ABOUT = "set.json"
_ASIDE = ".deleted"
_LONGEST_NAME = 60
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A word said once."""

    path: Path
    seconds: float
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """A word and its takes, in the order in which they came."""

    text: str
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSet:
    """Words that belong together and become one model."""

    folder: Path
    title: str
    words: tuple[SpokenWord, ...]

    @property
    def takes(self) -> int:
        """Return how many takes there are in all."""
        return sum(len(word.takes) for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Where something deleted lies, and where it belongs; `text` is the spelling of a deleted word."""

    lies: Path
    belongs: Path
    text: str = ""


def word_sets_dir() -> Path:
    """Return the folder of all word sets (not created here)."""
    return data_dir() / "words"


def word_sets() -> list[WordSet]:
    """Return all word sets by title; folders that are none are left out."""
    found = []
    if word_sets_dir().is_dir():
        for folder in word_sets_dir().iterdir():
            if (folder / _ABOUT).is_file():
                found.append(open_word_set(folder))
    return sorted(found, key=lambda one: one.title.casefold())


def open_word_set(folder: Path) -> WordSet:
    """Return the word set in `folder`. Raises InputError where there is none."""
    title, spellings = _read(folder)
    words = tuple(
        SpokenWord(text=text, takes=tuple(_takes(folder / name)))
        for name, text in spellings.items()
        if (folder / name).is_dir()
    )
    return WordSet(folder=folder, title=title, words=words)


def create_word_set(title: str) -> WordSet:
    """Make an empty set. Raises InputError for an empty title and one that is taken."""
    title = _named(title)
    if any(one.title.casefold() == title.casefold() for one in word_sets()):
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is a word set “{name}” already."), name=title)
    folder = _free(word_sets_dir() / _file_name(title))
    folder.mkdir(parents=True)
    _write(folder, title, {})
    return open_word_set(folder)


def add_word(of: WordSet, text: str) -> WordSet:
    """Add a word without takes. Raises InputError for an empty one and one that is there already."""
    text = _named(text)
    title, spellings = _read(of.folder)
    if any(text.casefold() == known.casefold() for known in spellings.values()):
        raise InputError(QT_TRANSLATE_NOOP("errors", "The word “{name}” is in this set already."), name=text)
    folder = _free(of.folder / _file_name(text))
    folder.mkdir()
    _write(of.folder, title, {**spellings, folder.name: text})
    return open_word_set(of.folder)


def rename_word(of: WordSet, old: str, new: str) -> WordSet:
    """Spell a word otherwise; its takes stay. Raises InputError for a spelling that is taken."""
    new = _named(new)
    title, spellings = _read(of.folder)
    folder = _folder_of(of, old)
    if any(new.casefold() == text.casefold() and name != folder.name for name, text in spellings.items()):
        raise InputError(QT_TRANSLATE_NOOP("errors", "The word “{name}” is in this set already."), name=new)
    target = folder if new.casefold() == old.casefold() else _free(of.folder / _file_name(new))
    folder.rename(target)
    _write(
        of.folder,
        title,
        {
            target.name if name == folder.name else name: new if name == folder.name else text
            for name, text in spellings.items()
        },
    )
    return open_word_set(of.folder)


def delete_word(of: WordSet, text: str) -> tuple[WordSet, Aside]:
    """Put a word aside with its takes."""
    folder = _folder_of(of, text)
    title, spellings = _read(of.folder)
    aside = replace(_put_aside(folder, of.folder), text=text)
    _write(of.folder, title, {name: known for name, known in spellings.items() if name != folder.name})
    return open_word_set(of.folder), aside


def delete_take(of: WordSet, take: Take) -> tuple[WordSet, Aside]:
    """Put a take aside. Raises InputError if it is gone already."""
    if not take.path.is_file():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(take.path))
    aside = _put_aside(take.path, of.folder)
    return open_word_set(of.folder), aside


def delete_word_set(of: WordSet) -> Aside:
    """Put a whole set aside."""
    return _put_aside(of.folder, word_sets_dir())


def restore(aside: Aside) -> Path:
    """Bring back what was deleted, under another name where its own is taken by now; return where it lies."""
    target = _free(aside.belongs)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.lies.rename(target)
    if aside.text:
        title, spellings = _read(target.parent)
        _write(target.parent, title, {**spellings, target.name: aside.text})
    return target


def purge(aside: Aside) -> None:
    """Delete it for good."""
    shutil.rmtree(aside.lies) if aside.lies.is_dir() else aside.lies.unlink(missing_ok=True)


def add_take(of: WordSet, text: str, samples: NDArray[np.float32], *, speaker: str = "") -> tuple[WordSet, Take]:
    """Write a take: mono float32 at 16 kHz. Raises OSError as the disk does."""
    folder = _folder_of(of, text)
    name = f"{_file_name(speaker)}-{{:03}}.flac" if speaker else "{:03}.flac"
    number = 1 + max((int(match[1]) for path in folder.iterdir() if (match := _NUMBER.search(path.name))), default=0)
    path = folder / name.format(number)
    part = path.with_suffix(".part")
    soundfile.write(part, np.clip(samples, -1, 1), _RATE, format="FLAC", subtype="PCM_16")
    os.replace(part, path)
    return open_word_set(of.folder), Take(path=path, seconds=len(samples) / _RATE, speaker=speaker)


def import_takes(of: WordSet, text: str, paths: Sequence[Path]) -> tuple[WordSet, list[Take]]:
    """Add takes from sound files of any kind; one longer than a word is cut into its words.

    Raises InputError for what cannot be read, and where a file holds no word.
    """
    added: list[Take] = []
    for path in paths:
        for samples in _words_in(path):
            of, take = add_take(of, text, samples)
            added.append(take)
    return of, added


def readiness(of: WordSet) -> Phrase | None:
    """Return None where the set can be trained on, else a sentence that says what is missing."""
    words = [word for word in of.words if word.text != OTHER]
    if len(words) < LEAST_WORDS:
        return Phrase(QT_TRANSLATE_NOOP("takes", "Add at least two words."))
    for word in words:
        if len(word.takes) < LEAST_TAKES:
            return Phrase(
                QT_TRANSLATE_NOOP("takes", "“{name}” needs at least {count} takes; ten make it reliable."),
                {"name": word.text, "count": LEAST_TAKES},
            )
    return None


_NUMBER = re.compile(r"(\d+)\.flac$")


def _words_in(path: Path) -> list[NDArray[np.float32]]:
    with SoundReader(path, sample_rate=_RATE) as reader:
        blocks = list(reader.blocks())
    whole = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    if 0 < len(whole) <= LONGEST * _RATE:
        return [whole]
    cutter = TakeCutter(_RATE)
    takes = [take for block in (*blocks, np.zeros(_RATE, np.float32)) for take in cutter.feed(block)]
    if not takes:
        raise InputError(QT_TRANSLATE_NOOP("errors", "No single word was found in {path}."), path=path.name)
    return [take.samples for take in takes if len(take.samples) <= (LONGEST + 0.4) * _RATE]


def _takes(folder: Path) -> list[Take]:
    found = []
    for path in sorted(
        folder.glob("*.flac"), key=lambda path: int(match[1]) if (match := _NUMBER.search(path.name)) else 0
    ):
        try:
            seconds = float(soundfile.info(path).duration)
        except (OSError, soundfile.LibsndfileError):
            continue
        speaker = path.stem.rpartition("-")[0]
        found.append(Take(path=path, seconds=seconds, speaker=speaker))
    return found


def _read(folder: Path) -> tuple[str, dict[str, str]]:
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        return str(about["title"]), {str(name): str(text) for name, text in about["words"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no word set in {path}."), path=str(folder)) from error


def _write(folder: Path, title: str, spellings: dict[str, str]) -> None:
    write_text_atomic(folder / _ABOUT, json.dumps({"title": title, "words": spellings}, ensure_ascii=False, indent=1))


def _folder_of(of: WordSet, text: str) -> Path:
    for name, known in _read(of.folder)[1].items():
        if known == text and (of.folder / name).is_dir():
            return of.folder / name
    raise InputError(QT_TRANSLATE_NOOP("errors", "There is no word “{name}” in this set."), name=text)


def _named(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise InputError(QT_TRANSLATE_NOOP("errors", "A name is needed."))
    if len(text) > _LONGEST_NAME:
        raise InputError(QT_TRANSLATE_NOOP("errors", "This name is too long; {most} letters fit."), most=_LONGEST_NAME)
    return text


def _file_name(text: str) -> str:
    return _UNSAFE.sub("_", text).strip(" .") or "_"


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free


def _put_aside(path: Path, root: Path) -> Aside:
    hidden = root / _ASIDE
    hidden.mkdir(parents=True, exist_ok=True)
    lies = _free(hidden / path.name)
    path.rename(lies)
    return Aside(lies=lies, belongs=path)
