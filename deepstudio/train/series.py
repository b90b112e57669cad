"""Several runs that belong together: ordinary runs under one tag in the store of runs. In the train lane."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from deepstudio.core.job import JobContext
from deepstudio.store.runs import RunStore
from deepstudio.train.control import RunControl
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.run_folder import RunFolder, run_id, runs_dir
from deepstudio.train.runner import TrainRequest, run_training
from deepstudio.train.sinks import Sink
from deepstudio.train.task import Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRequest:
    """What every series needs: the recipe, the data, where runs go, and how they are steered.

    `folder` None makes one among the user's runs. `control` steers the run that is going on; a stop ends the series.
    """

    recipe: BaseRecipe
    data: Path
    folder: Path | None = None
    device: str = "auto"
    sinks: tuple[Callable[[], Sink], ...] = ()
    control: RunControl | None = None
    store: RunStore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One finished run of a series; `metrics` are its figures on what was held out."""

    index: int
    name: str
    folder: Path
    run_id: str
    seed: int
    examples: int
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStarted:
    """The run `index` (from 0) of `total` begins."""

    index: int
    total: int
    name: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEnded:
    """A run of the series has finished."""

    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesResult:
    """All runs; `mean` and `spread` (sample standard deviation, 0 for one run) of the figures that all of them have."""

    tag: str
    members: tuple[Member, ...]
    mean: dict[str, float] = field(default_factory=dict)
    spread: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run to come: a name for people, its recipe, what it trains on, and how many examples it is measured on."""

    name: str
    recipe: BaseRecipe
    material: Any


class _MemberContext:
    """Counts the progress of one run into that of the whole series; the rest goes through."""

    def __init__(self, context: JobContext, index: int, total: int) -> None:
        self._context = context
        self._index = index
        self._total = total

    @property
    def cancelled(self) -> bool:
        """True once the series should end."""
        return self._context.cancelled

    def check(self) -> None:
        """Raise JobCancelled if the series should end."""
        self._context.check()

    def status(self, text: str) -> None:
        """Pass the status on."""
        self._context.status(text)

    def progress(self, done: int, total: int) -> None:
        """Count `done` after the runs before."""
        if total:
            self._context.progress(self._index * total + done, self._total * total)

    def partial(self, value: object) -> None:
        """Pass the message on."""
        self._context.partial(value)


def series_tag(kind: str, recipe: BaseRecipe) -> str:
    """Return a tag that no other series has."""
    return f"{kind}-{recipe.name}-{datetime.now():%Y%m%d-%H%M%S}"


def run_series(
    request: SeriesRequest, tag: str, plans: Iterable[Plan], total: int, context: JobContext
) -> SeriesResult:
    """Train each of the `total` plans in turn, each made when its turn comes.

    Raises what `run_training` raises; runs that were finished by then are kept.
    """
    parent = request.folder or runs_dir() / tag
    members: list[Member] = []
    for index, plan in enumerate(plans):
        folder = RunFolder(path=parent / f"run-{index + 1}")
        context.partial(MemberStarted(index=index, total=total, name=plan.name, folder=folder.path))
        finished = run_training(
            TrainRequest(
                recipe=plan.recipe,
                data=request.data,
                folder=folder,
                device=request.device,
                sinks=request.sinks,
                control=request.control,
                material=without_test(plan.material),
                store=request.store,
                name=plan.name,
                tags=(tag,),
            ),
            _MemberContext(context, index, total),
        )
        member = _member(index, plan, folder, finished)
        members.append(member)
        context.partial(MemberEnded(member=member))
    return summary(tag, members)


def without_test(material: Any) -> Any:
    """Return the material without its test split: that is measured once, by the model that is chosen in the end."""
    if is_dataclass(material) and any(each.name == "test" for each in fields(material)):
        test = getattr(material, "test", None)
        nothing = type(test)() if isinstance(test, (dict, list, tuple)) else None
        return replace(material, test=nothing)  # type: ignore[type-var]
    sets = getattr(material, "sets", None)
    if isinstance(sets, tuple):
        return replace(material, sets=tuple(replace(each, test=None) for each in sets))
    if is_dataclass(sets) and hasattr(sets, "test"):
        return replace(material, sets=replace(sets, test=()))  # type: ignore[type-var]
    return material


def summary(tag: str, members: Sequence[Member]) -> SeriesResult:
    """Return mean and spread over the members."""
    names = (
        [name for name in members[0].metrics if all(name in member.metrics for member in members)] if members else []
    )
    values = {name: [member.metrics[name] for member in members] for name in names}
    return SeriesResult(
        tag=tag,
        members=tuple(members),
        mean={name: statistics.fmean(found) for name, found in values.items()},
        spread={name: statistics.stdev(found) if len(found) > 1 else 0.0 for name, found in values.items()},
    )


def _member(index: int, plan: Plan, folder: RunFolder, finished: Finished) -> Member:
    figures = finished.card.metrics  # word vectors have none on held-out text: they are measured by analogies
    measured = [figure for figure in figures if figure.split == "validation"] or list(figures)
    return Member(
        index=index,
        name=plan.name,
        folder=folder.path,
        run_id=run_id(folder),
        seed=plan.recipe.seed,
        examples=max((figure.examples for figure in measured), default=0),
        metrics={figure.name: figure.value for figure in measured},
    )
