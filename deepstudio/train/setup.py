"""Put the parts of a run together from its recipe and its sets. In the lane."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from deepstudio.core.seeding import seed_everything
from deepstudio.models.registry import InitialisedFromData, build_network
from deepstudio.train.batches import BatchPlan, Normalizer, to_device
from deepstudio.train.ema import WeightAverage
from deepstudio.train.loop import Trainer, TrainState
from deepstudio.train.losses import build_loss
from deepstudio.train.optimizers import build_optimizer
from deepstudio.train.precision import pick_precision
from deepstudio.train.recipe import Recipe
from deepstudio.train.schedules import build_schedule
from deepstudio.train.sets import Sets
from deepstudio.train.sinks import MetricBuffer

_IMAGES_FOR_INITIALISATION = 5000


def build_run(recipe: Recipe, sets: Sets, device: torch.device, *, checkpoint: Path) -> tuple[Trainer, TrainState]:
    """Return the trainer and its fresh state, weights drawn from the recipe's seed. Nothing is written."""
    seed_everything(recipe.seed)
    train, validation = to_device(sets.train, device), to_device(sets.validation, device)
    normalize = Normalizer(recipe.preprocessing, device)
    network = build_network(recipe.network.architecture, recipe.network.config, num_classes=train.num_classes)
    network.to(device)
    if recipe.training.channels_last:
        network.to(memory_format=torch.channels_last)
    if isinstance(network, InitialisedFromData):
        network.init_from_data(normalize(train.images[:_IMAGES_FOR_INITIALISATION]))
    training = recipe.training
    plan = BatchPlan(train, normalize, recipe.augment, batch_size=training.batch_size, seed=recipe.seed)
    total = training.epochs * plan.steps_per_epoch
    trainer = Trainer(
        recipe=recipe,
        device=device,
        dtype=pick_precision(training.precision, device),
        plan=plan,
        validation=validation,
        normalize=normalize,
        loss=build_loss(recipe.loss, torch.bincount(train.labels, minlength=train.num_classes)),
        schedule=build_schedule(recipe.schedule, total_steps=total, steps_per_epoch=plan.steps_per_epoch),
        metrics=MetricBuffer(),
        forward=torch.compile(network) if training.compile else network,
        checkpoint=checkpoint,
    )
    average = WeightAverage(network, training.ema) if training.ema else None
    return trainer, TrainState(network=network, optimizer=build_optimizer(network, recipe.optimizer), average=average)


def with_batch_size(recipe: Recipe, batch_size: int) -> Recipe:
    """Return the recipe with another batch size, the rate scaled with it (Goyal et al. 2017, linear scaling)."""
    factor = batch_size / recipe.training.batch_size
    return replace(
        recipe,
        training=replace(recipe.training, batch_size=batch_size),
        optimizer=replace(recipe.optimizer, lr=recipe.optimizer.lr * factor),
    )
