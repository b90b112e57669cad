"""Small sets of texts and recordings in the forms in which people have them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import soundfile

GOOD = ("a lovely day", "what a fine film", "great fun for all", "we liked it much")
BAD = ("an awful day", "what a dull film", "no fun at all", "we hated it much")


def labelled(count: int) -> list[tuple[str, str]]:
    """Return pairs of text and label, half of them good."""
    return [((GOOD if n % 2 else BAD)[n % 4] + f" number {n}", "good" if n % 2 else "bad") for n in range(count)]


def write_table(path: Path, count: int = 60, *, names: str = "satz;klasse") -> Path:
    """Write texts and labels as a table with semicolons and columns of any names."""
    rows = "".join(f"{text};{label}\n" for text, label in labelled(count))
    path.write_text(f"{names}\n{rows}", encoding="utf-8")
    return path


def write_json_lines(path: Path, count: int = 40) -> Path:
    """Write an object a line."""
    rows = ({"id": n, "review": text, "stars": label} for n, (text, label) in enumerate(labelled(count)))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_text_folder(root: Path, count: int = 30) -> Path:
    """Write a file for each text in a folder of its class."""
    for number, (text, label) in enumerate(labelled(count)):
        (root / label).mkdir(parents=True, exist_ok=True)
        (root / label / f"{number}.txt").write_text(text, encoding="utf-8")
    return root


def write_conll(path: Path, count: int = 40) -> Path:
    """Write sentences with a person in each."""
    names = ("Anna", "Bert", "Carla", "David")
    path.write_text("".join(f"{names[n % 4]}\tB-PER\nsaw\tO\nhouse{n}\tO\n\n" for n in range(count)), encoding="utf-8")
    return path


def write_pairs(root: Path, count: int = 40) -> Path:
    """Write two files with as many lines."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "train.en").write_text("".join(f"house number {n}\n" for n in range(count)), encoding="utf-8")
    (root / "train.de").write_text("".join(f"Haus Nummer {n}\n" for n in range(count)), encoding="utf-8")
    return root


def write_sound(path: Path, pitch: float, *, rate: int = 16_000, seconds: float = 0.5, seed: int = 0) -> Path:
    """Write a tone with a little noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(round(rate * seconds)) / rate
    noise = np.random.default_rng(seed).normal(0, 0.01, len(times))
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * pitch * times) + noise, rate)
    return path


def write_word_folders(root: Path, count: int = 8) -> Path:
    """Write a folder of clips for each of two words, said by two speakers as file names of Speech Commands tell."""
    for place, word in enumerate(("left", "right")):
        for number in range(count):
            speaker = "0132a06d" if number % 2 else "00176480"
            name = f"{speaker}_nohash_{number}.wav"
            write_sound(root / word / name, 300.0 * (place + 1), seed=10 * place + number)
    return root


def write_librispeech(root: Path, readers: int = 3, count: int = 4) -> Path:
    """Write the layout of LibriSpeech: reader/chapter with a file of transcripts."""
    for reader in range(readers):
        folder = root / f"{reader}" / "7"
        lines = []
        for number in range(count):
            stem = f"{reader}-7-{number:04d}"
            write_sound(folder / f"{stem}.flac", 200.0 + number, seed=10 * reader + number)
            lines.append(f"{stem} IT IS A FINE DAY\n")
        (folder / f"{reader}-7.trans.txt").write_text("".join(lines), encoding="utf-8")
    return root
