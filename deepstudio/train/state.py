"""Everything that changes while a run goes on, and that a checkpoint holds. In the lane."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.train.checkpoint import restore_random_states
from deepstudio.train.ema import WeightAverage


@dataclass(slots=True, kw_only=True)
class TrainState:
    """A run at a step. Data order and augmentation are functions of (seed, epoch, step) and need no state."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    average: WeightAverage | None
    step: int = 0
    """Steps done."""
    validated: int = 0
    """Epochs whose end was dealt with: validation, records, early stopping."""
    over: bool = False
    """Training has ended, by the recipe, early stopping or the user's wish for a model of what there is."""
    examples: int = 0
    seconds: float = 0.0
    """Time spent training; pauses, and the time between resumed parts, left out."""
    rate_factor: float = 1.0
    """What the user multiplies the scheduled rate by."""
    best_score: float = float("-inf")
    best_weights: dict[str, Tensor] | None = None
    best_watched: float = float("-inf")
    """The best of what early stopping watches, signed so that higher is better."""
    stale_epochs: int = 0
    """Epochs since then."""
    figures: dict[str, float] = field(default_factory=dict)
    """What the last validation measured."""
    alerts: dict[str, Any] = field(default_factory=dict)

    parameters: tuple[nn.Parameter, ...] = field(init=False)
    """Those of the network: walking its modules in every step costs as much as a small layer."""

    def __post_init__(self) -> None:
        self.parameters = tuple(self.network.parameters())

    def to_checkpoint(self) -> dict[str, Any]:
        """Return tensors and plain values only; the states of the generators go beside them, under `random`."""
        return {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": None if self.average is None else self.average.state_dict(),
            **{name: getattr(self, name) for name in _PLAIN},
        }

    def load_checkpoint(self, state: dict[str, Any], device: torch.device, *, rank: int = 0) -> None:
        """Go on exactly where `state` was taken, as process `rank` of those that the run had.

        Raises KeyError, RuntimeError or ValueError for a checkpoint of another run.
        """
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.average is not None:
            self.average.load_state_dict(state["average"])
        for name in _PLAIN:
            setattr(self, name, state[name])
        if rank < len(state["random"]):
            restore_random_states(state["random"][rank], device)


_PLAIN = (
    "step",
    "validated",
    "over",
    "examples",
    "seconds",
    "rate_factor",
    "best_score",
    "best_weights",
    "best_watched",
    "stale_epochs",
    "figures",
    "alerts",
)


def final_weights(state: TrainState) -> AbstractContextManager[None]:
    """Return a context in which the network carries the weights to keep: averaged, if there is an average."""
    return nullcontext() if state.average is None else state.average.applied(state.network)
