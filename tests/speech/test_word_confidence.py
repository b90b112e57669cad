"""How sure a finished word is: clear sounds, a word that fits, and one that leads to the next each count."""

import numpy as np
import pytest

from deepstudio.audio.beam_search import FoundWord
from deepstudio.audio.word_confidence import probabilities

WORDS = ("<s>", "</s>", "<unk>", "the", "cat", "of")


class Model:
    """After "the" a cat is likely, anything else hardly."""

    start = 0

    def score(self, contexts: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        fits = (contexts == 3) & (words == 4) | (contexts == 0) & (words == 3)
        return np.where(fits, -1.0, -8.0), words


def heard(*words: tuple[str, float]) -> list[FoundWord]:
    return [FoundWord(WORDS.index(word), 4 * place, 4 * place + 2, log) for place, (word, log) in enumerate(words)]


def test_each_reason_counts() -> None:
    the, cat = probabilities(heard(("the", -0.5), ("cat", -0.5)), WORDS, Model())  # type: ignore[arg-type]
    assert probabilities(heard(("the", -0.5), ("cat", -3.0)), WORDS, Model())[1] < cat  # type: ignore[arg-type]
    alone, of = probabilities(heard(("the", -0.5), ("of", -0.5)), WORDS, Model())  # type: ignore[arg-type]
    assert of < cat - 0.2  # it does not fit
    assert alone < the  # and what led there is doubted, too


def test_nothing_heard_and_bounds() -> None:
    assert probabilities([], WORDS, Model()).shape == (0,)  # type: ignore[arg-type]
    low = probabilities(heard(("of", -30.0)), WORDS, Model())  # type: ignore[arg-type]
    assert low == pytest.approx(0.0, abs=1e-6)
    assert (low > 0).all()
