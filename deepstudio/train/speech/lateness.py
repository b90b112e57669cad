"""How late words are shown and how often they change while somebody speaks. Any thread.

A word's end is a time of the sound. A word is shown when an event first has it at its time, however the words around it
change; it is settled when the last event came that changed it or its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jiwer

from deepstudio.audio.transcripts import Transcript
from deepstudio.core.speech_messages import Final, Revised, SpeechEvent, Word
from deepstudio.train.speech.measures import edit_distance, normalised_text

_SAME_SECONDS = 0.25
"""Words of the same text that end within it are the same word, read anew."""


def word_figures(history: Sequence[tuple[float, SpeechEvent]], said: str = "") -> dict[str, Any]:
    """Return what the events of one stream, each with the moment it came (the sound's clock), say about words.

    `said` is what was spoken; without it no word counts as right.
    """
    shown: list[float] = []
    any_word: list[float] = []
    settled: list[float] = []
    written: list[str] = []
    changes = replaced = 0
    transcript = Transcript()
    for _, event in history:
        transcript.add(event)
    by_segment: dict[int, list[tuple[float, tuple[Word, ...]]]] = {}
    for moment, event in history:
        if isinstance(event, Revised):
            before = [word.text for word in by_segment[event.segment][-1][1]]
            replaced += edit_distance([word.text for word in event.words], before)
            continue
        readings = by_segment.setdefault(event.segment, [])
        if readings:
            changes += _changed(readings[-1][1], event.words)
        readings.append((moment, event.words))
        if isinstance(event, Final):
            written += [word.text for word in event.words]
            for place, word in enumerate(event.words):
                first = next(then for then, words in readings if any(_same(word, other) for other in words))
                shown.append(1000 * (first - word.end))
                there = next(then for then, words in readings if any(_in_place(word, other) for other in words))
                any_word.append(1000 * (min(there, first) - word.end))
                settled.append(1000 * (_settled(readings, place, word.text) - word.end))
    text = " ".join(segment.text for segment in transcript.segments)
    return {
        "shown_ms": shown,
        "right_ms": [late for late, right in zip(shown, _right(written, said), strict=True) if right],
        "any_word_ms": any_word,
        "settled_ms": settled,
        "changes": changes,
        "replaced": replaced,
        "text": text,
    }


def _right(written: Sequence[str], said: str) -> list[bool]:
    """Return which of the written words were said."""
    right = [False] * len(written)
    spoken, words = normalised_text(said), [normalised_text(word).replace(" ", "") or "-" for word in written]
    if spoken and words:
        for part in jiwer.process_words(spoken, " ".join(words)).alignments[0]:
            if part.type == "equal":
                right[part.hyp_start_idx : part.hyp_end_idx] = [True] * (part.hyp_end_idx - part.hyp_start_idx)
    return right


def _same(word: Word, other: Word) -> bool:
    return word.text == other.text and abs(word.end - other.end) <= _SAME_SECONDS


def _in_place(word: Word, other: Word) -> bool:
    return other.start <= (word.start + word.end) / 2 <= other.end


def _changed(before: Sequence[Word], after: Sequence[Word]) -> int:
    """Return how many words on the screen changed or went."""
    kept = sum(one.text == other.text for one, other in zip(before, after, strict=False))
    return len(before) - kept


def _settled(readings: Sequence[tuple[float, Sequence[Word]]], place: int, text: str) -> float:
    """Return since when the word has stood at its place without a change."""
    since = readings[-1][0]
    for moment, words in reversed(readings):
        if len(words) <= place or words[place].text != text:
            break
        since = moment
    return since
