"""Which ways to train a task has, and why it lacks the others. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.tasks import task_spec

_NO_STEPS = QT_TRANSLATE_NOOP("settings", "This model is made in one go: there are no steps to change.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Reasons (marked, context "settings") why something is not there; "" where it is."""

    find_rate: str = ""
    folds: str = ""
    seeds: str = ""
    processes: str = ""
    look: str = ""


def ways_of(recipe: Any) -> Ways:
    """Return what can be done with a recipe besides training it once."""
    if not task_spec(recipe.task).folds:
        return Ways(find_rate=_NO_STEPS, folds=_NO_STEPS, seeds=_NO_STEPS, processes=_NO_STEPS, look=_NO_STEPS)
    return Ways(look="" if can_look(recipe.task) else _NO_CLASSES)


def can_look(task: str) -> bool:
    """Return whether the samples behind the figures of a task can be looked at."""
    return task in ("image-classification", "text-classification", "keyword-spotting")


_NO_CLASSES = QT_TRANSLATE_NOOP("settings", "Only samples with a label each can be looked at one by one.")
