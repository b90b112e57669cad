"""The training loop. One step, one epoch, one run; nothing else lives here. In the lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.core.job import JobContext
from deepstudio.train.batches import BatchPlan, DeviceSet, Normalizer
from deepstudio.train.checkpoint import random_states, restore_random_states, write_checkpoint
from deepstudio.train.ema import WeightAverage
from deepstudio.train.evaluation import measure, predict_set
from deepstudio.train.losses import Loss
from deepstudio.train.optimizers import l1_penalty, set_rate
from deepstudio.train.precision import arithmetic
from deepstudio.train.recipe import Recipe
from deepstudio.train.schedules import Schedule
from deepstudio.train.sinks import MetricBuffer


@dataclass(slots=True, kw_only=True)
class TrainState:
    """Everything that changes while a run goes on, and that a checkpoint holds."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    average: WeightAverage | None
    step: int = 0
    seconds: float = 0.0
    """Time spent training, pauses between resumed parts left out."""
    best_accuracy: float = -1.0
    best_weights: dict[str, Tensor] | None = None

    def to_checkpoint(self, device: torch.device) -> dict[str, Any]:
        """Return tensors and plain values only."""
        return {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": None if self.average is None else self.average.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "best_accuracy": self.best_accuracy,
            "best_weights": self.best_weights,
            "random": random_states(device),
        }

    def load_checkpoint(self, state: dict[str, Any], device: torch.device) -> None:
        """Go on exactly where `state` was taken."""
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.average is not None:
            self.average.load_state_dict(state["average"])
        self.step = state["step"]
        self.seconds = state["seconds"]
        self.best_accuracy = state["best_accuracy"]
        self.best_weights = state["best_weights"]
        restore_random_states(state["random"], device)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """The fixed parts of a run."""

    recipe: Recipe
    device: torch.device
    dtype: torch.dtype
    plan: BatchPlan
    validation: DeviceSet
    normalize: Normalizer
    loss: Loss
    schedule: Schedule
    metrics: MetricBuffer
    forward: Callable[[Tensor], Tensor]
    checkpoint: Path

    @property
    def total_steps(self) -> int:
        """Return the steps of the whole run."""
        return self.recipe.training.epochs * self.plan.steps_per_epoch


def train_step(trainer: Trainer, state: TrainState, x: Tensor, labels: Tensor) -> Tensor:
    """Do one step on x_BCHW and labels_B; return the loss, still on the device."""
    config = trainer.recipe.optimizer
    rate = trainer.schedule(state.step)
    set_rate(state.optimizer, rate)
    with arithmetic(trainer.dtype, trainer.device):
        logits = trainer.forward(x)
    loss = trainer.loss(logits.float(), labels)
    total = loss + config.l1 * l1_penalty(state.network.parameters()) if config.l1 else loss
    total.backward()
    extra: dict[str, Tensor] = {}
    if config.clip_norm:
        extra["gradient_norm"] = nn.utils.clip_grad_norm_(state.network.parameters(), config.clip_norm)
    state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    if state.average is not None:
        state.average.update(state.network)
    trainer.metrics.add(state.step, loss=loss, learning_rate=rate * config.lr, **extra)
    state.step += 1
    return loss


def train(trainer: Trainer, state: TrainState, context: JobContext) -> None:
    """Run from `state.step` to the end of the recipe.

    A cancelled context ends the run at the next batch with a checkpoint written, by JobCancelled.
    """
    per_epoch = trainer.plan.steps_per_epoch
    clock = _Clock(state)
    first_step, first_seconds = state.step, state.seconds
    while state.step < trainer.total_steps:
        epoch, done = divmod(state.step, per_epoch)
        state.network.train()
        for x, labels in trainer.plan.epoch(epoch, done):
            if context.cancelled:
                clock.tick()
                write_checkpoint(trainer.checkpoint, state.to_checkpoint(trainer.device))
                context.check()
            train_step(trainer, state, x, labels)
            context.progress(state.step, trainer.total_steps)
        clock.tick()
        speed = (state.step - first_step) / max(state.seconds - first_seconds, 1e-9)
        _end_of_epoch(trainer, state, epoch, speed)


class _Clock:
    """Adds the time that passes to `state.seconds`."""

    def __init__(self, state: TrainState) -> None:
        self._state = state
        self._last = time.monotonic()

    def tick(self) -> None:
        """Add the time since the last call."""
        now = time.monotonic()
        self._state.seconds += now - self._last
        self._last = now


def _end_of_epoch(trainer: Trainer, state: TrainState, epoch: int, steps_per_second: float) -> None:
    with final_weights(state):
        outputs = predict_set(
            state.network.eval(),
            trainer.validation,
            trainer.normalize,
            views=trainer.recipe.preprocessing,
            dtype=trainer.dtype,
        )
        report = measure(outputs.logits, outputs.labels)
        if report.accuracy > state.best_accuracy:
            state.best_accuracy = report.accuracy
            if trainer.recipe.training.keep == "best":
                state.best_weights = {name: t.detach().clone() for name, t in state.network.state_dict().items()}
    trainer.metrics.add(
        state.step - 1,
        validation_accuracy=report.accuracy,
        validation_loss=nn.functional.cross_entropy(outputs.logits, outputs.labels),
        epoch=float(epoch + 1),
        steps_per_second=steps_per_second,
    )
    trainer.metrics.flush()
    last = state.step >= trainer.total_steps
    if last or (epoch + 1) % trainer.recipe.training.checkpoint_every == 0:
        write_checkpoint(trainer.checkpoint, state.to_checkpoint(trainer.device))


def final_weights(state: TrainState) -> AbstractContextManager[None]:
    """Return a context in which the network carries the weights to keep: averaged, if there is an average."""
    return nullcontext() if state.average is None else state.average.applied(state.network)


def steps(trainer: Trainer, state: TrainState) -> Iterator[Tensor]:
    """Yield the loss of step after step, without validation or checkpoints: for measuring speed."""
    epoch = 0
    while True:
        state.network.train()
        for x, labels in trainer.plan.epoch(epoch):
            yield train_step(trainer, state, x, labels)
        epoch += 1
