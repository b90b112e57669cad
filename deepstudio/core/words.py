"""Sentences that the engine writes and the window may translate.

The engine has no Qt, so it cannot translate. It marks its sentences with the name that Qt Linguist's extractor looks
for; the window translates the marked text and fills in the values. Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return `text` unchanged; `context` only tells the translator where it belongs."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence that is translated on its own: a marked template and its values. `str()` is the English."""

    text: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)
