"""What a task must offer to be trained, measured and written as a model file. In the lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

import torch
from torch import nn

from deepstudio.core.config import to_mapping
from deepstudio.core.job import JobContext
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.train.objective import Objective
from deepstudio.train.recipe_base import BaseRecipe

RecipeT = TypeVar("RecipeT", bound=BaseRecipe, contravariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A network on its device with fresh weights, and the objective that it is trained on."""

    network: nn.Module
    objective: Objective


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The model file, its card, and what the task measured on validation and test data (None without a test split)."""

    path: Path
    card: ModelCard
    validation: Any
    test: Any = None


class Task(Protocol):
    """One kind of network, from data to a model file. Recipe and material are of the task's own types."""

    def prepare(self, recipe: Any, data: Path, context: JobContext) -> Any:
        """Read and check all data, the test split too.

        Raises InputError; what a person should know but does not stop the run goes through `notices.notice`.
        """

    def build(self, recipe: Any, material: Any, device: torch.device) -> Built:
        """Return network and objective. The generators have just been seeded with the recipe's seed."""

    def card(self, recipe: Any, material: Any) -> ModelCard:
        """Return the card of a network of this recipe, without figures."""

    def finish(
        self,
        network: nn.Module,
        recipe: Any,
        material: Any,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Calibrate, write the model file and measure it, on the test split once.

        `training` (seconds, device, arithmetic, ...) belongs under `extra["training"]` of the card.
        """

    def evaluate(self, loaded: LoadedModel, data: Path, context: JobContext, **options: Any) -> Mapping[str, Any]:
        """Return figures on any data in the task's standard form, ready for JSON.

        `examples` and `seconds` are always there; `unreadable` holds one sentence for each input that was left out.
        """


@runtime_checkable
class DirectTask(Protocol):
    """A task without steps, such as counting n-grams: the model file comes out of one function."""

    def make(self, recipe: Any, data: Path, target: Path, context: JobContext) -> Finished:
        """Read the data and write the model file, measured."""

    def evaluate_file(self, path: Path, data: Path, context: JobContext) -> Mapping[str, Any]:
        """Return figures of the model file `path` on any data, as `Task.evaluate`."""


def bare_card(
    recipe: BaseRecipe, *, architecture: str, config: Mapping[str, Any], labels: tuple[str, ...] = (), **more: Any
) -> ModelCard:
    """Return a card filled from a recipe; `more` are further fields of the card."""
    return ModelCard(
        name=recipe.name,
        title=recipe.title or recipe.name,
        task=recipe.task,
        architecture=architecture,
        config=dict(config),
        labels=labels,
        description=recipe.description,
        warning=recipe.warning,
        recipe=to_mapping(recipe),
        seed=recipe.seed,
        sources=recipe.sources,
        version=recipe.version,
        **more,
    )
