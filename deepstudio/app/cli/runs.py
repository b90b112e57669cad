"""`deepstudio runs`: list, show, export, import, delete, restore and archive runs."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from deepstudio.app.cli._runs import Lenient, about_lines, duration, find_run, metric_record, summary
from deepstudio.app.cli.output import CommandContext, Printer, add_json_option
from deepstudio.core.errors import DeepStudioError, InputError, JobCancelled
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from deepstudio.store.runs import RunStore

NAME = "runs"
HELP = "List, show, export, import, delete, restore and archive runs."

_FORMATS = ("csv", "csv-long", "parquet", "json", "tensorboard")  # of store.export, which would import numpy
_ACTIONS = (
    ("list", "all runs, newest first; words filter them: name, tag:x, status:failed, seed=3, rate>=0.01"),
    ("show", "settings, metrics and events of a run"),
    ("export", "write runs as CSV, Parquet, JSON or TensorBoard events"),
    ("import", "take in TensorBoard folders, event files, and archives (.dsrun)"),
    ("delete", "put runs into the bin; nothing is lost"),
    ("restore", "take runs out of the bin"),
    ("archive", "write a run and its files into one file"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; without one the runs are listed."""
    add_json_option(parser)
    parser.set_defaults(action="list", filter=[], deleted=False)
    names = "|".join(name for name, _ in _ACTIONS)
    actions = parser.add_subparsers(dest="action", metavar=names, required=False)
    for name, help_text in _ACTIONS:
        action = actions.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        _ADD[name](action)


def _add_list(action: argparse.ArgumentParser) -> None:
    action.add_argument("filter", nargs="*", help="words that a run must match")
    action.add_argument("--deleted", action="store_true", help="list the bin")


def _add_show(action: argparse.ArgumentParser) -> None:
    action.add_argument("run", help="name, id, or the start of an id")


def _add_runs(action: argparse.ArgumentParser) -> None:
    action.add_argument("run", nargs="+", help="name, id, or the start of an id")


def _add_export(action: argparse.ArgumentParser) -> None:
    _add_runs(action)
    action.add_argument("--format", choices=_FORMATS, default="csv", help="the form (default: csv)")
    action.add_argument("--metric", action="append", help="only this metric (may be repeated)")
    action.add_argument("--out", type=Path, help="file or folder to write (default: here)")


def _add_import(action: argparse.ArgumentParser) -> None:
    action.add_argument("path", nargs="+", type=Path, help="folder with event files, event file, or archive")
    action.add_argument("--live", action="store_true", help="go on as long as the files grow, until Ctrl-C")


def _add_archive(action: argparse.ArgumentParser) -> None:
    _add_show(action)
    action.add_argument("--out", type=Path, help="file or folder to write (default: here)")


_ADD = {
    "list": _add_list,
    "show": _add_show,
    "export": _add_export,
    "import": _add_import,
    "delete": _add_runs,
    "restore": _add_runs,
    "archive": _add_archive,
}


def run(arguments: argparse.Namespace) -> int:
    """Do the action; return 0 if all of it went well."""
    from deepstudio.store.runs import RunStore

    printer = Printer(json=arguments.json)
    with RunStore() as store:
        store.find_interrupted()
        return _DO[arguments.action or "list"](printer, store, arguments)


def _list(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    rows = store.runs(" ".join(arguments.filter), deleted=arguments.deleted)
    for row in rows:
        printer.record(summary(row))
        began = datetime.fromtimestamp(row.created).strftime("%Y-%m-%d %H:%M")
        star = "*" if row.star else " "
        tags = " ".join(f"#{tag}" for tag in row.tags)
        printer.line(
            f"{row.id[:8]} {star} {row.status:<11} {began}  {duration(row.duration):>9}  {row.name}  {tags}".rstrip()
        )
    if not rows:
        anything = arguments.filter or arguments.deleted
        printer.line("No run matches." if anything else "There are no runs yet.")
    return 0


def _show(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    row = find_run(store, arguments.run)
    metrics = [info for info in store.metrics(row.id) if info.count]
    events = store.events(row.id)
    media: dict[str, int] = {}
    for record in store.media(row.id):
        media[record.kind] = media.get(record.kind, 0) + 1
    told = [(event, event.text.format_map(Lenient(event.data)) or event.kind) for event in events]
    printer.record(
        {
            **summary(row),
            "environment": row.environment,
            "git": row.git,
            "notes": row.notes,
            "folder": row.folder,
            "model": row.model,
            "metrics": {info.name: metric_record(info) for info in metrics},
            "events": [
                {"step": event.step, "wall": event.wall, "level": event.level, "text": text} for event, text in told
            ],
            "media": media,
        }
    )
    for line in about_lines(row):
        printer.line(line)
    for info in metrics:
        bad = f"  NaN or infinite: {info.nans + info.infinities}" if info.nans + info.infinities else ""
        printer.line(
            f"  {info.name:<32} {info.count:>9} points  last {info.last:<12.6g} min {info.minimum:<12.6g}"
            f" max {info.maximum:.6g}{bad}"
        )
    for event, text in told:
        printer.line(f"  step {event.step if event.step is not None else '-'}: {text}")
    return 0


def _export(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    from deepstudio.store.export import export_runs, file_name_for

    rows = [find_run(store, text) for text in arguments.run]
    out, form = arguments.out or Path.cwd(), arguments.format
    if form == "tensorboard":
        jobs = [(rows, out)]
    elif (form == "csv" and len(rows) > 1) or out.is_dir():
        together = [[row] for row in rows] if form == "csv" else [rows]
        jobs = [(part, out / file_name_for(part[0], form)) for part in together]
    else:
        jobs = [(rows, out)]
    for part, target in jobs:
        context = CommandContext(printer)
        ids = [row.id for row in part]
        for path in export_runs(store, ids, target, form, metrics=arguments.metric, context=context):
            printer.record({"action": "exported", "runs": ids, "path": path})
            printer.line(f"{', '.join(row.name for row in part)}: written to {path}.")
    return 0


def _import(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    """Take each in; one that cannot be is named and the rest goes on."""
    if arguments.live and len(arguments.path) > 1:
        printer.problem("One folder can be followed at a time. See deepstudio runs import --help.")
        return 2
    refused = False
    for path in arguments.path:
        try:
            _import_one(printer, store, path, live=arguments.live)
        except (DeepStudioError, OSError) as error:
            refused = True
            sentence = str(error) if isinstance(error, DeepStudioError) else f"{path}: {error.strerror or error}."
            printer.record({"action": "refused", "path": path, "error": sentence})
            printer.problem(sentence)
    return int(refused)


def _import_one(printer: Printer, store: RunStore, path: Path, *, live: bool) -> None:
    from deepstudio.store.tensorboard.follower import FollowReport, FollowRequest, follow_tensorboard

    if not path.exists():
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no file or folder {path}."), path=str(path))
    if path.suffix == ".dsrun":
        row = store.restore_archive(path, CommandContext(printer))
        printer.record({"action": "imported", "path": path, "runs": [row.id]})
        printer.line(f"{row.name} was taken in as {row.id[:8]}.")
        return

    def tell(report: FollowReport) -> None:
        printer.record({"action": "imported", "path": path, **_counts(report)})
        damaged = f", {_counted(report.damages, 'damaged place')} left out" if report.damages else ""
        parts = ((len(report.changed), "run"), (report.points, "point"), (report.items, "other record"))
        printer.line(f"{path}: {', '.join(_counted(count, what) for count, what in parts)}{damaged}.")

    context = CommandContext(printer, tell)
    with _stopped_by_interrupt(context, live):
        try:
            report = follow_tensorboard(FollowRequest(folder=path, store=store, live=live), context)
        except JobCancelled:
            if not live:
                raise
            return
    if report.damages and not report.points and not report.items:
        raise InputError(QT_TRANSLATE_NOOP("errors", "Nothing in {path} could be read."), path=str(path))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _counts(report: Any) -> dict[str, Any]:
    return {
        "runs": report.changed,
        "points": report.points,
        "records": report.items,
        "bytes": report.bytes,
        "damages": report.damages,
    }


def _delete(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    rows = [find_run(store, text, alone=True) for text in arguments.run]
    store.delete([row.id for row in rows])
    for row in rows:
        printer.record({"action": "deleted", "id": row.id, "name": row.name})
        printer.line(f"{row.name} is in the bin. Back with: deepstudio runs restore {row.id[:8]}")
    return 0


def _restore(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    rows = [find_run(store, text, deleted=True) for text in arguments.run]
    store.restore([row.id for row in rows])
    for row in rows:
        printer.record({"action": "restored", "id": row.id, "name": row.name})
        printer.line(f"{row.name} is back.")
    return 0


def _archive(printer: Printer, store: RunStore, arguments: argparse.Namespace) -> int:
    from deepstudio.store.export import file_stem

    row = find_run(store, arguments.run)
    out = arguments.out or Path.cwd()
    target = out / f"{file_stem(row)}.dsrun" if out.is_dir() else out
    store.archive(row.id, target, CommandContext(printer))
    printer.record({"action": "archived", "id": row.id, "path": target})
    printer.line(f"{row.name} was written to {target}. Back with: deepstudio runs import {target}")
    return 0


_DO = {
    "list": _list,
    "show": _show,
    "export": _export,
    "import": _import,
    "delete": _delete,
    "restore": _restore,
    "archive": _archive,
}


@contextmanager
def _stopped_by_interrupt(context: CommandContext, live: bool) -> Iterator[None]:
    """While a folder is followed, Ctrl-C is the ordinary end."""
    if not live or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        context.cancelled = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
