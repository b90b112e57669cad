"""The training loop. One step, one epoch, one run; nothing else lives here. In the lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from deepstudio.core.job import JobContext
from deepstudio.core.training_messages import EventKind
from deepstudio.train.control import RunControl
from deepstudio.train.early_stop import has_run_out
from deepstudio.train.metric_buffer import MetricBuffer
from deepstudio.train.objective import Objective, Validation
from deepstudio.train.optimizers import drop_gradients, gradient_norm, l1_penalty, set_rate
from deepstudio.train.precision import arithmetic
from deepstudio.train.probes import Probes, at_step
from deepstudio.train.processes import Alone
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.schedules import Schedule
from deepstudio.train.session import Session
from deepstudio.train.state import TrainState, final_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """The fixed parts of a run."""

    recipe: BaseRecipe
    device: torch.device
    dtype: torch.dtype
    objective: Objective
    schedule: Schedule
    metrics: MetricBuffer
    checkpoint: Path
    probes: Probes | None = None
    processes: Alone = field(default_factory=Alone)
    take_snapshot: Callable[[TrainState], Path] | None = None
    """Writes the network as it is into a model file."""

    @property
    def total_steps(self) -> int:
        """Return the steps of the whole run."""
        return self.recipe.training.epochs * self.objective.steps_per_epoch


def train_step(trainer: Trainer, state: TrainState, batch: Any) -> Tensor:
    """Do one step on a batch of the objective; return the loss, detached, still on the device."""
    config = trainer.recipe.optimizer
    rate = trainer.schedule(state.step) * state.rate_factor
    set_rate(state.optimizer, rate)
    with arithmetic(trainer.dtype, trainer.device):
        loss, shown, extra = trainer.processes.loss(trainer.objective, batch)
    total = loss + config.l1 * l1_penalty(state.parameters) if config.l1 else loss
    total.backward()
    if config.clip_norm:
        norm = nn.utils.clip_grad_norm_(state.parameters, config.clip_norm)
    else:
        norm = gradient_norm(state.parameters)
    if trainer.probes is not None and trainer.probes.due(state.step):
        trainer.probes.look(state.step, trainer.metrics)
    state.optimizer.step()
    drop_gradients(state.parameters)
    if state.average is not None:
        state.average.update(state.network)
    state.examples += trainer.objective.num_examples(batch)
    values: dict[str, float | Tensor] = {"loss": shown, "learning_rate": rate * config.lr, "gradient_norm": norm}
    values["examples"] = float(state.examples)
    values.update(extra)
    trainer.metrics.add(state.step, values)
    state.step += 1
    return shown


def train(trainer: Trainer, state: TrainState, context: JobContext, control: RunControl | None = None) -> None:
    """Run from `state.step` to the end of the recipe, or to where early stopping or the user ends it.

    A cancelled context, or a stop asked of `control`, ends the run between two steps with a checkpoint written, by
    JobCancelled. Raises DivergedError where the loss is not a number and the recipe says to stop.
    """
    per_epoch = trainer.objective.steps_per_epoch
    with Session(trainer=trainer, state=state, context=context, control=control or RunControl()) as session:
        while not state.over:
            epoch, done = divmod(state.step, per_epoch)
            if state.validated == epoch:
                _train_epoch(trainer, state, session, epoch, done)
            _end_epoch(trainer, state, session)


def _train_epoch(trainer: Trainer, state: TrainState, session: Session, epoch: int, done: int) -> None:
    state.network.train()
    for batch in trainer.objective.batches(epoch, done):
        session.between_steps()
        train_step(trainer, state, batch)
        session.after_step()


def _end_epoch(trainer: Trainer, state: TrainState, session: Session) -> None:
    """Validate, decide whether training is over, and write a checkpoint."""
    training = trainer.recipe.training
    validation = _validate(trainer, state, session)
    session.tick()
    state.validated += 1
    state.figures = dict(validation.metrics)
    trainer.metrics.add(state.step - 1, {**validation.metrics, "epoch": float(state.validated), **session.speed()})
    trainer.metrics.media([at_step(media, state.step - 1) for media in validation.media])
    state.over = state.validated >= training.epochs
    if has_run_out(training, state, validation) and not state.over:
        state.over = True
        session.event(EventKind.EARLY_STOP, epochs=state.stale_epochs)
    session.end_of_epoch()


def _validate(trainer: Trainer, state: TrainState, session: Session) -> Validation:
    """Return what the first process measured."""
    measured: list[Validation] = []

    def measure() -> dict[str, Any]:
        found = session.cancellable(lambda: _measure(trainer, state))
        measured.append(found)
        return {"score": found.score, "metrics": dict(found.metrics)}

    told = trainer.processes.share(measure)
    return measured[0] if measured else Validation(**told)


def _measure(trainer: Trainer, state: TrainState) -> Validation:
    with final_weights(state), torch.no_grad():
        validation = trainer.objective.validate(state.network.eval())
        if validation.score > state.best_score:
            state.best_score = validation.score
            if trainer.recipe.training.keep == "best":
                state.best_weights = {name: t.detach().clone() for name, t in state.network.state_dict().items()}
        return validation


def steps(trainer: Trainer, state: TrainState) -> Iterator[Tensor]:
    """Yield the loss of step after step, without validation or checkpoints: for measuring speed."""
    epoch = 0
    while True:
        state.network.train()
        for batch in trainer.objective.batches(epoch, 0):
            yield train_step(trainer, state, batch)
        epoch += 1
