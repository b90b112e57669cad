"""Words that the lexicon lacks, spelled by ear from the outputs of a network's second head. numpy alone; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from deepstudio.audio.beam_search import FoundWord
from deepstudio.audio.ngram import UNKNOWN

FEWEST_SOUNDS = 3
"""Fewer unknown sounds in a row are a slip of the search, no word."""

_MARGIN = 3  # outputs: the heads do not put letters and sounds at the same moment
_CONFIDENCE = 0.25


@dataclass(frozen=True, slots=True)
class Heard:
    """Words in a row that are known, or the sounds of one that is not."""

    found: tuple[FoundWord, ...]
    known: bool


def runs(found: Sequence[FoundWord]) -> list[Heard]:
    """Return known words one by one, and the sounds of each unknown word together; stray sounds are left out."""
    heard: list[Heard] = []
    for known, group in groupby(found, key=lambda word: word.word != UNKNOWN):
        members = tuple(group)
        if known:
            heard += [Heard((word,), True) for word in members]
        elif len(members) >= FEWEST_SOUNDS:
            heard.append(Heard(members, False))
    return heard


def spell(letters_UL: NDArray[np.float32], alphabet: Sequence[str], first: int, last: int) -> tuple[str, float]:
    """Return the letters between two outputs and how sure they are; at most a quarter, as spelling by ear is a guess.

    `letters_UL` are log probabilities, the blank first; repetitions and blanks are taken out, and so are spaces.
    """
    part_UL = letters_UL[max(0, first - _MARGIN) : last + 1 + _MARGIN]
    best_U = part_UL.argmax(axis=1)
    fresh_U = (best_U > 0) & np.concatenate([[True], best_U[1:] != best_U[:-1]])
    text = "".join(alphabet[letter - 1] for letter in best_U[fresh_U])
    sure = float(np.exp(part_UL.max(axis=1)[fresh_U].mean())) if fresh_U.any() else 0.0
    return text.replace(" ", "").strip("'"), _CONFIDENCE * sure
