"""Which models can be asked about pictures. Knows no widget and no torch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deepstudio.models.card import ModelCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model as offered: `name` for requests, `card` for everything that is shown of it."""

    name: str
    card: ModelCard

    @property
    def title(self) -> str:
        """Return the card's title, English."""
        return self.card.title or self.name

    @property
    def reads_digits(self) -> bool:
        """Return whether it looks at a picture as at a written digit."""
        return self.card.preprocessing.fit == "digit"

    @property
    def takes_labels(self) -> bool:
        """Return whether it tells apart what the user names."""
        return self.card.task == "image-text"


def image_choices(library: Any) -> tuple[ModelChoice, ...]:
    """Return the image classifiers of `library` whose files are sound, in its order."""
    entries = (entry for entry in library.entries() if entry.card is not None and entry.failure is None)
    return tuple(ModelChoice(name=entry.name, card=entry.card) for entry in entries if is_classifier(entry.card))


def is_classifier(card: ModelCard) -> bool:
    """Return whether the card is that of a network that gives labels to pictures: its own, or the user's."""
    return card.task in ("image-classification", "image-text")


def choice_named(choices: Iterable[ModelChoice], name: str) -> ModelChoice | None:
    """Return the choice of that name, None if there is none."""
    return next((choice for choice in choices if choice.name == name), None)


def digit_choice(choices: Iterable[ModelChoice]) -> ModelChoice | None:
    """Return the first choice that reads digits, None if there is none."""
    return next((choice for choice in choices if choice.reads_digits), None)
