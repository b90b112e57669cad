"""Changing, exporting and carrying out corrections, as jobs. Torch-free; in the lane for files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.corrections import Corrections, CorrectionsState
from deepstudio.data.listing import Layout, Listing, list_data
from deepstudio.data.sample_files import split_name

EXCLUDED_FOLDER = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCorrections:
    """One step. `action`: show, relabel (labels by sample), exclude, include (names), merge (labels), undo, redo."""

    data: Path
    action: str
    names: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def change_corrections(request: ChangeCorrections, context: JobContext) -> CorrectionsState:
    """Do the step, written at once, and return what holds now. Raises StorageError where nothing can be written."""
    corrections = Corrections.open(request.data)
    match request.action:
        case "show":
            pass
        case "relabel":
            corrections.relabel(request.labels)
        case "exclude":
            corrections.exclude(request.names)
        case "include":
            corrections.include(request.names)
        case "merge":
            corrections.merge(request.labels)
        case "undo":
            corrections.undo()
        case "redo":
            corrections.redo()
        case unknown:
            raise AssertionError(f"there is no action {unknown!r}")
    return corrections.state()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCorrections:
    """Write the whole set, as corrected, as a table (path, label, split) at `target`; `layout` as in training."""

    data: Path
    target: Path
    layout: Layout = field(default_factory=Layout)


def export_corrections(request: ExportCorrections, context: JobContext) -> int:
    """Write the table (paths relative to its folder where possible) and return its number of rows.

    The table can be trained on as it is. Raises InputError for idx files, whose pictures are no files; OSError.
    """
    listing = list_data(request.data, request.layout, context.check)
    if listing.kind == "idx":
        raise _no_files(listing)
    state = Corrections.open(listing.data).state()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["path", "label", "split"])
    rows = 0
    for sample in listing.samples:
        label = state.label(sample.name, sample.label)
        if label is not None:
            writer.writerow([_relative(listing.root / sample.name, request.target.parent), label, sample.split])
            rows += 1
    write_text_atomic(request.target, out.getvalue())
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyToFiles:
    """Carry the corrections out on the user's own files. Only on the user's explicit word."""

    data: Path
    layout: Layout = field(default_factory=Layout)


def apply_to_files(request: ApplyToFiles, context: JobContext) -> int:
    """Move relabelled files into the folder of their class, and excluded ones to `excluded/` above the set's folder.

    Nothing is deleted and nothing overwritten (a name that is taken gets a number). The steps done are then forgotten.
    Returns the number of files moved. Raises InputError for tables and idx files, OSError as the disk does.
    """
    listing = list_data(request.data, request.layout, context.check)
    if listing.kind != "folders":
        raise _no_files(listing)
    corrections = Corrections.open(listing.data)
    state = corrections.state()
    aside = listing.root.parent / f"{listing.root.name}-{EXCLUDED_FOLDER}"
    moves: list[tuple[str, Path]] = []
    for sample in listing.samples:
        label = state.label(sample.name, sample.label)
        if label is None:
            moves.append((sample.name, aside / sample.name))
        elif label != sample.label:
            class_folder, inside = _split_class(sample.name, sample.label)
            moves.append((sample.name, listing.root / class_folder / label / inside))
    for done, (name, target) in enumerate(moves):
        context.check()
        context.progress(done, len(moves))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(listing.root / name, _free(target))
    corrections.forget()
    return len(moves)


def _split_class(name: str, label: str) -> tuple[str, str]:
    """Return what stands before and after the class folder in a sample's name."""
    parts = name.split("/")
    place = parts.index(label)
    return "/".join(parts[:place]), "/".join(parts[place + 1 :])


def _free(target: Path) -> Path:
    number = 1
    found = target
    while found.exists():
        number += 1
        found = target.with_stem(f"{target.stem} ({number})")
    return found


def _relative(path: Path, folder: Path) -> str:
    path, folder = path.absolute(), folder.absolute()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _no_files(listing: Listing) -> InputError:
    file = split_name(listing.samples[0].name)[0] if listing.kind == "idx" else listing.data.name
    return InputError(
        QT_TRANSLATE_NOOP("errors", "The samples of {path} do not lie in folders by class, so none can be moved."),
        fix=QT_TRANSLATE_NOOP("errors", "The corrections still count in every training."),
        path=file,
    )
