"""The same recipe with other seeds: how much of a figure is chance. In the train lane.

The split stays the same; weights, order and augmentation are drawn anew. The test split is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deepstudio.core.errors import RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.series import Plan, SeriesRequest, SeriesResult, run_series, series_tag
from deepstudio.train.tasks import task_spec


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRequest(SeriesRequest):
    """Train a run with each of the `seeds`."""

    seeds: tuple[int, ...] = (1, 2, 3)


def next_seeds(first: int, count: int) -> tuple[int, ...]:
    """Return `count` seeds, the recipe's own first."""
    return tuple(range(first, first + count))


def repeat_seeds(request: RepeatRequest, context: JobContext) -> SeriesResult:
    """Return the figures with every seed, their mean and their spread. Raises RecipeError without seeds."""
    recipe = request.recipe
    if not request.seeds or len(set(request.seeds)) < len(request.seeds):
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "Each of the seeds must be another one."))
    material = task_spec(recipe.task).open().prepare(recipe, request.data, context)
    plans = [
        Plan(
            name=f"{recipe.name} seed {seed}",
            recipe=replace(recipe, name=f"{recipe.name}-seed-{seed}", seed=seed),
            material=material,
        )
        for seed in request.seeds
    ]
    return run_series(request, series_tag("seeds", recipe), plans, len(plans), context)
