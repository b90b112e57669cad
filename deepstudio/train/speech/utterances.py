"""What is said where. Torch-free, any thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A stretch of a sound file (all of it where `seconds` is 0) and what is said in it."""

    path: Path
    text: str
    speaker: str = ""
    start: float = 0.0
    seconds: float = 0.0
    set: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSets:
    """Utterances to learn from, of held-out speakers, and for the one test at the end."""

    train: tuple[Utterance, ...]
    validation: tuple[Utterance, ...]
    test: tuple[Utterance, ...] = ()
