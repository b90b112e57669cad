"""The networks that a task can train, read from the registry in a lane: importing them imports torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deepstudio.core.job import JobContext

_FAMILIES = {
    "text_classifiers": ("text-classification",),
    "text_articles": ("text-classification",),
    "text_attention": ("text-classification",),
    "text_taggers": ("tagging",),
    "text_translators": ("translation", "summarisation"),
    "text_language": ("language-model", "word-vectors"),
    "speech_ctc": ("speech-recognition",),
    "speech_keywords": ("keyword-spotting",),
    "speech_words": ("keyword-spotting",),
}
"""Which tasks the networks of a module serve; those that are not listed classify pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNetworks:
    """Ask for all networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChoice:
    """A network: its name in the registry, title and source, the class of its options, and the family it belongs to."""

    name: str
    title: str
    source: str
    config_class: type[Any]
    family: str

    def fits(self, task: str) -> bool:
        """Return whether it can be trained for `task`."""
        return task in _FAMILIES.get(self.family, ("image-classification",))


def list_networks(request: ListNetworks, context: JobContext) -> tuple[NetworkChoice, ...]:
    """Job: return every network; our own ones first, then torchvision's."""
    from deepstudio.models.registry import networks

    found = []
    for name in networks():
        spec = networks().get(name)
        family = spec.build.__module__.rpartition(".")[2]
        found.append(
            NetworkChoice(
                name=name, title=spec.title, source=spec.source, config_class=spec.config_class, family=family
            )
        )
    return tuple(sorted(found, key=lambda choice: choice.name.startswith("torchvision/")))
