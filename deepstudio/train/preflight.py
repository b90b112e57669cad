"""Pre-flight checks of a run: its data as its recipe would use them, and the memory its network would take.

A job, in the lane for files. Torch is imported for the last check alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.checks import CHECKS, CheckReport, CheckRequest, Finding, Fix, FixKind, Severity
from deepstudio.data.checks.memory import in_words
from deepstudio.data.checks.run import run_checks, worst_first
from deepstudio.data.listing import Layout
from deepstudio.train.preflight_speech import check_speech_data
from deepstudio.train.preflight_text import check_text_data
from deepstudio.train.recipe import Recipe
from deepstudio.train.recipe_base import BaseRecipe
from deepstudio.train.speech.recipe import SpeechRecipe
from deepstudio.train.tasks import task_spec
from deepstudio.train.text.recipe import TextRecipe

NETWORK_MEMORY = "network-memory"
_TITLES = {
    NETWORK_MEMORY: QT_TRANSLATE_NOOP("checks", "Memory for the network"),
    "text-encoding": QT_TRANSLATE_NOOP("checks", "Characters"),
    "text-empty": QT_TRANSLATE_NOOP("checks", "Empty texts"),
    "text-duplicates": QT_TRANSLATE_NOOP("checks", "The same text twice"),
    "text-lengths": QT_TRANSLATE_NOOP("checks", "Lengths"),
    "text-amount": QT_TRANSLATE_NOOP("checks", "Amount of text"),
    "text-tags": QT_TRANSLATE_NOOP("checks", "Order of tags"),
    "text-pairs": QT_TRANSLATE_NOOP("checks", "Pairs that fit badly"),
    "sound-files": QT_TRANSLATE_NOOP("checks", "Unreadable recordings"),
    "sound-words": QT_TRANSLATE_NOOP("checks", "What is said"),
    "sound-duplicates": QT_TRANSLATE_NOOP("checks", "The same recording twice"),
    "sound-speakers": QT_TRANSLATE_NOOP("checks", "Speakers"),
    "sound-lengths": QT_TRANSLATE_NOOP("checks", "Lengths"),
    "sound-silence": QT_TRANSLATE_NOOP("checks", "Silence"),
    "sound-rates": QT_TRANSLATE_NOOP("checks", "Sample rates"),
}
_MUCH = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightRequest:
    """Check what training `recipe` on `data` would meet. `checks` by name; empty takes all that fit the task."""

    recipe: BaseRecipe
    data: Path
    checks: tuple[str, ...] = ()
    device: str = "auto"


def check_titles() -> dict[str, str]:
    """Return the title (context "checks") of every check, by name."""
    return {name: CHECKS.get(name).title for name in CHECKS} | _TITLES


def run_preflight(request: PreflightRequest, context: JobContext) -> CheckReport:
    """Return all findings, worst first; each is also sent as it is found.

    Raises InputError where there is nothing to check, JobCancelled soon after a cancel.
    """
    recipe = request.recipe
    if isinstance(recipe, Recipe):
        return _check_images(request, recipe, context)
    if isinstance(recipe, TextRecipe):
        return _with_memory(request, check_text_data(recipe, request.data, context, request.checks), context)
    if isinstance(recipe, SpeechRecipe):
        return _with_memory(request, check_speech_data(recipe, request.data, context, request.checks), context)
    return CheckReport(findings=(), classes=(), samples=0, excluded=0, seconds=0.0)


def layout_of(recipe: Recipe) -> Layout:
    """Return where an image recipe looks for its splits."""
    data = recipe.data
    return Layout(
        folder=data.folder, train=data.train, validation=data.validation, test=data.test, labels=recipe.labels
    )


def check_request(request: PreflightRequest, recipe: Recipe) -> CheckRequest:
    """Return the checks of the data alone."""
    return CheckRequest(
        data=request.data,
        layout=layout_of(recipe),
        preprocessing=recipe.preprocessing,
        group_pattern=recipe.data.group_pattern,
        group_table=recipe.data.group_table,
        validation_share=recipe.data.validation_share,
        balance_classes=recipe.loss.balance_classes,
        checks=tuple(name for name in request.checks if name in CHECKS) if request.checks else (),
    )


def _check_images(request: PreflightRequest, recipe: Recipe, context: JobContext) -> CheckReport:
    return _with_memory(request, run_checks(check_request(request, recipe), context), context)


def _with_memory(request: PreflightRequest, report: CheckReport, context: JobContext) -> CheckReport:
    """Return the report with what a step of the network takes."""
    recipe = request.recipe
    if (request.checks and NETWORK_MEMORY not in request.checks) or not task_spec(recipe.task).folds:
        return report
    started = time.perf_counter()
    context.status(QT_TRANSLATE_NOOP("status", "Estimating memory"))
    findings = list(report.findings)
    for finding in _network_memory(recipe, report, request.device):
        findings.append(finding)
        context.partial(finding)
    return replace(report, findings=worst_first(findings), seconds=report.seconds + time.perf_counter() - started)


def _step_bytes(recipe: BaseRecipe, report: CheckReport, device: Any) -> int:
    if isinstance(recipe, Recipe):
        from deepstudio.train.network_memory import step_memory

        return step_memory(recipe, num_classes=max(len(recipe.labels), len(report.classes), 2), device=device).total
    from deepstudio.train.sequence_memory import sequence_step_memory

    assert isinstance(recipe, (TextRecipe, SpeechRecipe))
    return sequence_step_memory(recipe, words=report.words, classes=max(len(report.classes), 2)).total


def _network_memory(recipe: BaseRecipe, report: CheckReport, device: str) -> Iterator[Finding]:
    """Yield what a step takes of the device's memory, or why the network cannot be built."""
    from deepstudio.core.device import describe_device, pick_device

    chosen = pick_device(device)
    try:
        needed = _step_bytes(recipe, report, chosen)
    except DeepStudioError as error:
        yield Finding(
            check=NETWORK_MEMORY,
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP("checks", "The network cannot be built: {reason}"),
            values={"reason": Phrase(error.sentence, error.values)},
        )
        return
    free = describe_device(chosen).memory_free or psutil.virtual_memory().available
    share = needed / free
    batch: float = recipe.training.batch_size
    smaller: dict[str, Any] = {"training.batch_size": max(1, int(batch) // 2)}
    sentence = QT_TRANSLATE_NOOP(
        "checks", "A step with batches of {batch} takes about {needed} of memory; {free} are free."
    )
    if isinstance(recipe, SpeechRecipe) and recipe.task == "speech-recognition":
        batch = round(recipe.batch_seconds)
        smaller = {"batch_seconds": max(1.0, recipe.batch_seconds / 2)}
        sentence = QT_TRANSLATE_NOOP(
            "checks", "A step with {batch} seconds of sound takes about {needed} of memory; {free} are free."
        )
    yield Finding(
        check=NETWORK_MEMORY,
        severity=Severity.BLOCKS if share > 1 else Severity.WARNS if share > _MUCH else Severity.INFO,
        sentence=sentence,
        values={"batch": batch, "needed": in_words(needed), "free": in_words(free)},
        fixes=()
        if share <= _MUCH
        else (
            Fix(
                kind=FixKind.RECIPE,
                sentence=QT_TRANSLATE_NOOP("checks", "Halve the batches, and the learning rate with them"),
                settings={**smaller, "optimizer.lr": recipe.optimizer.lr / 2},
            ),
        ),
    )
