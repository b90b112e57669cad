"""`deepstudio predict`: what a model says of pictures or of texts."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.app.cli._options import add_device_option
from deepstudio.app.cli._predict_text import TEXT_TASKS, predict_text
from deepstudio.app.cli.output import CommandContext, Printer, add_json_option
from deepstudio.core.errors import DeepStudioError, InputError, UsageError
from deepstudio.core.requests import ImageAnswer, ImageSource, OwnLabel, PredictImages
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from deepstudio.models.card import ModelCard
    from deepstudio.models.library import ModelLibrary

NAME = "predict"
HELP = "Ask a model about pictures (files, folders) or texts (words after --text, files, rows of a table)."

_TASK = "image-classification"
_OWN_LABELS = "image-text"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("model", help="the name of a model (see: deepstudio models), or a model file")
    parser.add_argument("inputs", nargs="*", metavar="input", help="picture, folder of pictures, text file or table")
    parser.add_argument("--text", action="append", metavar="TEXT", help="a text to ask about; may be given again")
    parser.add_argument("--top-k", type=_count, default=3, metavar="N", help="labels to show (default 3)")
    parser.add_argument("--labels", default="", metavar="A,B,C", help="what a model of pictures and words tells apart")
    parser.add_argument(
        "--example",
        type=_example,
        action="append",
        default=[],
        metavar="LABEL=FILE",
        help="a picture of a label, for such a model; may be given again",
    )
    add_device_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one answer per picture; 1 if any input could not be read."""
    from deepstudio.models.library import default_library

    printer = Printer(json=arguments.json)
    library = default_library()
    if not arguments.inputs and not arguments.text:
        printer.problem("Name a picture, a folder or a text file, or write words after --text.")
        return 2
    card = _card(arguments.model, library)
    if card.task in TEXT_TASKS:
        return predict_text(arguments, card, library, printer)
    if arguments.text and card.task in (_TASK, _OWN_LABELS):
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The model {model} answers pictures, not texts."), model=arguments.model
        )
    if card.task not in (_TASK, _OWN_LABELS):
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The model {model} answers neither pictures nor texts."),
            fix=QT_TRANSLATE_NOOP("errors", "Models of speech answer: deepstudio transcribe FILE"),
            model=arguments.model,
        )
    own_labels = _own_labels(arguments, card)
    sources, unreadable = _sources(arguments, printer)
    if not sources:
        return 1
    from deepstudio.infer.image import ImagePredictor

    if card.warning and not arguments.json:
        printer.problem(card.warning)

    def report(answer: ImageAnswer) -> None:
        _report(printer, str(sources[answer.index].path), answer, card.warning)

    request = PredictImages(
        sources=tuple(sources), models=(arguments.model,), top_k=arguments.top_k, own_labels=own_labels
    )
    context = CommandContext(printer, report)
    try:
        summary = ImagePredictor(library, arguments.device).predict(request, context)
    finally:
        printer.end_progress()
    if len(sources) > 1:
        printer.line(f"{summary.answers} answers, {summary.unreadable} unreadable, {summary.seconds:.1f} s")
    return 1 if unreadable or summary.unreadable else 0


def _card(model: str, library: ModelLibrary) -> ModelCard:
    from deepstudio.models.library import SUFFIX
    from deepstudio.models.modelfile import read_card

    path = Path(model) if model.endswith(SUFFIX) and Path(model).is_file() else library.find(model).path
    return read_card(path)


def _own_labels(arguments: argparse.Namespace, card: ModelCard) -> tuple[OwnLabel, ...]:
    """Return the labels of `--labels` and `--example`, each once; raises UsageError where the model takes none."""
    examples: dict[str, list[ImageSource]] = {}
    for name in (part.strip() for part in arguments.labels.split(",")):
        if name:
            examples.setdefault(name, [])
    for name, path in arguments.example:
        examples.setdefault(name, []).append(ImageSource(name=str(path), path=path))
    if examples and card.task != _OWN_LABELS:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The model {model} has labels of its own and takes no others."),
            model=arguments.model,
        )
    return tuple(OwnLabel(name=name, examples=tuple(found)) for name, found in examples.items())


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number of at least 1")
    return int(text)


def _example(text: str) -> tuple[str, Path]:
    label, _, file = text.partition("=")
    if not label.strip() or not file:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form LABEL=FILE")
    return label.strip(), Path(file)


def _sources(arguments: argparse.Namespace, printer: Printer) -> tuple[list[ImageSource], bool]:
    """Return the pictures that the inputs name, and whether an input gave none (which is reported at once)."""
    from deepstudio.data.sources import gather_sources

    sources: list[ImageSource] = []
    failed = False
    for path in arguments.inputs:
        try:
            # Named as the user named them, so that a sentence about one says where it lies.
            sources.extend(replace(source, name=str(source.path)) for source in gather_sources([path]))
        except DeepStudioError as error:
            failed = True
            _report_error(printer, path, arguments.model, str(error))
    return sources, failed


def _report(printer: Printer, path: str, answer: ImageAnswer, warning: str) -> None:
    if answer.failure is not None:
        _report_error(printer, path, answer.model, answer.failure.text())
        return
    top = [(answer.labels[index], float(answer.probabilities[index])) for index in answer.ranking]
    timing = answer.timing
    record: dict[str, Any] = {
        "file": path,
        "model": answer.model,
        "top": [{"label": label, "probability": probability} for label, probability in top],
        "unknown": answer.unknown,
        "rejected": answer.rejected,
        "timing": {
            "decode_ms": timing.decode_ms,
            "preprocess_ms": timing.preprocess_ms,
            "network_ms": timing.network_ms,
            "total_ms": timing.total_ms,
        },
        "width": answer.width,
        "height": answer.height,
        "notes": list(answer.notes),
    }
    if warning:
        record["warning"] = warning
    printer.record(record)
    words = ", ".join(f"{label} {100 * probability:.1f} %" for label, probability in top)
    if answer.rejected:
        words = f"none of these ({100 * (answer.unknown or 0):.0f} % sure); nearest: {words}"
    printer.line(f"{path}: {words}  [{timing.total_ms:.0f} ms]")


def _report_error(printer: Printer, path: str, model: str, sentence: str) -> None:
    printer.record({"file": path, "model": model, "error": sentence})
    printer.problem(sentence)
