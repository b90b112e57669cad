"""What the tour says: recordings from the user's data, or, without any, sounds that the program makes itself.

Made sounds are vowels as a throat makes them: harmonics of a falling pitch, shaped by three formants (Peterson and
Barney 1952). They are words enough to teach and to hear, but no language: what a recogniser of English makes of
them is a guess.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
RATE = 16_000
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FORMANTS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
_LETTER_SECONDS = 0.17
_WIDTHS = (90.0, 110.0, 170.0)
_SENTENCE_WORDS, _SENTENCE_SECONDS = 8, 14.0
_LETTERS_A_WORD = 4.5
_PAUSE = 0.35


@dataclass(frozen=True, slots=True)
class Saying:
    """A sound and what is said in it; `made` where the program made it."""

    text: str
    samples: Samples
    made: bool = False


class Voices:
    """Sounds for the scenes: found in the tables (columns path and text) below `data`, else made."""

    def __init__(self, data: Path | None) -> None:
        self._rows = list(_rows(data)) if data is not None else []

    def sentences(self, count: int) -> list[Saying]:
        """Return spoken sentences; made sounds without data."""
        found = [
            (text, path)
            for text, path, seconds in self._rows
            if _is_sentence(text) and 0 < seconds <= _SENTENCE_SECONDS
        ]
        spread = found[:: max(1, len(found) // count)][:count]
        return [Saying(text, read(path)) for text, path in spread] or [made_word("uoaei aou iea"), made_word("oia eua")]

    def words(self, wanted: tuple[str, ...]) -> list[Saying]:
        """Return one saying of each of `wanted` that the data has, in order; an empty list without data."""
        found = {text: path for text, path, _ in reversed(self._rows) if text in wanted}
        return [Saying(word, read(found[word])) for word in wanted if word in found]


def read(path: Path) -> Samples:
    """Return a sound file as mono at 16 kHz. Raises InputError where it cannot be read."""
    from deepstudio.audio.sound_files import SoundReader

    with SoundReader(path) as reader:
        return np.concatenate(list(reader.blocks()))


def joined(sayings: list[Saying], pause: float = _PAUSE) -> Samples:
    """Return the sayings one after another, with a pause after each."""
    silence = np.zeros(round(pause * RATE), np.float32)
    return np.concatenate([part for saying in sayings for part in (saying.samples, silence)])


def made_word(vowels: str, *, pitch: float = 130.0, seed: int = 0) -> Saying:
    """Return vowels as a voice of `pitch` hertz says them, gliding from one to the next; a space is a pause."""
    random = np.random.default_rng(seed)
    pitch *= 1 + 0.06 * random.standard_normal()
    parts = [_glide(part, pitch, random) for part in vowels.split()]
    silence = np.zeros(round(0.12 * RATE), np.float32)
    samples = np.concatenate([piece for part in parts for piece in (part, silence)])
    return Saying(vowels, samples, made=True)


def _glide(vowels: str, pitch: float, random: np.random.Generator) -> Samples:
    seconds = _LETTER_SECONDS * len(vowels) * (1 + 0.1 * random.standard_normal())
    t_N = np.arange(round(seconds * RATE)) / RATE
    phase_N = 2 * np.pi * np.cumsum(pitch * (1.08 - 0.2 * t_N / seconds)) / RATE
    places = np.linspace(0, seconds, len(vowels))
    formants = [np.interp(t_N, places, [_FORMANTS[letter][number] for letter in vowels]) for number in range(3)]
    sound_N = np.zeros(len(t_N))
    for harmonic in range(1, int(3_800 / pitch)):
        gains = [
            np.exp(-0.5 * ((harmonic * pitch - formant_N) / width) ** 2)
            for formant_N, width in zip(formants, _WIDTHS, strict=True)
        ]
        sound_N += (gains[0] + 0.5 * gains[1] + 0.25 * gains[2] + 0.01) / harmonic**0.5 * np.sin(harmonic * phase_N)
    edge = np.minimum(1.0, np.minimum(t_N, seconds - t_N) / 0.04)
    loud = 0.25 / max(1e-6, float(np.abs(sound_N).max())) * (1 + 0.15 * random.standard_normal())
    return (sound_N * np.clip(edge, 0, 1) * loud).astype(np.float32)


def _is_sentence(text: str) -> bool:
    """Return whether a text is running speech: spelled letters and digits are not."""
    words = text.split()
    return len(words) >= _SENTENCE_WORDS and len(text) >= _LETTERS_A_WORD * len(words)


def _rows(data: Path) -> Iterator[tuple[str, Path, float]]:
    """Yield text, file and seconds of the tables, those of tests first."""
    for name in ("test.tsv", "validation.tsv", "train.tsv"):
        for table in sorted([*data.glob(name), *data.glob(f"*/{name}")]):
            with open(table, encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                    if row.get("path") and row.get("text"):
                        yield row["text"], table.parent / row["path"], float(row.get("seconds") or 0)
