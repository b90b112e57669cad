"""How well word vectors complete analogies: man is to woman as king is to ... Torch-free, any thread.

A file of analogies has sections, each begun by a line with a colon, and in a section pairs of words that are related
alike, one a line; every two pairs of a section ask a question (Mikolov et al. 2013, arXiv:1301.3781, section 4.1).
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

from deepstudio.core.errors import InputError
from deepstudio.core.paths import resources_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.encodings import read_text
from deepstudio.models.word_vectors import WordVectors

Sections = dict[str, list[tuple[str, str]]]


def own_analogies() -> Path:
    """Return the list that comes with the program."""
    return resources_dir() / "words" / "analogies.txt"


def read_analogies(path: Path) -> Sections:
    """Return the pairs of a file by section; raises InputError if there are none."""
    sections: Sections = {}
    name = path.stem
    for line in read_text(path).text.split("\n"):
        words = line.lower().split()
        if line.startswith(":"):
            name = line[1:].strip()
        elif len(words) == 2:
            sections.setdefault(name, []).append((words[0], words[1]))
    if not any(len(pairs) > 1 for pairs in sections.values()):
        raise InputError(QT_TRANSLATE_NOOP("errors", "There are no pairs of words in {path}."), path=str(path))
    return sections


def analogy_report(vectors: WordVectors, sections: Sections) -> dict[str, Any]:
    """Return the share of questions whose answer is the nearest word, whole and by section.

    Questions with a word that is not among the vectors are left out; `examples` counts the others.
    """
    right: dict[str, int] = {}
    asked: dict[str, int] = {}
    for name, pairs in sections.items():
        known = [(vectors.places[a], vectors.places[b]) for a, b in pairs if {a, b} <= vectors.places.keys()]
        for (a, b), (c, d) in permutations(known, 2):
            if len({a, b, c, d}) == 4:
                asked[name] = asked.get(name, 0) + 1
                right[name] = right.get(name, 0) + (vectors.nearest([b, c], [a], 1)[0][0] == d)
    return {
        "analogy_accuracy": sum(right.values()) / max(sum(asked.values()), 1),
        "sections": {name: right[name] / asked[name] for name in asked},
        "examples": sum(asked.values()),
    }
