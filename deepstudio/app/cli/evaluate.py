"""`deepstudio evaluate`: measure a model on any labelled data."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deepstudio.app.cli.output import CommandContext, Printer, add_json_option
from deepstudio.models.library import SUFFIX, ModelLibrary, default_library

if TYPE_CHECKING:
    from deepstudio.train.evaluate import Evaluation

NAME = "evaluate"
HELP = "Measure a model on labelled data: DIR/<class>/<file>, classes by name or index."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("model", help="the name of a model, or a model file")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the data")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure; return 0 if every file could be read, else 1."""
    from deepstudio.core.device import pick_device
    from deepstudio.models.modelfile import load_model
    from deepstudio.train.evaluate import evaluate_folder

    printer = Printer(json=arguments.json)
    path = model_path(arguments.model, default_library())
    loaded = load_model(path, pick_device(arguments.device))
    evaluation = evaluate_folder(loaded, arguments.data, CommandContext(printer))
    printer.end_progress()
    for sentence in evaluation.unreadable:
        printer.problem(sentence)
    _print(printer, loaded.card.name, evaluation, loaded.card.labels)
    return 1 if evaluation.unreadable else 0


def model_path(name: str, library: ModelLibrary) -> Path:
    """Return the file of a model given by name or by path."""
    path = Path(name)
    return path if path.suffix == SUFFIX and path.is_file() else library.find(name).path


def _print(printer: Printer, name: str, evaluation: Evaluation, labels: tuple[str, ...]) -> None:
    report = asdict(evaluation.report)
    printer.record(
        {
            "model": name,
            **report,
            "labels": labels,
            "rejected": evaluation.rejected,
            "unreadable": len(evaluation.unreadable),
            "seconds": evaluation.seconds,
        }
    )
    for key, value in report.items():
        if isinstance(value, float):
            printer.line(f"{key:<18} {value:.4f}")
    if evaluation.rejected is not None:
        printer.line(f"{'none of these':<18} {evaluation.rejected:.4f}")
    printer.line(f"{report['examples']:,} images in {evaluation.seconds:.1f} s")
