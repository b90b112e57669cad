"""What `deepstudio predict` does with a model for text: words after --text, text files, the rows of tables."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deepstudio.app.cli.output import CommandContext, Printer
from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.text_requests import (
    ClassifiedText,
    ClassifyText,
    ContinueText,
    FindNeighbours,
    TaggedText,
    TagText,
    WriteText,
    WrittenText,
)
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.terms import parse_terms

if TYPE_CHECKING:
    from deepstudio.infer.text import TextPredictor
    from deepstudio.models.card import ModelCard
    from deepstudio.models.library import ModelLibrary

TEXT_TASKS = ("text-classification", "tagging", "translation", "summarisation", "language-model", "word-vectors")
_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """A text and where it comes from: a file, a row of it (from 1), or the command line."""

    text: str
    file: str = ""
    row: int | None = None

    @property
    def place(self) -> dict[str, Any]:
        return ({"file": self.file} if self.file else {}) | ({"row": self.row} if self.row is not None else {})

    @property
    def words(self) -> str:
        name = self.file if self.row is None else f"{self.file}:{self.row}"
        return f"{name}: " if name else ""


def predict_text(arguments: argparse.Namespace, card: ModelCard, library: ModelLibrary, printer: Printer) -> int:
    """Print one answer per text; return 1 if any could not be read or answered, else 0."""
    from deepstudio.infer.pool import ModelPool
    from deepstudio.infer.text import TextPredictor

    predictor = TextPredictor(ModelPool(library, arguments.device))
    answer = _ANSWERS[card.task]
    context = CommandContext(printer, lambda message: None)
    failed = False
    try:
        for given in _inputs(arguments, printer):
            if isinstance(given, DeepStudioError):
                failed = True
                continue
            try:
                record, line = answer(predictor, arguments, given.text, context)
            except DeepStudioError as error:
                failed = True
                printer.record({**given.place, "model": arguments.model, "error": str(error)})
                printer.problem(given.words + str(error))
                continue
            printer.record({**given.place, "model": arguments.model, **record})
            printer.line(given.words + line)
            for note in record.get("notes", ()):
                printer.line(f"  {note}")
    finally:
        printer.end_progress()
    return 1 if failed else 0


def _inputs(arguments: argparse.Namespace, printer: Printer) -> Iterator[_Input | DeepStudioError]:
    """Yield the texts; a file that cannot be read is reported and yields its error."""
    from deepstudio.data.text.encodings import read_text
    from deepstudio.data.text.tables import read_table, text_column

    for text in arguments.text or ():
        yield _Input(text=text)
    for name in arguments.inputs:
        try:
            if Path(name).suffix.lower() in _TABLES:
                table = read_table(Path(name))
                rows = table.column(text_column(table))
                yield from (_Input(text=text, file=name, row=number) for number, text in enumerate(rows, start=1))
            else:
                _refuse_what_is_no_text(name)
                yield _Input(text=read_text(Path(name)).text, file=name)
        except DeepStudioError as error:
            printer.record({"file": name, "model": arguments.model, "error": str(error)})
            printer.problem(str(error))
            yield error


def _refuse_what_is_no_text(name: str) -> None:
    """Raise InputError for a picture, sound or archive: read as text it would get an answer that means nothing."""
    from deepstudio.data.signatures import Kind, kind_of

    try:
        with Path(name).open("rb") as stream:
            kind = kind_of(stream.read(512))
    except OSError:
        return  # reading it says what is wrong
    if kind not in (Kind.TEXT, Kind.SVG, Kind.UNKNOWN):
        raise InputError(QT_TRANSLATE_NOOP("errors", "{path} holds no text."), path=name)


_Answer = tuple[dict[str, Any], str]


def _notes(found: ClassifiedText | TaggedText | WrittenText) -> list[str]:
    return [note.text.format(**note.values) for note in found.notes]


def _classify(predictor: TextPredictor, arguments: argparse.Namespace, text: str, context: CommandContext) -> _Answer:
    found: ClassifiedText = predictor.classify(ClassifyText(text=text, model=arguments.model, explain=False), context)
    top = [(found.labels[number], float(found.probabilities[number])) for number in found.ranking[: arguments.top_k]]
    record = {
        "top": [{"label": label, "probability": probability} for label, probability in top],
        "tokens": found.tokens,
        "unknown_tokens": found.unknown,
        "notes": _notes(found),
        "timing": {"total_ms": found.milliseconds},
    }
    words = ", ".join(f"{label} {100 * probability:.1f} %" for label, probability in top)
    return record, f"{words}  [{found.milliseconds:.0f} ms]"


def _tag(predictor: TextPredictor, arguments: argparse.Namespace, text: str, context: CommandContext) -> _Answer:
    found: TaggedText = predictor.tag(TagText(text=text, model=arguments.model), context)
    entities = [
        {"text": text[e.start : e.end], "label": e.label, "start": e.start, "end": e.end, "probability": e.probability}
        for e in found.entities
    ]
    words = [text[begin:end] for begin, end in found.offsets.tolist()]
    record = {
        "entities": entities,
        "words": words,
        "tags": list(found.tags),
        "notes": _notes(found),
        "timing": {"total_ms": found.milliseconds},
    }
    line = ", ".join(f"{entity['text']} ({entity['label']})" for entity in entities) or "-"
    return record, f"{line}  [{found.milliseconds:.0f} ms]"


def _write(predictor: TextPredictor, arguments: argparse.Namespace, text: str, context: CommandContext) -> _Answer:
    found = predictor.write(WriteText(text=text, model=arguments.model), context)
    best = [
        [{"text": one.text, "score": one.score} for one in sentence.hypotheses[: arguments.top_k]]
        for sentence in found.sentences
    ]
    record = {"text": found.text, "n_best": best, "notes": _notes(found), "timing": {"total_ms": found.milliseconds}}
    return record, found.text


def _continue(predictor: TextPredictor, arguments: argparse.Namespace, text: str, context: CommandContext) -> _Answer:
    found = predictor.continue_text(ContinueText(text=text, model=arguments.model), context)
    return {"text": found.text, "timing": {"total_ms": found.milliseconds}}, text + found.text


def _near(predictor: TextPredictor, arguments: argparse.Namespace, text: str, context: CommandContext) -> _Answer:
    plus, minus = parse_terms(text)
    found = predictor.neighbours(FindNeighbours(model=arguments.model, plus=plus, minus=minus), context)
    words = [{"word": word, "cosine": cosine} for word, cosine in found.words]
    return {"words": words, "missing": list(found.missing)}, "  ".join(
        f"{word} {near:.2f}" for word, near in found.words
    )


_ANSWERS: dict[str, Callable[[TextPredictor, argparse.Namespace, str, CommandContext], _Answer]] = {
    "text-classification": _classify,
    "tagging": _tag,
    "translation": _write,
    "summarisation": _write,
    "language-model": _continue,
    "word-vectors": _near,
}
