"""What a recogniser says while it listens. Frozen, plain values: they may go to any thread.

Times are seconds since the start of the stream. A segment is what lies between two pauses; segments count from 0, and
one without words says nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, when it was said, and how sure the recogniser is (0 to 1); not `known`: spelled by ear."""

    text: str
    start: float
    end: float
    confidence: float
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """The segment so far; replaces the last Partial of the same segment. An empty one takes back what was shown."""

    segment: int
    text: str
    start: float
    end: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """The segment is closed: a pause came, or the end, or it grew too long."""

    segment: int
    text: str
    start: float
    end: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A second, better pass read a closed segment differently; `before` is the text it replaces."""

    segment: int
    text: str
    start: float
    end: float
    words: tuple[Word, ...]
    before: str


SpeechEvent = Partial | Final | Revised


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A single word that a keyword spotter heard."""

    text: str
    start: float
    end: float
    confidence: float
