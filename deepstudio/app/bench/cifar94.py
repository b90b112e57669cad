"""Seconds to 94 % on CIFAR-10, from the first step, with every metric streaming to disk.

The recipe is airbench94 (K. Jordan, arXiv:2404.00498) in this program's trainer. Reading the data, building the network
and a warm-up that is thrown away come before the clock starts; measuring each epoch on the test split is inside.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext, SilentContext
from deepstudio.core.training_messages import MetricBatch
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.sinks import Sink

if TYPE_CHECKING:
    import torch

    from deepstudio.train.image_task import ImageMaterial
    from deepstudio.train.loop import Trainer
    from deepstudio.train.recipe import Recipe
    from deepstudio.train.state import TrainState

NAME = "cifar94"
HELP = "Seconds to 94 % on CIFAR-10 with metrics streaming. Needs the data set, and in practice a GPU."
IN_ALL = False

_WARM_UP_STEPS = 60
_PROBE_STEPS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="folder that holds cifar10/train/<class>/<file> and cifar10/test")
    parser.add_argument("--device", default="auto", help="where to train (default: the fastest there is)")
    parser.add_argument("--target", type=float, default=0.94, help="accuracy on the test split that stops the clock")
    parser.add_argument("--epochs", type=int, default=10, help="length of the schedule")
    parser.add_argument("--force", action="store_true", help="run on the CPU however long it takes")


def measure(arguments: argparse.Namespace, context: JobContext) -> Iterator[Mapping[str, Any]]:
    """Yield one mapping. Raises InputError without data, and on a CPU (saying how long it takes) without `--force`."""
    if arguments.data is None:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "This benchmark needs CIFAR-10."),
            fix=QT_TRANSLATE_NOOP("errors", "Name the folder that holds it with --data DIR."),
        )
    from deepstudio.core.device import describe_device, pick_device
    from deepstudio.train.image_task import ImageMaterial
    from deepstudio.train.sets import load_test_set, load_training_sets

    device = pick_device(arguments.device)
    recipe = make_recipe(arguments.epochs)
    sets = load_training_sets(recipe, arguments.data, context)
    test = load_test_set(recipe, arguments.data, sets.train.classes, context)
    if test is None:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no test split in {path}."), path=str(arguments.data))
    material = ImageMaterial(train=sets.train, validation=test)
    if device.type == "cpu" and not arguments.force:
        _refuse(recipe, material, device)
    context.status(QT_TRANSLATE_NOOP("status", "Training"))
    yield {**_race(recipe, material, device, arguments.target, context), "device": describe_device(device).name}


def make_recipe(epochs: int) -> Recipe:
    """Return airbench94 as a recipe over the shipped one for objects, which holds the data and the normalisation."""
    from deepstudio.train.recipe import LossConfig, NetworkConfig, ScheduleConfig, TrainingConfig, load_image_recipe

    base = load_image_recipe("objects")
    return replace(
        base,
        name="cifar94",
        rejection=False,
        data=replace(base.data, validation_share=0.002, outliers=()),
        augment=replace(base.augment, translate=2, cutout=0),
        network=NetworkConfig(architecture="speednet", config={"widths": [64, 256, 256], "depth": 2}),
        optimizer=replace(base.optimizer, lr=1.5, l2=0.00133),
        schedule=ScheduleConfig(name="one-cycle", start=0.2, warmup=0.23, end=0.07),
        loss=LossConfig(label_smoothing=0.2),
        training=TrainingConfig(epochs=epochs, batch_size=1024, ema=0.97, checkpoint_every=100_000),
    )


class FinishLine(Sink):
    """Notes when the accuracy first reached the target, and then asks the run to stop."""

    def __init__(self, target: float, context: SilentContext) -> None:
        self.reached_at: float | None = None
        self.best = 0.0
        self._target = target
        self._context = context

    def write(self, batch: MetricBatch) -> None:
        """Look for the accuracy among the points."""
        for column in batch.columns:
            if column.name == "validation_accuracy":
                for wall, value in zip(column.walls.tolist(), column.values.tolist(), strict=True):
                    self._note(wall, value)

    def _note(self, wall: float, value: float) -> None:
        self.best = max(self.best, value)
        if value >= self._target and self.reached_at is None:
            self.reached_at = wall
            self._context.cancelled = True


def _race(
    recipe: Recipe, material: ImageMaterial, device: torch.device, target: float, context: JobContext
) -> dict[str, Any]:
    from deepstudio.core.errors import JobCancelled
    from deepstudio.train.loop import train
    from deepstudio.train.sinks import JsonLinesSink

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _seconds_per_step(*_build(recipe, material, device, (), folder), steps=_WARM_UP_STEPS)
        run = SilentContext()
        line = FinishLine(target, run)
        metrics = JsonLinesSink(folder / "metrics.jsonl")
        trainer, state = _build(recipe, material, device, (metrics, line), folder)
        _synchronise(device)
        began = time.time()
        try:
            train(trainer, state, run)
        except JobCancelled:
            context.check()
        _synchronise(device)
        seconds = time.time() - began
        trainer.metrics.close()
        streamed = (folder / "metrics.jsonl").read_text(encoding="utf-8").count("\n")
    return {
        "seconds_to_target": None if line.reached_at is None else line.reached_at - began,
        "target": target,
        "accuracy": line.best,
        "seconds": seconds,
        "images_per_second": state.step * recipe.training.batch_size / seconds,
        "metric_points": streamed,
        "epochs": recipe.training.epochs,
    }


def _build(
    recipe: Recipe, material: ImageMaterial, device: torch.device, sinks: Sequence[Sink], folder: Path
) -> tuple[Trainer, TrainState]:
    from deepstudio.train.image_task import ImageTask
    from deepstudio.train.setup import build_run

    trainer, state = build_run(ImageTask(), recipe, material, device, checkpoint=folder / "checkpoint")
    for sink in sinks:
        trainer.metrics.attach(sink)
    return trainer, state


def _seconds_per_step(trainer: Trainer, state: TrainState, *, steps: int) -> float:
    from deepstudio.train.loop import steps as run_steps

    running = run_steps(trainer, state)
    next(running)
    _synchronise(trainer.device)
    began = time.perf_counter()
    for _ in range(steps):
        next(running)
    _synchronise(trainer.device)
    return (time.perf_counter() - began) / steps


def _refuse(recipe: Recipe, material: ImageMaterial, device: torch.device) -> None:
    with tempfile.TemporaryDirectory() as name:
        trainer, state = _build(recipe, material, device, (), Path(name))
        minutes = _seconds_per_step(trainer, state, steps=_PROBE_STEPS) * trainer.total_steps / 60
    raise InputError(
        QT_TRANSLATE_NOOP("errors", "There is no GPU here; on this CPU it would take about {minutes} minutes."),
        fix=QT_TRANSLATE_NOOP("errors", "Add --force to run it all the same."),
        minutes=max(1, round(minutes)),
    )


def _synchronise(device: torch.device) -> None:
    import torch

    if device.type == "cuda":
        torch.cuda.synchronize()
    elif device.type == "mps":
        torch.mps.synchronize()
