"""How much memory a step of training takes, without taking it. Imports torch: in a lane.

The network is built without storage (device "meta") and a batch is sent through it; autograd tells which tensors it
would keep for the way back. That is exact for kept tensors; working memory of the kernels comes on top.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from deepstudio.models.registry import build_network
from deepstudio.train.precision import pick_precision
from deepstudio.train.recipe import Recipe
from deepstudio.train.recipe_base import BaseRecipe

_STATES = {"sgd": 1, "adam": 2, "adamw": 2, "rmsprop": 2, "muon": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMemory:
    """Bytes of one training step: weights and buffers, gradients, optimiser, averaged weights, kept activations.

    `working` is what the way back holds besides: the gradients of the two largest activations.
    """

    weights: int
    gradients: int
    optimizer: int
    average: int
    activations: int
    working: int

    @property
    def total(self) -> int:
        """Return the sum."""
        return self.weights + self.gradients + self.optimizer + self.average + self.activations + self.working


def step_memory(recipe: Recipe, *, num_classes: int, device: torch.device) -> StepMemory:
    """Return the memory of a step of an image recipe. Raises RecipeError, UnknownNameError for a wrong network."""
    shape, training = recipe.preprocessing, recipe.training
    with torch.device("meta"):
        network = build_network(recipe.network.architecture, recipe.network.config, num_classes=num_classes)
        x = torch.empty(training.batch_size, shape.channels, shape.height, shape.width)
    kept = kept_bytes(network.train(), x)
    narrow = 2 if pick_precision(training.precision, device) is torch.bfloat16 else 1
    working = sum(sorted(kept)[-2:]) // narrow
    return memory_of(network, recipe, activations=sum(kept) // narrow + x.nbytes, working=working)


def memory_of(network: nn.Module, recipe: BaseRecipe, *, activations: int, working: int) -> StepMemory:
    """Return the memory of a step of `network`, of which the kept activations are known."""
    weights = sum(tensor.nbytes for tensor in network.state_dict().values())
    trained = sum(parameter.nbytes for parameter in network.parameters() if parameter.requires_grad)
    return StepMemory(
        weights=weights,
        gradients=trained,
        optimizer=_STATES[recipe.optimizer.name] * trained,
        average=weights if recipe.training.ema else 0,
        activations=activations,
        working=working,
    )


def kept_bytes(network: nn.Module, *inputs: Tensor) -> list[int]:
    """Return the sizes of the tensors that autograd keeps of `network(*inputs)`, each storage once, without weights."""
    weights = {tensor.untyped_storage()._cdata for tensor in network.state_dict().values()}
    kept: dict[int, int] = {}

    def note(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage._cdata not in weights:
            kept[storage._cdata] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        network(*inputs)
    return list(kept.values())
