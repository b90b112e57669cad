"""Put the parts of a run together from its recipe and its material. In the lane."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import torch

from deepstudio.core.seeding import seed_everything
from deepstudio.train.ema import WeightAverage
from deepstudio.train.loop import Trainer
from deepstudio.train.metric_buffer import MetricBuffer
from deepstudio.train.optimizers import build_optimizer
from deepstudio.train.precision import pick_precision
from deepstudio.train.probes import Probes
from deepstudio.train.processes import Alone
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.schedules import build_schedule
from deepstudio.train.state import TrainState
from deepstudio.train.task import Task

RecipeT = TypeVar("RecipeT", bound=BaseRecipe)


def build_run(
    task: Task,
    recipe: BaseRecipe,
    material: Any,
    device: torch.device,
    *,
    checkpoint: Path,
    processes: Alone | None = None,
) -> tuple[Trainer, TrainState]:
    """Return the trainer and its fresh state, weights drawn from the recipe's seed. Nothing is written."""
    seed_everything(recipe.seed)
    built = task.build(recipe, material, device)
    network, objective = built.network, built.objective
    training, total = recipe.training, recipe.training.epochs * objective.steps_per_epoch
    looks = Probes(network, objective, every=training.probe_every, total_steps=total)
    trainer = Trainer(
        recipe=recipe,
        device=device,
        dtype=pick_precision(training.precision, device),
        objective=objective,
        schedule=build_schedule(
            recipe.schedule,
            total_steps=(recipe.schedule.epochs or training.epochs) * objective.steps_per_epoch,
            steps_per_epoch=objective.steps_per_epoch,
        ),
        metrics=MetricBuffer(),
        checkpoint=checkpoint,
        probes=looks if processes is None or processes.is_first else None,
        processes=processes or Alone(),
    )
    average = WeightAverage(network, training.ema) if training.ema else None
    return trainer, TrainState(network=network, optimizer=build_optimizer(network, recipe.optimizer), average=average)


def with_batch_size(recipe: RecipeT, batch_size: int) -> RecipeT:
    """Return the recipe with another batch size, the rate scaled with it (Goyal et al. 2017, linear scaling)."""
    factor = batch_size / recipe.training.batch_size
    return replace(
        recipe,
        training=replace(recipe.training, batch_size=batch_size),
        optimizer=replace(recipe.optimizer, lr=recipe.optimizer.lr * factor),
    )
