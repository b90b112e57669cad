"""`deepstudio evaluate`: measure a model on any data in the standard form of its task."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deepstudio.app.cli._options import add_device_option
from deepstudio.app.cli.output import CommandContext, Printer, add_json_option
from deepstudio.core.training_messages import RunEvent
from deepstudio.models.library import SUFFIX, ModelLibrary, default_library

NAME = "evaluate"
HELP = "Measure a model on data: DIR/<class>/<file> for images, tables and texts for the other tasks."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("model", help="the name of a model, or a model file")
    parser.add_argument("--data", type=Path, required=True, help="the folder or file that holds the data")
    add_device_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure; return 0 if everything could be read, else 1."""
    from deepstudio.core.device import pick_device
    from deepstudio.models.modelfile import load_model, read_card
    from deepstudio.train.tasks import task_spec

    printer = Printer(json=arguments.json)
    path = model_path(arguments.model, default_library())
    card = read_card(path)
    spec = task_spec(card.task)

    def said(message: object) -> None:
        if isinstance(message, RunEvent):
            printer.problem(message.text())

    context = CommandContext(printer, said)
    direct = spec.open_direct()
    if direct is not None:
        figures = direct.evaluate_file(path, arguments.data, context)
    else:
        figures = spec.open().evaluate(load_model(path, pick_device(arguments.device)), arguments.data, context)
    printer.end_progress()
    unreadable = figures.get("unreadable", ())
    for sentence in unreadable:
        printer.problem(sentence)
    _print(printer, card.name, figures)
    return 1 if unreadable else 0


def model_path(name: str, library: ModelLibrary) -> Path:
    """Return the file of a model given by name or by path."""
    path = Path(name)
    return path if path.suffix == SUFFIX and path.is_file() else library.find(name).path


def _print(printer: Printer, name: str, figures: Mapping[str, Any]) -> None:
    printer.record({"model": name, **figures, "unreadable": len(figures.get("unreadable", ()))})
    for key, value in figures.items():
        if isinstance(value, float) and key != "seconds":
            printer.line(f"{_WORDS.get(key, key):<18} {value:.4f}")
    printer.line(f"{figures['examples']:,} examples in {figures['seconds']:.1f} s")


_WORDS = {"rejected": "none of these"}
