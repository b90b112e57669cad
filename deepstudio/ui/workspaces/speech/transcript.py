"""What was understood, as the window keeps it: segments that grow, close and are read again. No widgets."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from typing import Any

from deepstudio.audio.transcripts import Segment
from deepstudio.core.speech_messages import Final, Partial, Revised, SpeechEvent, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A segment on screen. `open` lines may still change; `before` is the first reading of one that was read again."""

    segment: Segment
    open: bool = False
    before: str = ""


class LiveTranscript:
    """Lines in order of time, by segment number."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}

    def take(self, event: SpeechEvent) -> int | None:
        """Take an event in; return the number of the segment that changed, None where nothing did."""
        segment = Segment(start=event.start, end=event.end, text=event.text, words=event.words)
        if not event.words:
            return event.segment if self._lines.pop(event.segment, None) is not None else None
        if isinstance(event, Revised):
            line = Line(segment=segment, before=event.before)
        else:
            line = Line(segment=segment, open=isinstance(event, Partial) and not isinstance(event, Final))
        if self._lines.get(event.segment) == line:
            return None
        self._lines[event.segment] = line
        return event.segment

    def lines(self) -> list[Line]:
        """Return the lines in order."""
        return [self._lines[number] for number in sorted(self._lines)]

    def segments(self) -> list[Segment]:
        """Return what is certain so far."""
        return [line.segment for line in self.lines() if not line.open]

    def load(self, segments: list[Segment]) -> None:
        """Show these instead."""
        self._lines = {number: Line(segment=segment) for number, segment in enumerate(segments)}

    def edit(self, texts: list[str]) -> bool:
        """Give each line the text that a person wrote; return whether anything changed. Lines without text go."""
        before, kept = self.lines(), self._edited(texts)
        self._lines = dict(enumerate(kept))
        return kept != before

    def edited(self, texts: list[str]) -> list[Segment]:
        """Return what `edit` would make of the segments."""
        return [line.segment for line in self._edited(texts)]

    def _edited(self, texts: list[str]) -> list[Line]:
        edited = [
            line if line.segment.text == text else Line(segment=retold(line.segment, text))
            for line, text in zip(self.lines(), texts, strict=True)
        ]
        return [line for line in edited if line.segment.text]


def retold(segment: Segment, text: str) -> Segment:
    """Return the segment with another text: words that stayed keep their times, new ones share those between.

    A segment of figures alone stays one: each figure of the new text is a word.
    """
    figures = is_figures(segment)
    old = list(segment.words)
    new = [letter for letter in text if not letter.isspace()] if figures else text.split()
    words: list[Word] = []
    matcher = difflib.SequenceMatcher(None, [word.text for word in old], new, autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        if last > first:
            start, stop = old[first].start, old[last - 1].end
        else:  # what was inserted has the pause that it stands in
            start = old[first - 1].end if first else segment.start
            stop = max(start, old[first].start if first < len(old) else segment.end)
        step = (stop - start) / max(1, end - begin)
        for number, written in enumerate(new[begin:end]):
            if last - first == end - begin:
                words.append(replace(old[first + number], text=written))
            else:
                moment = start + number * step
                words.append(Word(text=written, start=moment, end=moment + step, confidence=1.0))
    return replace(segment, text=("" if figures else " ").join(new), words=tuple(words))


def is_figures(segment: Segment) -> bool:
    """Return whether a segment is a dictated number."""
    return bool(segment.words) and all(word.text.isdigit() for word in segment.words)


def segments_from_json(text: str) -> list[Segment]:
    """Return the segments of a transcript file; raises ValueError for anything else."""
    try:
        return [_segment(entry) for entry in json.loads(text)["segments"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no transcript") from error


def _segment(entry: dict[str, Any]) -> Segment:
    words = tuple(
        Word(
            text=str(word["text"]),
            start=float(word["start"]),
            end=float(word["end"]),
            confidence=float(word["confidence"]),
        )
        for word in entry["words"]
    )
    return Segment(start=float(entry["start"]), end=float(entry["end"]), text=str(entry["text"]), words=words)
