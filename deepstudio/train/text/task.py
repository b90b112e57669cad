"""What the tasks on text have in common: the way from data to a measured model file. In the lane."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Sized
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import nn

from deepstudio.core.job import JobContext
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel
from deepstudio.train.objective import Objective
from deepstudio.train.task import Built, Finished
from deepstudio.train.text.cards import Figures, finish_text, text_card
from deepstudio.train.text.recipe import TextRecipe


class Material(Protocol):
    """The texts of a run."""

    @property
    def tokenizer(self) -> TextTokenizer:
        """Return what turns them into tokens."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the names of classes or tags; none for tasks without."""

    @property
    def train(self) -> Sized:
        """Return what is learned from."""


MaterialT = TypeVar("MaterialT", bound=Material)


class TextTask(ABC, Generic[MaterialT]):
    """A `train.task.Task` on text; a subclass reads, makes the network and measures."""

    @abstractmethod
    def prepare(self, recipe: TextRecipe, data: Path, context: JobContext) -> MaterialT:
        """Read every file and learn the vocabulary. Raises InputError."""

    @abstractmethod
    def network(self, recipe: TextRecipe, material: MaterialT) -> nn.Module:
        """Return the recipe's network for this vocabulary and these labels."""

    @abstractmethod
    def objective(self, network: nn.Module, recipe: TextRecipe, material: MaterialT, device: torch.device) -> Objective:
        """Return what the network is trained on."""

    @abstractmethod
    def measure(
        self, loaded: LoadedModel, recipe: TextRecipe, material: MaterialT, context: JobContext
    ) -> Sequence[Figures]:
        """Return the figures of a written model on the validation data, and on the test data once."""

    def complete(
        self, network: nn.Module, card: ModelCard, recipe: TextRecipe, material: MaterialT, device: torch.device
    ) -> tuple[nn.Module, ModelCard]:
        """Return what is written in place of the trained network and its card: both as they are."""
        return network, card

    def build(self, recipe: TextRecipe, material: MaterialT, device: torch.device) -> Built:
        """Return network and objective."""
        network = self.network(recipe, material).to(device)
        return Built(network=network, objective=self.objective(network, recipe, material, device))

    def card(self, recipe: TextRecipe, material: MaterialT) -> ModelCard:
        """Return the card without figures."""
        return text_card(recipe, material.tokenizer, material.labels)

    def finish(
        self,
        network: nn.Module,
        recipe: TextRecipe,
        material: MaterialT,
        target: Path,
        context: JobContext,
        *,
        device: torch.device,
        training: Mapping[str, Any],
    ) -> Finished:
        """Write the file and measure it."""
        network, card = self.complete(network, self.card(recipe, material), recipe, material, device)
        return finish_text(
            network,
            card,
            target,
            context,
            device=device,
            training={**training, "training_examples": len(material.train)},
            measure=lambda loaded: self.measure(loaded, recipe, material, context),
        )
