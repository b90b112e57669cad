"""The learning-rate range test: L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3.

The rate rises from step to step, evenly on a logarithmic axis, until the loss blows up. In the train lane.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from deepstudio.core.device import pick_device
from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.torch_threads import use_usual_threads
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.checkpoint import read_checkpoint
from deepstudio.train.loop import Trainer, steps
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.setup import build_run
from deepstudio.train.tasks import task_spec

_SMOOTHING = 0.9
_BLOWN_UP = 4.0
_FIRST_STEPS = 10
_MOST = 0.75
_SAY_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFinderRequest:
    """Try rates from `low` to `high` in `steps` steps of `recipe` on `data`.

    The network is a fresh one, or a copy of what the file `checkpoint` holds; no file is written. `material` takes the
    place of what the task would read from `data`.
    """

    recipe: BaseRecipe
    data: Path
    device: str = "auto"
    low: float = 1e-6
    high: float = 10.0
    steps: int = 100
    checkpoint: Path | None = None
    material: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePoints:
    """New points of the curve: rates and losses, float64."""

    rates: np.ndarray
    losses: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFinding:
    """The curve (rates, losses, smoothed: float64, read-only) and what it says.

    `steepest` is the rate where the smoothed loss falls fastest, `lowest` where it is lowest, `diverged_at` where it
    had risen to four times its lowest (None if it never did). `suggestion` is meant as the highest rate of a schedule.
    """

    rates: np.ndarray
    losses: np.ndarray
    smoothed: np.ndarray
    suggestion: float
    steepest: float
    lowest: float
    diverged_at: float | None

    def __post_init__(self) -> None:
        for array in (self.rates, self.losses, self.smoothed):
            array.setflags(write=False)


def find_rate(request: RateFinderRequest, context: JobContext) -> RateFinding:
    """Return the curve and the suggestion; points are sent about every 50 ms.

    Raises InputError where the loss is never a number, and what reading the data raises.
    """
    use_usual_threads()
    device = pick_device(request.device)
    task = task_spec(request.recipe.task).open()
    material = request.material or task.prepare(request.recipe, request.data, context)
    context.status(QT_TRANSLATE_NOOP("status", "Trying learning rates"))
    recipe = replace(request.recipe, training=replace(request.recipe.training, ema=0.0))
    trainer, state = build_run(task, recipe, material, device, checkpoint=Path())
    if request.checkpoint is not None:
        saved = read_checkpoint(request.checkpoint, device)
        state.network.load_state_dict(saved["network"])
        state.optimizer.load_state_dict(saved["optimizer"])
    rates = np.geomspace(request.low, request.high, request.steps)
    losses = _try(_with_rates(trainer, rates), state, rates, context)
    return _judge(rates[: len(losses)], np.array(losses))


def _with_rates(trainer: Trainer, rates: np.ndarray) -> Trainer:
    """Return the trainer with these rates for its schedule; a schedule gives shares of the recipe's rate."""
    recipe = replace(trainer.recipe, optimizer=replace(trainer.recipe.optimizer, lr=1.0))
    shares = rates / max(trainer.recipe.optimizer.lr, 1e-12)
    return replace(trainer, recipe=recipe, schedule=lambda step: float(shares[min(step, len(shares) - 1)]))


def _try(trainer: Trainer, state: Any, rates: np.ndarray, context: JobContext) -> list[float]:
    """Train a step at each rate; stop where the loss blows up."""
    losses: list[float] = []
    said, last = 0, time.monotonic()
    average, best = 0.0, math.inf
    for step, loss in zip(range(len(rates)), steps(trainer, state), strict=False):
        context.check()
        value = float(loss)
        if not math.isfinite(value):
            break
        losses.append(value)
        average = _SMOOTHING * average + (1 - _SMOOTHING) * value
        smooth = average / (1 - _SMOOTHING ** (step + 1))
        best = min(best, smooth)
        context.progress(step + 1, len(rates))
        if time.monotonic() - last >= _SAY_SECONDS or step + 1 == len(rates):
            context.partial(RatePoints(rates=rates[said : step + 1].copy(), losses=np.array(losses[said:])))
            said, last = step + 1, time.monotonic()
        if step >= _FIRST_STEPS and smooth > _BLOWN_UP * best:
            break
    if said < len(losses):
        context.partial(RatePoints(rates=rates[said : len(losses)].copy(), losses=np.array(losses[said:])))
    return losses


def _judge(rates: np.ndarray, losses: np.ndarray) -> RateFinding:
    """Read the curve: the suggestion is where most of the fall is done, at most a tenth of the rate of the lowest loss.

    A set that is learned before the rate is too high never shows an upper end: there the first rule counts.
    """
    if len(losses) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The loss is not a number from the first steps on, at whatever learning rate.")
        )
    smoothed = smooth_curve(losses)
    lowest = int(smoothed.argmin())
    slopes = np.gradient(smoothed, np.log(rates))
    begin = min(_FIRST_STEPS, lowest)  # the average of the first few losses is not yet one
    steepest = begin + int(slopes[begin : lowest + 1].argmin())
    diverged = np.flatnonzero((smoothed > _BLOWN_UP * smoothed[lowest]) & (np.arange(len(smoothed)) > lowest))
    mostly = smoothed[begin] - _MOST * (smoothed[begin] - smoothed[lowest])
    suggestion = min(rates[int((smoothed[begin:] <= mostly).argmax()) + begin], rates[lowest] / 10)
    return RateFinding(
        rates=rates,
        losses=losses,
        smoothed=smoothed,
        suggestion=float(f"{suggestion:.2g}"),
        steepest=float(rates[steepest]),
        lowest=float(rates[lowest]),
        diverged_at=float(rates[diverged[0]]) if len(diverged) else None,
    )


def smooth_curve(losses: np.ndarray) -> np.ndarray:
    """Return the exponential moving average from both ends, so that it does not lag behind."""
    both: np.ndarray = (_one_way(losses) + _one_way(losses[::-1])[::-1]) / 2
    return both


def _one_way(losses: np.ndarray) -> np.ndarray:
    average, found = 0.0, np.empty(len(losses))
    for index, loss in enumerate(losses):
        average = _SMOOTHING * average + (1 - _SMOOTHING) * loss
        found[index] = average / (1 - _SMOOTHING ** (index + 1))
    return found
