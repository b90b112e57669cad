"""The tasks that can be trained, by name. Nothing of a task is imported before it is asked for. Torch-free.

A task is a recipe class (torch-free) and a class that implements `train.task.Task` (imports torch: in a lane).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.registry import Registry

if TYPE_CHECKING:
    from deepstudio.core.job import JobContext
    from deepstudio.train.recipe_base import BaseRecipe
    from deepstudio.train.task import DirectTask, Task

FoldsOf = Callable[["BaseRecipe", Path, int, "JobContext"], Iterator[Any]]
"""(recipe, data, number of folds, context) -> the material of each fold in turn."""

DEFAULT_TASK = "image-classification"
"""The task of a recipe that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSpec:
    """A task by name; `recipe` and `implementation` are `module:Class`, `folds` is `module:function`.

    `folds` deals the data out for cross-validation; "" for a task without steps, which is made in one go.
    """

    name: str
    recipe: str
    implementation: str
    folds: str = ""

    def recipe_type(self) -> type[BaseRecipe]:
        """Return the class of the task's recipes. Torch-free, any thread."""
        found: type[BaseRecipe] = _load(self.recipe)
        return found

    def open(self) -> Task:
        """Return the task. Imports torch: in a lane."""
        task: Task = _load(self.implementation)()
        return task

    def open_folds(self) -> FoldsOf:
        """Return what yields the material of each fold. Imports torch: in a lane."""
        found: FoldsOf = _load(self.folds)
        return found

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
_TEXT_FOLDS, _SPEECH_FOLDS = "text.folds:text_folds", "speech.folds:speech_folds"
for _name, _recipe, _implementation, _folds in (
    ("image-classification", "recipe:Recipe", "image_task:ImageTask", "image_folds:image_folds"),
    ("image-text", "image_text.recipe:ImageTextRecipe", "image_text.task:ImageTextTask", "image_text.folds:set_folds"),
    (
        "text-classification",
        "text.recipe:TextRecipe",
        "text.classification_task:TextClassificationTask",
        _TEXT_FOLDS,
    ),
    ("tagging", "text.recipe:TextRecipe", "text.tagging_task:TaggingTask", _TEXT_FOLDS),
    ("translation", "text.recipe:TextRecipe", "text.translation_task:WritingTask", _TEXT_FOLDS),
    ("summarisation", "text.recipe:TextRecipe", "text.translation_task:WritingTask", _TEXT_FOLDS),
    ("language-model", "text.recipe:TextRecipe", "text.language_task:LanguageTask", _TEXT_FOLDS),
    ("word-vectors", "text.recipe:TextRecipe", "text.language_task:LanguageTask", _TEXT_FOLDS),
    ("speech-recognition", "speech.recipe:SpeechRecipe", "speech.recognition_task:RecognitionTask", _SPEECH_FOLDS),
    ("keyword-spotting", "speech.recipe:SpeechRecipe", "speech.keyword_task:KeywordTask", _SPEECH_FOLDS),
    ("word-set", "speech.recipe:SpeechRecipe", "speech.word_set_task:WordSetTask", ""),
    ("speech-language-model", "speech.recipe:LanguageRecipe", "speech.language_task:LanguageTask", ""),
):
    _TASKS.register(_name)(TaskSpec(name=_name, recipe=_recipe, implementation=_implementation, folds=_folds))
