"""The tasks that can be trained, by name. Nothing of a task is imported before it is asked for. Torch-free.

A task is a recipe class (torch-free) and a class that implements `train.task.Task` (imports torch: in a lane).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deepstudio.core.registry import Registry

if TYPE_CHECKING:
    from deepstudio.train.recipe_base import BaseRecipe
    from deepstudio.train.task import DirectTask, Task

DEFAULT_TASK = "image-classification"
"""The task of a recipe that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSpec:
    """A task by name; `recipe` and `implementation` are `module:Class`."""

    name: str
    recipe: str
    implementation: str

    def recipe_type(self) -> type[BaseRecipe]:
        """Return the class of the task's recipes. Torch-free, any thread."""
        found: type[BaseRecipe] = _load(self.recipe)
        return found

    def open(self) -> Task:
        """Return the task. Imports torch: in a lane."""
        task: Task = _load(self.implementation)()
        return task

    def open_direct(self) -> DirectTask | None:
        """Return the task if it is one without steps. Imports torch: in a lane."""
        from deepstudio.train.task import DirectTask

        task = _load(self.implementation)()
        return task if isinstance(task, DirectTask) else None


def task_spec(name: str) -> TaskSpec:
    """Return the task of that name; raises UnknownNameError."""
    return _TASKS.get(name)


def task_names() -> list[str]:
    """Return the names of all tasks."""
    return _TASKS.names()


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(f"deepstudio.train.{module}"), name)


_TASKS: Registry[TaskSpec] = Registry("task")
for _name, _recipe, _implementation in (
    ("image-classification", "recipe:Recipe", "image_task:ImageTask"),
    ("image-text", "image_text.recipe:ImageTextRecipe", "image_text.task:ImageTextTask"),
    ("text-classification", "text.recipe:TextRecipe", "text.classification_task:TextClassificationTask"),
    ("tagging", "text.recipe:TextRecipe", "text.tagging_task:TaggingTask"),
    ("translation", "text.recipe:TextRecipe", "text.translation_task:WritingTask"),
    ("summarisation", "text.recipe:TextRecipe", "text.translation_task:WritingTask"),
    ("language-model", "text.recipe:TextRecipe", "text.language_task:LanguageTask"),
    ("word-vectors", "text.recipe:TextRecipe", "text.language_task:LanguageTask"),
    ("speech-recognition", "speech.recipe:SpeechRecipe", "speech.recognition_task:RecognitionTask"),
    ("keyword-spotting", "speech.recipe:SpeechRecipe", "speech.keyword_task:KeywordTask"),
    ("word-set", "speech.recipe:SpeechRecipe", "speech.word_set_task:WordSetTask"),
    ("speech-language-model", "speech.recipe:LanguageRecipe", "speech.language_task:LanguageTask"),
):
    _TASKS.register(_name)(TaskSpec(name=_name, recipe=_recipe, implementation=_implementation))
