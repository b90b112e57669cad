"""What the live benchmark makes of events: when words were shown, when they stood, what changed."""

import pytest

from deepstudio.app.bench.live import word_figures
from deepstudio.core.speech_messages import Final, Partial, Revised, Word


def words(*parts: tuple[str, float]) -> tuple[Word, ...]:
    return tuple(Word(text=text, start=end - 0.2, end=end, confidence=0.9) for text, end in parts)


def event(kind: type, *parts: tuple[str, float], **more: str):
    return kind(segment=0, text=" ".join(text for text, _ in parts), start=0.0, end=9.0, words=words(*parts), **more)


def test_a_word_counts_from_its_end_to_its_first_showing_and_to_its_last_change():
    history = [
        (1.1, event(Partial, ("the", 1.0))),
        (1.4, event(Partial, ("them", 1.0))),
        (1.6, event(Partial, ("the", 1.0), ("cat", 1.5))),
        (2.5, event(Final, ("the", 1.0), ("cat", 1.5))),
    ]
    figures = word_figures(history)
    assert figures["shown_ms"] == pytest.approx([100, 100])
    assert figures["settled_ms"] == pytest.approx([600, 100])
    assert figures["changes"] == 2 and figures["replaced"] == 0 and figures["text"] == "the cat"


def test_a_word_that_moves_to_another_place_was_still_shown():
    history = [
        (1.1, event(Partial, ("cat", 1.0))),
        (1.9, event(Final, ("a", 0.7), ("cat", 1.1))),
    ]
    figures = word_figures(history)
    assert figures["shown_ms"] == pytest.approx([1200, 0])
    assert figures["settled_ms"] == pytest.approx([1200, 800])


def test_the_same_word_said_before_does_not_count():
    history = [(1.1, event(Partial, ("no", 1.0))), (3.0, event(Final, ("no", 1.0), ("no", 2.0)))]
    assert word_figures(history)["shown_ms"] == pytest.approx([100, 1000])


def test_a_wrong_word_in_its_place_is_counted_beside():
    history = [(0.95, event(Partial, ("hat", 1.0))), (1.6, event(Final, ("cat", 1.0)))]
    figures = word_figures(history)
    assert figures["shown_ms"] == pytest.approx([600]) and figures["any_word_ms"] == pytest.approx([-50])


def test_what_the_second_pass_replaces_is_counted_on_its_own():
    history = [
        (1.1, event(Final, ("the", 1.0), ("hat", 1.1))),
        (2.0, event(Revised, ("the", 1.0), ("cat", 1.1), before="the hat")),
    ]
    figures = word_figures(history)
    assert figures["replaced"] == 1 and figures["changes"] == 0
    assert figures["text"] == "the cat" and figures["shown_ms"] == pytest.approx([100, 0])


def test_words_that_are_right_are_told_apart_from_wrong_ones():
    history = [
        (1.1, event(Partial, ("the", 1.0))),
        (1.9, event(Final, ("the", 1.0), ("bat", 1.5), ("sat", 1.8))),
    ]
    assert word_figures(history, "The cat sat.")["right_ms"] == pytest.approx([100, 100])
    assert word_figures(history, "a hat, a cat, sat")["right_ms"] == pytest.approx([100])
    assert word_figures(history)["right_ms"] == [] and len(word_figures(history)["shown_ms"]) == 3
