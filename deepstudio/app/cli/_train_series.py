"""What `deepstudio train` does besides one run: folds, seeds, the range test; and its own recipe for any pictures."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.app.cli.output import CommandContext, Printer
from deepstudio.core.errors import JobCancelled

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore
    from deepstudio.train.recipe_base import BaseRecipe
    from deepstudio.train.runner import TrainRequest
    from deepstudio.train.series import SeriesResult

_SHOWN = ("accuracy", "balanced_accuracy", "macro_f1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options; at most one of them."""
    only_one = parser.add_mutually_exclusive_group()
    only_one.add_argument("--folds", type=_several, metavar="K", help="cross-validate: K runs, each holding out a part")
    only_one.add_argument("--seeds", type=_several, metavar="N", help="train with N seeds and show the spread")
    only_one.add_argument("--find-rate", action="store_true", help="try learning rates and suggest one")


def _several(text: str) -> int:
    number = int(text)
    if number < 2:
        raise argparse.ArgumentTypeError("must be at least 2")
    return number


def wanted(arguments: argparse.Namespace) -> bool:
    """Return whether something else than one run was asked for."""
    return bool(arguments.folds or arguments.seeds or arguments.find_rate)


def run(
    arguments: argparse.Namespace,
    request: TrainRequest,
    context: CommandContext,
    printer: Printer,
    store: AbstractContextManager[RunStore | None],
) -> int:
    """Do it; return 0 once all of it is done."""
    try:
        if arguments.find_rate:
            return _find_rate(request, context, printer)
        with store as opened:
            return _series(arguments, replace(request, store=opened), context, printer)
    except JobCancelled:
        printer.problem("Stopped. The runs that had finished are kept.")
        return 1


def _find_rate(request: TrainRequest, context: CommandContext, printer: Printer) -> int:
    from deepstudio.train.rate_finder import RateFinderRequest, find_rate

    finding = find_rate(RateFinderRequest(recipe=request.recipe, data=request.data, device=request.device), context)
    printer.end_progress()
    printer.record(
        {
            "suggestion": finding.suggestion,
            "steepest": finding.steepest,
            "lowest": finding.lowest,
            "diverged_at": finding.diverged_at,
            "rates": finding.rates,
            "losses": finding.losses,
        }
    )
    for rate, loss in list(zip(finding.rates, finding.smoothed, strict=True))[::5]:
        printer.line(f"{rate:10.2e}  {loss:8.4f}")
    printer.line(
        f"Suggested: --set optimizer.lr={finding.suggestion:g}  (the recipe has {request.recipe.optimizer.lr:g})"
    )
    return 0


def _series(arguments: argparse.Namespace, request: TrainRequest, context: CommandContext, printer: Printer) -> int:
    from deepstudio.train.crossval import CrossValidateRequest, cross_validate
    from deepstudio.train.repeat import RepeatRequest, next_seeds, repeat_seeds

    shared: dict[str, Any] = {
        "recipe": request.recipe,
        "data": request.data,
        "folder": arguments.run_dir,
        "device": request.device,
        "store": request.store,
    }
    if arguments.folds:
        result = cross_validate(CrossValidateRequest(**shared, folds=arguments.folds), context)
    else:
        seeds = next_seeds(request.recipe.seed, arguments.seeds)
        result = repeat_seeds(RepeatRequest(**shared, seeds=seeds), context)
    printer.end_progress()
    _report(printer, result)
    return 0


def _report(printer: Printer, result: SeriesResult) -> None:
    for member in result.members:
        printer.record(
            {
                "type": "run",
                "name": member.name,
                "seed": member.seed,
                "folder": member.folder,
                "run": member.run_id,
                "examples": member.examples,
                **member.metrics,
            }
        )
        shown = [name for name in _SHOWN if name in member.metrics] or list(member.metrics)[: len(_SHOWN)]
        figures = "  ".join(f"{name} {member.metrics[name]:.4f}" for name in shown)
        printer.line(f"{member.name:<32} {figures}")
    printer.record({"type": "series", "tag": result.tag, "mean": result.mean, "spread": result.spread})
    for name, mean in result.mean.items():
        printer.line(f"{name:<18} {mean:.4f} ± {result.spread[name]:.4f}")
    printer.line(f"In the list of runs under the tag {result.tag}")


def fitted_recipe(name: str, data: Path, overrides: Sequence[str], context: CommandContext) -> BaseRecipe:
    """Return the recipe that the generic recipe `name` becomes for `data`, with overrides applied."""
    from deepstudio.train.propose import ProposeRequest, propose_recipe
    from deepstudio.train.propose_data import GENERIC, ProposeData, propose_for_data
    from deepstudio.train.propose_text import Reading
    from deepstudio.train.recipe_files import with_overrides

    if GENERIC[name] == "image-classification":
        return with_overrides(propose_recipe(ProposeRequest(data=data), context).recipe, overrides)
    found = propose_for_data(ProposeData(data=data, reading=Reading(task=GENERIC[name])), context)
    return with_overrides(found.recipe, overrides)


def is_generic(recipe: str) -> bool:
    """Return whether the recipe named is one that is fitted to the data."""
    from deepstudio.train.propose_data import GENERIC

    return recipe in GENERIC
