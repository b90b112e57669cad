"""Transcripts as plain text, SubRip, WebVTT and JSON. Any thread.

SubRip has no standard; written as players expect it (hours:minutes:seconds,milliseconds). WebVTT after the W3C
recommendation (https://www.w3.org/TR/webvtt1/), with word times as cue timestamps.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest

from deepstudio.core.speech_messages import Final, Revised, SpeechEvent, Word

MOST_SECONDS = 6.0
MOST_LETTERS = 80
"""Longest subtitle: what two lines hold and an eye can follow."""
LEAST_SECONDS = 1.0
"""A subtitle stays at least so long, as far as the next one leaves it the time."""
_SHORTEST_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words between two pauses, with times in seconds."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()


class Transcript:
    """Collects events of a recogniser into segments; a revised segment takes the place of the first reading."""

    def __init__(self) -> None:
        self._segments: dict[int, Segment] = {}

    def add(self, event: SpeechEvent) -> None:
        """Take a Final or Revised in; partial words are left out."""
        if isinstance(event, Final | Revised):
            segment = Segment(start=event.start, end=event.end, text=event.text, words=event.words)
            if event.words:
                self._segments[event.segment] = segment
            else:
                self._segments.pop(event.segment, None)

    @property
    def segments(self) -> list[Segment]:
        """Return the segments in order of time."""
        return [self._segments[number] for number in sorted(self._segments)]


def as_text(segments: Iterable[Segment]) -> str:
    """Return one line a segment."""
    return "".join(f"{segment.text}\n" for segment in segments)


def as_srt(segments: Iterable[Segment]) -> str:
    """Return SubRip."""
    parts = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_two_lines(cue.text)}\n"
        for number, cue in enumerate(_cues(segments), start=1)
    ]
    return "\n".join(parts)


def as_webvtt(segments: Iterable[Segment]) -> str:
    """Return WebVTT; each word after the first carries its own time."""
    parts = ["WEBVTT\n"]
    for cue in _cues(segments):
        text = " ".join(_timed(cue)) or _escape(cue.text)
        parts.append(f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{text}\n")
    return "\n".join(parts)


def _timed(cue: Segment) -> Iterator[str]:
    """Yield the words, with their times as far as the standard allows: later than all before, within the cue."""
    before = _clock(cue.start, ".")
    for number, word in enumerate(cue.words):
        moment = _clock(word.start, ".")
        if number and before < moment < _clock(cue.end, "."):
            yield f"<{moment}>{_escape(word.text)}"
            before = moment
        else:
            yield _escape(word.text)


def as_json(segments: Iterable[Segment], **about: object) -> str:
    """Return one JSON object: what is said `about` the transcript, and its segments with their words."""
    return json.dumps({**about, "segments": [asdict(segment) for segment in segments]}, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Segment]], str]] = {
    "txt": as_text,
    "srt": as_srt,
    "vtt": as_webvtt,
    "json": as_json,
}
"""Writers by the usual ending of the file's name."""


def _cues(segments: Iterable[Segment]) -> list[Segment]:
    """Return segments short enough for the screen, cut at the longest pause near the middle."""
    cues: list[Segment] = []
    waiting = list(segments)[::-1]
    while waiting:
        segment = waiting.pop()
        too_long = segment.end - segment.start > MOST_SECONDS or len(segment.text) > MOST_LETTERS
        if too_long and len(segment.words) > 1:
            waiting += _halves(segment)[::-1]
        else:
            cues.append(segment)
    return _in_turn(cues)


def _in_turn(cues: list[Segment]) -> list[Segment]:
    """Return cues one after another, long enough to be read where there is time; typed words may have had none."""
    made: list[Segment] = []
    for cue, following in zip_longest(cues, cues[1:]):
        start = max(cue.start, made[-1].end) if made else cue.start
        room = following.start if following is not None else math.inf
        end = max(cue.end, min(start + LEAST_SECONDS, room), start + _SHORTEST_SECONDS)
        made.append(replace(cue, start=start, end=end))
    return made


def _halves(segment: Segment) -> list[Segment]:
    words = segment.words
    middle = len(words) / 2

    def worth(place: int) -> float:
        return words[place].start - words[place - 1].end - abs(place - middle) / len(words)

    cut = max(range(1, len(words)), key=worth)
    return [_segment_of(words[:cut]), _segment_of(words[cut:])]


def _segment_of(words: tuple[Word, ...]) -> Segment:
    return Segment(start=words[0].start, end=words[-1].end, text=" ".join(word.text for word in words), words=words)


def _two_lines(text: str) -> str:
    if len(text) <= MOST_LETTERS // 2:
        return text
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    if not spaces:
        return text
    cut = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:cut]}\n{text[cut + 1 :]}"


def _clock(seconds: float, point: str) -> str:
    milliseconds = max(0, round(seconds * 1000))
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
