"""What the loop asks of a task: batches, their loss, and how good the network is. In the lane.

The loop owns schedule, optimiser, clipping, averaging, checkpoints, metrics, control and processes; an objective owns
examples and what they mean.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from deepstudio.core.training_messages import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """How good a network is: one score (higher is better), figures by name (`validation_loss`), and what to show."""

    score: float
    metrics: Mapping[str, float]
    media: tuple[Media, ...] = ()

    def __post_init__(self) -> None:
        """Make plain numbers of NumPy's: they go into checkpoints, which are read as weights only."""
        object.__setattr__(self, "score", float(self.score))
        object.__setattr__(self, "metrics", {name: float(value) for name, value in self.metrics.items()})


class Objective(ABC):
    """The examples of a run and the loss over them, bound to the network in training."""

    @property
    @abstractmethod
    def steps_per_epoch(self) -> int:
        """Return the steps of one epoch, at least 1."""

    @abstractmethod
    def batches(self, epoch: int, start: int) -> Iterator[Any]:
        """Yield the batches of an epoch from its step `start` on.

        A batch must follow from (seed, epoch, step) alone: that is what makes resuming exact.
        """

    @abstractmethod
    def loss(self, batch: Any) -> tuple[Tensor, Mapping[str, Tensor]]:
        """Return the mean loss of a batch (float32 scalar on the device) and further scalars to log.

        The network is in training mode; the loop has entered the arithmetic of the run.
        """

    @abstractmethod
    def validate(self, network: nn.Module) -> Validation:
        """Measure `network`, which is in eval mode. Gradients are off; every call of the network may end the run."""

    def num_examples(self, batch: Any) -> int:
        """Return how many examples a batch has."""
        return len(first_tensor(batch))

    def weight(self, batch: Any) -> float | Tensor:
        """Return what the mean in `loss` divides by, so that processes can weigh their shares of a batch."""
        return float(self.num_examples(batch))

    def part(self, batch: Any, rank: int, world: int) -> Any:
        """Return the share of process `rank` out of `world`: its slice of the first dimension of every tensor."""
        size = len(first_tensor(batch))
        first, last = rank * size // world, (rank + 1) * size // world
        return map_tensors(batch, lambda tensor: tensor[first:last])

    def state(self) -> dict[str, Any]:
        """Return what the next loss depends on besides its batch, tensors and plain values, for a checkpoint."""
        return {}

    def load_state(self, state: Mapping[str, Any]) -> None:  # noqa: B027 - most objectives have none
        """Take `state` up again. Called once, before the first batch of a resumed run."""

    def probes(self, network: nn.Module) -> Sequence[Media]:
        """Return what is seen inside `network` (eval mode, no gradients): activations, answers for fixed samples."""
        return ()


def first_tensor(batch: Any) -> Tensor:
    """Return the first tensor in nested tuples, lists, dicts and dataclasses."""
    found: list[Tensor] = []
    map_tensors(batch, lambda tensor: found.append(tensor) or tensor)  # type: ignore[func-returns-value]
    assert found, "a batch without tensors"
    return found[0]


def map_tensors(batch: Any, function: Callable[[Tensor], Tensor]) -> Any:
    """Return `batch` with every tensor in it (tuples, lists, dicts, dataclasses) replaced by `function(tensor)`."""
    if isinstance(batch, Tensor):
        return function(batch)
    if isinstance(batch, tuple):
        parts = [map_tensors(item, function) for item in batch]
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    if isinstance(batch, list):
        return [map_tensors(item, function) for item in batch]
    if isinstance(batch, dict):
        return {key: map_tensors(item, function) for key, item in batch.items()}
    if dataclasses.is_dataclass(batch) and not isinstance(batch, type):
        fields = {field.name: getattr(batch, field.name) for field in dataclasses.fields(batch)}
        return dataclasses.replace(batch, **{name: map_tensors(value, function) for name, value in fields.items()})
    return batch
