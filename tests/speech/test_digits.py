"""Digits in a row: what is dictated, what is talk, and the grammar in the search."""

import numpy as np
import pytest

from deepstudio.audio.beam_search import BeamOptions, BeamSearch
from deepstudio.core.errors import ModelFileError
from deepstudio.core.speech_messages import Final, Partial, Word
from deepstudio.infer.digits import FILLER, SPOKEN, DigitRecognizer, dictated, digit_language

SYMBOLS = tuple(sorted({sound for ways in SPOKEN.values() for way in ways for sound in way.split()} | {"CH", "M"}))


def word(text: str, start: float = 0.0, confidence: float = 0.9) -> Word:
    return Word(text=text, start=start, end=start + 0.2, confidence=confidence)


def logs(said: str) -> np.ndarray:
    rows = []
    for sound in said.split():
        for symbol in (0 if sound == "_" else SYMBOLS.index(sound) + 1, 0):
            row = np.full(len(SYMBOLS) + 1, -7.0, np.float32)
            row[symbol] = -0.02
            rows.append(row)
    return np.array(rows)


def found(said: str) -> list[str]:
    language = digit_language(SYMBOLS)
    search = BeamSearch(language.lexicon(SYMBOLS), language.ngrams, BeamOptions(lm_weight=1.0, word_bonus=0.0))
    for row in logs(said):
        search.step(row)
    return [language.words[one.word] for one in search.finish()[0]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("W AH N T UW TH R IY", ["1", "2", "3"]),
        ("OW Z IH R OW _ EY T", ["0", "0", "8"]),
        ("S EH V IH N S IH K S", ["7", "6"]),
        ("D AH B AH L F AY V", ["x2", "5"]),
        ("T R IH P AH L N AY N", ["x3", "9"]),
    ],
)
def test_the_grammar_finds_digits(said, words):
    assert found(said) == words


def test_other_sounds_become_fillers():
    assert set(found("CH M CH M AH CH M")) == {FILLER}
    assert found("F AO R CH M AH")[0] == "4"


def test_double_and_triple_repeat_the_next_digit():
    words = dictated([word("0"), word("x2", 0.5, 0.6), word("3", 0.8), word("x3", 1.2), word("8", 1.4)])
    assert [one.text for one in words] == ["0", "33", "888"]
    assert (words[1].start, words[1].end, words[1].confidence) == (0.5, 1.0, 0.6)
    assert dictated([word("x2")]) == ()


def test_digits_within_talk_are_not_dictated():
    assert [one.text for one in dictated([word("5"), word(FILLER), word("3"), word("4")])] == ["5", "3", "4"]
    assert dictated([word(FILLER), word("2"), word(FILLER), word(FILLER)]) == ()


def test_a_network_with_other_sounds_is_refused():
    with pytest.raises(ModelFileError, match="English digits"):
        digit_language(("A", "B", "C"))


class _Scripted:
    """Stands for the streaming recogniser: says what the test gave it."""

    sample_rate = 16_000
    position = processed = compute_seconds = level = 0.0
    speaking = False

    def __init__(self, *turns: list) -> None:
        self.turns = list(turns)

    def feed(self, samples: np.ndarray) -> list:
        return self.turns.pop(0)

    def finish(self) -> list:
        return self.feed(np.zeros(0, np.float32))

    def reset(self) -> None:
        self.turns.clear()


def event(kind, segment: int, *words: Word):
    return kind(segment=segment, text=" ".join(one.text for one in words), start=0.0, end=1.0, words=words)


def test_events_carry_digits_and_take_back_what_turns_out_to_be_talk():
    talk = [word(FILLER)] * 5
    digits = DigitRecognizer(
        _Scripted(
            [event(Partial, 0, word("5"))],
            [event(Partial, 0, word("5"), word(FILLER))],
            [event(Final, 0, word("5"), word("x2"), word("3"))],
            [event(Partial, 1, word("2"))],
            [event(Final, 1, word("2"), *talk)],
            [event(Final, 2, *talk)],
        )
    )
    heard = [digits.feed(np.zeros(1, np.float32)) for _ in range(5)] + [digits.finish()]
    assert [[(type(one).__name__, one.segment, one.text) for one in turn] for turn in heard] == [
        [("Partial", 0, "5")],
        [("Partial", 0, "")],
        [("Final", 0, "533")],
        [("Partial", 1, "2")],
        [("Partial", 1, "")],
        [],
    ]


def test_digits_that_are_hardly_sure_are_a_noise_and_never_shown():
    sneeze, five, run = word("0", confidence=0.3), word("5", confidence=0.5), word("3", confidence=0.3)
    digits = DigitRecognizer(
        _Scripted(
            [event(Partial, 0, sneeze)],
            [event(Final, 0, sneeze)],
            [event(Partial, 1, five)],
            [event(Partial, 1, five, sneeze, sneeze, sneeze, sneeze)],
            [event(Final, 1, five)],
            [event(Final, 2, run, run, run, run)],
            [event(Partial, 3, five)],
            [event(Partial, 3, sneeze)],
        )
    )
    heard = [digits.feed(np.zeros(1, np.float32)) for _ in range(8)]
    assert [[(type(one).__name__, one.text) for one in turn] for turn in heard] == [
        [],
        [],
        [("Partial", "5")],
        [("Partial", "50000")],
        [("Final", "5")],
        [("Final", "3333")],
        [("Partial", "5")],
        [("Partial", "")],
    ]
