"""k-fold cross-validation: every example is held out once. In the train lane.

How the data are dealt out is the task's: classes are spread evenly, groups and speakers are never divided, running text
stays in stretches. The test split is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deepstudio.core.errors import RecipeError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.train.series import Plan, SeriesRequest, SeriesResult, run_series, series_tag
from deepstudio.train.tasks import FoldsOf, task_spec


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossValidateRequest(SeriesRequest):
    """Train `folds` runs, each with another part of the data held out."""

    folds: int = 5


def cross_validate(request: CrossValidateRequest, context: JobContext) -> SeriesResult:
    """Return the figures of every fold, their mean and their spread.

    Raises RecipeError for a task that cannot be folded or fewer than two folds, InputError where the data cannot be
    dealt into so many, and what training raises.
    """
    recipe = request.recipe
    spec = task_spec(recipe.task)
    if not spec.folds:
        raise RecipeError(
            QT_TRANSLATE_NOOP("errors", "Cross-validation is not there for this task: {task}."), task=recipe.task
        )
    if request.folds < 2:
        raise RecipeError(QT_TRANSLATE_NOOP("errors", "Cross-validation needs at least two folds."))
    plans = _plans(request, spec.open_folds(), context)
    return run_series(request, series_tag("folds", recipe), plans, request.folds, context)


def _plans(request: CrossValidateRequest, folds_of: FoldsOf, context: JobContext) -> Iterator[Plan]:
    """Yield one run for each fold; its data are made when its turn comes, and let go after it."""
    recipe = request.recipe
    for number, material in enumerate(folds_of(recipe, request.data, request.folds, context), 1):
        yield Plan(
            name=f"{recipe.name} fold {number} of {request.folds}",
            recipe=replace(recipe, name=f"{recipe.name}-fold-{number}"),
            material=material,
        )
