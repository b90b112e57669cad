"""A whole training job: read, train, calibrate, measure, write. The same for the command line and the window."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import torch

from deepstudio.core.device import describe_device, pick_device
from deepstudio.core.errors import OutOfMemoryError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.image_sets import ImageSet, load_image_set
from deepstudio.train.checkpoint import read_checkpoint
from deepstudio.train.finish import Finished, Material, finish
from deepstudio.train.loop import Trainer, TrainState, final_weights, train
from deepstudio.train.recipe import Recipe
from deepstudio.train.run_folder import RunFolder, describe_run, trim_metrics
from deepstudio.train.sets import Sets, load_test_set, load_training_sets
from deepstudio.train.setup import build_run, with_batch_size
from deepstudio.train.sinks import JsonLinesSink, Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainRequest:
    """Train `recipe` on the data below `data`, into `folder`; go on from its checkpoint if `resume`."""

    recipe: Recipe
    data: Path
    folder: RunFolder
    resume: bool = False
    device: str = "auto"
    sinks: tuple[Callable[[], Sink], ...] = ()


def run_training(request: TrainRequest, context: JobContext) -> Finished:
    """Do the whole job and return the finished model.

    A batch that does not fit into the GPU's memory is halved, with the rate, and the run begins again. Raises
    JobCancelled (a checkpoint is written first), OutOfMemoryError, InputError, OSError.
    """
    device = pick_device(request.device)
    sets = load_training_sets(request.recipe, request.data, context)
    recipe = request.recipe
    while True:
        try:
            return _run_once(request, recipe, sets, device, context)
        except torch.OutOfMemoryError as error:
            smaller = recipe.training.batch_size // 2
            if smaller < 1 or request.resume:
                raise OutOfMemoryError(
                    QT_TRANSLATE_NOOP(
                        "errors", "The device has too little memory for this network and batches of {size}."
                    ),
                    fix=QT_TRANSLATE_NOOP("errors", "Choose smaller batches, a smaller network, or the CPU."),
                    size=recipe.training.batch_size,
                ) from error
            recipe = with_batch_size(recipe, smaller)
        torch.cuda.empty_cache()
        context.status(QT_TRANSLATE_NOOP("status", "Too little memory: trying smaller batches"))


def _run_once(request: TrainRequest, recipe: Recipe, sets: Sets, device: torch.device, context: JobContext) -> Finished:
    folder = request.folder
    step = 0
    saved = read_checkpoint(folder.checkpoint, device) if request.resume else None
    if saved is not None:
        step = int(saved["step"])
    trainer, state = build_run(recipe, sets, device, checkpoint=folder.checkpoint)
    if saved is None:
        describe_run(folder, recipe, request.data)
    else:
        state.load_checkpoint(saved, device)
    trim_metrics(folder.metrics, step)
    context.status(QT_TRANSLATE_NOOP("status", "Training"))
    try:
        trainer.metrics.attach(JsonLinesSink(folder.metrics))
        for make in request.sinks:
            trainer.metrics.attach(make())
        train(trainer, state, context)
    finally:
        trainer.metrics.close()
    return _finish(request, recipe, sets, trainer, state, context)


def _finish(
    request: TrainRequest,
    recipe: Recipe,
    sets: Sets,
    trainer: Trainer,
    state: TrainState,
    context: JobContext,
) -> Finished:
    material = Material(
        train=sets.train,
        validation=sets.validation,
        test=load_test_set(recipe, request.data, sets.train.classes),
        outliers=load_outliers(recipe, request.data),
    )
    facts = {
        "seconds": round(state.seconds, 3),
        "device": describe_device(trainer.device).name,
        "arithmetic": str(trainer.dtype).removeprefix("torch."),
        "peak_memory_bytes": peak_memory(trainer.device),
        "torch": torch.__version__,
        "python": platform.python_version(),
        "training_examples": len(sets.train),
    }
    with final_weights(state):
        if state.best_weights is not None:
            state.network.load_state_dict(state.best_weights)
        return finish(
            state.network,
            recipe,
            material,
            request.folder.model(recipe.name),
            context,
            device=trainer.device,
            training=facts,
        )


def load_outliers(recipe: Recipe, data: Path) -> dict[str, ImageSet]:
    """Return the recipe's sets of other things, by name; folders that are not there are left out."""
    found = {}
    for name in recipe.data.outliers:
        if (data / name).is_dir():
            found[name] = load_image_set(
                data / name,
                recipe.preprocessing,
                limit=recipe.data.outlier_limit,
                on_unreadable=lambda name, error: None,
            )
    return found


def peak_memory(device: torch.device) -> int:
    """Return the most memory in bytes that this process has had on `device` (of the whole process on a CPU)."""
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
