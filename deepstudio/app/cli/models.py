"""`deepstudio models`: list, show, install, remove and export models."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.app.cli.output import Printer, add_json_option
from deepstudio.core.errors import DeepStudioError, StorageError
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from deepstudio.models.card import Measured, ModelCard
    from deepstudio.models.library import ModelEntry, ModelLibrary

NAME = "models"
HELP = "List, show, install, remove and export models."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; without one the models are listed."""
    add_json_option(parser)
    parser.set_defaults(action="list")
    actions = parser.add_subparsers(dest="action", metavar="list|show|install|remove|export", required=False)
    for name, help_text in (
        ("list", "all models, shipped and installed"),
        ("show", "everything on a model's card"),
        ("install", "copy a .safetensors file of DeepStudio into the library, after checking it"),
        ("remove", "delete an installed model"),
        ("export", "copy a model's file to another place"),
    ):
        action = actions.add_parser(name, help=help_text, allow_abbrev=False)
        # Without a default, so that `models --json list` and `models list --json` mean the same.
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if name in ("show", "remove", "export"):
            action.add_argument("model", help="name of the model")
        if name == "install":
            action.add_argument("file", nargs="+", type=Path, help="model file")
        if name == "export":
            action.add_argument("target", help="file to write, or folder (made if the name ends with a slash)")
            action.add_argument("--force", action="store_true", help="overwrite a file that is there")


def run(arguments: argparse.Namespace) -> int:
    """Do the action."""
    from deepstudio.models.library import default_library

    library = default_library()
    printer = Printer(json=arguments.json)
    match arguments.action or "list":
        case "list":
            return _list(printer, library.entries())
        case "show":
            return _show(printer, library.find(arguments.model))
        case "install":
            return _install(printer, library, arguments.file)
        case "remove":
            library.remove(arguments.model)
            printer.record({"action": "removed", "name": arguments.model})
            printer.line(f"{arguments.model} was removed.")
        case "export":
            target = _export_target(library.find(arguments.model).path, arguments.target, force=arguments.force)
            made = not target.parent.is_dir()
            path = library.export(arguments.model, target)
            if made:
                printer.line(f"The folder {target.parent} was made.")
            printer.record({"action": "exported", "name": arguments.model, "path": path})
            printer.line(f"{arguments.model} was written to {path}.")
    return 0


def _export_target(model: Path, named: str, *, force: bool) -> Path:
    """Return the file to write; a folder named with a slash at its end is made when the file is written.

    Raises StorageError where the folder of the file is not there, or where a file is there already and `force` does
    not say that it may go.
    """
    is_folder = named.endswith(("/", os.sep)) or Path(named).is_dir()
    target = Path(named) / model.name if is_folder else Path(named)
    if not is_folder and not target.parent.is_dir():
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "There is no folder {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "Make it first, or end the name with a slash to have a folder made."),
            path=str(target.parent),
        )
    if target.exists() and not force:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "{path} is there already."),
            fix=QT_TRANSLATE_NOOP("errors", "Choose another name, or overwrite it with --force."),
            path=str(target),
        )
    return target


def _list(printer: Printer, entries: list[ModelEntry]) -> int:
    for entry in entries:
        printer.record(_summary(entry))
        if entry.failure is not None or entry.card is None:
            printer.line(f"{entry.name:<20} DAMAGED")
            continue
        card = entry.card
        figures = ", ".join(f"{figure.name} {figure.value:.4g}" for figure in _headline(card))
        where = "shipped" if entry.shipped else "yours"
        printer.line(f"{entry.name:<20} {card.task:<21} {_count(card.parameters):>8}  {where:<8} {figures}")
    damaged = [entry for entry in entries if entry.failure is not None]
    for entry in damaged:
        assert entry.failure is not None
        printer.problem(f"{entry.name}: {entry.failure.text()}")
    if not entries:
        printer.line("There are no models yet.")
    return 1 if damaged else 0


def _show(printer: Printer, entry: ModelEntry) -> int:
    assert entry.card is not None  # `find` raises for a damaged file
    printer.record({**_summary(entry), "card": entry.card})
    for line in _card_lines(entry, entry.card):
        printer.line(line)
    return 0


def _install(printer: Printer, library: ModelLibrary, files: list[Path]) -> int:
    """Install each; one that is refused is named and the rest goes on."""
    refused = False
    for file in files:
        try:
            entry = library.install(file)
        except DeepStudioError as error:
            refused = True
            printer.record({"action": "refused", "path": file, "error": str(error)})
            printer.problem(str(error))
            continue
        printer.record({"action": "installed", **_summary(entry)})
        printer.line(f"{entry.name} was installed ({entry.path}).")
    return int(refused)


def _headline(card: ModelCard) -> list[Measured]:
    """Return the two figures to show in one line: of the test split where the model was measured on one."""
    tested = [figure for figure in card.metrics if figure.split == "test"]
    return (tested or list(card.metrics))[:2]


def _input(card: ModelCard) -> str:
    """Return what the network takes in: pixels, pieces of text, or sound; "" where it helps others only."""
    if card.speech is not None:
        return f"sound of {card.speech.sample_rate / 1000:g} kHz in {card.speech.num_mels} bands"
    if card.text is not None:
        return f"text in {card.text.unit}, {card.text.max_tokens:,} of them at most, out of {card.text.vocabulary:,}"
    if not card.task.startswith("image"):
        return ""
    shape = card.preprocessing
    colours = "grey" if shape.channels == 1 else "colour"
    return f"{shape.width}x{shape.height} pixels, {colours}, fitted by: {shape.fit}"


def _card_lines(entry: ModelEntry, card: ModelCard) -> list[str]:
    from deepstudio.models.retrace import commands_of

    lines = [f"{card.title} ({card.name}, version {card.version})", card.description, card.warning]
    parameters = f", {_count(card.parameters)} parameters" if card.parameters else ""
    lines += [f"task           {card.task}", f"architecture   {card.architecture}{parameters}"]
    labels, takes = [label for label in card.labels if label], _input(card)
    if labels:
        rest = ", ..." if len(labels) > 12 else ""
        lines.append(f"labels         {len(labels)}: {', '.join(labels[:12])}{rest}")
    if takes:
        lines.append(f"input          {takes}")
    lines += [
        f"file           {entry.path}",
        f"sha256         {card.sha256}",
        f"seed           {card.seed}",
    ]
    lines += [
        f"measured       {item.name} {item.value:.6g} on {item.data} ({item.split}, {item.examples} examples)"
        for item in card.metrics
    ]
    lines += [f"again          {command}" for command in commands_of(card)]
    lines += [f"data           {item.name}, {item.source}. {item.terms}" for item in card.sources]
    return [line for line in lines if line]


def _summary(entry: ModelEntry) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "name": entry.name,
        "path": entry.path,
        "shipped": entry.shipped,
        "bytes": entry.size,
    }
    if entry.card is not None:
        card = entry.card
        summary |= {
            "title": card.title,
            "task": card.task,
            "architecture": card.architecture,
            "parameters": card.parameters,
            "labels": len(card.labels),
            "metrics": card.metrics,
        }
    summary["failure"] = entry.failure.text() if entry.failure is not None else None
    return summary


def _count(number: int) -> str:
    for size, suffix in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.2f} {suffix}"
    return str(number)
