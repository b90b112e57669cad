"""What a run says, in the user's language."""

from __future__ import annotations

from deepstudio.core.training_messages import RunEvent
from deepstudio.core.words import Phrase
from deepstudio.ui.text import translate_sentence


def event_text(event: RunEvent) -> str:
    """Return the sentence of an event."""
    values = {name: _words(value) for name, value in event.values.items()}
    return translate_sentence(event.sentence, "events").format(**values)


def _words(value: object) -> object:
    if isinstance(value, Phrase):
        return translate_sentence(value.text, "errors").format(**value.values)
    return f"{value:.4g}" if isinstance(value, float) else value
