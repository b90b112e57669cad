"""`deepstudio train`: run a recipe and leave a model file with an honest card."""

from __future__ import annotations

import argparse
import io
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from deepstudio.app.cli import _train_series
from deepstudio.app.cli._options import add_device_option
from deepstudio.app.cli.output import CommandContext, Printer, add_json_option
from deepstudio.core.allocator import keep_freed_memory
from deepstudio.core.errors import JobCancelled, RecipeError
from deepstudio.core.training_messages import Level, RunEvent, RunOpened
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.train import torchrun

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore
    from deepstudio.train.runner import TrainRequest
    from deepstudio.train.task import Finished

NAME = "train"
HELP = "Train a network by a recipe; Ctrl-C stops it with a checkpoint."

_SHOW_SECONDS = 0.1
_RECIPE = (
    "a recipe file, or the name of a shipped recipe; images, texts, tags, pairs, prose, spoken-words and speech fit "
    "themselves to the data"
)
_NO_STORE = QT_TRANSLATE_NOOP("events", "This run is not kept in the list of runs: {reason}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("recipe", help=_RECIPE)
    parser.add_argument("--data", type=Path, help="the folder that holds the data, or a table or text file")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change a key of the recipe")
    parser.add_argument("--run-dir", type=Path, help="where the run's files go")
    parser.add_argument("--resume", metavar="RUN", help="go on with a run: its folder or its name")
    add_device_option(parser)
    _train_series.add_arguments(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train; return 0 once the model file is written, 2 if the data were not named."""
    printer = Printer(json=arguments.json)
    if arguments.data is None and not arguments.resume:
        printer.problem("Training needs data: name their folder with --data DIR. See deepstudio train --help.")
        return 2
    keep_freed_memory()
    if torchrun.rank() > 0:
        return _follow(arguments)
    context = TrainContext(printer)
    request = _request(arguments)
    if _train_series.wanted(arguments):
        with _stop_on_interrupt(context):
            return _train_series.run(arguments, request, context, printer, _store(context))
    from deepstudio.train.runner import run_training

    with _stop_on_interrupt(context), _store(context) as store:
        request = replace(request, store=store)
        try:
            finished = run_training(request, context)
        except JobCancelled:
            if not request.folder.checkpoint.exists():
                printer.problem("Stopped before the first step.")
            else:
                again = f"deepstudio train {arguments.recipe} --resume {request.folder.path}"
                printer.problem(f"Stopped. Go on with: {again}")
            return 1
    _report(printer, finished)
    return 0


def _follow(arguments: argparse.Namespace) -> int:
    """Take part in the training of another process, which speaks for all."""
    context = CommandContext(Printer(json=False, out=io.StringIO(), err=io.StringIO()))
    request = _request(arguments)
    from deepstudio.train.runner import follow_training

    with _stop_on_interrupt(context):
        try:
            follow_training(request, context)
        except JobCancelled:
            return 1
    return 0


@contextmanager
def _store(context: CommandContext) -> Iterator[RunStore | None]:
    """Yield the store of runs; None, with the reason said, if it cannot be used: the run goes on without."""
    from deepstudio.store.runs import RunStore, StoreError
    from deepstudio.train.notices import notice

    try:
        store = RunStore()
    except StoreError as error:
        notice(context, _NO_STORE, reason=Phrase(error.sentence, error.values))
        yield None
        return
    try:
        yield store
    finally:
        with suppress(StoreError):  # it has been said, and what waits lies in a rescue file if a disk took it
            store.close()


def _request(arguments: argparse.Namespace) -> TrainRequest:
    from deepstudio.train.recipe import Recipe, load_recipe
    from deepstudio.train.run_folder import RunFolder, new_run, open_run
    from deepstudio.train.runner import TrainRequest
    from deepstudio.train.sets import recipe_for_data

    resumed = arguments.resume or _restarted(arguments)
    if resumed:
        folder, recipe, data = open_run(resumed)
        if arguments.set and arguments.resume:
            raise RecipeError(
                QT_TRANSLATE_NOOP("errors", "A resumed run keeps its recipe: --set cannot change it."),
                fix=QT_TRANSLATE_NOOP("errors", "Start a new run for other settings."),
            )
        return TrainRequest(
            recipe=recipe, data=arguments.data or data, folder=folder, resume=True, device=arguments.device
        )
    if _train_series.is_generic(arguments.recipe):
        silent = CommandContext(Printer(json=False, out=io.StringIO(), err=io.StringIO()))
        recipe = _train_series.fitted_recipe(arguments.recipe, arguments.data, arguments.set, silent)
    else:
        recipe = load_recipe(arguments.recipe, arguments.set)
    if isinstance(recipe, Recipe) and not any(override.startswith("data.name") for override in arguments.set):
        recipe = recipe_for_data(recipe, arguments.data)
    wanted = None if _train_series.wanted(arguments) else _group_folder(arguments)
    # Only the first of several processes makes the folder; for the others it may be there already.
    folder = RunFolder(path=wanted) if torchrun.rank() > 0 and wanted else new_run(recipe, wanted)
    return TrainRequest(recipe=recipe, data=arguments.data, folder=folder, device=arguments.device)


def _group_folder(arguments: argparse.Namespace) -> Path | None:
    """Return the folder of a run of several processes: the same for all of them, and after a restart."""
    if not torchrun.in_group() or arguments.run_dir is not None:
        return arguments.run_dir
    from deepstudio.train.run_folder import runs_dir

    return runs_dir() / f"{Path(arguments.recipe).stem}-{torchrun.started():%Y%m%d-%H%M%S-%f}"


def _restarted(arguments: argparse.Namespace) -> str | None:
    """Return the run to go on with after torchrun started its processes anew."""
    folder = _group_folder(arguments)
    found = torchrun.was_restarted() and folder is not None and (folder / "run.json").is_file()
    return str(folder) if found else None


class TrainContext(CommandContext):
    """Shows steps done and the time left."""

    def __init__(self, printer: Printer) -> None:
        super().__init__(printer, self._said)
        self._first: tuple[float, int] | None = None
        self._shown = float("-inf")

    def progress(self, done: int, total: int) -> None:
        """Show how far the run is and how long it will take."""
        now = time.monotonic()
        if now - self._shown < _SHOW_SECONDS and done < total:
            return
        self._shown = now
        if self._first is None or done < self._first[1]:
            self._first = (time.monotonic(), done)
        started, before = self._first
        speed = (done - before) / max(time.monotonic() - started, 1e-9)
        left = f", {duration((total - done) / speed)} left" if speed > 0 else ""
        self._printer.progress(f"{self._status}: step {done} of {total}, {speed:.1f} a second{left}")

    def _said(self, message: object) -> None:
        if isinstance(message, RunOpened):
            self._printer.line(f"Run: {message.folder}")
        elif isinstance(message, RunEvent) and message.level is not Level.INFO:
            self._printer.problem(message.text())


def duration(seconds: float) -> str:
    """Return seconds as 1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def _stop_on_interrupt(context: CommandContext) -> Iterator[None]:
    """Turn the first Ctrl-C, or a polite end from the system, into a cancel; a second Ctrl-C interrupts at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        context.cancelled = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _report(printer: Printer, finished: Finished) -> None:
    card = finished.card
    printer.record(
        {
            "model": card.name,
            "path": finished.path,
            "parameters": card.parameters,
            "temperature": card.temperature,
            "metrics": card.metrics,
            **card.extra["training"],
        }
    )
    printer.line(f"Model: {finished.path} ({card.parameters:,} parameters)")
    for figure in card.metrics:
        printer.line(f"  {figure.name:<18} {figure.value:8.4f}   {figure.data}, {figure.split}, {figure.examples:,}")
    printer.line(f"Use it: deepstudio models install {finished.path}")
