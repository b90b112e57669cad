"""Small problems in text that small networks learn in seconds."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from deepstudio.core.config import from_mapping
from deepstudio.train.text.recipe import TextRecipe

GOOD, BAD = ("lovely", "bright", "kind"), ("awful", "dull", "cruel")
PEOPLE, PLACES = ("Anna", "Boris", "Clara", "Derek"), ("Paris", "Oslo", "Rome", "Lima")
NUMBERS = {"one": "eins", "two": "zwei", "three": "drei", "four": "vier", "five": "fuenf"}

COMMON: dict[str, Any] = {
    "seed": 3,
    "optimizer": {"name": "adamw", "lr": 0.02, "clip_norm": 1.0},
    "training": {"epochs": 6, "batch_size": 16, "precision": "float32"},
}
RECIPES: dict[str, dict[str, Any]] = {
    "moods": {
        "task": "text-classification",
        "labels": ["bad", "good"],
        "data": {"train": ["train.csv"], "test": ["test.csv"], "validation_share": 0.2},
        "text": {"vocabulary": 60, "max_tokens": 40, "keep": "both"},
        "network": {
            "architecture": "text-lstm",
            "config": {"embedding": 8, "units": [8], "bidirectional": True, "pooling": "max-mean"},
        },
    },
    "names": {
        "task": "tagging",
        "data": {"train": ["train.conll"], "test": ["test.conll"], "validation_share": 0.2, "deduplicate": False},
        "text": {"vocabulary": 60, "characters": 8},
        "network": {
            "architecture": "text-bilstm-crf",
            "config": {"embedding": 8, "letter_filters": 8, "units": [8], "dropout": 0.1},
        },
    },
    "count": {
        "task": "translation",
        "data": {"train": ["train.tsv"], "test": ["test.tsv"], "validation_share": 0.1, "deduplicate": False},
        "text": {"unit": "subwords", "vocabulary": 90, "max_tokens": 30, "max_target_tokens": 20},
        "network": {
            "architecture": "text-seq2seq",
            "config": {
                "embedding": 24,
                "units": 32,
                "encoder_units": 24,
                "dropout": 0.0,
                "word_dropout": 0.0,
                "target_dropout": 0.0,
                "attention": "luong",
            },
        },
        "training": {"epochs": 24, "batch_size": 16, "precision": "float32"},
    },
    "rhyme": {
        "task": "language-model",
        "data": {"train": ["lines.txt"], "validation_share": 0.1, "test_share": 0.1},
        "text": {"unit": "subwords", "vocabulary": 60},
        "network": {"architecture": "text-lstm-lm", "config": {"embedding": 16, "units": 24}},
        "batches": {"sentence_length": 16},
        "training": {"epochs": 6, "batch_size": 8, "precision": "float32"},
    },
}


def write_data(folder: Path) -> Path:
    """Write the data of all four problems into `folder`."""
    rng = random.Random(0)
    folder.mkdir(parents=True, exist_ok=True)
    for split, size in (("train", 160), ("test", 40)):
        rows, tagged, pairs = ["text,label"], [], []
        for number in range(size):
            mood = number % 2
            word = rng.choice(GOOD if mood else BAD)
            rows.append(f'"the film {number}, was {word} and {rng.choice(("long", "short"))}",{mood}')
            person, place = rng.choice(PEOPLE), rng.choice(PLACES)
            tagged.append(f"{person}\tB-PER\nwent\tO\nto\tO\n{place}\tB-LOC\n.\tO\n")
            words = [rng.choice(list(NUMBERS)) for _ in range(rng.randint(1, 4))]
            pairs.append(" ".join(words) + "\t" + " ".join(NUMBERS[word] for word in words))
        (folder / f"{split}.csv").write_text("\n".join(rows), encoding="utf-8")
        (folder / f"{split}.conll").write_text("\n".join(tagged), encoding="utf-8")
        (folder / f"{split}.tsv").write_text("\n".join(pairs), encoding="utf-8")
    lines = ["the cat sat on the mat", "the dog lay on the log", "the cat and the dog sat on the log"]
    (folder / "lines.txt").write_text("\n".join(rng.choice(lines) for _ in range(600)), encoding="utf-8")
    return folder


def make_recipe(name: str, **changes: Any) -> TextRecipe:
    """Return one of the recipes with tables replaced."""
    return from_mapping(TextRecipe, {"name": name, **COMMON, **RECIPES[name], **changes}, where="the test")
